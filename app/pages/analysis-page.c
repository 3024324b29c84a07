/* analysis-page.c: what pages of an analysis have in common. */

#include "config.h"

#include "pages/analysis-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "drop-down.h"
#include "jobs/job-queue.h"
#include "pages/customers-window.h"
#include "provenance-list.h"
#include "result-view.h"
#include "side-pane.h"
#include "wrap-box.h"

/* An answer that takes longer shows that it is under way. */
#define BUSY_AFTER_MS 300
#define SPACING 12
#define MAIN_LINES 26.0
#define PANE_WIDTH 260

typedef struct
{
  GtkStack      *stack; /* empty busy result failed */
  AdwStatusPage *empty_status;
  AdwStatusPage *failed_status;
  GtkWidget     *answer; /* what is dimmed while stale */
  MqSidePane    *pane;   /* (nullable) */
  GtkLabel      *setting_error;
  GtkWidget     *start; /* (nullable) in place of the answer while settings are not given */
  GtkLabel      *rules;
  GtkLabel      *warnings;
  GtkMenuButton *details;
  GPtrArray     *controls; /* (owned) (element-type GtkWidget) GtkDropDown or GtkEntry, one a control */
  GPtrArray     *tiles;    /* (owned) (element-type MqTile) */
  GPtrArray     *views;    /* (owned) (element-type MqResultView) */

  MqRequest *request;       /* (owned) */
  MqRequest *who;           /* (owned) asks for the customers of a mark */
  MqResult  *result;        /* (owned) (nullable) the answer shown */
  GtkWidget *who_window;    /* (weak) (nullable) the window that asked for other customers */
  char     **choices;       /* (owned) (nullable) the sorts of customers of the mark */
  char     **choice_labels; /* (owned) (nullable) */
  guint      shower;        /* tick callback that shows the other charts, or 0 */
  guint      next_view;     /* of those, from 0 */
  guint      n_stale;       /* how many of them show the answer before */
  GPtrArray *charts;        /* (owned) (nullable) (element-type MqChart) */
  GVariant  *settings;      /* (owned) (nullable) as asked last */
  char      *project;       /* (owned) (nullable) path of the project whose settings are shown */
  gboolean   restoring;     /* settings are being filled in: their changes are not the user's */
  guint      busy_timeout;  /* source, or 0 */
} MqAnalysisPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MqAnalysisPage, mq_analysis_page, MQ_TYPE_PAGE)

static MqAnalysisPagePrivate *
get_private (MqAnalysisPage *self)
{
  return mq_analysis_page_get_instance_private (self);
}

static void
set_busy (MqAnalysisPage *self, gboolean busy)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  if (busy)
    gtk_widget_add_css_class (priv->answer, "stale");
  else
    gtk_widget_remove_css_class (priv->answer, "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  if (!busy)
    g_clear_handle_id (&priv->busy_timeout, g_source_remove);
}

static void
busy_timeout_cb (gpointer user_data)
{
  MqAnalysisPagePrivate *priv = get_private (user_data);

  priv->busy_timeout = 0;
  if (priv->result == NULL)
    gtk_stack_set_visible_child_name (priv->stack, "busy");
}

/* The text of a control; "" is the default. */
static const char *
get_control (MqAnalysisPage *self, guint index)
{
  const MqPageControl *control = &MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls[index];
  GtkWidget           *widget = get_private (self)->controls->pdata[index];

  if (control->values != NULL)
    return control->values[gtk_drop_down_get_selected (GTK_DROP_DOWN (widget))];
  return gtk_editable_get_text (GTK_EDITABLE (widget));
}

static GVariant *
make_settings (MqAnalysisPage *self)
{
  const MqPageControl *controls = MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls;
  GVariantDict         settings;

  g_variant_dict_init (&settings, NULL);
  for (guint i = 0; controls[i].setting != NULL; i++)
    if (*get_control (self, i) != '\0')
      g_variant_dict_insert (&settings, controls[i].setting, "s", get_control (self, i));
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->fill_settings != NULL)
    MQ_ANALYSIS_PAGE_GET_CLASS (self)->fill_settings (self, &settings);
  return g_variant_dict_end (&settings);
}

static void
set_control (MqAnalysisPage *self, guint index, const char *text)
{
  const MqPageControl *control = &MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls[index];
  GtkWidget           *widget = get_private (self)->controls->pdata[index];
  guint                selected = 0;

  if (control->values == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (widget), text);
      return;
    }
  for (guint i = 0; control->values[i] != NULL; i++)
    if (g_str_equal (control->values[i], text))
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), selected);
}

static char *
name_value (MqAnalysisPage *self)
{
  return g_strconcat ("page.", MQ_ANALYSIS_PAGE_GET_CLASS (self)->analysis->id, NULL);
}

/* Shows the settings that the project remembers. */
static void
restore_settings (MqAnalysisPage *self)
{
  const MqPageControl *controls = MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls;
  g_autofree char     *name = name_value (self);
  const char          *text = mq_session_get_value (mq_page_get_session (MQ_PAGE (self)), name);
  g_autoptr (GVariant) remembered = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;

  get_private (self)->restoring = TRUE;
  for (guint i = 0; controls[i].setting != NULL; i++)
    set_control (self, i, remembered != NULL ? mq_settings_text (remembered, controls[i].setting) : "");
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->read_settings != NULL)
    {
      g_autoptr (GVariantDict) settings = g_variant_dict_new (remembered);

      MQ_ANALYSIS_PAGE_GET_CLASS (self)->read_settings (self, settings);
    }
  get_private (self)->restoring = FALSE;
}

static void
ask (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqSession             *session = mq_page_get_session (MQ_PAGE (self));
  MqDataset             *dataset = mq_session_get_dataset (session);
  g_autoptr (GVariant) own = NULL;
  GVariantDict settings;

  if (dataset == NULL)
    return;
  own = g_variant_ref_sink (make_settings (self));
  g_variant_dict_init (&settings, own);
  mq_session_fill_scope (session, &settings);
  g_clear_pointer (&priv->settings, g_variant_unref);
  priv->settings = g_variant_ref_sink (g_variant_dict_end (&settings));
  set_busy (self, TRUE);
  if (priv->busy_timeout == 0)
    priv->busy_timeout = g_timeout_add_once (BUSY_AFTER_MS, busy_timeout_cb, self);
  mq_request_ask (priv->request, MQ_ANALYSIS_PAGE_GET_CLASS (self)->analysis, dataset, priv->settings);
}

static void
control_changed_cb (MqAnalysisPage *self)
{
  g_autoptr (GVariant) kept = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (get_private (self)->restoring)
    return;
  ask (self);
  if (get_private (self)->settings == NULL)
    return;
  kept = g_variant_ref_sink (make_settings (self));
  name = name_value (self);
  text = g_variant_print (kept, FALSE);
  mq_session_set_value (mq_page_get_session (MQ_PAGE (self)), name, text);
}

static void
show_notes (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  g_autofree char       *text = g_strjoinv ("\n", (char **) mq_result_warnings (priv->result));

  gtk_label_set_text (priv->rules, mq_result_rules (priv->result));
  gtk_label_set_text (priv->warnings, text);
  gtk_widget_set_visible (GTK_WIDGET (priv->warnings), *text != '\0');
  gtk_popover_set_child (gtk_menu_button_get_popover (priv->details), mq_provenance_list_new (priv->result)); /* it may be open */
}

static void
show_view (MqAnalysisPage *self, guint index)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  mq_result_view_set_chart (priv->views->pdata[index], index < priv->charts->len ? priv->charts->pdata[index] : NULL);
}

/* One chart a frame, in turn, also while new answers come: a slider must not wait for charts that are out of sight. */
static gboolean
show_next_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  MqAnalysisPage        *self = MQ_ANALYSIS_PAGE (widget);
  MqAnalysisPagePrivate *priv = get_private (self);
  guint                  n = MAX (priv->views->len, 2) - 1;

  if (priv->n_stale > 0 && priv->charts != NULL)
    {
      show_view (self, 1 + priv->next_view);
      priv->next_view = (priv->next_view + 1) % n;
      priv->n_stale--;
    }
  if (priv->n_stale > 0)
    return G_SOURCE_CONTINUE;
  priv->shower = 0;
  return G_SOURCE_REMOVE;
}

/* Either the answer, or what to begin with. */
static void
show_start (MqAnalysisPage *self, gboolean start)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  gtk_widget_set_visible (priv->answer, !start);
  if (priv->start != NULL)
    gtk_widget_set_visible (priv->start, start);
}

/* The main chart at once, the others after it; all of them at once where nothing is to be seen of the last answer. */
static void
show_result (MqAnalysisPage *self, gboolean first)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  gboolean               split = !first && priv->views->len > 2 && gtk_widget_get_mapped (priv->answer);

  g_clear_pointer (&priv->charts, g_ptr_array_unref);
  priv->charts = mq_charts_for_result (priv->result);
  for (guint i = 0; i < priv->views->len; i++)
    {
      gtk_widget_set_visible (priv->views->pdata[i], i < priv->charts->len);
      if (i == 0 || !split)
        show_view (self, i);
    }
  priv->n_stale = split ? priv->views->len - 1 : 0;
  if (split && priv->shower == 0)
    priv->shower = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_next_cb, NULL, NULL);
  for (guint i = 0; i < priv->tiles->len; i++)
    gtk_widget_set_visible (priv->tiles->pdata[i], TRUE);
  show_start (self, FALSE);
  MQ_ANALYSIS_PAGE_GET_CLASS (self)->show_tiles (self, priv->result);
  show_notes (self);
  gtk_stack_set_visible_child_name (priv->stack, "result");
}

static void
show_setting_error (MqAnalysisPage *self, const char *message)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  gtk_label_set_text (priv->setting_error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->setting_error), message != NULL);
}

/* A status page takes markup; a message is text. */
static void
show_status (MqAnalysisPage *self, AdwStatusPage *page, const char *name, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (page, escaped);
  gtk_stack_set_visible_child_name (get_private (self)->stack, name);
}

/* Before the first answer there is nothing to draw. */
static void
hide_answer (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  for (guint i = 0; i < priv->views->len; i++)
    gtk_widget_set_visible (priv->views->pdata[i], FALSE);
  for (guint i = 0; i < priv->tiles->len; i++)
    gtk_widget_set_visible (priv->tiles->pdata[i], FALSE);
}

static void
show_error (MqAnalysisPage *self, const GError *error)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING))
    {
      gboolean start = priv->result == NULL && priv->start != NULL && MQ_ANALYSIS_PAGE_GET_CLASS (self)->update_start (self);

      show_setting_error (self, start ? NULL : error->message);
      show_start (self, start);
      if (priv->result == NULL)
        hide_answer (self);
      gtk_stack_set_visible_child_name (priv->stack, "result");
      return; /* the last answer stays until the setting is right again */
    }
  g_clear_pointer (&priv->result, mq_result_unref);
  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA))
    show_status (self, priv->empty_status, "empty", error->message);
  else
    show_status (self, priv->failed_status, "failed", error->message);
}

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqAnalysisPage        *self = user_data;
  MqAnalysisPagePrivate *priv = get_private (self);
  gboolean               first;

  set_busy (self, FALSE);
  if (result != NULL)
    {
      show_setting_error (self, NULL);
      first = priv->result == NULL;
      g_clear_pointer (&priv->result, mq_result_unref);
      priv->result = mq_result_ref (result);
      show_result (self, first);
    }
  else
    show_error (self, error);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void ask_who (MqAnalysisPage *self, const char *customers);

/* Another sort of customers in a window that shows some. */
static void
chosen_cb (gpointer object, GtkWidget *window, guint index)
{
  MqAnalysisPage *self = object;
  char          **choices = g_object_get_data (G_OBJECT (window), "choices");

  g_set_weak_pointer (&get_private (self)->who_window, window);
  ask_who (self, choices[index]);
}

static void
show_who (MqAnalysisPage *self, MqTable *table)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  GtkWidget             *window;

  if (priv->who_window != NULL)
    {
      mq_customers_window_set_table (priv->who_window, table);
      return;
    }
  window = mq_customers_window_present (MQ_PAGE (self), table);
  if (priv->choices == NULL || g_strv_length (priv->choices) < 2)
    return;
  mq_customers_window_offer (window, (const char *const *) priv->choice_labels, 0, chosen_cb, G_OBJECT (self));
  g_object_set_data_full (G_OBJECT (window), "choices", g_steal_pointer (&priv->choices), (GDestroyNotify) g_strfreev);
}

static void
who_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqAnalysisPage      *self = user_data;
  MqAnalysisPageClass *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  MqTable             *table = result != NULL ? mq_result_find_table (result, "customers") : NULL;

  if (table != NULL)
    show_who (self, table);
  else if (result != NULL && klass->show_behind != NULL)
    klass->show_behind (self, result);
  else
    mq_page_notice (MQ_PAGE (self), error != NULL ? error->message : _ ("There are no customers behind this."));
}

static void
ask_who (MqAnalysisPage *self, const char *customers)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqDataset             *dataset = mq_session_get_dataset (mq_page_get_session (MQ_PAGE (self)));
  g_autoptr (GVariant) asked = NULL;
  GVariantDict settings;

  if (customers == NULL || dataset == NULL || priv->settings == NULL)
    return;
  g_variant_dict_init (&settings, priv->settings);
  g_variant_dict_insert (&settings, "customers", "s", customers);
  asked = g_variant_ref_sink (g_variant_dict_end (&settings));
  mq_request_ask (priv->who, MQ_ANALYSIS_PAGE_GET_CLASS (self)->analysis, dataset, asked);
}

static void
ask_behind (MqAnalysisPage *self, MqChart *chart, gsize row)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  MqDataset             *dataset = mq_session_get_dataset (mq_page_get_session (MQ_PAGE (self)));
  g_autoptr (GVariantDict) settings = NULL;
  g_autoptr (GVariant) asked = NULL;

  if (dataset == NULL || priv->settings == NULL)
    return;
  settings = g_variant_dict_new (priv->settings);
  if (!klass->ask_behind (self, chart, row, settings))
    return;
  asked = g_variant_ref_sink (g_variant_dict_end (settings));
  mq_request_ask (priv->who, klass->analysis, dataset, asked);
}

static void
row_activated_cb (MqResultView *view, guint64 row, gpointer user_data)
{
  MqAnalysisPage        *self = user_data;
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  MqChart               *chart = mq_result_view_get_chart (view);
  g_autofree char       *customers = NULL;

  if (klass->ask_behind != NULL)
    {
      ask_behind (self, chart, row);
      return;
    }
  g_clear_weak_pointer (&priv->who_window);
  g_clear_pointer (&priv->choices, g_strfreev);
  g_clear_pointer (&priv->choice_labels, g_strfreev);
  if (klass->list_customers != NULL)
    priv->choices = klass->list_customers (self, chart, row, &priv->choice_labels);
  if (priv->choices != NULL)
    customers = g_strdup (priv->choices[0]);
  else if (klass->find_customers != NULL)
    customers = klass->find_customers (self, chart, row);
  ask_who (self, customers);
}

static void
mq_analysis_page_update (MqPage *page)
{
  MqAnalysisPage        *self = MQ_ANALYSIS_PAGE (page);
  MqAnalysisPagePrivate *priv = get_private (self);
  MqSession             *session = mq_page_get_session (page);

  if (mq_session_is_open (session))
    {
      if (g_strcmp0 (priv->project, mq_session_get_path (session)) != 0)
        {
          g_free (priv->project);
          priv->project = g_strdup (mq_session_get_path (session));
          restore_settings (self);
        }
      ask (self);
      return;
    }
  mq_request_cancel (priv->request);
  mq_request_cancel (priv->who);
  g_clear_pointer (&priv->project, g_free);
  set_busy (self, FALSE);
  g_clear_pointer (&priv->result, mq_result_unref);
  mq_page_answer_changed (page);
}

static MqResult *
mq_analysis_page_get_result (MqPage *page)
{
  return get_private (MQ_ANALYSIS_PAGE (page))->result;
}

static MqChart *
mq_analysis_page_get_chart (MqPage *page)
{
  MqAnalysisPagePrivate *priv = get_private (MQ_ANALYSIS_PAGE (page));

  return priv->result != NULL && priv->charts != NULL && priv->charts->len > 0 ? priv->charts->pdata[0] : NULL;
}

static MqTable *
mq_analysis_page_get_table (MqPage *page)
{
  MqResult *result = get_private (MQ_ANALYSIS_PAGE (page))->result;

  return result != NULL ? mq_result_find_table (result, MQ_ANALYSIS_PAGE_GET_CLASS (page)->main_table) : NULL;
}

static GtkWidget *
make_drop_down (const MqPageControl *control)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget     *drop_down;

  for (guint i = 0; control->values[i] != NULL; i++)
    gtk_string_list_append (list, _ (control->labels[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  mq_drop_down_name_button (GTK_DROP_DOWN (drop_down), _ (control->title));
  return drop_down;
}

static GtkWidget *
make_entry (const MqPageControl *control)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 14);
  if (control->hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ (control->hint));
  return entry;
}

/* In the bar the label stands before its control, in the pane above it. */
static GtkWidget *
make_control (MqAnalysisPage *self, const MqPageControl *control, GtkOrientation orientation)
{
  GtkWidget *box = gtk_box_new (orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? 9 : 3);
  GtkWidget *label = gtk_label_new (_ (control->title));
  GtkWidget *widget = control->values != NULL ? make_drop_down (control) : make_entry (control);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_swapped (widget, control->values != NULL ? "notify::selected" : "activate", G_CALLBACK (control_changed_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), widget);
  g_ptr_array_add (get_private (self)->controls, widget);
  return box;
}

static GtkWidget *
make_wrap_box (const char *label, gboolean homogeneous, guint per_line)
{
  GtkWidget *box = mq_wrap_box_new ();

  g_object_set (box, "spacing", SPACING, "homogeneous", homogeneous, NULL);
  if (homogeneous)
    g_object_set (box, "max-per-line", per_line, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return box;
}

/* How many controls stand in the bar. */
static guint
count_bar (MqAnalysisPage *self)
{
  MqAnalysisPageClass *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  guint                n = 0;

  while (klass->controls[n].setting != NULL && (klass->n_bar == 0 || n < klass->n_bar))
    n++;
  return n;
}

static gboolean
has_pane (MqAnalysisPage *self)
{
  return MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls[count_bar (self)].setting != NULL;
}

static void
mq_analysis_page_toggle_pane (MqPage *page)
{
  MqAnalysisPagePrivate *priv = get_private (MQ_ANALYSIS_PAGE (page));

  if (priv->pane != NULL)
    mq_side_pane_set_shown (priv->pane, !mq_side_pane_get_shown (priv->pane));
}

static GtkWidget *
make_controls (MqAnalysisPage *self)
{
  const MqPageControl *controls = MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls;
  GtkWidget           *bar = make_wrap_box (_ ("Settings"), FALSE, 0);
  guint                n = count_bar (self);

  gtk_widget_add_css_class (bar, "settings-bar");
  for (guint i = 0; i < n; i++)
    gtk_widget_set_parent (make_control (self, &controls[i], GTK_ORIENTATION_HORIZONTAL), bar);
  if (has_pane (self))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("More Settings"));

      gtk_widget_set_tooltip_text (button, _ ("Show or hide more settings (F9)"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (mq_analysis_page_toggle_pane), self);
      gtk_widget_set_parent (button, bar);
    }
  return bar;
}

/* The other controls, beside the answer. */
static GtkWidget *
make_pane (MqAnalysisPage *self)
{
  const MqPageControl *controls = MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls;
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget           *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, SPACING);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  for (guint i = count_bar (self); controls[i].setting != NULL; i++)
    gtk_box_append (GTK_BOX (box), make_control (self, &controls[i], GTK_ORIENTATION_VERTICAL));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_size_request (scrolled, PANE_WIDTH, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  return scrolled;
}

static GtkWidget *
make_label (GtkLabel **label, const char *css_class)
{
  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_wrap (*label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (*label), css_class);
  return GTK_WIDGET (*label);
}

static GtkWidget *
make_rules (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), make_label (&priv->rules, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (priv->rules), "dim-label");
  gtk_widget_set_hexpand (GTK_WIDGET (priv->rules), TRUE);
  gtk_label_set_selectable (priv->rules, TRUE);
  priv->details = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (priv->details, "dialog-information-symbolic");
  gtk_menu_button_set_popover (priv->details, gtk_popover_new ());
  gtk_widget_set_valign (GTK_WIDGET (priv->details), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->details), _ ("Where these figures come from"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->details), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Where these figures come from"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (priv->details), "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->details));
  return box;
}

static GtkWidget *
make_view (MqAnalysisPage *self)
{
  GtkWidget *view = mq_result_view_new ();

  g_signal_connect (view, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_ptr_array_add (get_private (self)->views, view);
  return view;
}

static GtkWidget *
make_answer (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  GtkWidget             *tiles = make_wrap_box (_ ("Headline figures"), TRUE, 4);
  GtkWidget             *charts = make_wrap_box (_ ("Charts"), TRUE, 2);

  priv->answer = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_add_css_class (priv->answer, "answer");
  for (guint i = 0; klass->tiles[i] != NULL; i++)
    {
      g_ptr_array_add (priv->tiles, mq_tile_new (_ (klass->tiles[i])));
      gtk_widget_set_parent (priv->tiles->pdata[i], tiles);
    }
  gtk_box_append (GTK_BOX (priv->answer), tiles);
  gtk_box_append (GTK_BOX (priv->answer), make_view (self));
  mq_result_view_set_lines (priv->views->pdata[0], MAIN_LINES);
  for (guint i = 1; i < klass->n_views; i++)
    gtk_widget_set_parent (make_view (self), charts);
  gtk_box_append (GTK_BOX (priv->answer), charts);
  gtk_box_append (GTK_BOX (priv->answer), make_label (&priv->warnings, "warning"));
  gtk_box_append (GTK_BOX (priv->answer), make_rules (self));
  return priv->answer;
}

static GtkWidget *
make_content (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget             *clamp = adw_clamp_new ();
  GtkWidget             *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  gtk_box_append (GTK_BOX (box), make_controls (self));
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->make_editor != NULL)
    gtk_box_append (GTK_BOX (box), MQ_ANALYSIS_PAGE_GET_CLASS (self)->make_editor (self));
  gtk_box_append (GTK_BOX (box), make_label (&priv->setting_error, "error"));
  gtk_widget_set_visible (GTK_WIDGET (priv->setting_error), FALSE);
  gtk_box_append (GTK_BOX (box), make_answer (self));
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->make_start != NULL)
    {
      priv->start = MQ_ANALYSIS_PAGE_GET_CLASS (self)->make_start (self);
      gtk_box_append (GTK_BOX (box), priv->start);
      gtk_widget_set_visible (priv->start, FALSE);
    }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1600);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1200);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  if (!has_pane (self))
    return scrolled;
  priv->pane = g_object_new (MQ_TYPE_SIDE_PANE, "content", scrolled, "pane", make_pane (self), NULL);
  return GTK_WIDGET (priv->pane);
}

static GtkWidget *
make_status (const char *icon_name, const char *title, GtkWidget *button, AdwStatusPage **status)
{
  *status = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (*status, icon_name);
  adw_status_page_set_title (*status, title);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  adw_status_page_set_child (*status, button);
  return GTK_WIDGET (*status);
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Computing"), -1);
  return spinner;
}

static void
mq_analysis_page_constructed (GObject *object)
{
  MqAnalysisPage        *self = MQ_ANALYSIS_PAGE (object);
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  GtkWidget             *import = gtk_button_new_with_label (_ ("Import Data…"));
  GtkWidget             *retry = gtk_button_new_with_label (_ ("Retry"));

  G_OBJECT_CLASS (mq_analysis_page_parent_class)->constructed (object);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "project.import");
  g_signal_connect_swapped (retry, "clicked", G_CALLBACK (ask), self);
  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (priv->stack, make_status (klass->icon_name, _ (klass->empty_title), import, &priv->empty_status), "empty");
  gtk_stack_add_named (priv->stack, make_spinner (), "busy");
  gtk_stack_add_named (priv->stack, make_content (self), "result");
  gtk_stack_add_named (priv->stack, make_status ("dialog-error-symbolic", _ (klass->failed_title), retry, &priv->failed_status), "failed");
  gtk_stack_set_visible_child_name (priv->stack, "busy");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));
}

static void
mq_analysis_page_dispose (GObject *object)
{
  MqAnalysisPagePrivate *priv = get_private (MQ_ANALYSIS_PAGE (object));

  g_clear_pointer (&priv->request, mq_request_free);
  g_clear_pointer (&priv->who, mq_request_free);
  g_clear_weak_pointer (&priv->who_window);
  g_clear_pointer (&priv->choices, g_strfreev);
  g_clear_pointer (&priv->choice_labels, g_strfreev);
  g_clear_handle_id (&priv->busy_timeout, g_source_remove);
  g_clear_pointer (&priv->charts, g_ptr_array_unref);
  g_clear_pointer (&priv->result, mq_result_unref);
  g_clear_pointer (&priv->settings, g_variant_unref);
  g_clear_pointer (&priv->project, g_free);
  g_clear_pointer (&priv->controls, g_ptr_array_unref);
  g_clear_pointer (&priv->tiles, g_ptr_array_unref);
  g_clear_pointer (&priv->views, g_ptr_array_unref);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_analysis_page_parent_class)->dispose (object);
}

static void
mq_analysis_page_class_init (MqAnalysisPageClass *klass)
{
  MqPageClass *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = mq_analysis_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = mq_analysis_page_dispose;
  page_class->obeys_scope = TRUE;
  page_class->update = mq_analysis_page_update;
  page_class->get_result = mq_analysis_page_get_result;
  page_class->get_chart = mq_analysis_page_get_chart;
  page_class->get_table = mq_analysis_page_get_table;
  page_class->toggle_pane = mq_analysis_page_toggle_pane;
}

static void
mq_analysis_page_init (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  priv->request = mq_request_new (answer_cb, self);
  priv->who = mq_request_new (who_cb, self);
  priv->controls = g_ptr_array_new ();
  priv->tiles = g_ptr_array_new ();
  priv->views = g_ptr_array_new ();
}

void
mq_analysis_page_settings_changed (MqAnalysisPage *self)
{
  control_changed_cb (self);
}

static guint
find_control (MqAnalysisPage *self, const char *setting)
{
  const MqPageControl *controls = MQ_ANALYSIS_PAGE_GET_CLASS (self)->controls;
  guint                index = 0;

  while (!g_str_equal (controls[index].setting, setting))
    index++;
  return index;
}

void
mq_analysis_page_set_setting (MqAnalysisPage *self, const char *setting, const char *value)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  const gboolean         restoring = priv->restoring;

  priv->restoring = TRUE;
  set_control (self, find_control (self, setting), value);
  priv->restoring = restoring;
}

const char *
mq_analysis_page_get_setting (MqAnalysisPage *self, const char *setting)
{
  return get_control (self, find_control (self, setting));
}

MqTile *
mq_analysis_page_tile (MqAnalysisPage *self, guint index)
{
  return get_private (self)->tiles->pdata[index];
}

char *
mq_analysis_page_figure (MqResult *result, const char *table, gsize row, const char *column)
{
  MqTable *found = mq_result_find_table (result, table);
  int      index = found != NULL ? mq_table_find_column (found, column) : -1;

  if (index < 0 || row >= mq_table_n_rows (found))
    return g_strdup ("—");
  return mq_format_cell (found, row, index);
}
