/* rfm-page.c: settings, headline figures, heat map, segments; recomputed as the settings change. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "dialogs/map-dialog.h"
#include "drop-down.h"
#include "jobs/job-queue.h"
#include "pages/rfm-page.h"
#include "provenance-list.h"
#include "result-view.h"
#include "rfm/rfm.h"
#include "tile.h"
#include "weak.h"
#include "wrap-box.h"

/* An answer that takes longer shows that it is under way. */
#define BUSY_AFTER_MS 300
/* Room for the segments' names in the cells of the grid, with its toggle above. */
#define GRID_LINES 23
#define SETTINGS_VALUE "page.rfm"

struct _MqRfmPage
{
  MqPage parent_instance;

  GtkStack        *stack;         /* (template) empty busy result failed */
  AdwStatusPage   *empty_status;  /* (template) */
  AdwStatusPage   *failed_status; /* (template) */
  GtkWidget       *answer;        /* (template) what is dimmed while stale */
  GtkDropDown     *map;           /* (template) */
  GtkDropDown     *scoring;       /* (template) */
  GtkEntry        *cuts;          /* (template) */
  GtkWidget       *cuts_box;      /* (template) */
  GtkLabel        *setting_error; /* (template) */
  MqTile          *customers;     /* (template) */
  MqTile          *revenue;       /* (template) */
  MqTile          *orders;        /* (template) */
  MqTile          *once;          /* (template) */
  MqResultView    *heat_map;      /* (template) */
  MqResultView    *segments;      /* (template) */
  MqResultView    *migration;     /* (template) */
  GtkListBox      *action_list;   /* (template) */
  AdwExpanderRow  *actions;       /* (template) what to do with each segment */
  GtkToggleButton *grid_revenue;  /* (template) */
  GtkWidget       *grid_box;      /* (template) */
  GtkToggleButton *by_revenue;    /* (template) */
  GtkWidget       *measure_box;   /* (template) */
  GtkToggleButton *as_flow;       /* (template) */
  GtkToggleButton *moved_revenue; /* (template) */
  GtkWidget       *migration_box; /* (template) */
  GtkLabel        *rules;         /* (template) */
  GtkLabel        *warnings;      /* (template) */
  GtkMenuButton   *details;       /* (template) */

  MqRequest *request;      /* (owned) */
  MqResult  *result;       /* (owned) (nullable) the answer shown */
  GPtrArray *charts;       /* (owned) (nullable) (element-type MqChart) its charts */
  char     **maps;         /* (owned) ids in the drop-down: the program's, then the project's own */
  GPtrArray *action_rows;  /* (owned) (element-type GtkWidget) */
  GVariant  *settings;     /* (owned) (nullable) as asked last */
  char      *project;      /* (owned) (nullable) path of the project whose settings are shown */
  gboolean   restoring;    /* settings are being filled in: their changes are not the user's */
  guint      busy_timeout; /* source, or 0 */
};

static const char *const maps[] = { "eleven", "grid", "eight", NULL };
static const char *const scorings[] = { "auto", "quantiles", "cuts" };

G_DEFINE_FINAL_TYPE (MqRfmPage, mq_rfm_page, MQ_TYPE_PAGE)

static void
set_busy (MqRfmPage *self, gboolean busy)
{
  if (busy)
    gtk_widget_add_css_class (self->answer, "stale");
  else
    gtk_widget_remove_css_class (self->answer, "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  if (!busy)
    g_clear_handle_id (&self->busy_timeout, g_source_remove);
}

static void
busy_timeout_cb (gpointer user_data)
{
  MqRfmPage *self = user_data;

  self->busy_timeout = 0;
  if (self->result == NULL)
    gtk_stack_set_visible_child_name (self->stack, "busy");
}

static GVariant *
make_settings (MqRfmPage *self)
{
  GVariantDict settings;
  guint        scoring = gtk_drop_down_get_selected (self->scoring);
  const char  *cuts = gtk_editable_get_text (GTK_EDITABLE (self->cuts));

  g_variant_dict_init (&settings, NULL);
  g_variant_dict_insert (&settings, "map", "s", self->maps[gtk_drop_down_get_selected (self->map)]);
  g_variant_dict_insert (&settings, "scoring", "s", scorings[scoring]);
  if (g_str_equal (scorings[scoring], "cuts"))
    g_variant_dict_insert (&settings, "cuts", "s", cuts);
  return g_variant_dict_end (&settings);
}

static void
select_name (GtkDropDown *drop_down, const char *const *names, guint n, GVariantDict *settings, const char *key)
{
  const char *name = NULL;
  guint       selected = 0;

  g_variant_dict_lookup (settings, key, "&s", &name);
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        selected = i;
    }
  gtk_drop_down_set_selected (drop_down, selected);
}

static MqOwnMaps *
read_own_maps (MqRfmPage *self)
{
  return mq_own_maps_parse (mq_session_get_value (mq_page_get_session (MQ_PAGE (self)), MQ_OWN_MAPS_VALUE));
}

/* Fills the drop-down with the maps of the program and of the project. */
static void
show_maps (MqRfmPage *self)
{
  g_autoptr (MqOwnMaps) own = read_own_maps (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; maps[i] != NULL; i++)
    {
      g_strv_builder_add (ids, maps[i]);
      gtk_string_list_append (titles, _ (mq_segment_map_find (maps[i])->title));
    }
  for (guint i = 0; i < own->maps->len; i++)
    {
      const MqSegmentMap *map = own->maps->pdata[i];

      g_strv_builder_add (ids, map->id);
      gtk_string_list_append (titles, map->title);
    }
  g_strfreev (self->maps);
  self->maps = g_strv_builder_end (ids);
  gtk_drop_down_set_model (self->map, G_LIST_MODEL (titles));
}

/* Shows the settings that the project remembers. */
static void
restore_settings (MqRfmPage *self, const char *text)
{
  g_autoptr (GVariant) remembered = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
  g_autoptr (GVariantDict) settings = g_variant_dict_new (remembered);
  const char *cuts = "";

  self->restoring = TRUE;
  show_maps (self);
  select_name (self->map, (const char *const *) self->maps, g_strv_length (self->maps), settings, "map");
  select_name (self->scoring, scorings, G_N_ELEMENTS (scorings), settings, "scoring");
  g_variant_dict_lookup (settings, "cuts", "&s", &cuts);
  gtk_editable_set_text (GTK_EDITABLE (self->cuts), cuts);
  gtk_widget_set_visible (self->cuts_box, g_str_equal (scorings[gtk_drop_down_get_selected (self->scoring)], "cuts"));
  self->restoring = FALSE;
}

static void
keep_settings (MqRfmPage *self)
{
  g_autoptr (GVariant) kept = g_variant_ref_sink (make_settings (self));
  g_autofree char *text = g_variant_print (kept, FALSE);

  mq_session_set_value (mq_page_get_session (MQ_PAGE (self)), SETTINGS_VALUE, text);
}

static void
ask (MqRfmPage *self)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self));
  MqDataset *dataset = mq_session_get_dataset (session);
  g_autoptr (GVariant) own = NULL;
  GVariantDict settings;

  if (dataset == NULL)
    return;
  own = g_variant_ref_sink (make_settings (self));
  g_variant_dict_init (&settings, own);
  mq_session_fill_scope (session, &settings);
  g_clear_pointer (&self->settings, g_variant_unref);
  self->settings = g_variant_ref_sink (g_variant_dict_end (&settings));
  set_busy (self, TRUE);
  if (self->busy_timeout == 0)
    self->busy_timeout = g_timeout_add_once (BUSY_AFTER_MS, busy_timeout_cb, self);
  mq_request_ask (self->request, &mq_rfm_analysis, dataset, self->settings);
}

static void
show_totals (MqRfmPage *self)
{
  MqTable         *totals = mq_result_find_table (self->result, "totals");
  gint64           customers = mq_table_integer (totals, 0, (guint) mq_table_find_column (totals, "customers"));
  gint64           orders = mq_table_integer (totals, 0, (guint) mq_table_find_column (totals, "orders"));
  gint64           once = mq_table_integer (totals, 0, (guint) mq_table_find_column (totals, "bought_once"));
  gint64           revenue = mq_table_integer (totals, 0, (guint) mq_table_find_column (totals, "revenue"));
  double           share = customers > 0 ? (double) once / (double) customers : 0;
  g_autofree char *customers_text = mq_format_integer (customers);
  g_autofree char *orders_text = mq_format_integer (orders);
  g_autofree char *revenue_text = mq_format_money_compact (revenue, mq_table_currency (totals));
  g_autofree char *revenue_full = mq_format_money (revenue, mq_table_currency (totals));
  g_autofree char *share_text = mq_format_share (share, 1);
  g_autofree char *once_text = mq_format_integer (once);
  g_autofree char *once_note = g_strdup_printf (_ ("%s customers"), once_text);

  mq_tile_set_value (self->customers, customers_text, NULL, _ ("with a valid order"));
  mq_tile_set_value (self->revenue, revenue_text, revenue_full, _ ("net of refunds"));
  mq_tile_set_value (self->orders, orders_text, NULL, _ ("paid, not fully refunded"));
  mq_tile_set_value (self->once, share_text, NULL, once_note);
}

/* Shows one of the result's charts; a card without its chart is hidden. */
static void
show_chart (MqRfmPage *self, MqResultView *view, const char *id)
{
  MqChart *chart = self->charts != NULL ? mq_charts_find (self->charts, id) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (view), chart != NULL);
  mq_result_view_set_chart (view, chart);
}

static void
show_charts (MqRfmPage *self)
{
  gboolean    moved_revenue = gtk_toggle_button_get_active (self->moved_revenue);
  const char *migration;

  if (gtk_toggle_button_get_active (self->as_flow))
    migration = moved_revenue ? "migration-flow-revenue" : "migration-flow";
  else
    migration = moved_revenue ? "migration-revenue" : "migration";
  show_chart (self, self->heat_map, gtk_toggle_button_get_active (self->grid_revenue) ? "grid-revenue" : "grid");
  show_chart (self, self->segments, gtk_toggle_button_get_active (self->by_revenue) ? "segments-revenue" : "segments");
  show_chart (self, self->migration, migration);
}

static void
action_activated_cb (MqRfmPage *self, GtkWidget *row)
{
  GVariantDict target;

  g_variant_dict_init (&target, NULL);
  g_variant_dict_insert_value (&target, "settings", self->settings);
  g_variant_dict_insert (&target, "segment", "s", g_object_get_data (G_OBJECT (row), "segment"));
  mq_page_navigate (MQ_PAGE (self), "customers", g_variant_dict_end (&target));
}

/* "Champions · 188 customers", what to do and why. */
static void
add_action (MqRfmPage *self, MqTable *segments, gsize i)
{
  g_autofree char *name = mq_format_cell (segments, i, (guint) mq_table_find_column (segments, "segment"));
  g_autofree char *number = mq_format_cell (segments, i, (guint) mq_table_find_column (segments, "customers"));
  g_autofree char *action = mq_format_cell (segments, i, (guint) mq_table_find_column (segments, "action"));
  g_autofree char *reason = mq_format_cell (segments, i, (guint) mq_table_find_column (segments, "reason"));
  /* Translators: a segment's name and the number of its customers */
  g_autofree char *title = g_strdup_printf (_ ("%s · %s customers"), name, number);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", action, reason);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "segment", g_strdup (mq_table_text (segments, i, (guint) mq_table_find_column (segments, "segment"))), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (action_activated_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->actions, row);
  g_ptr_array_add (self->action_rows, row);
}

static void
show_actions (MqRfmPage *self)
{
  MqTable *segments = mq_result_find_table (self->result, "segments");
  guint    customers = (guint) mq_table_find_column (segments, "customers");

  for (guint i = 0; i < self->action_rows->len; i++)
    adw_expander_row_remove (self->actions, self->action_rows->pdata[i]);
  g_ptr_array_set_size (self->action_rows, 0);
  for (gsize i = 0; i < mq_table_n_rows (segments); i++)
    {
      if (mq_table_integer (segments, i, customers) > 0)
        add_action (self, segments, i);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->action_list), self->action_rows->len > 0);
}

static void
show_notes (MqRfmPage *self)
{
  const char *const *warnings = mq_result_warnings (self->result);
  g_autofree char   *text = g_strjoinv ("\n", (char **) warnings);

  gtk_label_set_text (self->rules, mq_result_rules (self->result));
  gtk_label_set_text (self->warnings, text);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), *text != '\0');
  gtk_popover_set_child (gtk_menu_button_get_popover (self->details), mq_provenance_list_new (self->result)); /* it may be open */
}

static void
show_result (MqRfmPage *self)
{
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  self->charts = mq_charts_for_result (self->result);
  show_totals (self);
  show_charts (self);
  show_actions (self);
  show_notes (self);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
show_setting_error (MqRfmPage *self, const char *message)
{
  gtk_label_set_text (self->setting_error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->setting_error), message != NULL);
}

/* A status page takes markup; a message is text. */
static void
set_description (AdwStatusPage *page, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (page, escaped);
}

static void
show_error (MqRfmPage *self, const GError *error)
{
  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING))
    {
      show_setting_error (self, error->message);
      if (self->result != NULL)
        return; /* the last answer stays until the setting is right again */
    }
  g_clear_pointer (&self->result, mq_result_unref);
  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA))
    {
      set_description (self->empty_status, error->message);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else
    {
      set_description (self->failed_status, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqRfmPage *self = user_data;

  set_busy (self, FALSE);
  if (result != NULL)
    {
      show_setting_error (self, NULL);
      g_clear_pointer (&self->result, mq_result_unref);
      self->result = mq_result_ref (result);
      show_result (self);
    }
  else
    show_error (self, error);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void
settings_changed_cb (MqRfmPage *self)
{
  if (self->restoring)
    return;
  gtk_widget_set_visible (self->cuts_box, g_str_equal (scorings[gtk_drop_down_get_selected (self->scoring)], "cuts"));
  ask (self);
  if (self->settings != NULL)
    keep_settings (self);
}

static void
entry_applied_cb (MqRfmPage *self)
{
  ask (self);
  if (self->settings != NULL)
    keep_settings (self);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqRfmPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL)
    mq_page_notice (MQ_PAGE (self), error->message);
}

/* The dataset holds the maps it was read with: it is read again. */
static void
map_saved_cb (MqRfmPage *self, const char *name)
{
  guint selected = 0;

  self->restoring = TRUE;
  show_maps (self);
  for (guint i = 0; self->maps[i] != NULL; i++)
    if (g_str_equal (self->maps[i], name))
      selected = i;
  gtk_drop_down_set_selected (self->map, selected);
  self->restoring = FALSE;
  keep_settings (self);
  mq_session_reload (mq_page_get_session (MQ_PAGE (self)), reloaded_cb, mq_weak_new (self));
}

static void
edit_map_cb (MqRfmPage *self)
{
  g_autoptr (MqOwnMaps) own = read_own_maps (self);
  const char         *id = self->maps[gtk_drop_down_get_selected (self->map)];
  const MqSegmentMap *map = mq_segment_map_find (id);
  GtkWidget          *dialog;

  if (map == NULL)
    map = mq_own_maps_find (own, id);
  if (map == NULL)
    return;
  dialog = mq_map_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), mq_page_get_session (MQ_PAGE (self)), map);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (map_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
retry_cb (MqRfmPage *self)
{
  ask (self);
}

static void
look_toggled_cb (MqRfmPage *self)
{
  show_charts (self);
}

/* Who came to a segment from another one. Those who left have no segment to be listed in. */
static gboolean
fill_move (MqTable *table, gsize row, GVariantDict *target)
{
  const char *from = mq_table_text (table, row, (guint) mq_table_find_column (table, "from"));
  const char *to = mq_table_text (table, row, (guint) mq_table_find_column (table, "to"));

  if (g_str_equal (to, "Left"))
    return FALSE;
  g_variant_dict_insert (target, "segment", "s", to);
  g_variant_dict_insert (target, "segment-before", "s", g_str_equal (from, "Entered") ? "" : from);
  return TRUE;
}

static void
fill_cell (MqTable *table, gsize row, GVariantDict *target)
{
  static const char *const scores[] = { "r", "f", "m" };

  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      int column = mq_table_find_column (table, scores[i]);

      if (column >= 0)
        g_variant_dict_insert (target, scores[i], "x", mq_table_integer (table, row, (guint) column));
    }
}

/* Opens the customers behind a row of a chart's table: of one cell, of one segment, of one move. */
static void
open_customers (MqRfmPage *self, MqTable *table, gsize row)
{
  int segment = mq_table_find_column (table, "segment");
  g_auto (GVariantDict) target = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert_value (&target, "settings", self->settings);
  if (mq_table_find_column (table, "to") >= 0)
    {
      if (!fill_move (table, row, &target))
        {
          mq_page_notice (MQ_PAGE (self), _ ("These customers bought nothing in the period, so they are in no segment now."));
          return;
        }
    }
  else if (mq_table_find_column (table, "r") >= 0)
    fill_cell (table, row, &target);
  else if (segment >= 0)
    g_variant_dict_insert (&target, "segment", "s", mq_table_text (table, row, (guint) segment));
  mq_page_navigate (MQ_PAGE (self), "customers", g_variant_dict_end (&target));
}

static void
row_activated_cb (MqResultView *view, guint64 row, gpointer user_data)
{
  open_customers (user_data, mq_chart_table (mq_result_view_get_chart (view)), row);
}

static void
mq_rfm_page_update (MqPage *page)
{
  MqRfmPage *self = MQ_RFM_PAGE (page);
  MqSession *session = mq_page_get_session (page);

  if (mq_session_is_open (session))
    {
      if (g_strcmp0 (self->project, mq_session_get_path (session)) != 0)
        {
          g_free (self->project);
          self->project = g_strdup (mq_session_get_path (session));
          restore_settings (self, mq_session_get_value (session, SETTINGS_VALUE));
        }
      ask (self);
      return;
    }
  mq_request_cancel (self->request);
  g_clear_pointer (&self->project, g_free);
  set_busy (self, FALSE);
  g_clear_pointer (&self->result, mq_result_unref);
  mq_page_answer_changed (page);
}

static MqResult *
mq_rfm_page_get_result (MqPage *page)
{
  return MQ_RFM_PAGE (page)->result;
}

static MqChart *
mq_rfm_page_get_chart (MqPage *page)
{
  MqRfmPage *self = MQ_RFM_PAGE (page);

  return self->result != NULL && self->charts != NULL && self->charts->len > 0 ? self->charts->pdata[0] : NULL;
}

static MqTable *
mq_rfm_page_get_table (MqPage *page)
{
  MqRfmPage *self = MQ_RFM_PAGE (page);

  return self->result != NULL ? mq_result_find_table (self->result, "segments") : NULL;
}

static void
mq_rfm_page_dispose (GObject *object)
{
  MqRfmPage *self = MQ_RFM_PAGE (object);

  g_clear_pointer (&self->request, mq_request_free);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->action_rows, g_ptr_array_unref);
  g_clear_pointer (&self->maps, g_strfreev);
  g_clear_pointer (&self->result, mq_result_unref);
  g_clear_pointer (&self->settings, g_variant_unref);
  g_clear_pointer (&self->project, g_free);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_rfm_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, empty_status);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, failed_status);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, answer);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, map);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, scoring);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, cuts);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, cuts_box);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, setting_error);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, customers);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, revenue);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, orders);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, once);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, heat_map);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, segments);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, migration);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, action_list);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, actions);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, grid_revenue);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, grid_box);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, by_revenue);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, measure_box);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, as_flow);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, moved_revenue);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, migration_box);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, rules);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, MqRfmPage, details);
}

static void
mq_rfm_page_class_init (MqRfmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MqPageClass    *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_rfm_page_dispose;
  page_class->obeys_scope = TRUE;
  page_class->update = mq_rfm_page_update;
  page_class->get_result = mq_rfm_page_get_result;
  page_class->get_chart = mq_rfm_page_get_chart;
  page_class->get_table = mq_rfm_page_get_table;

  g_type_ensure (MQ_TYPE_TILE);
  g_type_ensure (MQ_TYPE_RESULT_VIEW);
  g_type_ensure (MQ_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/rfm-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, settings_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
mq_rfm_page_init (MqRfmPage *self)
{
  self->request = mq_request_new (answer_cb, self);
  self->action_rows = g_ptr_array_new ();
  self->maps = g_strdupv ((char **) maps);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_popover (self->details, gtk_popover_new ());
  mq_drop_down_name_button (self->map, _ ("Map"));
  mq_drop_down_name_button (self->scoring, _ ("Scores"));
  mq_result_view_set_extra (self->heat_map, self->grid_box);
  mq_result_view_set_lines (self->heat_map, GRID_LINES);
  mq_result_view_set_extra (self->segments, self->measure_box);
  mq_result_view_set_extra (self->migration, self->migration_box);
}
