/* analysis-page.c: what pages of an analysis have in common. */

#include "config.h"

#include "pages/analysis-page.h"

#include "base/format.h"
#include "fold-box.h"
#include "jobs/job-queue.h"
#include "page-stack.h"
#include "pages/analysis-rows.h"
#include "side-pane.h"

#include <glib/gi18n.h>

/* An answer that takes longer shows that it is under way. */
#define BUSY_AFTER_MS 300
#define SPACING 12

typedef struct
{
  MqPageStack  *stack;         /* (borrowed) */
  MqAnswerView *answer;        /* (borrowed) */
  MqSidePane   *pane;          /* (borrowed) (nullable) */
  MqFoldBox    *settings_box;  /* (borrowed) the bar of controls */
  GtkLabel     *setting_error; /* (borrowed) */
  GtkWidget    *start;         /* (borrowed) (nullable) in place of the answer while settings are not given */

  MqPageControls  *controls;     /* (owned) */
  MqRequest       *request;      /* (owned) */
  MqMarkCustomers *who;          /* (owned) who is behind a mark */
  GVariant        *settings;     /* (owned) (nullable) as asked last */
  char            *project;      /* (owned) (nullable) path of the project whose settings are shown */
  gboolean         restoring;    /* settings are being filled in: their changes are not the user's */
  guint            busy_timeout; /* source, or 0 */
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

  mq_answer_view_set_stale (priv->answer, busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  if (!busy)
    g_clear_handle_id (&priv->busy_timeout, g_source_remove);
}

static void
busy_timeout_cb (gpointer user_data)
{
  MqAnalysisPagePrivate *priv = get_private (user_data);

  priv->busy_timeout = 0;
  if (mq_answer_view_get_result (priv->answer) == NULL)
    mq_page_stack_show_busy (priv->stack);
}

/* (transfer full) What the page's own controls say; the project bar is not among it. */
static GVariant *
make_settings (MqAnalysisPage *self)
{
  GVariantDict settings;

  g_variant_dict_init (&settings, NULL);
  mq_page_controls_fill (get_private (self)->controls, &settings);
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->fill_settings != NULL)
    MQ_ANALYSIS_PAGE_GET_CLASS (self)->fill_settings (self, &settings);
  return g_variant_ref_sink (g_variant_dict_end (&settings));
}

/* A narrow window has a line of words in place of the controls. */
static void
show_summary (MqAnalysisPage *self)
{
  g_autofree char *summary = mq_page_controls_describe (get_private (self)->controls);

  mq_fold_box_set_summary (get_private (self)->settings_box, summary);
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
  g_autofree char *name = name_value (self);
  const char      *text = mq_session_get_value (mq_page_get_session (MQ_PAGE (self)), name);
  g_autoptr (GVariant) remembered = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;

  get_private (self)->restoring = TRUE;
  mq_page_controls_read (get_private (self)->controls, remembered);
  if (MQ_ANALYSIS_PAGE_GET_CLASS (self)->read_settings != NULL)
    {
      g_autoptr (GVariantDict) settings = g_variant_dict_new (remembered);

      MQ_ANALYSIS_PAGE_GET_CLASS (self)->read_settings (self, settings);
    }
  get_private (self)->restoring = FALSE;
  show_summary (self);
}

static void
keep_settings (MqAnalysisPage *self)
{
  g_autoptr (GVariant) kept = make_settings (self);
  g_autofree char *name = name_value (self);
  g_autofree char *text = g_variant_print (kept, FALSE);

  mq_session_set_value (mq_page_get_session (MQ_PAGE (self)), name, text);
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
  own = make_settings (self);
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
control_changed_cb (gpointer user_data)
{
  MqAnalysisPage *self = user_data;

  if (get_private (self)->restoring)
    return;
  show_summary (self);
  ask (self);
  if (get_private (self)->settings != NULL)
    keep_settings (self);
}

static void
show_setting_error (MqAnalysisPage *self, const char *message)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  gtk_label_set_text (priv->setting_error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->setting_error), message != NULL);
  if (message != NULL)
    mq_fold_box_open (priv->settings_box); /* what is wrong is in there */
}

/* Either the answer, or what to begin with. */
static void
show_start (MqAnalysisPage *self, gboolean start)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  gtk_widget_set_visible (GTK_WIDGET (priv->answer), !start);
  if (priv->start != NULL)
    gtk_widget_set_visible (priv->start, start);
}

/* The last answer stays until the setting is right again. */
static void
show_wrong_setting (MqAnalysisPage *self, const char *message)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  gboolean               first = mq_answer_view_get_result (priv->answer) == NULL;
  gboolean               start = first && priv->start != NULL && MQ_ANALYSIS_PAGE_GET_CLASS (self)->update_start (self);

  show_setting_error (self, start ? NULL : message);
  show_start (self, start);
  if (first)
    mq_answer_view_set_result (priv->answer, NULL);
  mq_page_stack_show_answer (priv->stack);
}

static void
show_error (MqAnalysisPage *self, const GError *error)
{
  MqAnalysisPagePrivate *priv = get_private (self);

  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING))
    {
      show_wrong_setting (self, error->message);
      return;
    }
  mq_answer_view_set_result (priv->answer, NULL);
  mq_page_stack_show_error (priv->stack, error);
}

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqAnalysisPage        *self = user_data;
  MqAnalysisPagePrivate *priv = get_private (self);

  set_busy (self, FALSE);
  if (result != NULL)
    {
      show_setting_error (self, NULL);
      show_start (self, FALSE);
      mq_answer_view_set_result (priv->answer, result);
      MQ_ANALYSIS_PAGE_GET_CLASS (self)->show_tiles (self, result);
      mq_page_stack_show_answer (priv->stack);
    }
  else
    show_error (self, error);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void
row_activated_cb (MqAnalysisPage *self, MqChart *chart, guint64 row)
{
  if (get_private (self)->settings != NULL)
    mq_analysis_rows_open (self, get_private (self)->who, chart, row);
}

static void
tile_activated_cb (MqAnalysisPage *self, guint index)
{
  if (get_private (self)->settings != NULL)
    mq_analysis_rows_open_tile (self, get_private (self)->who, index);
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
  mq_mark_customers_cancel (priv->who);
  g_clear_pointer (&priv->project, g_free);
  set_busy (self, FALSE);
  mq_answer_view_set_result (priv->answer, NULL);
  mq_page_answer_changed (page);
}

static MqResult *
mq_analysis_page_get_result (MqPage *page)
{
  return mq_answer_view_get_result (get_private (MQ_ANALYSIS_PAGE (page))->answer);
}

static MqChart *
mq_analysis_page_get_chart (MqPage *page)
{
  return mq_answer_view_get_chart (get_private (MQ_ANALYSIS_PAGE (page))->answer);
}

static MqTable *
mq_analysis_page_get_table (MqPage *page)
{
  MqResult *result = mq_analysis_page_get_result (page);

  return result != NULL ? mq_result_find_table (result, MQ_ANALYSIS_PAGE_GET_CLASS (page)->main_table) : NULL;
}

static void
mq_analysis_page_toggle_pane (MqPage *page)
{
  MqAnalysisPagePrivate *priv = get_private (MQ_ANALYSIS_PAGE (page));

  if (priv->pane != NULL)
    mq_side_pane_set_shown (priv->pane, !mq_side_pane_get_shown (priv->pane));
}

static GtkWidget *
make_answer (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  GtkWidget             *supplement = klass->make_supplement != NULL ? klass->make_supplement (self) : NULL;

  priv->answer = MQ_ANSWER_VIEW (mq_answer_view_new (klass->tiles, klass->ask_behind_tile != NULL, klass->cards, klass->n_views, supplement));
  g_signal_connect_swapped (priv->answer, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (priv->answer, "tile-activated", G_CALLBACK (tile_activated_cb), self);
  return GTK_WIDGET (priv->answer);
}

/* A screen reader says at once what is wrong. */
static GtkWidget *
make_setting_error (MqAnalysisPagePrivate *priv)
{
  priv->setting_error = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (priv->setting_error), "error");
  return GTK_WIDGET (priv->setting_error);
}

/* Controls above the answer, in a column that is not too wide to be read. */
static GtkWidget *
make_column (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  GtkWidget             *lead = klass->make_lead != NULL ? klass->make_lead (self) : NULL;
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget             *clamp = adw_clamp_new ();
  GtkWidget             *bar;

  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  bar = mq_page_controls_make_bar (priv->controls, klass->n_bar, lead);
  priv->settings_box = MQ_FOLD_BOX (mq_fold_box_new (_ ("Settings"), bar));
  g_object_bind_property (bar, "visible", priv->settings_box, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->settings_box));
  if (klass->make_editor != NULL && klass->editor_in_bar)
    gtk_widget_set_parent (klass->make_editor (self), bar);
  else if (klass->make_editor != NULL)
    gtk_box_append (GTK_BOX (box), klass->make_editor (self));
  gtk_box_append (GTK_BOX (box), make_setting_error (priv));
  gtk_box_append (GTK_BOX (box), make_answer (self));
  if (klass->make_start != NULL)
    {
      priv->start = klass->make_start (self);
      gtk_box_append (GTK_BOX (box), priv->start);
      gtk_widget_set_visible (priv->start, FALSE);
    }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1600);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1200);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}

static GtkWidget *
make_content (MqAnalysisPage *self)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  GtkWidget             *scrolled = gtk_scrolled_window_new ();
  GtkWidget             *pane;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_column (self));
  pane = mq_page_controls_make_pane (priv->controls, MQ_ANALYSIS_PAGE_GET_CLASS (self)->n_bar);
  if (pane == NULL)
    return scrolled;
  priv->pane = g_object_new (MQ_TYPE_SIDE_PANE, "content", scrolled, "pane", pane, NULL);
  return GTK_WIDGET (priv->pane);
}

static void
mq_analysis_page_constructed (GObject *object)
{
  MqAnalysisPage        *self = MQ_ANALYSIS_PAGE (object);
  MqAnalysisPagePrivate *priv = get_private (self);
  MqAnalysisPageClass   *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);

  G_OBJECT_CLASS (mq_analysis_page_parent_class)->constructed (object);

  priv->controls = mq_page_controls_new (klass->controls, control_changed_cb, self);
  priv->who = mq_analysis_rows_new (self);
  priv->stack = g_object_new (MQ_TYPE_PAGE_STACK, "icon-name", klass->icon_name, "empty-title", _ (klass->empty_title), "failed-title", _ (klass->failed_title), "content", make_content (self), NULL);
  g_signal_connect_swapped (priv->stack, "retry", G_CALLBACK (ask), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));
}

static void
mq_analysis_page_dispose (GObject *object)
{
  MqAnalysisPagePrivate *priv = get_private (MQ_ANALYSIS_PAGE (object));

  g_clear_pointer (&priv->request, mq_request_free);
  g_clear_object (&priv->who);
  g_clear_handle_id (&priv->busy_timeout, g_source_remove);
  g_clear_pointer (&priv->controls, mq_page_controls_free);
  g_clear_pointer (&priv->settings, g_variant_unref);
  g_clear_pointer (&priv->project, g_free);
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
  get_private (self)->request = mq_request_new (answer_cb, self);
}

void
mq_analysis_page_settings_changed (MqAnalysisPage *self)
{
  control_changed_cb (self);
}

void
mq_analysis_page_set_setting (MqAnalysisPage *self, const char *setting, const char *value)
{
  MqAnalysisPagePrivate *priv = get_private (self);
  const gboolean         restoring = priv->restoring;

  priv->restoring = TRUE;
  mq_page_controls_set (priv->controls, setting, value);
  priv->restoring = restoring;
}

const char *
mq_analysis_page_get_setting (MqAnalysisPage *self, const char *setting)
{
  return mq_page_controls_get (get_private (self)->controls, setting);
}

void
mq_analysis_page_offer (MqAnalysisPage *self, const char *setting, GMenuModel *menu)
{
  mq_page_controls_offer (get_private (self)->controls, setting, menu);
  show_summary (self); /* the menu has the words for what is set */
}

void
mq_analysis_page_reload (MqAnalysisPage *self)
{
  keep_settings (self);
  mq_page_reload (MQ_PAGE (self));
}

GVariant *
mq_analysis_page_settings (MqAnalysisPage *self)
{
  return get_private (self)->settings;
}

void
mq_analysis_page_ask_behind (MqAnalysisPage *self, GVariant *settings)
{
  mq_mark_customers_ask (get_private (self)->who, settings);
}

MqTile *
mq_analysis_page_tile (MqAnalysisPage *self, guint index)
{
  return mq_answer_view_get_tile (get_private (self)->answer, index);
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

gulong
mq_analysis_page_count (MqResult *result, const char *table, gsize row, const char *column)
{
  MqTable *found = mq_result_find_table (result, table);
  int      index = found != NULL ? mq_table_find_column (found, column) : -1;

  if (index < 0 || row >= mq_table_n_rows (found) || mq_table_is_missing (found, row, (guint) index))
    return 0;
  return (gulong) mq_table_integer (found, row, (guint) index);
}
