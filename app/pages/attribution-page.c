/* attribution-page.c: credits of each model, where they differ, removal effects, return on spend. */

#include "config.h"

#include "pages/attribution-page.h"

#include <glib/gi18n.h>

#include "attribution/attribution.h"
#include "base/format.h"
#include "dialogs/channel-dialog.h"
#include "drop-down.h"
#include "wrap-box.h"

#define UNDO_SECONDS 10

struct _MqAttributionPage
{
  MqAnalysisPage parent_instance;

  GtkDropDown *conversions; /* of the customer that is explained; the first entry: chosen by the program */
  char        *explained;   /* (owned) (nullable) whose they are */
  guint        wanted;      /* from 1; 0: chosen by the program */
  gboolean     filling;
};

enum
{
  CONVERSIONS,
  TOUCHED,
  VALUE,
  DISAGREEMENT
};

static const char *const by_values[] = { "channel", "campaign", "group", NULL };
static const char *const by_labels[] = { N_ ("Channels"), N_ ("Campaigns"), N_ ("Groups of channels") };
static const char *const lookbacks[] = { "30d", "7d", "14d", "60d", "90d", NULL };
static const char *const lookback_labels[] = { N_ ("30 days"), N_ ("7 days"), N_ ("14 days"), N_ ("60 days"), N_ ("90 days") };
static const char *const collapses[] = { "0min", "30min", "1d", NULL };
static const char *const collapse_labels[] = { N_ ("All count"), N_ ("Once in 30 minutes"), N_ ("Once a day") };
static const char *const orders[] = { "1", "2", "3", "4", NULL };
static const char *const order_labels[] = { N_ ("The latest channel"), N_ ("The latest 2 channels"), N_ ("The latest 3 channels"), N_ ("The latest 4 channels") };
static const char *const rounds[] = { "0", "200", "1000", NULL };
static const char *const round_labels[] = { N_ ("None"), N_ ("200 rounds"), N_ ("1,000 rounds") };

static const char *const trends[] = { "month", "week", "none", NULL };
static const char *const trend_labels[] = { N_ ("By month"), N_ ("By week"), N_ ("None") };

static const MqPageControl controls[] = {
  { "by", N_ ("Credit to"), by_values, by_labels, NULL },
  { "lookback", N_ ("Lookback"), lookbacks, lookback_labels, NULL },
  { "explain", N_ ("Explain"), NULL, NULL, N_ ("A customer’s key") },
  { "conversion", N_ ("Counts as conversion"), NULL, NULL, N_ ("order") },
  { "trend", N_ ("Course"), trends, trend_labels, NULL },
  { "collapse", N_ ("Repeats of a channel"), collapses, collapse_labels, NULL },
  { "markov-order", N_ ("Markov remembers"), orders, order_labels, NULL },
  { "bootstrap", N_ ("Intervals"), rounds, round_labels, NULL },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Conversions"), N_ ("With a touch"), N_ ("Value"), N_ ("Models differ most"), NULL };

G_DEFINE_FINAL_TYPE (MqAttributionPage, mq_attribution_page, MQ_TYPE_ANALYSIS_PAGE)

/* Conversions of the row "(none)" under the first model: all models agree on it. */
static double
find_untouched (MqTable *credits)
{
  guint column = (guint) mq_table_find_column (credits, "conversions");

  for (gsize row = 0; row < mq_table_n_rows (credits); row++)
    if (g_strcmp0 (mq_table_text (credits, row, 0), "(none)") == 0)
      return mq_table_number (credits, row, column);
  return 0;
}

static void
show_conversions (MqAnalysisPage *self, MqResult *result)
{
  MqTable         *checks = mq_result_find_table (result, "checks");
  gint64           n = mq_table_integer (checks, 0, (guint) mq_table_find_column (checks, "conversions"));
  gint64           untouched = (gint64) find_untouched (mq_result_find_table (result, "credits"));
  g_autofree char *conversions = mq_format_integer (n);
  g_autofree char *share = n > 0 ? mq_format_share ((double) (n - untouched) / n, 1) : g_strdup ("—");
  g_autofree char *without = mq_format_integer (untouched);
  g_autofree char *note = g_strdup_printf (_ ("%s without any touch"), without);

  mq_tile_set_value (mq_analysis_page_tile (self, CONVERSIONS), conversions, NULL, _ ("in the period"));
  mq_tile_set_value (mq_analysis_page_tile (self, TOUCHED), share, NULL, note);
}

static void
show_value (MqAnalysisPage *self, MqResult *result)
{
  MqTable         *checks = mq_result_find_table (result, "checks");
  gint64           value = mq_table_integer (checks, 0, (guint) mq_table_find_column (checks, "value"));
  g_autofree char *text = mq_format_money_compact (value, mq_table_currency (checks));
  g_autofree char *full = mq_format_money (value, mq_table_currency (checks));

  mq_tile_set_value (mq_analysis_page_tile (self, VALUE), text, full, _ ("of these conversions"));
}

static void
show_disagreement (MqAnalysisPage *self, MqResult *result)
{
  MqTable         *range = mq_result_find_table (result, "disagreement");
  gboolean         any = range != NULL && mq_table_n_rows (range) > 0;
  g_autofree char *spread = any ? mq_format_number (mq_table_number (range, 0, (guint) mq_table_find_column (range, "spread")), 0) : NULL;
  g_autofree char *note = any ? g_strdup_printf (_ ("%s conversions between two models"), spread) : NULL;

  mq_tile_set_value (mq_analysis_page_tile (self, DISAGREEMENT), any ? mq_table_text (range, 0, 0) : "—", NULL, note);
}

/* "1 · order 17, 3 Mar 2024", one a conversion of the table `explain`. */
static void
add_conversions (GtkStringList *list, MqTable *explain)
{
  guint  number = (guint) mq_table_find_column (explain, "number");
  gint64 last = 0;

  for (gsize row = 0; row < mq_table_n_rows (explain); row++)
    {
      g_autofree char *name = NULL;
      g_autofree char *time = NULL;
      g_autofree char *text = NULL;

      if (mq_table_integer (explain, row, number) == last)
        continue;
      last = mq_table_integer (explain, row, number);
      name = mq_format_cell (explain, row, (guint) mq_table_find_column (explain, "conversion"));
      time = mq_format_cell (explain, row, (guint) mq_table_find_column (explain, "conversion_time"));
      text = g_strdup_printf ("%d · %s, %s", (int) last, name, time);
      gtk_string_list_append (list, text);
    }
}

static void
show_choice (MqAttributionPage *self, MqResult *result)
{
  MqTable       *explain = mq_result_find_table (result, "explain");
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("The latest with a touch"));
  if (explain != NULL)
    add_conversions (list, explain);
  self->filling = TRUE;
  g_free (self->explained);
  self->explained = g_strdup (mq_settings_text (mq_result_settings (result), "explain"));
  self->wanted = (guint) g_ascii_strtoull (mq_settings_text (mq_result_settings (result), "explain-conversion"), NULL, 10);
  gtk_drop_down_set_model (self->conversions, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->conversions, MIN (self->wanted, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1));
  gtk_widget_set_visible (GTK_WIDGET (self->conversions), g_list_model_get_n_items (G_LIST_MODEL (list)) > 2);
  self->filling = FALSE;
  g_object_unref (list);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  show_conversions (self, result);
  show_value (self, result);
  show_disagreement (self, result);
  show_choice (MQ_ATTRIBUTION_PAGE (self), result);
}

static void
conversion_chosen_cb (MqAttributionPage *self)
{
  if (self->filling)
    return;
  self->wanted = gtk_drop_down_get_selected (self->conversions);
  mq_analysis_page_settings_changed (MQ_ANALYSIS_PAGE (self));
}

/* Another customer has other conversions. */
static void
fill_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  MqAttributionPage *self = MQ_ATTRIBUTION_PAGE (page);
  g_autofree char   *number = g_strdup_printf ("%u", self->wanted);
  const char        *explain = "";

  g_variant_dict_lookup (settings, "explain", "&s", &explain);
  if (self->wanted > 0 && g_strcmp0 (explain, self->explained) == 0)
    g_variant_dict_insert (settings, "explain-conversion", "s", number);
}

static void
read_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  MqAttributionPage *self = MQ_ATTRIBUTION_PAGE (page);
  const char        *explain = "", *number = "";

  g_variant_dict_lookup (settings, "explain", "&s", &explain);
  g_variant_dict_lookup (settings, "explain-conversion", "&s", &number);
  g_free (self->explained);
  self->explained = g_strdup (explain);
  self->wanted = (guint) g_ascii_strtoull (number, NULL, 10);
}

static void
undo_cb (AdwToast *toast, MqAttributionPage *self)
{
  MqSession       *session = mq_page_get_session (MQ_PAGE (self));
  g_autofree char *before = g_strdup (mq_session_get_value (session, MQ_CHANNEL_TABLE_BEFORE));
  g_autofree char *now = g_strdup (mq_session_get_value (session, MQ_CHANNEL_TABLE_VALUE));

  if (before == NULL || now == NULL)
    return;
  mq_session_set_value (session, MQ_CHANNEL_TABLE_BEFORE, now);
  mq_session_set_value (session, MQ_CHANNEL_TABLE_VALUE, before);
  mq_analysis_page_reload (MQ_ANALYSIS_PAGE (self));
}

static void
saved_cb (MqAttributionPage *self)
{
  mq_analysis_page_reload (MQ_ANALYSIS_PAGE (self));
  mq_page_offer (MQ_PAGE (self), _ ("Channel table changed"), _ ("Undo"), UNDO_SECONDS, G_CALLBACK (undo_cb), self);
}

static void
edit_channels_cb (MqAttributionPage *self)
{
  MqResult  *result = MQ_PAGE_GET_CLASS (self)->get_result (MQ_PAGE (self));
  MqTable   *list = result != NULL ? mq_result_find_table (result, "channels") : NULL;
  GtkWidget *dialog;

  if (list == NULL)
    return;
  dialog = mq_channel_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), mq_page_get_session (MQ_PAGE (self)), list);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
make_editor (MqAnalysisPage *page)
{
  MqAttributionPage *self = MQ_ATTRIBUTION_PAGE (page);
  GtkWidget         *box = mq_wrap_box_new ();
  GtkWidget         *button = gtk_button_new_with_mnemonic (_ ("_Channel Table…"));

  gtk_widget_set_tooltip_text (button, _ ("What each value of a channel stands for: channel, group, direct, paid"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (edit_channels_cb), page);
  self->conversions = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  mq_drop_down_name_button (self->conversions, _ ("Conversion Explained"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->conversions), _ ("Which of this customer’s conversions is explained"));
  gtk_widget_set_visible (GTK_WIDGET (self->conversions), FALSE);
  g_signal_connect_swapped (self->conversions, "notify::selected", G_CALLBACK (conversion_chosen_cb), self);
  g_object_set (box, "spacing", 12, NULL);
  gtk_widget_set_parent (button, box);
  gtk_widget_set_parent (GTK_WIDGET (self->conversions), box);
  return box;
}

static void
mq_attribution_page_finalize (GObject *object)
{
  g_free (MQ_ATTRIBUTION_PAGE (object)->explained);

  G_OBJECT_CLASS (mq_attribution_page_parent_class)->finalize (object);
}

static void
mq_attribution_page_class_init (MqAttributionPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mq_attribution_page_finalize;

  page_class->analysis = &mq_attribution_analysis;
  page_class->icon_name = "mq-channels-symbolic";
  page_class->empty_title = N_ ("Attribution Needs Orders and Events");
  page_class->failed_title = N_ ("Attribution Could Not Be Computed");
  page_class->main_table = "credits";
  page_class->controls = controls;
  page_class->n_bar = 3;
  page_class->tiles = tiles;
  page_class->n_views = 8;
  page_class->show_tiles = show_tiles;
  page_class->make_editor = make_editor;
  page_class->editor_in_bar = TRUE;
  page_class->fill_settings = fill_settings;
  page_class->read_settings = read_settings;
}

static void
mq_attribution_page_init (MqAttributionPage *self)
{
}
