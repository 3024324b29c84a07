/* sentiment-charts.c: charts of moods: the mix, its course, whom it speaks for, phrases, questions, wording. */

#include "config.h"

#include "base/format.h"
#include "analysis.h"
#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>

#define MOST_BARS 20
#define MOST_PERIODS 16 /* as bars; more are lines */
#define N_LABELS 4      /* rows of a period */

/* What is uncertain has no side: it is no level, lies behind the last of them, and all slices are 100 % together. */
static const char *const levels[] = { "negative", "neutral", "positive", NULL };

static const char *const feelings[] = { "joy", "anger", "sadness", "fear", "surprise", "disgust", NULL };

/* Moods have their colours in every chart. */
static void
take_mood (GPtrArray *charts, MqResult *result, const char *id, MqChart *chart)
{
  if (chart != NULL)
    mq_chart_set_levels (chart, levels, "neutral");
  mq_charts_take (charts, result, id, chart);
}

static MqTable *
find_filled (MqResult *result, const char *name)
{
  MqTable *table = mq_result_find_table (result, name);

  return table != NULL && mq_table_n_rows (table) > 0 ? table : NULL;
}

static gboolean
is_split (MqTable *mix)
{
  for (gsize row = 0; row < mq_table_n_rows (mix); row++)
    if (!mq_table_is_missing (mix, row, 0))
      return TRUE;
  return FALSE;
}

static void
add_mix (MqResult *result, GPtrArray *charts)
{
  MqTable *mix = find_filled (result, "mix");

  if (mix == NULL)
    return;
  if (is_split (mix))
    take_mood (charts, result, "mix", mq_chart_new_bar_series (mix, mq_result_sentence (result), _ ("Share of the voices of each group"), &(MqBarColumns){ .category = "group", .value = "share", .series = "label", .form = MQ_BARS_STACKED, .levels = levels, .neutral = "neutral" }));
  else
    take_mood (charts, result, "mix", mq_chart_new_bar_series (mix, mq_result_sentence (result), _ ("Share of the voices and its interval"), &(MqBarColumns){ .category = "label", .value = "share", .low = "low", .high = "high" }));
}

static void
add_emotions (MqResult *result, GPtrArray *charts)
{
  MqTable *emotions = find_filled (result, "emotions");
  MqChart *chart;

  if (emotions == NULL)
    return;
  if (is_split (emotions))
    chart = mq_chart_new_bar_series (emotions, _ ("Emotions"), _ ("Share of the voices of each group"), &(MqBarColumns){ .category = "group", .value = "share", .series = "label", .form = MQ_BARS_STACKED });
  else
    chart = mq_chart_new_bar_series (emotions, _ ("Emotions"), _ ("Share of the voices and its interval"), &(MqBarColumns){ .category = "label", .value = "share", .low = "low", .high = "high" });
  if (chart != NULL)
    mq_chart_set_kinds (chart, feelings);
  mq_charts_take (charts, result, "emotions", chart);
}

static void
add_sides (MqResult *result, GPtrArray *charts)
{
  MqTable *sides = find_filled (result, "sides");

  if (sides != NULL)
    take_mood (charts, result, "comparison", mq_chart_new_bar_series (sides, _ ("Two mixes compared"), _ ("Share of the voices of each side"), &(MqBarColumns){ .category = "side", .value = "share", .series = "label", .form = MQ_BARS_STACKED, .levels = levels, .neutral = "neutral" }));
}

static void
add_trend (MqResult *result, GPtrArray *charts)
{
  MqTable *trend = find_filled (result, "trend");

  if (trend == NULL)
    return;
  if (mq_table_n_rows (trend) <= MOST_PERIODS * N_LABELS)
    take_mood (charts, result, "trend", mq_chart_new_bar_series (trend, _ ("How the mood changed"), _ ("Share of the voices of each period"), &(MqBarColumns){ .category = "period", .value = "share", .series = "label", .form = MQ_BARS_STACKED, .levels = levels, .neutral = "neutral" }));
  else
    take_mood (charts, result, "trend", mq_chart_new_lines (trend, _ ("How the mood changed"), _ ("Share of the voices of each period"), &(MqLineColumns){ .x = "period", .value = "share", .series = "label", .complete = "complete", .from_zero = TRUE }));
}

static void
add_weighted (MqResult *result, GPtrArray *charts)
{
  MqTable         *weighted = find_filled (result, "weighted");
  MqTable         *figures = find_filled (result, "representativeness");
  g_autofree char *effective = NULL;
  g_autofree char *title = NULL;

  if (weighted == NULL || figures == NULL || *mq_settings_text (mq_result_settings (result), "weights") == '\0')
    return;
  effective = mq_format_integer ((gint64) mq_table_number (figures, 0, mq_table_find_column (figures, "effective_n")));
  /* Translators: the number of independent speakers that the weighted mix is worth */
  title = g_strdup_printf (_ ("Weighted to the base, the mix is worth %s speakers"), effective);
  take_mood (charts, result, "weighted", mq_chart_new_bar_series (weighted, title, _ ("Share of the base that the speakers stand for, and its interval"), &(MqBarColumns){ .category = "label", .value = "weighted", .low = "low", .high = "high" }));
}

/* (nullable) Bars of a table's first rows. */
static MqChart *
make_ranked (MqResult *result, const char *name, const char *title, const char *subtitle, const char *category, const char *value, const char *share, guint most)
{
  MqTable *table = find_filled (result, name);
  g_autoptr (MqTable) head = table != NULL ? mq_table_head (table, most) : NULL;

  return head != NULL ? mq_chart_new_bars (head, title, subtitle, category, value, share) : NULL;
}

/* What was asked once is not asked often; they come with the most frequent first. */
static guint
count_repeated (MqResult *result)
{
  MqTable *questions = find_filled (result, "questions");
  guint    n = 0;

  while (questions != NULL && n < MIN (mq_table_n_rows (questions), MOST_BARS) && mq_table_integer (questions, n, mq_table_find_column (questions, "n")) > 1)
    n++;
  return n > 0 ? n : MOST_BARS;
}

void
mq_sentiment_charts_add (MqResult *result, GPtrArray *charts)
{
  add_mix (result, charts);
  add_trend (result, charts);
  add_weighted (result, charts);
  add_sides (result, charts);
  add_emotions (result, charts);
  take_mood (charts, result, "latest", make_ranked (result, "latest", _ ("How customers feel now"), _ ("Customers by the mood of their latest comments"), "label", "customers", "share", MOST_BARS));
  take_mood (charts, result, "ratings", make_ranked (result, "ratings", _ ("What the stars say beside the words"), _ ("Mean rating of the comments of each mood; open one to read those whose rating denies the words"), "label", "mean", NULL, MOST_BARS));
  mq_charts_take (charts, result, "topics", make_ranked (result, "topics", _ ("What is talked about"), _ ("Comments that have the phrase, share of all comments"), "phrase", "n", "share", MOST_BARS));
  mq_charts_take (charts, result, "questions", make_ranked (result, "questions", _ ("What is asked most"), _ ("Comments that ask it, in nearly the same words"), "question", "n", NULL, count_repeated (result)));
}
