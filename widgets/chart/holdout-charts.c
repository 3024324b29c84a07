/* holdout-charts.c: the chart of a hold-out test: the rate of each group with its interval. */

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>

static MqChart *
make_groups (MqResult *result)
{
  MqTable *groups = mq_result_find_table (result, "groups");

  if (groups == NULL || mq_table_n_rows (groups) == 0)
    return NULL;
  return mq_chart_new_bar_series (groups, mq_result_sentence (result), _ ("Customers who converted in the period, as a share of their group; intervals of 95 %"), &(MqBarColumns){ .category = "group", .value = "rate", .low = "low", .high = "high", .form = MQ_BARS_GROUPED });
}

void
mq_holdout_charts_add (MqResult *result, GPtrArray *charts)
{
  mq_charts_take (charts, result, "groups", make_groups (result));
}
