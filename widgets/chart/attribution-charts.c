/* attribution-charts.c: the charts of attribution: credits of each model on one scale, where the models differ, why
 * one conversion is credited so, the course over time, removal effects, return on spend, payback, other budgets. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/groups.h"

#include <glib/gi18n-lib.h>

#include "attribution/attribution-tables.h"
#include "base/format.h"
#include "base/terms.h"

/* "channel" or "campaign": what gets the credit is the first column. */
static const char *
get_name (MqTable *table)
{
  return mq_table_column_id (table, 0);
}

/* A row of the credits and what its channel gets under all models together. */
typedef struct
{
  guint32 row;
  double  sum;
  guint   group; /* the channel */
} RankedRow;

static int
compare_ranks_cb (gconstpointer a, gconstpointer b)
{
  const RankedRow *x = a, *y = b;

  if (x->sum != y->sum)
    return x->sum > y->sum ? -1 : 1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* The channels that get the most first, conversions without a touch last. (transfer full) */
static MqTable *
rank_credits (MqTable *credits)
{
  gsize                 n = mq_table_n_rows (credits);
  int                   value = mq_table_find_column (credits, "conversions");
  g_autofree RankedRow *ranks = g_new (RankedRow, n);
  g_autofree guint32   *rows = g_new (guint32, n);
  g_autofree double    *sums = g_new0 (double, n);
  MqGroups              channels;
  int                   none;
  double                number;

  mq_groups_read (&channels, credits, 0);
  none = mq_groups_find (&channels, credits, MQ_NO_TOUCH);
  for (gsize row = 0; row < n; row++)
    sums[channels.of_row[row]] += mq_figure_number (credits, row, value, &number) ? number : 0;
  for (gsize row = 0; row < n; row++)
    ranks[row] = (RankedRow){ row, (int) channels.of_row[row] == none ? -1 : sums[channels.of_row[row]], channels.of_row[row] };
  qsort (ranks, n, sizeof *ranks, compare_ranks_cb);
  for (gsize i = 0; i < n; i++)
    rows[i] = ranks[i].row;
  mq_groups_clear (&channels);
  return mq_table_subset (credits, rows, n);
}

static MqChart *
make_credits (MqResult *result)
{
  MqTable *credits = mq_result_find_table (result, "credits");
  g_autoptr (MqTable) ranked = NULL;

  if (credits == NULL || mq_table_n_rows (credits) == 0)
    return NULL;
  ranked = rank_credits (credits);
  return mq_chart_new_bar_series (ranked, mq_result_sentence (result), _ ("Conversions credited, by model; all models on one scale"), &(MqBarColumns){ .category = get_name (credits), .value = "conversions", .series = "model", .low = "low", .high = "high", .share = "share", .form = MQ_BARS_PANELS });
}

static MqChart *
make_disagreement (MqResult *result)
{
  MqTable         *range = mq_result_find_table (result, "disagreement");
  g_autofree char *title = NULL;

  if (range == NULL || mq_table_n_rows (range) == 0)
    return NULL;
  /* Translators: %s is a channel. */
  title = g_strdup_printf (_ ("The models differ most about “%s”"), mq_table_text (range, 0, 0));
  return mq_chart_new_bars (range, title, _ ("Conversions between the lowest and the highest model"), get_name (range), "spread", NULL);
}

/* The rows of one model: the one that shares evenly, else the first asked for. (transfer full) */
static MqTable *
choose_model (MqTable *table, const char **model)
{
  guint column = (guint) mq_table_find_column (table, "model");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  *model = mq_table_text (table, 0, column);
  for (guint32 row = 0; row < mq_table_n_rows (table); row++)
    if (g_strcmp0 (mq_table_text (table, row, column), "linear") == 0)
      *model = mq_table_text (table, row, column);
  for (guint32 row = 0; row < mq_table_n_rows (table); row++)
    if (g_strcmp0 (mq_table_text (table, row, column), *model) == 0)
      g_array_append_val (rows, row);
  return mq_table_subset (table, (const guint32 *) (gpointer) rows->data, rows->len);
}

static MqChart *
make_trend (MqResult *result)
{
  MqTable *trend = mq_result_find_table (result, "trend");
  g_autoptr (MqTable) one = NULL;
  g_autofree char *subtitle = NULL;
  const char      *model;

  if (trend == NULL || mq_table_n_rows (trend) == 0)
    return NULL;
  one = choose_model (trend, &model);
  /* Translators: %s is a model of attribution. */
  subtitle = g_strdup_printf (_ ("Conversions credited by period, model “%s”; each period counted by itself"), mq_term_text (model));
  return mq_chart_new_lines (one, _ ("Credit over time"), subtitle, &(MqLineColumns){ .x = "start", .value = "conversions", .series = mq_table_column_id (one, 2), .complete = "complete", .from_zero = TRUE });
}

static MqChart *
make_why (MqResult *result)
{
  MqTable         *why = mq_result_find_table (result, "why");
  g_autofree char *name = NULL;
  g_autofree char *time = NULL;
  g_autofree char *title = NULL;

  if (why == NULL || mq_table_n_rows (why) == 0)
    return NULL;
  name = mq_format_cell (why, 0, (guint) mq_table_find_column (why, "conversion"));
  time = mq_format_cell (why, 0, (guint) mq_table_find_column (why, "conversion_time"));
  /* Translators: an order or event, and when it was. */
  title = g_strdup_printf (_ ("Who gets the credit for %s, %s"), name, time);
  return mq_chart_new_bar_series (why, title, _ ("Weight of each touch, oldest first, by model; what does not count has none, and the table says why"), &(MqBarColumns){ .category = "touch", .value = "weight", .series = "model", .form = MQ_BARS_PANELS });
}

static MqChart *
make_payback (MqResult *result)
{
  MqTable *payback = mq_result_find_table (result, "payback");

  if (payback == NULL || mq_table_n_rows (payback) == 0)
    return NULL;
  return mq_chart_new_bar_series (payback, _ ("What is left after spend depends on the model"), _ ("Value credited since the first spend, less spend; the table says when it was paid back"), &(MqBarColumns){ .category = get_name (payback), .value = "profit", .series = "model", .form = MQ_BARS_PANELS });
}

static MqChart *
make_budget (MqResult *result)
{
  MqTable *budget = mq_result_find_table (result, "budget");
  g_autoptr (MqTable) one = NULL;
  g_autofree char *subtitle = NULL;
  const char      *model;

  if (budget == NULL || mq_table_n_rows (budget) == 0)
    return NULL;
  one = choose_model (budget, &model);
  subtitle = g_strdup_printf (_ ("Value a period by share of today’s spend, model “%s”; only within the spend that was seen"), mq_term_text (model));
  return mq_chart_new_lines (one, _ ("What another budget would bring, if the past holds"), subtitle, &(MqLineColumns){ .x = "budget", .value = "value", .series = get_name (one), .low = "low", .high = "high" });
}

static MqChart *
make_removal (MqResult *result)
{
  MqTable *removal = mq_result_find_table (result, "removal");

  if (removal == NULL || mq_table_n_rows (removal) == 0)
    return NULL;
  return mq_chart_new_bar_series (removal, _ ("Without it, so much of the chance to convert is lost"), _ ("Removal effect, Markov model"), &(MqBarColumns){ .category = "channel", .value = "effect", .low = "low", .high = "high", .form = MQ_BARS_GROUPED });
}

static MqChart *
make_spend (MqResult *result)
{
  MqTable *spend = mq_result_find_table (result, "spend");

  if (spend == NULL || mq_table_n_rows (spend) == 0)
    return NULL;
  return mq_chart_new_bar_series (spend, _ ("Return on spend depends on the model"), _ ("Value credited for each unit spent, by model"), &(MqBarColumns){ .category = get_name (spend), .value = "return", .series = "model", .form = MQ_BARS_PANELS });
}

void
mq_attribution_charts_add (MqResult *result, GPtrArray *charts)
{
  mq_charts_take (charts, result, "credits", make_credits (result));
  mq_charts_take (charts, result, "disagreement", make_disagreement (result));
  mq_charts_take (charts, result, "why", make_why (result));
  mq_charts_take (charts, result, "trend", make_trend (result));
  mq_charts_take (charts, result, "removal", make_removal (result));
  mq_charts_take (charts, result, "spend", make_spend (result));
  mq_charts_take (charts, result, "payback", make_payback (result));
  mq_charts_take (charts, result, "budget", make_budget (result));
}
