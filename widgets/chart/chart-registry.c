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

/* What of a wide table goes on one sheet of paper; HTML and CSV have all of it. */
static const struct
{
  const char *module, *table;
  const char *columns[12];
} papers[] = {
  { "rfm", "segments", { "segment", "customers", "share", "revenue", "revenue_share", "recency_median", "frequency_median", "monetary_median" } },
};

static const struct
{
  const char *module, *id;
  const char *name; /* N_() */
} names[] = {
  { "rfm", "grid", N_ ("Customers by recency and frequency") },
  { "rfm", "grid-revenue", N_ ("Revenue by recency and frequency") },
  { "rfm", "segments", N_ ("Customers by segment") },
  { "rfm", "segments-revenue", N_ ("Revenue by segment") },
  { "rfm", "migration", N_ ("Segment migration") },
  { "rfm", "migration-flow", N_ ("Flow between segments") },
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

/* "Largest segment: Champions (22.0 %)": the finding of a bar chart of segments. */
static char *
make_title (MqTable *segments, const char *value, const char *share, const char *fallback, char *(*write) (const char *name, const char *share))
{
  g_autofree char *name = NULL;
  g_autofree char *part = NULL;
  gsize            row = 0;

  if (!find_largest (segments, value, &row) || mq_table_find_column (segments, share) < 0)
    return g_strdup (fallback);
  name = get_text (segments, row, "segment");
  part = get_text (segments, row, share);
  return write (name, part);
}

static char *
write_customers_title (const char *name, const char *share)
{
  /* Translators: a segment and its share of the customers. */
  return g_strdup_printf (_ ("Largest segment: %s (%s)"), name, share);
}

static char *
write_revenue_title (const char *name, const char *share)
{
  /* Translators: a segment and its share of the revenue. */
  return g_strdup_printf (_ ("Most revenue: %s (%s)"), name, share);
}

/* Adds a chart, or nothing where a column is not in this version of the table. */
static void
take_chart (MqResult *result, GPtrArray *charts, const char *id, MqChart *chart)
{
  if (chart == NULL)
    return;
  chart->id = id;
  mq_chart_set_note (chart, mq_result_rules (result), mq_result_provenance (result)->as_of);
  g_ptr_array_add (charts, chart);
}

/* A grid of R and F; the eight segments of high and low have a third dimension, and bars tell them better. */
static MqChart *
make_grid_chart (MqResult *result)
{
  MqTable *grid = mq_result_find_table (result, "grid");
  MqChart *chart;

  if (grid == NULL || mq_table_find_column (grid, "m") >= 0)
    return NULL;
  chart = mq_chart_new_heat_map (grid, mq_result_sentence (result), _ ("Customers by recency and frequency score; higher scores are better"), "r", "f", "customers", "segment");
  if (chart != NULL)
    mq_chart_set_axis_titles (chart, _ ("Recency score"), _ ("Frequency score"));
  return chart;
}

static void
add_rfm (MqResult *result, GPtrArray *charts)
{
  MqTable         *segments = mq_result_find_table (result, "segments");
  g_autofree char *customers_title = NULL;
  g_autofree char *revenue_title = NULL;

  take_chart (result, charts, "grid", make_grid_chart (result));
  if (segments == NULL)
    return;
  customers_title = make_title (segments, "customers", "share", _ ("Customers by segment"), write_customers_title);
  revenue_title = make_title (segments, "revenue", "revenue_share", _ ("Revenue by segment"), write_revenue_title);
  take_chart (result, charts, "segments", mq_chart_new_bars (segments, customers_title, _ ("Customers by segment, share of all customers"), "segment", "customers", "share"));
  take_chart (result, charts, "segments-revenue", mq_chart_new_bars (segments, revenue_title, _ ("Revenue by segment, share of all revenue"), "segment", "revenue", "revenue_share"));
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

MqChart *
mq_charts_find (GPtrArray *charts, const char *id)
{
  for (guint i = 0; i < charts->len; i++)
    if (strcmp (mq_chart_id (charts->pdata[i]), id) == 0)
      return charts->pdata[i];
  return NULL;
}

const char *
mq_charts_name (const char *module, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].module, module) == 0 && strcmp (names[i].id, id) == 0)
      return _ (names[i].name);
  return id;
}

const char *const *
mq_report_columns (const char *module, const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (strcmp (papers[i].module, module) == 0 && strcmp (papers[i].table, table) == 0)
      return papers[i].columns;
  return NULL;
}
