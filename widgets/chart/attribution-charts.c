/* attribution-charts.c: the charts of attribution: credits of each model on one scale, where the models differ, removal
 * effects, return on spend. */

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>

/* "channel" or "campaign": what gets the credit is the first column. */
static const char *
get_name (MqTable *table)
{
  return mq_table_column_id (table, 0);
}

static MqChart *
make_credits (MqResult *result)
{
  MqTable *credits = mq_result_find_table (result, "credits");

  if (credits == NULL || mq_table_n_rows (credits) == 0)
    return NULL;
  return mq_chart_new_bar_series (credits, mq_result_sentence (result), _ ("Conversions credited, by model; all models on one scale"), &(MqBarColumns){ .category = get_name (credits), .value = "conversions", .series = "model", .low = "low", .high = "high", .share = "share", .form = MQ_BARS_PANELS });
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
  mq_charts_take (charts, result, "removal", make_removal (result));
  mq_charts_take (charts, result, "spend", make_spend (result));
}
