/* quality-charts.c: charts of data quality: the least filled fields, all fields, the score, the imports, decay. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>

static char *
get_text (MqTable *table, const char *id)
{
  return mq_figure_text (table, 0, mq_table_find_column (table, id));
}

static void
add_weakest (MqResult *result, GPtrArray *charts)
{
  MqTable         *weakest = mq_result_find_table (result, "weakest");
  g_autofree char *name = NULL;
  g_autofree char *share = NULL;
  g_autofree char *title = NULL;

  if (weakest == NULL || mq_table_n_rows (weakest) == 0)
    return;
  name = get_text (weakest, "field");
  share = get_text (weakest, "share_filled");
  /* Translators: a field and the share of records that have it. */
  title = g_strdup_printf (_ ("Least filled: %s (%s)"), name, share);
  mq_charts_take (charts, result, "weakest", mq_chart_new_bars (weakest, title, _ ("Records that have the field, share of all records"), "field", "filled", "share_filled"));
}

/* The parts; the last row of the table is their sum. */
static void
add_score (MqResult *result, GPtrArray *charts)
{
  MqTable         *score = mq_result_find_table (result, "score");
  gsize            n = score != NULL ? mq_table_n_rows (score) : 0;
  g_autofree char *points = NULL;
  g_autofree char *title = NULL;
  g_autoptr (MqTable) parts = NULL;

  if (n < 2)
    return;
  points = mq_figure_text (score, n - 1, mq_table_find_column (score, "points"));
  parts = mq_table_head (score, n - 1);
  title = g_strdup_printf (_ ("The score of %s is the sum of its parts"), points);
  mq_charts_take (charts, result, "score", mq_chart_new_bars (parts, title, _ ("Points: the weight of the part times its value"), "part", "points", "value"));
}

/* Bars for the eye, and every figure of the fields in the table behind them. */
static void
add_fields (MqResult *result, GPtrArray *charts)
{
  MqTable         *fields = mq_result_find_table (result, "fields");
  g_autofree char *n = NULL;
  g_autofree char *title = NULL;

  if (fields == NULL || mq_table_n_rows (fields) == 0)
    return;
  n = g_strdup_printf ("%u", (guint) mq_table_n_rows (fields));
  title = g_strdup_printf (_ ("%s fields: how often filled and how varied"), n);
  mq_charts_take (charts, result, "fields", mq_chart_new_bar_series (fields, title, _ ("Share of records that have the field, by kind"), &(MqBarColumns){ .category = "field", .value = "share_filled", .series = "kind", .form = MQ_BARS_PANELS }));
}

static void
add_trend (MqResult *result, GPtrArray *charts)
{
  MqTable *imports = mq_result_find_table (result, "imports");

  if (imports == NULL || mq_table_n_rows (imports) == 0)
    return;
  mq_charts_take (charts, result, "trend", mq_chart_new_lines (imports, _ ("How full the files were, import by import"), _ ("Share of cells filled, by number of the import"), &(MqLineColumns){ .x = "import", .value = "share_filled", .series = "kind", .from_zero = TRUE }));
}

/* What was measured; where nothing could be, the customary assumption, and its title says that it is one. */
static void
add_decay (MqResult *result, GPtrArray *charts)
{
  MqTable         *decay = mq_result_find_table (result, "decay");
  MqTable         *assumption = mq_result_find_table (result, "assumption");
  g_autofree char *name = NULL;
  g_autofree char *share = NULL;
  g_autofree char *title = NULL;

  if (decay != NULL && mq_table_n_rows (decay) > 0)
    {
      name = get_text (decay, "field");
      share = get_text (decay, "monthly");
      /* Translators: a field and the share of its values that change in a month */
      title = g_strdup_printf (_ ("Measured: “%s” changes by %s a month"), name, share);
      /* xgettext:no-c-format */
      mq_charts_take (charts, result, "decay", mq_chart_new_bar_series (decay, title, _ ("Share of values found changed, a month, with 95 % interval"), &(MqBarColumns){ .category = "field", .value = "monthly", .low = "low", .high = "high" }));
    }
  else if (assumption != NULL && mq_table_n_rows (assumption) > 0)
    /* xgettext:no-c-format */
    mq_charts_take (charts, result, "decay", mq_chart_new_bar_series (assumption, _ ("Assumed, not measured: 2 to 3 % of contacts change a month"), _ ("What that makes in a year; import the same people again to measure your own"), &(MqBarColumns){ .category = "assumed", .value = "yearly" }));
}

void
mq_quality_charts_add (MqResult *result, GPtrArray *charts)
{
  add_fields (result, charts);
  add_weakest (result, charts);
  add_score (result, charts);
  add_trend (result, charts);
  add_decay (result, charts);
}
