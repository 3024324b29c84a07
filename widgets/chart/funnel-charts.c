/* funnel-charts.c: the charts of a funnel: the steps, their rates by group, the trend, how long it took, the curve from the
 * first entry. */

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/format.h"

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

/* Where a point more brings the most; the first of equal ones. */
static gsize
find_most_worth (MqTable *worth, guint column)
{
  gsize most = 0;

  for (gsize row = 1; row < mq_table_n_rows (worth); row++)
    if (mq_table_number (worth, row, column) > mq_table_number (worth, most, column))
      most = row;
  return most;
}

/* In money where orders are the end, else in conversions. */
static MqChart *
make_worth (MqResult *result)
{
  MqTable         *worth = mq_result_find_table (result, "worth");
  gboolean         money;
  guint            value, low, high;
  gsize            most;
  g_autofree char *name = NULL, *title = NULL, *figure = NULL, *from = NULL, *to = NULL;

  if (worth == NULL || mq_table_n_rows (worth) == 0)
    return NULL;
  money = !mq_table_is_missing (worth, 0, (guint) mq_table_find_column (worth, "value"));
  value = (guint) mq_table_find_column (worth, money ? "value" : "conversions");
  low = (guint) mq_table_find_column (worth, money ? "value_low" : "low");
  high = (guint) mq_table_find_column (worth, money ? "value_high" : "high");
  most = find_most_worth (worth, value);
  name = mq_format_cell (worth, most, (guint) mq_table_find_column (worth, "name"));
  figure = mq_format_cell (worth, most, value);
  from = mq_format_cell (worth, most, low);
  to = mq_format_cell (worth, most, high);
  /* of the last step nothing after it is estimated */
  if (g_str_equal (from, to))
    title = money ? g_strdup_printf (_ ("One point more at “%1$s” is worth %2$s"), name, figure) : g_strdup_printf (_ ("One point more at “%1$s” is worth %2$s conversions"), name, figure);
  else if (money)
    /* Translators: the name of a step; what one percentage point more of customers there would bring, and its interval */
    title = g_strdup_printf (_ ("One point more at “%1$s” is worth %2$s (%3$s to %4$s)"), name, figure, from, to);
  else
    title = g_strdup_printf (_ ("One point more at “%1$s” is worth %2$s conversions (%3$s to %4$s)"), name, figure, from, to);
  /* xgettext:no-c-format */
  return mq_chart_new_bar_series (worth, title, money ? _ ("Value of one percentage point more that go on to the step, with its interval of 95 %") : _ ("Conversions that one percentage point more at the step would bring, with their interval of 95 %"), &(MqBarColumns){ .category = "name", .value = money ? "value" : "conversions", .low = money ? "value_low" : "low", .high = money ? "value_high" : "high", .form = MQ_BARS_GROUPED });
}

static MqChart *
make_groups (MqResult *result)
{
  MqTable *steps = mq_result_find_table (result, "steps");

  if (steps == NULL || mq_table_find_column (steps, "group") < 0 || mq_table_n_rows (steps) == 0)
    return NULL;
  return mq_chart_new_bar_series (steps, _ ("Rates by group"), _ ("Share of those who entered that reached each step, with its interval of 95 %"), &(MqBarColumns){ .category = "group", .value = "rate", .series = "name", .low = "low", .high = "high", .form = MQ_BARS_PANELS });
}

/* The first pair at the last step, with its test. */
static char *
describe_comparison (MqTable *comparison)
{
  const char *columns[] = { "a", "b", "rate_a", "rate_b", "p_value" };
  char       *cells[G_N_ELEMENTS (columns)];
  char       *text;
  guint       step = (guint) mq_table_find_column (comparison, "step");
  gsize       last = 0;

  while (last + 1 < mq_table_n_rows (comparison) && mq_table_integer (comparison, last + 1, step) > mq_table_integer (comparison, last, step))
    last++;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cells[i] = mq_format_cell (comparison, last, (guint) mq_table_find_column (comparison, columns[i]));
  /* Translators: two groups or two ranges of dates, their rates, and how likely such a difference is by chance */
  text = g_strdup_printf (_ ("“%1$s” %3$s against “%2$s” %4$s, p = %5$s"), cells[0], cells[1], cells[2], cells[3], cells[4]);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_free (cells[i]);
  return text;
}

static MqChart *
make_comparison (MqResult *result)
{
  MqTable         *comparison = mq_result_find_table (result, "comparison");
  g_autofree char *title = NULL;

  if (comparison == NULL || mq_table_n_rows (comparison) == 0 || mq_table_is_missing (comparison, 0, (guint) mq_table_find_column (comparison, "difference")))
    return NULL;
  title = describe_comparison (comparison);
  /* xgettext:no-c-format */
  return mq_chart_new_bar_series (comparison, title, _ ("Difference of the rates of two groups or ranges, with its interval of 95 % (Newcombe); p by a z test of two proportions"), &(MqBarColumns){ .category = "name", .value = "difference", .series = "b", .low = "low", .high = "high", .form = MQ_BARS_PANELS });
}

/* 0 day, 1 week, 2 month: as the periods are written. */
static guint
find_unit (MqTable *trend)
{
  const char *period = mq_table_text (trend, 0, (guint) mq_table_find_column (trend, "period"));

  if (strchr (period, 'W') != NULL)
    return 1;
  return strlen (period) > strlen ("2011-12") ? 0 : 2;
}

/* Without the periods before the first that has entries enough for a rate: a stray entry is no beginning. */
static MqTable *
skip_strays (MqTable *trend)
{
  guint               small = (guint) mq_table_find_column (trend, "small");
  gsize               n = mq_table_n_rows (trend), first = 0;
  g_autofree guint32 *rows = g_new (guint32, n);

  while (first < n && mq_table_integer (trend, first, small))
    first++;
  if (n - first < 2)
    first = 0;
  for (gsize row = first; row < n; row++)
    rows[row - first] = row;
  return mq_table_subset (trend, rows, n - first);
}

static MqChart *
make_trend (MqResult *result)
{
  static const char *const subtitles[] = {
    N_ ("Share of those who entered on a day that did all steps; not yet matured is dashed"),
    N_ ("Share of those who entered in a week that did all steps; not yet matured is dashed"),
    N_ ("Share of those who entered in a month that did all steps; not yet matured is dashed"),
  };
  MqTable *trend = mq_result_find_table (result, "trend");

  g_autoptr (MqTable) shown = NULL;

  if (trend == NULL || mq_table_n_rows (trend) < 2)
    return NULL;
  shown = skip_strays (trend);
  return mq_chart_new_lines (shown, _ ("Conversion by time of entry"), _ (subtitles[find_unit (trend)]), &(MqLineColumns){ .x = "period", .value = "rate", .low = "low", .high = "high", .complete = "matured", .from_zero = TRUE });
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
  MqChart *chart;

  if (histogram == NULL || times == NULL || totals == NULL || mq_table_integer (totals, 0, mq_table_find_column (totals, "completed")) == 0)
    return NULL;
  markers[0] = (MqMarker){ _ ("half"), get_quantile (times, "median_seconds") };
  /* xgettext:no-c-format */
  markers[1] = (MqMarker){ _ ("90 of 100"), get_quantile (times, "p90_seconds") };
  chart = mq_chart_new_histogram (histogram, _ ("Time from the first step to the last"), _ ("Customers who did all steps"), "from_seconds", "to_seconds", "customers", markers, 2);
  mq_chart_set_axis_titles (chart, _ ("Time since the first step"), NULL);
  return chart;
}

static MqChart *
make_survival (MqResult *result)
{
  MqTable *survival = mq_result_find_table (result, "survival");
  MqChart *chart;

  if (survival == NULL || mq_table_n_rows (survival) == 0)
    return NULL;
  chart = mq_chart_new_lines (survival, _ ("Converted by then, from the first entry"), _ ("Kaplan-Meier: entries that are still open are honoured"), &(MqLineColumns){ .x = "seconds", .value = "converted", .low = "low", .high = "high", .steps = TRUE, .from_zero = TRUE });
  mq_chart_set_axis_titles (chart, _ ("Time since the first entry"), NULL);
  return chart;
}

void
mq_funnel_charts_add (MqResult *result, GPtrArray *charts)
{
  mq_charts_take (charts, result, "steps", make_steps (result));
  mq_charts_take (charts, result, "worth", make_worth (result));
  mq_charts_take (charts, result, "groups", make_groups (result));
  mq_charts_take (charts, result, "comparison", make_comparison (result));
  mq_charts_take (charts, result, "trend", make_trend (result));
  mq_charts_take (charts, result, "times", make_histogram (result));
  mq_charts_take (charts, result, "survival", make_survival (result));
}
