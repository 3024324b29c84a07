/* sentiment-page.c: what customers feel, over time, about what, and whom they speak for. */

#include "config.h"

#include "pages/sentiment-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/format.h"
#include "pages/behind-words.h"
#include "pages/comments-window.h"
#include "pages/mood-menus.h"
#include "pages/stock-window.h"
#include "query/value-groups.h"
#include "sentiment/scored-texts.h"
#include "sentiment/sentiment.h"
#include "stats/interval.h"

struct _MqSentimentPage
{
  MqAnalysisPage parent_instance;

  GtkLabel  *stock;        /* (borrowed) how many comments are left out as stock phrases */
  GtkWidget *stock_window; /* (borrowed) (nullable) while it is open */
};

static const char *const units[] = { "month", "week", "day", NULL };
static const char *const unit_labels[] = { N_ ("Months"), N_ ("Weeks"), N_ ("Days") };
static const char *const voices[] = { "person", "text", NULL };
static const char *const voice_labels[] = { N_ ("Persons"), N_ ("Comments") };
static const char *const bases[] = { "buyers", "customers", "revenue", NULL };
static const char *const base_labels[] = { N_ ("Buyers of the period"), N_ ("All customers"), N_ ("Turnover") };

static const MqPageControl controls[] = {
  { "query", N_ ("Words"), NULL, NULL, N_ ("delivery AND NOT (fast OR quick)"), .offers = TRUE },
  { "by", N_ ("Split by"), NULL, NULL, N_ ("Not Split"), .one = TRUE },
  { "compare", N_ ("Compare with"), NULL, NULL, N_ ("delivery AND (fast OR quick)"), .offers = TRUE },
  { "trend", N_ ("Unit"), units, unit_labels, NULL },
  { "voice", N_ ("One voice"), voices, voice_labels, NULL },
  { "base", N_ ("Speak for"), bases, base_labels, NULL },
  { "weights", N_ ("Weighted by"), NULL, NULL, N_ ("Not Weighted"), .many = "orders" },
  { NULL, NULL, NULL, NULL, NULL }
};

enum
{
  NEGATIVE,
  POSITIVE,
  LINKED,
  CORRECTED,
};

static const char *const tiles[] = { N_ ("Negative"), N_ ("Positive"), N_ ("Linked to customers"), N_ ("Right on your labels"), NULL };

#define N_LABELS 4 /* rows of a group in the mix: negative, neutral, positive, uncertain */

G_DEFINE_FINAL_TYPE (MqSentimentPage, mq_sentiment_page, MQ_TYPE_ANALYSIS_PAGE)

static void
show_accuracy (MqAnalysisPage *self, MqResult *result)
{
  MqTable         *table = mq_result_find_table (result, "corrections");
  gboolean         any = mq_table_n_rows (table) > 0;
  g_autofree char *share = mq_analysis_page_figure (result, "corrections", 0, "accuracy");
  g_autofree char *low = mq_analysis_page_figure (result, "corrections", 0, "low");
  g_autofree char *high = mq_analysis_page_figure (result, "corrections", 0, "high");
  g_autofree char *n = mq_analysis_page_figure (result, "corrections", 0, "n");
  /* Translators: an interval, and a number of labels */
  g_autofree char *note = any ? g_strdup_printf (_ ("%s to %s, n = %s"), low, high, n) : g_strdup (_ ("correct comments to see it"));

  mq_tile_set_value (mq_analysis_page_tile (self, CORRECTED), share, NULL, note);
  mq_tile_set_opens (mq_analysis_page_tile (self, CORRECTED), any, any ? _ ("Read the comments that you corrected") : NULL);
}

static void
show_stock (MqSentimentPage *self, MqResult *result)
{
  MqTable         *table = mq_result_find_table (result, "stock");
  guint            column = (guint) mq_table_find_column (table, "comments");
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  gint64           n = 0;

  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    n += mq_table_integer (table, row, column);
  number = mq_format_integer (n);
  text = n == 0 ? g_strdup (_ ("No comment is a stock phrase")) : g_strdup_printf (ngettext ("%s comment is a stock phrase and left out", "%s comments are stock phrases and left out", (gulong) n), number);
  gtk_label_set_text (self->stock, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self->stock))), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* The voices of the group whose rows of the mix begin here. */
static gint64
count_voices (MqTable *mix, gsize first)
{
  guint  column = (guint) mq_table_find_column (mix, "n");
  gint64 n = 0;

  for (gsize i = 0; i < N_LABELS; i++)
    n += mq_table_integer (mix, first + i, column);
  return n;
}

/* "Other": many groups, of which nothing can be said as of one. */
static gboolean
is_rest (MqTable *mix, gsize row)
{
  return mq_table_is_word (mix, row, 0) && g_str_equal (mq_table_text (mix, row, 0), mq_group_other);
}

/* The row of the mix that a tile shows: where it is split, of the group with the greatest share; small groups, the rest and who has
 * no value do not count, and if there are no others (found: FALSE) it is the largest group. */
static gsize
find_row (MqTable *mix, gsize label, gboolean *found)
{
  guint share = (guint) mq_table_find_column (mix, "share");
  gsize best = label;

  *found = FALSE;

  for (gsize first = 0; first + N_LABELS <= mq_table_n_rows (mix); first += N_LABELS)
    {
      if (mq_table_is_missing (mix, first, 0) || is_rest (mix, first) || count_voices (mix, first) < MQ_N_SMALL ||
          (*found && mq_table_number (mix, first + label, share) <= mq_table_number (mix, best, share)))
        continue;
      best = first + label;
      *found = TRUE;
    }
  return best;
}

/* (transfer full) Of which group the share of a row is, and in `rule` why. */
static char *
describe_group (MqTable *mix, gsize first, gboolean found, char **rule)
{
  g_autofree char *group = mq_format_cell (mix, first, 0);
  g_autofree char *n = mq_format_integer (count_voices (mix, first));

  *rule = g_strdup_printf (found ? _ ("The group with the greatest share; groups of fewer than %d voices do not count") : _ ("The largest group; none has %d voices"), MQ_N_SMALL);
  return g_strdup_printf (found ? _ ("most in “%s” (n = %s)") : _ ("in “%s” (n = %s)"), group, n);
}

/* A tile of the mix: the share of one mood, of all or where it is greatest. */
static void
show_share (MqAnalysisPage *self, MqResult *result, guint tile, gsize label)
{
  MqTable         *mix = mq_result_find_table (result, "mix");
  gboolean         found;
  gsize            row = find_row (mix, label, &found);
  gboolean         split = *mq_settings_text (mq_result_settings (result), "by") != '\0' && mq_table_n_rows (mix) > row;
  g_autofree char *share = mq_analysis_page_figure (result, "mix", row, "share");
  g_autofree char *weighted = mq_analysis_page_figure (result, "weighted", label, "weighted");
  g_autofree char *rule = NULL;
  g_autofree char *note = split ? describe_group (mix, row - label, found, &rule) : NULL;

  if (!split && *mq_settings_text (mq_result_settings (result), "weights") != '\0' && mq_analysis_page_count (result, "representativeness", 0, "linked") > 0)
    note = g_strdup_printf (_ ("weighted to the base: %s"), weighted);
  mq_tile_set_value (mq_analysis_page_tile (self, tile), share, rule, note);
  mq_tile_set_opens (mq_analysis_page_tile (self, tile), mq_analysis_page_count (result, "mix", row, "n") > 0, _ ("Read these comments"));
}

static void
show_linked (MqAnalysisPage *self, MqResult *result)
{
  gboolean         any = mq_analysis_page_count (result, "representativeness", 0, "linked") > 0;
  MqTable         *figures = mq_result_find_table (result, "representativeness");
  g_autofree char *linked = mq_analysis_page_figure (result, "representativeness", 0, "linked");
  g_autofree char *comments = mq_analysis_page_figure (result, "representativeness", 0, "comments");
  g_autofree char *effective = mq_format_integer ((gint64) mq_table_number (figures, 0, mq_table_find_column (figures, "effective_n")));
  g_autofree char *note = NULL;

  if (any)
    /* Translators: a number of comments, and the number of independent speakers that they are worth */
    note = g_strdup_printf (_ ("of %s comments; effective n %s"), comments, effective);
  else
    note = g_strdup_printf (_ ("of %s comments; without customers nothing is weighted"), comments);
  mq_tile_set_value (mq_analysis_page_tile (self, LINKED), linked, NULL, note);
  mq_tile_set_opens (mq_analysis_page_tile (self, LINKED), any, any ? _ ("Read the comments of customers") : NULL);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  show_share (self, result, NEGATIVE, MQ_POLARITY_NEGATIVE);
  show_share (self, result, POSITIVE, MQ_POLARITY_POSITIVE);
  show_linked (self, result);
  show_accuracy (self, result);
  show_stock (MQ_SENTIMENT_PAGE (self), result);
  mq_mood_menus_offer (self, result);
}

static void
edit_stock_cb (MqSentimentPage *self)
{
  if (MQ_PAGE_GET_CLASS (self)->get_result (MQ_PAGE (self)) == NULL)
    return;
  if (self->stock_window == NULL)
    g_set_weak_pointer (&self->stock_window, mq_stock_window_new (MQ_PAGE (self)));
  gtk_window_present (GTK_WINDOW (self->stock_window));
}

static GtkWidget *
make_editor (MqAnalysisPage *page)
{
  MqSentimentPage *self = MQ_SENTIMENT_PAGE (page);
  GtkWidget       *button = gtk_button_new ();

  self->stock = GTK_LABEL (gtk_label_new (_ ("Stock Phrases")));
  gtk_label_set_wrap (self->stock, TRUE);
  gtk_label_set_xalign (self->stock, 0);
  gtk_button_set_child (GTK_BUTTON (button), GTK_WIDGET (self->stock));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("See and edit the phrases that are no comment"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (edit_stock_cb), self);
  return button;
}

/* A column of a chart's table that is a condition of the setting "behind". */
typedef struct
{
  const char *column, *condition;
} Condition;

static const Condition conditions[] = { { "group", "group" }, { "period", "period" }, { "label", "label" }, { "phrase", "phrase" }, { "question", "question" } };

/* A day of the period, if it is given, as many days earlier. */
static void
shift_day (GVariantDict *settings, const char *setting, gint32 days)
{
  const char *text = "";
  gint32      day;

  g_variant_dict_lookup (settings, setting, "&s", &text);
  if (mq_day_parse (text, &day))
    {
      g_autofree char *shifted = mq_day_format (day - days);

      g_variant_dict_insert (settings, setting, "s", shifted);
    }
}

/* The time that `result` is compared with: a period of the same length, as mq_scope_init_compare() has it. */
static void
show_other_time (GVariantDict *settings, MqResult *result, const char *then)
{
  const MqProvenance *provenance = mq_result_provenance (result);
  const MqZone       *zone = mq_zone_get (provenance->time_zone, NULL);
  gint32              day;

  if (zone == NULL || !mq_day_parse (then, &day))
    return;
  shift_day (settings, "from", mq_zone_day (zone, provenance->as_of, NULL) - day);
  shift_day (settings, "to", mq_zone_day (zone, provenance->as_of, NULL) - day);
  g_variant_dict_insert (settings, "as-of", "s", then);
}

/* The comments of the other side are those of its query and its time. */
static void
show_other_side (GVariantDict *settings, MqResult *result)
{
  g_autoptr (GVariant) query = g_variant_dict_lookup_value (settings, "compare", G_VARIANT_TYPE_STRING);
  g_autoptr (GVariant) then = g_variant_dict_lookup_value (settings, "compare-as-of", G_VARIANT_TYPE_STRING);

  if (query != NULL && *g_variant_get_string (query, NULL) != '\0')
    g_variant_dict_insert_value (settings, "query", query);
  if (then != NULL)
    show_other_time (settings, result, g_variant_get_string (then, NULL));
}

static void
add_condition (GStrvBuilder *behind, const char *name, const char *value)
{
  g_autofree char *condition = g_strconcat (name, "=", value, NULL);

  g_strv_builder_add (behind, condition);
}

static gboolean
ask_behind (MqAnalysisPage *self, MqChart *chart, gsize row, GVariantDict *settings)
{
  MqTable *table = mq_chart_table (chart);
  g_autoptr (GStrvBuilder) behind = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  gboolean emotions = g_str_equal (mq_chart_id (chart), "emotions");
  gboolean split = g_variant_dict_contains (settings, "by");

  if (g_str_equal (mq_chart_id (chart), "latest"))
    {
      g_variant_dict_insert (settings, "customers", "s", mq_table_text (table, row, 0));
      return TRUE;
    }
  if (g_str_equal (mq_chart_id (chart), "comparison") && row >= mq_table_n_rows (table) / 2)
    show_other_side (settings, MQ_PAGE_GET_CLASS (self)->get_result (MQ_PAGE (self)));
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      int         column = mq_table_find_column (table, conditions[i].column);
      gboolean    group = g_str_equal (conditions[i].column, "group");
      const char *name = emotions && g_str_equal (conditions[i].condition, "label") ? "emotion" : conditions[i].condition;
      const char *value = column >= 0 ? mq_table_text (table, row, column) : NULL;

      if (column < 0 || (value == NULL && !(group && split)))
        continue;
      add_condition (behind, name, value != NULL ? value : "");
    }
  if (g_str_equal (mq_chart_id (chart), "ratings"))
    add_condition (behind, "rating", "disagrees");
  if (g_str_equal (mq_chart_id (chart), "weighted")) /* of persons alone */
    add_condition (behind, "linked", "yes");
  list = g_strv_builder_end (behind);
  g_variant_dict_insert (settings, "behind", "^as", list);
  return *list != NULL;
}

/* The comments of the share that a tile shows. */
static void
add_share (MqAnalysisPage *self, GStrvBuilder *behind, gsize label, gboolean split)
{
  MqTable    *mix = mq_result_find_table (MQ_PAGE_GET_CLASS (self)->get_result (MQ_PAGE (self)), "mix");
  gboolean    found;
  const char *group = split ? mq_table_text (mix, find_row (mix, label, &found), 0) : NULL;

  add_condition (behind, "label", mq_polarity_name (label));
  if (split)
    add_condition (behind, "group", group != NULL ? group : "");
}

static gboolean
ask_behind_tile (MqAnalysisPage *self, guint index, GVariantDict *settings)
{
  g_autoptr (GStrvBuilder) behind = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  gboolean split = g_variant_dict_contains (settings, "by");

  if (index == NEGATIVE || index == POSITIVE)
    add_share (self, behind, index == NEGATIVE ? MQ_POLARITY_NEGATIVE : MQ_POLARITY_POSITIVE, split);
  else if (index == LINKED)
    add_condition (behind, "linked", "yes");
  else
    add_condition (behind, "decided", mq_mood_origin_name (MQ_MOOD_BY_HAND));
  list = g_strv_builder_end (behind);
  g_variant_dict_insert (settings, "behind", "^as", list);
  return TRUE;
}

/* What the comments of a result have to be by the condition, "NAME="; NULL: there is no such one. (transfer full) */
static char *
find_behind (MqResult *result, const char *condition)
{
  g_auto (GStrv) behind = mq_settings_texts (mq_result_settings (result), "behind");

  for (guint i = 0; behind[i] != NULL; i++)
    if (g_str_has_prefix (behind[i], condition))
      return g_strdup (behind[i] + strlen (condition));
  return NULL;
}

/* The queries that a comment behind a mark has to meet: the page's, and the phrase. */
static GStrv
find_searched (MqResult *result)
{
  g_autoptr (GStrvBuilder) queries = g_strv_builder_new ();
  g_autofree char *phrase = find_behind (result, "phrase="), *quoted = phrase != NULL ? g_strdup_printf ("\"%s\"", phrase) : NULL;

  g_strv_builder_add (queries, mq_settings_text (mq_result_settings (result), "query"));
  if (quoted != NULL)
    g_strv_builder_add (queries, quoted);
  return g_strv_builder_end (queries);
}

static void
show_behind (MqAnalysisPage *self, MqResult *result)
{
  MqTable         *table = mq_result_find_table (result, "behind");
  g_autofree char *words = mq_behind_words (result);
  g_autofree char *question = find_behind (result, "question=");
  g_auto (GStrv) searched = find_searched (result);
  MqCommentsWindow *window;

  if (table == NULL)
    return;
  if (mq_table_n_rows (table) == 0)
    {
      mq_page_notice (MQ_PAGE (self), _ ("There are no comments of the period behind this."));
      return;
    }
  window = mq_comments_window_present (self, table, words, (const char *const *) searched);
  if (question != NULL)
    mq_comments_window_take_answer (window, question);
}

static void
mq_sentiment_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (mq_sentiment_page_parent_class)->constructed (object);

  mq_mood_menus_install (MQ_ANALYSIS_PAGE (object));
}

static void
mq_sentiment_page_dispose (GObject *object)
{
  g_clear_weak_pointer (&MQ_SENTIMENT_PAGE (object)->stock_window);

  G_OBJECT_CLASS (mq_sentiment_page_parent_class)->dispose (object);
}

static void
mq_sentiment_page_class_init (MqSentimentPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = mq_sentiment_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = mq_sentiment_page_dispose;

  page_class->analysis = &mq_sentiment_analysis;
  page_class->icon_name = "face-smile-symbolic";
  page_class->empty_title = N_ ("Moods Need Feedback");
  page_class->failed_title = N_ ("Moods Could Not Be Read");
  page_class->main_table = "mix";
  page_class->controls = controls;
  page_class->n_bar = 3;
  page_class->tiles = tiles;
  page_class->n_views = 9;
  page_class->make_editor = make_editor;
  page_class->editor_in_bar = TRUE;
  page_class->show_tiles = show_tiles;
  page_class->ask_behind = ask_behind;
  page_class->ask_behind_tile = ask_behind_tile;
  page_class->show_behind = show_behind;
}

static void
mq_sentiment_page_init (MqSentimentPage *self)
{
}
