/* funnel-page.c: steps and window, headline figures, funnel, groups, trend, times. */

#include "config.h"

#include "pages/funnel-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "funnel/funnel.h"
#include "query/step-title.h"
#include "step-editor.h"

#define LONGEST_WINDOW 90 /* days, on the slider */
/* A slider that moves asks again when the answer before is there, at the latest after this time. */
#define PATIENCE_US (500 * 1000)

struct _MqFunnelPage
{
  MqAnalysisPage parent_instance;

  MqStepEditor *steps;
  GtkRange     *window;  /* days; 0: automatic */
  GtkLabel     *summary; /* of the editor, where it is folded */
  GtkEditable  *exclude;

  char   **proposed; /* (owned) (nullable) the steps that the analysis began with */
  gboolean filling;
  gint64   asked;   /* monotonic time of the question that is under way, or 0 */
  gboolean pending; /* the slider moved meanwhile */

  MqSession *watched; /* (borrowed) (nullable) */
};

G_DEFINE_FINAL_TYPE (MqFunnelPage, mq_funnel_page, MQ_TYPE_ANALYSIS_PAGE)

static const char *const orders[] = { "ordered", "strict", "any", NULL };
static const char *const order_labels[] = { N_ ("In order"), N_ ("In order, nothing between"), N_ ("In any order") };
static const char *const counts[] = { "customers", "totals", NULL };
static const char *const count_labels[] = { N_ ("Customers"), N_ ("Every entry") };
static const char *const trends[] = { "auto", "day", "week", "month", "none", NULL };
static const char *const trend_labels[] = { N_ ("Automatic"), N_ ("By day"), N_ ("By week"), N_ ("By month"), N_ ("No trend") };
static const char *const exclusions[] = { "drop", "remove", NULL };
static const char *const exclusion_labels[] = { N_ ("Ends the Attempt"), N_ ("Removes the Customer") };

static const MqPageControl controls[] = {
  { "order", N_ ("Order"), orders, order_labels, NULL },
  { "count", N_ ("Count"), counts, count_labels, NULL },
  { "trend", N_ ("Trend"), trends, trend_labels, NULL },
  { "by", N_ ("Break Down By"), NULL, NULL, N_ ("channel") },
  { "by-step", N_ ("Value Taken at Step"), NULL, NULL, N_ ("1") },
  { "hold", N_ ("Same at All Steps"), NULL, NULL, N_ ("product") },
  { "step-window", N_ ("Limit of Each Step"), NULL, NULL, N_ ("2h, 3d, 1cd") },
  { "exclusion", N_ ("An Exclusion"), exclusions, exclusion_labels, NULL },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Entries"), N_ ("Conversion"), N_ ("Half Within"), N_ ("Still Open"), NULL };

static gint64
get_integer (MqTable *table, gsize row, const char *id)
{
  return mq_table_integer (table, row, (guint) mq_table_find_column (table, id));
}

static double
get_number (MqTable *table, gsize row, const char *id)
{
  return mq_table_number (table, row, (guint) mq_table_find_column (table, id));
}

static gboolean
has_value (MqTable *table, gsize row, const char *id)
{
  return !mq_table_is_missing (table, row, (guint) mq_table_find_column (table, id));
}

/* The steps without a breakdown. */
static MqTable *
find_steps (MqResult *result)
{
  MqTable *total = mq_result_find_table (result, "total");

  return total != NULL ? total : mq_result_find_table (result, "steps");
}

static void
show_rate (MqFunnelPage *self, MqTable *steps)
{
  gsize            last = mq_table_n_rows (steps) - 1;
  g_autofree char *rate = NULL;
  g_autofree char *matured = NULL;
  g_autofree char *note = NULL;

  if (!has_value (steps, last, "rate"))
    {
      mq_tile_set_value (mq_analysis_page_tile (MQ_ANALYSIS_PAGE (self), 1), "—", NULL, NULL);
      return;
    }
  rate = mq_format_share (get_number (steps, last, "rate"), 1);
  if (has_value (steps, last, "rate_matured"))
    {
      matured = mq_format_share (get_number (steps, last, "rate_matured"), 1);
      note = g_strdup_printf (_ ("%s of entries whose window has ended"), matured);
    }
  mq_tile_set_value (mq_analysis_page_tile (MQ_ANALYSIS_PAGE (self), 1), rate, NULL, note != NULL ? note : _ ("no window has ended yet"));
}

static void
show_half (MqFunnelPage *self, MqTable *totals)
{
  g_autofree char *half = has_value (totals, 0, "half_seconds") ? mq_format_duration (get_number (totals, 0, "half_seconds")) : NULL;
  g_autofree char *window = mq_format_duration (get_number (totals, 0, "window_seconds"));
  g_autofree char *note = g_strdup_printf (_ ("window %s"), window);

  mq_tile_set_value (mq_analysis_page_tile (MQ_ANALYSIS_PAGE (self), 2), half != NULL ? half : "—", NULL, note);
}

static void
show_tiles (MqFunnelPage *self, MqResult *result)
{
  MqTable         *steps = find_steps (result);
  MqTable         *totals = mq_result_find_table (result, "totals");
  g_autofree char *entered = mq_format_integer (get_integer (totals, 0, "entered"));
  g_autofree char *completed = mq_format_integer (get_integer (totals, 0, "completed"));
  g_autofree char *note = g_strdup_printf (_ ("%s did all steps"), completed);
  g_autofree char *open = NULL;
  gint64           n_open = 0;

  for (gsize row = 0; row < mq_table_n_rows (steps); row++)
    n_open += get_integer (steps, row, "open");
  open = mq_format_integer (n_open);
  mq_tile_set_value (mq_analysis_page_tile (MQ_ANALYSIS_PAGE (self), 0), entered, NULL, note);
  mq_tile_set_value (mq_analysis_page_tile (MQ_ANALYSIS_PAGE (self), 3), open, NULL, _ ("may still convert"));
  show_rate (self, steps);
  show_half (self, totals);
}

/* What the editor holds, where it is folded. */
static void
show_steps (MqFunnelPage *self)
{
  g_auto (GStrv) steps = mq_step_editor_get_steps (self->steps);
  g_autofree char *names = mq_steps_title ((const char *const *) steps);
  const char      *without = gtk_editable_get_text (self->exclude);
  /* Translators: the steps of a funnel in one line, and what may not come between them */
  g_autofree char *text = *without != '\0' ? g_strdup_printf (_ ("%s · without %s"), names, without) : g_strdup (names);

  gtk_label_set_text (self->summary, text);
}

/* Whether nobody has named others than those that the analysis began with. */
static gboolean
is_proposed (MqFunnelPage *self, char **steps)
{
  return steps[0] == NULL || (self->proposed != NULL && g_strv_equal ((const char *const *) steps, (const char *const *) self->proposed));
}

/* The steps that the analysis began with, where nobody has named any. */
static void
fill_editor (MqFunnelPage *self, MqResult *result)
{
  g_auto (GStrv) given = mq_step_editor_get_steps (self->steps);
  GVariant     *settings = mq_result_settings (result);
  MqTable      *steps = find_steps (result);
  GStrvBuilder *builder;
  char        **names;

  if (!is_proposed (self, given) || g_str_equal (mq_settings_text (settings, "order"), "any"))
    return;
  builder = g_strv_builder_new ();
  for (gsize row = 0; row < mq_table_n_rows (steps); row++)
    g_strv_builder_add (builder, mq_table_text (steps, row, (guint) mq_table_find_column (steps, "name")));
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  if (given[0] == NULL || !g_strv_equal ((const char *const *) names, (const char *const *) given))
    {
      mq_step_editor_set_steps (self->steps, (const char *const *) names);
      show_steps (self);
    }
  g_strfreev (self->proposed);
  self->proposed = names;
}

static void
ask (MqFunnelPage *self)
{
  self->asked = g_get_monotonic_time ();
  self->pending = FALSE;
  mq_analysis_page_settings_changed (MQ_ANALYSIS_PAGE (self));
}

static void
changed_cb (MqFunnelPage *self)
{
  if (self->filling)
    return;
  show_steps (self);
  ask (self);
}

/* A new question drops the one under way; a slider that never rests would drop them all. */
static void
window_changed_cb (MqFunnelPage *self)
{
  if (self->filling)
    return;
  if (self->asked != 0 && g_get_monotonic_time () - self->asked < PATIENCE_US)
    self->pending = TRUE;
  else
    ask (self);
}

static char *
format_window_cb (GtkScale *scale, double value, gpointer user_data)
{
  int days = (int) value;

  if (days == 0)
    return g_strdup (_ ("Automatic"));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

/* The editor offers the words of the data that is open, and lets go of data that is not. */
static void
data_changed_cb (MqFunnelPage *self)
{
  mq_step_editor_set_dataset (self->steps, mq_session_get_dataset (mq_page_get_session (MQ_PAGE (self))));
}

static void
watch_data (MqFunnelPage *self)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self));

  if (self->watched == NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (data_changed_cb), self, G_CONNECT_SWAPPED);
  self->watched = session;
  data_changed_cb (self);
}

static void
mq_funnel_page_show_tiles (MqAnalysisPage *page, MqResult *result)
{
  MqFunnelPage *self = MQ_FUNNEL_PAGE (page);

  self->asked = 0;
  watch_data (self);
  fill_editor (self, result);
  show_tiles (self, result);
  if (self->pending)
    ask (self);
}

/* (transfer full) */
static char *
label_state (guint state, const char *number)
{
  if (state == 0)
    return g_strdup_printf (_ ("Lost here: %s"), number);
  return state == 1 ? g_strdup_printf (_ ("Still open: %s"), number) : g_strdup_printf (_ ("Went on: %s"), number);
}

/* The states of those who reached a step: first those for whom there is something to be done. */
static char **
mq_funnel_page_list_customers (MqAnalysisPage *page, MqChart *chart, gsize row, char ***labels)
{
  static const char *const states[] = { "lost", "open", "converted" };
  MqTable                 *table = mq_chart_table (chart);
  g_autoptr (GStrvBuilder) values = NULL;
  g_autoptr (GStrvBuilder) texts = NULL;

  if (!g_str_equal (mq_table_name (table), "steps") && !g_str_equal (mq_table_name (table), "total"))
    return NULL;
  values = g_strv_builder_new ();
  texts = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gint64           n = get_integer (table, row, states[i]);
      g_autofree char *number = mq_format_integer (n);
      g_autofree char *text = label_state (i, number);
      g_autofree char *value = g_strdup_printf ("%d:%s", (int) get_integer (table, row, "step"), states[i]);

      if (n == 0)
        continue;
      g_strv_builder_add (values, value);
      g_strv_builder_add (texts, text);
    }
  *labels = g_strv_builder_end (texts);
  return g_strv_builder_end (values);
}

/* Several exclusions are separated by semicolons. */
static void
fill_exclusions (MqFunnelPage *self, GVariantDict *settings)
{
  g_auto (GStrv) texts = g_strsplit (gtk_editable_get_text (self->exclude), ";", -1);
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **given;

  for (guint i = 0; texts[i] != NULL; i++)
    if (*g_strstrip (texts[i]) != '\0')
      g_strv_builder_add (builder, texts[i]);
  given = g_strv_builder_end (builder);
  if (given[0] != NULL)
    g_variant_dict_insert_value (settings, "exclude", g_variant_new_strv ((const char *const *) given, -1));
  g_strfreev (given);
  g_strv_builder_unref (builder);
}

static void
mq_funnel_page_fill_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  MqFunnelPage *self = MQ_FUNNEL_PAGE (page);
  g_auto (GStrv) steps = mq_step_editor_get_steps (self->steps);
  int days = (int) gtk_range_get_value (self->window);

  if (!is_proposed (self, steps))
    g_variant_dict_insert_value (settings, "step", g_variant_new_strv ((const char *const *) steps, -1));
  if (days > 0)
    {
      g_autofree char *window = g_strdup_printf ("%dd", days);

      g_variant_dict_insert (settings, "window", "s", window);
    }
  fill_exclusions (self, settings);
}

static void
mq_funnel_page_read_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  MqFunnelPage *self = MQ_FUNNEL_PAGE (page);
  g_auto (GStrv) steps = NULL;
  g_auto (GStrv) given = NULL;
  g_autofree char *joined = NULL;
  const char      *window = "";

  self->filling = TRUE;
  g_variant_dict_lookup (settings, "step", "^as", &steps);
  g_variant_dict_lookup (settings, "exclude", "^as", &given);
  g_variant_dict_lookup (settings, "window", "&s", &window);
  mq_step_editor_set_steps (self->steps, (const char *const *) steps);
  joined = given != NULL ? g_strjoinv ("; ", given) : g_strdup ("");
  gtk_editable_set_text (self->exclude, joined);
  gtk_range_set_value (self->window, (double) g_ascii_strtoll (window, NULL, 10));
  show_steps (self);
  self->filling = FALSE;
}

static GtkWidget *
make_labelled (const char *label, GtkWidget *widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *text = gtk_label_new (label);

  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, text, NULL, -1);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), widget);
  return box;
}

/* The steps in one line; unfolded, their editor: the answer has the first screen. */
static GtkWidget *
make_fold (MqFunnelPage *self, GtkWidget *editor)
{
  GtkWidget *fold = gtk_expander_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_box_append (GTK_BOX (box), gtk_label_new (C_ ("funnel", "Steps")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_expander_set_label_widget (GTK_EXPANDER (fold), box);
  gtk_expander_set_child (GTK_EXPANDER (fold), editor);
  gtk_accessible_update_property (GTK_ACCESSIBLE (fold), GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("funnel", "Steps"), -1);
  return fold;
}

static GtkWidget *
mq_funnel_page_make_editor (MqAnalysisPage *page)
{
  MqFunnelPage *self = MQ_FUNNEL_PAGE (page);
  GtkWidget    *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget    *editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget    *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, LONGEST_WINDOW, 1);
  GtkWidget    *exclude = gtk_entry_new ();

  self->steps = MQ_STEP_EDITOR (mq_step_editor_new ());
  g_signal_connect_swapped (self->steps, "changed", G_CALLBACK (changed_cb), self);
  self->window = GTK_RANGE (scale);
  gtk_scale_set_draw_value (GTK_SCALE (scale), TRUE);
  gtk_scale_set_value_pos (GTK_SCALE (scale), GTK_POS_RIGHT);
  gtk_scale_set_format_value_func (GTK_SCALE (scale), format_window_cb, NULL, NULL);
  g_signal_connect_swapped (scale, "value-changed", G_CALLBACK (window_changed_cb), self);
  self->exclude = GTK_EDITABLE (exclude);
  gtk_entry_set_placeholder_text (GTK_ENTRY (exclude), _ ("refund:1-2; complaint:2-3"));
  gtk_widget_set_tooltip_text (exclude, _ ("What may not come between two steps: a name, a colon, the two steps. Semicolons separate several."));
  g_signal_connect_swapped (exclude, "activate", G_CALLBACK (changed_cb), self);
  gtk_widget_set_margin_top (editor, 6);
  gtk_box_append (GTK_BOX (editor), GTK_WIDGET (self->steps));
  gtk_box_append (GTK_BOX (editor), make_labelled (_ ("Without"), exclude));
  gtk_box_append (GTK_BOX (box), make_fold (self, editor));
  gtk_box_append (GTK_BOX (box), make_labelled (_ ("Window"), scale));
  return box;
}

static void
mq_funnel_page_finalize (GObject *object)
{
  g_strfreev (MQ_FUNNEL_PAGE (object)->proposed);
  G_OBJECT_CLASS (mq_funnel_page_parent_class)->finalize (object);
}

static void
mq_funnel_page_class_init (MqFunnelPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mq_funnel_page_finalize;
  page_class->analysis = &mq_funnel_analysis;
  page_class->icon_name = "mq-funnel-symbolic";
  page_class->empty_title = N_ ("A Funnel Needs Events or Orders");
  page_class->failed_title = N_ ("The Funnel Could Not Be Computed");
  page_class->main_table = "steps";
  page_class->controls = controls;
  page_class->n_bar = 3;
  page_class->tiles = tiles;
  page_class->n_views = 7;
  page_class->show_tiles = mq_funnel_page_show_tiles;
  page_class->list_customers = mq_funnel_page_list_customers;
  page_class->make_editor = mq_funnel_page_make_editor;
  page_class->fill_settings = mq_funnel_page_fill_settings;
  page_class->read_settings = mq_funnel_page_read_settings;
}

static void
mq_funnel_page_init (MqFunnelPage *self)
{
}
