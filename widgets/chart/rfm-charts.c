/* rfm-charts.c: the charts of RFM: the grid of recency and frequency, the segments, and who moved between them. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include "base/civil-time.h"
#include "base/format.h"

#include <glib/gi18n-lib.h>

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

/* The lowest and highest value of each score of a dimension, "0–28", by score; NULL-terminated strings in an array as long as
 * the highest score plus two. (transfer full) */
static char **
read_ranges (MqTable *cuts, const char *dimension)
{
  guint       name = mq_table_find_column (cuts, "dimension"), score = mq_table_find_column (cuts, "score");
  guint       low = mq_table_find_column (cuts, "low"), high = mq_table_find_column (cuts, "high");
  GPtrArray  *ranges = g_ptr_array_new ();
  const char *from, *to;

  for (gsize i = 0; i < mq_table_n_rows (cuts); i++)
    {
      if (!g_str_equal (mq_table_text (cuts, i, name), dimension))
        continue;
      while (ranges->len <= mq_table_integer (cuts, i, score))
        g_ptr_array_add (ranges, g_strdup (""));
      from = mq_table_is_missing (cuts, i, low) ? NULL : mq_table_text (cuts, i, low);
      to = mq_table_is_missing (cuts, i, high) ? NULL : mq_table_text (cuts, i, high);
      if (from == NULL || to == NULL)
        continue;
      g_free (ranges->pdata[ranges->len - 1]);
      ranges->pdata[ranges->len - 1] = g_str_equal (from, to) ? g_strdup (from) : g_strdup_printf ("%s\xe2\x80\x93%s", from, to);
    }
  g_ptr_array_add (ranges, NULL);
  return (char **) g_ptr_array_free (ranges, FALSE);
}

/* A grid of R and F with its cut values at the scores; the eight segments of high and low have a third dimension, and bars
 * tell them better. */
static MqChart *
make_grid_chart (MqResult *result, const char *value, const char *title, const char *subtitle)
{
  MqTable *grid = mq_result_find_table (result, "grid");
  MqTable *cuts = mq_result_find_table (result, "cuts");
  MqChart *chart;

  if (grid == NULL || mq_table_find_column (grid, "m") >= 0 || mq_table_find_column (grid, value) < 0)
    return NULL;
  chart = mq_chart_new_heat_map (grid, title, subtitle, "r", "f", value, "segment");
  if (chart == NULL)
    return NULL;
  mq_chart_set_axis_titles (chart, _ ("Recency score"), _ ("Frequency score"));
  if (cuts == NULL)
    return chart;
  mq_chart_take_tick_notes (chart, 0, read_ranges (cuts, "r"), C_ ("unit", "days"));
  mq_chart_take_tick_notes (chart, 1, read_ranges (cuts, "f"), C_ ("unit", "orders"));
  return chart;
}

/* "Most revenue in one cell: R 5, F 5 (38 %)". */
static char *
make_cell_title (MqTable *grid)
{
  double           sum = 0, value;
  gsize            row = 0;
  int              column = mq_table_find_column (grid, "revenue");
  g_autofree char *r = NULL;
  g_autofree char *f = NULL;
  g_autofree char *share = NULL;

  for (gsize i = 0; i < mq_table_n_rows (grid); i++)
    if (mq_figure_number (grid, i, column, &value))
      sum += value;
  if (sum <= 0 || !find_largest (grid, "revenue", &row) || !mq_figure_number (grid, row, column, &value))
    return g_strdup (_ ("Revenue by recency and frequency"));
  r = get_text (grid, row, "r");
  f = get_text (grid, row, "f");
  share = mq_format_share (value / sum, 0);
  /* Translators: a recency score, a frequency score, and the share of the revenue */
  return g_strdup_printf (_ ("Most revenue: recency %s, frequency %s (%s)"), r, f, share);
}

/* With words for those who came and went. `every`: also the moves that nobody made, without figures, so that both sides stand in
 * map order. (transfer full) */
static MqTable *
make_moves (MqTable *migration, gboolean every)
{
  MqTableBuilder *builder = mq_table_builder_new ("migration", mq_table_currency (migration), NULL);
  guint           from = mq_table_find_column (migration, "from"), to = mq_table_find_column (migration, "to");
  guint           customers = mq_table_find_column (migration, "customers"), revenue = mq_table_find_column (migration, "revenue");

  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  for (gsize i = 0; i < mq_table_n_rows (migration); i++)
    {
      gint64 n = mq_table_integer (migration, i, customers);

      if (n == 0 && !every)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_table_is_missing (migration, i, from) ? N_ ("Entered") : mq_table_text (migration, i, from));
      mq_table_builder_set_text (builder, 1, mq_table_is_missing (migration, i, to) ? N_ ("Left") : mq_table_text (migration, i, to));
      if (n == 0)
        continue;
      mq_table_builder_set_integer (builder, 2, n);
      mq_table_builder_set_integer (builder, 3, mq_table_integer (migration, i, revenue));
    }
  return mq_table_builder_finish (builder);
}

/* "42 % of customers changed their segment since 9 Dec 2010". */
static char *
make_migration_title (MqResult *result, MqTable *migration)
{
  guint            from = mq_table_find_column (migration, "from"), to = mq_table_find_column (migration, "to");
  guint            customers = mq_table_find_column (migration, "customers");
  gint64           all = 0, moved = 0;
  gint32           day;
  g_autofree char *date = NULL;
  g_autofree char *share = NULL;

  for (gsize i = 0; i < mq_table_n_rows (migration); i++)
    {
      if (mq_table_is_missing (migration, i, from) || mq_table_is_missing (migration, i, to))
        continue;
      all += mq_table_integer (migration, i, customers);
      if (!g_str_equal (mq_table_text (migration, i, from), mq_table_text (migration, i, to)))
        moved += mq_table_integer (migration, i, customers);
    }
  if (all == 0 || !g_variant_lookup (mq_result_settings (result), "compare-as-of", "s", &date))
    return g_strdup (_ ("Segment migration"));
  if (mq_day_parse (date, &day))
    {
      g_free (date);
      date = mq_format_day (day);
    }
  share = mq_format_share ((double) moved / all, 0);
  /* Translators: a share, a date */
  return g_strdup_printf (_ ("%s of customers changed their segment since %s"), share, date);
}

static void
add_migration (MqResult *result, GPtrArray *charts)
{
  static const struct
  {
    const char *matrix, *flow, *value;
    const char *matrix_subtitle, *flow_subtitle;
  } measures[] = {
    { "migration", "migration-flow", "customers", N_ ("Customers by segment then (down) and now (across)"), N_ ("Customers by segment then (left) and now (right)") },
    { "migration-revenue", "migration-flow-revenue", "revenue", N_ ("Revenue by segment then (down) and now (across)"), N_ ("Revenue by segment then (left) and now (right)") },
  };
  MqTable *migration = mq_result_find_table (result, "migration");
  g_autoptr (MqTable) moves = NULL;
  g_autoptr (MqTable) cells = NULL;
  g_autofree char *title = NULL;

  if (migration == NULL)
    return;
  moves = make_moves (migration, FALSE);
  cells = make_moves (migration, TRUE);
  title = make_migration_title (result, migration);
  for (guint i = 0; i < G_N_ELEMENTS (measures) && mq_table_n_rows (moves) > 0; i++)
    {
      MqChart *matrix = mq_chart_new_heat_map (cells, title, _ (measures[i].matrix_subtitle), "to", "from", measures[i].value, NULL);
      MqChart *flow = mq_chart_new_sankey (moves, title, _ (measures[i].flow_subtitle), "from", "to", measures[i].value, NULL);

      /* The flow tells the same as the matrix. */
      matrix->other_measure = i > 0;
      flow->other_measure = TRUE;
      mq_charts_take (charts, result, measures[i].matrix, matrix);
      mq_charts_take (charts, result, measures[i].flow, flow);
    }
}

/* The second way to show the grid. */
static void
add_revenue_grid (MqResult *result, GPtrArray *charts)
{
  MqTable         *grid = mq_result_find_table (result, "grid");
  g_autofree char *title = NULL;
  MqChart         *chart;

  if (grid == NULL || mq_table_find_column (grid, "revenue") < 0)
    return;
  title = make_cell_title (grid);
  chart = make_grid_chart (result, "revenue", title, _ ("Revenue by recency and frequency score; higher scores are better"));
  if (chart != NULL)
    chart->other_measure = TRUE;
  mq_charts_take (charts, result, "grid-revenue", chart);
}

void
mq_rfm_charts_add (MqResult *result, GPtrArray *charts)
{
  MqTable         *segments = mq_result_find_table (result, "segments");
  g_autofree char *customers_title = NULL;
  g_autofree char *revenue_title = NULL;

  mq_charts_take (charts, result, "grid", make_grid_chart (result, "customers", mq_result_sentence (result), _ ("Customers by recency and frequency score; higher scores are better")));
  if (segments == NULL)
    return;
  customers_title = make_title (segments, "customers", "share", _ ("Customers by segment"), write_customers_title);
  revenue_title = make_title (segments, "revenue", "revenue_share", _ ("Revenue by segment"), write_revenue_title);
  mq_charts_take (charts, result, "segments", mq_chart_new_bars (segments, customers_title, _ ("Customers by segment, share of all customers"), "segment", "customers", "share"));
  mq_charts_take (charts, result, "segments-revenue", mq_chart_new_bars (segments, revenue_title, _ ("Revenue by segment, share of all revenue"), "segment", "revenue", "revenue_share"));
  add_revenue_grid (result, charts);
  add_migration (result, charts);
}
