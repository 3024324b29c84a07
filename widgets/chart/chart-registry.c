/* chart-registry.c: which charts show a result. A new analysis adds one line and one function. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *module;
  void (*add) (MqResult *result, GPtrArray *charts);
} Entry;

static void add_rfm (MqResult *result, GPtrArray *charts);

static const Entry entries[] = {
  { "rfm", add_rfm },
};

/* The row of the largest value, the first of equal ones; FALSE if there is none. */
static gboolean
find_largest (MqTable *table, const char *id, gsize *row)
{
  int    column = mq_table_find_column (table, id);
  double largest = 0;
  double value;

  for (gsize i = 0; column >= 0 && i < mq_table_n_rows (table); i++)
    if (mq_figure_number (table, i, column, &value) && value > largest)
      {
        largest = value;
        *row = i;
      }
  return largest > 0;
}

static char *
get_text (MqTable *table, gsize row, const char *id)
{
  return mq_figure_text (table, row, mq_table_find_column (table, id));
}

static char *
find_customers_title (MqTable *segments)
{
  g_autofree char *name = NULL;
  g_autofree char *customers = NULL;
  g_autofree char *share = NULL;
  gsize            row;

  if (!find_largest (segments, "customers", &row))
    return g_strdup (_ ("Customers by segment"));
  name = get_text (segments, row, "segment");
  customers = get_text (segments, row, "customers");
  share = get_text (segments, row, "share");
  /* Translators: a segment, its customers, their share: "Largest segment: Champions, 962 customers (22.0 %)". */
  return g_strdup_printf (_ ("Largest segment: %s, %s customers (%s)"), name, customers, share);
}

static char *
find_revenue_title (MqTable *segments)
{
  g_autofree char *name = NULL;
  g_autofree char *revenue = NULL;
  gsize            row;

  if (!find_largest (segments, "revenue", &row))
    return g_strdup (_ ("Revenue by segment"));
  name = get_text (segments, row, "segment");
  revenue = get_text (segments, row, "revenue");
  /* Translators: a segment and its revenue. */
  return g_strdup_printf (_ ("Most revenue: %s, %s"), name, revenue);
}

/* Adds a chart, or nothing where a column is not in this version of the table. */
static void
take_chart (MqResult *result, GPtrArray *charts, MqChart *chart)
{
  if (chart == NULL)
    return;
  mq_chart_set_note (chart, mq_result_rules (result), mq_result_provenance (result)->as_of);
  g_ptr_array_add (charts, chart);
}

static void
add_rfm (MqResult *result, GPtrArray *charts)
{
  MqTable         *grid = mq_result_find_table (result, "grid");
  MqTable         *segments = mq_result_find_table (result, "segments");
  g_autofree char *customers_title = NULL;
  g_autofree char *revenue_title = NULL;
  const char      *revenue_share = NULL;

  if (grid != NULL)
    take_chart (result, charts, mq_chart_new_heat_map (grid, mq_result_sentence (result), _ ("Customers by recency and frequency score; higher scores are better"), "r", "f", "customers", "segment"));
  if (segments == NULL)
    return;
  customers_title = find_customers_title (segments);
  revenue_title = find_revenue_title (segments);
  if (mq_table_find_column (segments, "revenue_share") >= 0)
    revenue_share = "revenue_share";
  take_chart (result, charts, mq_chart_new_bars (segments, customers_title, _ ("Customers by segment, share of all customers"), "segment", "customers", "share"));
  take_chart (result, charts, mq_chart_new_bars (segments, revenue_title, _ ("Revenue by segment"), "segment", "revenue", revenue_share));
}

GPtrArray *
mq_charts_for_result (MqResult *result)
{
  GPtrArray  *charts = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_chart_unref);
  const char *module = mq_result_provenance (result)->module;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (strcmp (entries[i].module, module) == 0)
      entries[i].add (result, charts);
  return charts;
}
