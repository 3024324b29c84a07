/* reconcile-charts.c: charts of the reconciliation: money by month, rows by class, statuses, coverage. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>

static gboolean
has_rows (MqTable *table)
{
  return table != NULL && mq_table_n_rows (table) > 0;
}

/* (transfer full) "Rows: 2,810 read = 2,217 valid + 593 that do not count" */
static char *
make_rows_title (MqTable *rows)
{
  gsize            n = mq_table_n_rows (rows);
  g_autofree char *read = mq_figure_text (rows, 0, 1);
  g_autofree char *valid = mq_figure_text (rows, n - 1, 1);

  return g_strdup_printf (_ ("%s of %s rows read are of valid orders"), valid, read);
}

static void
add_months (MqResult *result, GPtrArray *charts)
{
  MqTable         *parts = mq_result_find_table (result, "parts");
  MqTable         *money = mq_result_find_table (result, "money");
  g_autofree char *placed = NULL;
  g_autofree char *revenue = NULL;
  g_autofree char *title = NULL;

  if (!has_rows (parts) || !has_rows (money))
    return;
  placed = mq_figure_text (money, 0, mq_table_find_column (money, "amount"));
  revenue = mq_figure_text (money, mq_table_n_rows (money) - 1, mq_table_find_column (money, "amount"));
  /* Translators: two amounts */
  title = g_strdup_printf (_ ("Of %s placed, %s is revenue"), placed, revenue);
  mq_charts_take (charts, result, "months", mq_chart_new_bar_series (parts, title, _ ("Amount of the orders by month of order, by what became of it"), &(MqBarColumns){ .category = "month", .value = "amount", .series = "part", .form = MQ_BARS_STACKED, .vertical = TRUE }));
}

static void
add_rows (MqResult *result, GPtrArray *charts)
{
  MqTable         *rows = mq_result_find_table (result, "rows");
  g_autofree char *title = NULL;

  if (!has_rows (rows))
    return;
  title = make_rows_title (rows);
  mq_charts_take (charts, result, "rows", mq_chart_new_bars (rows, title, _ ("Rows of all orders files: what was read is the sum of the others"), "class", "rows", NULL));
}

/* The bars say what the table behind them has month by month. */
static void
add_money (MqResult *result, GPtrArray *charts)
{
  MqTable *months = mq_result_find_table (result, "months");
  g_autoptr (MqTable) single = has_rows (months) ? mq_table_head (months, mq_table_n_rows (months) - 1) : NULL; /* without the sum */

  if (!has_rows (single))
    return;
  mq_charts_take (charts, result, "money", mq_chart_new_bar_series (single, _ ("Revenue by month, to the cent"), _ ("The table has each step from placed to revenue"), &(MqBarColumns){ .category = "month", .value = "revenue", .vertical = TRUE }));
}

static void
add_statuses (MqResult *result, GPtrArray *charts)
{
  MqTable *statuses = mq_result_find_table (result, "statuses");

  if (!has_rows (statuses))
    return;
  mq_charts_take (charts, result, "statuses", mq_chart_new_bars (statuses, _ ("What each status comes to"), _ ("Orders by status text; the table has what it means and its amounts"), "status", "orders", NULL));
}

static void
add_coverage (MqResult *result, GPtrArray *charts)
{
  MqTable *coverage = mq_result_find_table (result, "coverage");

  if (!has_rows (coverage))
    return;
  mq_charts_take (charts, result, "coverage", mq_chart_new_bars (coverage, _ ("What the project holds, and from when to when"), _ ("Rows by kind; the table has the first and the last day"), "kind", "rows", NULL));
}

void
mq_reconcile_charts_add (MqResult *result, GPtrArray *charts)
{
  add_months (result, charts);
  add_rows (result, charts);
  add_money (result, charts);
  add_statuses (result, charts);
  add_coverage (result, charts);
}
