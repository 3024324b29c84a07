/* retention-customers.c: the members of a cohort, or those of a cell, by customer. */

#include "config.h"

#include "retention/retention-customers.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"

static gboolean
fail_cell (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “customers” names a cell that is not there."));
  return FALSE;
}

/* FALSE with error; *column is MQ_NO_COLUMN for the whole cohort. */
static gboolean
find_cell (const MqRetentionView *view, guint *cohort, guint *column, GError **error)
{
  const MqRetentionOptions *options = view->options;
  gint64                    index = (gint64) options->cell_cohort - view->scale->first;

  *column = MQ_NO_COLUMN;
  *cohort = index;
  if (index < 0 || index >= view->scale->n_cohorts)
    return fail_cell (error);
  if (options->cell_period == MQ_PERIOD_OPEN)
    return TRUE;
  if (options->cell_period >= view->scale->n_periods || view->scale->columns[options->cell_period] == MQ_NO_COLUMN)
    return fail_cell (error);
  *column = view->scale->columns[options->cell_period];
  return TRUE;
}

static void
add_customer (MqTableBuilder *builder, const MqRetentionView *view, guint person, const char *label, const char *cohort)
{
  const MqValidOrders *orders = &view->source->orders;
  gint64               start = view->source->start.time[view->starts->row[person]];
  gint64               n = 0;
  gint64               revenue = 0;

  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, label);
  mq_table_builder_set_text (builder, 1, cohort);
  mq_table_builder_set_integer (builder, 2, start);
  if (!view->source->has_orders)
    return;
  for (gsize row = orders->offsets[person]; row < orders->offsets[person + 1]; row++)
    if (orders->time[row] >= start)
      {
        n++;
        revenue += orders->net[row];
      }
  mq_table_builder_set_integer (builder, 3, n);
  mq_table_builder_set_integer (builder, 4, revenue);
}

MqTable *
mq_retention_customers_table (const MqRetentionView *view, const MqCohortCount *count, const MqStrings *labels, GError **error)
{
  g_autofree gint64 *scratch = g_new (gint64, view->scale->n_columns);
  g_autofree char   *name = mq_unit_format (view->scale->unit, view->options->cell_cohort);
  MqTableBuilder    *builder;
  guint              cohort, column;

  if (!find_cell (view, &cohort, &column, error))
    return NULL;
  builder = mq_table_builder_new ("customers", view->currency, mq_zone_name (view->scale->zone));
  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "cohort", N_ ("Cohort"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "start", N_ ("Began"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "orders", N_ ("Orders"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  for (guint person = 0; person < view->starts->n_persons; person++)
    if (view->starts->cohort[person] == cohort && (column == MQ_NO_COLUMN || mq_cohort_has_returned (count, person, column, scratch)))
      add_customer (builder, view, person, mq_strings_get (labels, person), name);
  return mq_table_builder_finish (builder);
}
