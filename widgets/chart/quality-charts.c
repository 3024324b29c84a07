/* quality-charts.c: the chart of data quality: the least filled fields. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>

static char *
get_text (MqTable *table, const char *id)
{
  return mq_figure_text (table, 0, mq_table_find_column (table, id));
}

void
mq_quality_charts_add (MqResult *result, GPtrArray *charts)
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
