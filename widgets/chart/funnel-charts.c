/* funnel-charts.c: the charts of a funnel: the steps, their rates by group, the trend, how long it took, the curve from the
 * first entry. */

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>

static MqChart *
make_steps (MqResult *result)
{
  MqTable *steps = mq_result_find_table (result, "total");

  if (steps == NULL)
    steps = mq_result_find_table (result, "steps");
  if (steps == NULL || mq_table_n_rows (steps) == 0)
    return NULL;
  return mq_chart_new_funnel (steps, mq_result_sentence (result), _ ("Customers who reached each step; what may still come is hatched"), &(MqFunnelColumns){ .name = "name", .value = "customers", .rate = "rate", .step_rate = "rate_from_previous", .lost = "lost", .open = "open", .low = "low", .high = "high" });
}

static MqChart *
make_groups (MqResult *result)
{
  MqTable *steps = mq_result_find_table (result, "steps");

  if (steps == NULL || mq_table_find_column (steps, "group") < 0 || mq_table_n_rows (steps) == 0)
    return NULL;
  return mq_chart_new_bar_series (steps, _ ("Rates by group"), _ ("Share of those who entered that reached each step, with its interval of 95 %"), &(MqBarColumns){ .category = "group", .value = "rate", .series = "name", .low = "low", .high = "high", .form = MQ_BARS_PANELS });
}

static MqChart *
make_trend (MqResult *result)
{
  MqTable *trend = mq_result_find_table (result, "trend");

  if (trend == NULL || mq_table_n_rows (trend) < 2)
    return NULL;
  return mq_chart_new_lines (trend, _ ("Conversion by time of entry"), _ ("Share of those who entered in a period that did all steps; not yet matured is dashed"), &(MqLineColumns){ .x = "period", .value = "rate", .low = "low", .high = "high", .complete = "matured", .from_zero = TRUE });
}

/* The row from the first step to the last. */
static double
get_quantile (MqTable *times, const char *id)
{
  int    column = mq_table_find_column (times, id);
  int    from = mq_table_find_column (times, "from_step");
  double seconds = 0;

  /* the last row of the first step */
  for (gsize row = 0; row < mq_table_n_rows (times); row++)
    if (mq_table_integer (times, row, from) == 1 && !mq_table_is_missing (times, row, column))
      seconds = mq_table_number (times, row, column);
  return seconds;
}

static MqChart *
make_histogram (MqResult *result)
{
  MqTable *histogram = mq_result_find_table (result, "histogram");
  MqTable *times = mq_result_find_table (result, "times");
  MqTable *totals = mq_result_find_table (result, "totals");
  MqMarker markers[2];

  if (histogram == NULL || times == NULL || totals == NULL || mq_table_integer (totals, 0, mq_table_find_column (totals, "completed")) == 0)
    return NULL;
  markers[0] = (MqMarker){ _ ("half"), get_quantile (times, "median_seconds") };
  /* xgettext:no-c-format */
  markers[1] = (MqMarker){ _ ("90 of 100"), get_quantile (times, "p90_seconds") };
  return mq_chart_new_histogram (histogram, _ ("Time from the first step to the last"), _ ("Customers who did all steps"), "from_seconds", "to_seconds", "customers", markers, 2);
}

static MqChart *
make_survival (MqResult *result)
{
  MqTable *survival = mq_result_find_table (result, "survival");

  if (survival == NULL || mq_table_n_rows (survival) == 0)
    return NULL;
  return mq_chart_new_lines (survival, _ ("Converted by then, from the first entry"), _ ("Kaplan-Meier: entries that are still open are honoured"), &(MqLineColumns){ .x = "seconds", .value = "converted", .low = "low", .high = "high", .steps = TRUE, .from_zero = TRUE });
}

void
mq_funnel_charts_add (MqResult *result, GPtrArray *charts)
{
  mq_charts_take (charts, result, "steps", make_steps (result));
  mq_charts_take (charts, result, "groups", make_groups (result));
  mq_charts_take (charts, result, "trend", make_trend (result));
  mq_charts_take (charts, result, "times", make_histogram (result));
  mq_charts_take (charts, result, "survival", make_survival (result));
}
