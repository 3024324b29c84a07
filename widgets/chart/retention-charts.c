/* retention-charts.c: the charts of retention, events and paths. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"

#include "analysis.h"
#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_PATHS 12

/* The unit of periods, which the settings say. */
static const char *
get_period_title (MqResult *result)
{
  const char *unit = mq_settings_text (mq_result_settings (result), "unit");

  if (g_str_equal (unit, "day"))
    return _ ("Days since the start");
  return g_str_equal (unit, "week") ? _ ("Weeks since the start") : _ ("Months since the start");
}

static const char *
get_measure_title (MqTable *table)
{
  return _ (mq_table_column_title (table, mq_table_find_column (table, "value")));
}

static gboolean
is_share (MqTable *table)
{
  return mq_table_column_type (table, mq_table_find_column (table, "value")) == MQ_COLUMN_SHARE;
}

static MqChart *
make_cohorts (MqResult *result, MqTable *cells)
{
  const MqCohortColumns columns = { .cohort = "cohort", .period = "period", .value = "value", .size = "size", .complete = "counted", .totals = is_share (cells) };
  g_autofree char      *subtitle = g_strdup_printf (_ ("%s by cohort and period; hatched: not in the mean"), get_measure_title (cells));
  MqChart              *chart = mq_chart_new_cohorts (cells, mq_result_sentence (result), subtitle, &columns);

  mq_chart_set_axis_titles (chart, get_period_title (result), _ ("Cohort"));
  return chart;
}

static MqChart *
make_curve (MqResult *result, MqTable *means)
{
  gboolean            split = mq_table_find_column (means, "group") >= 0;
  const MqLineColumns columns = {
    .x = "period", .value = "value", .series = split ? "group" : NULL, .low = is_share (means) && !split ? "low" : NULL, .high = is_share (means) && !split ? "high" : NULL, .from_zero = TRUE
  };
  g_autofree char *subtitle = g_strdup_printf (_ ("%s, mean of the complete cohorts, by period since the start"), get_measure_title (means));
  MqChart         *chart = mq_chart_new_lines (means, split ? mq_result_sentence (result) : _ ("Mean of the cohorts"), subtitle, &columns);

  mq_chart_set_axis_titles (chart, get_period_title (result), NULL);
  return chart;
}

static double
get_figure (MqTable *table, const char *id)
{
  int column = table != NULL && mq_table_n_rows (table) > 0 ? mq_table_find_column (table, id) : -1;

  return column >= 0 && !mq_table_is_missing (table, 0, column) ? mq_table_number (table, 0, column) : NAN;
}

static MqChart *
make_intervals (MqResult *result)
{
  MqTable         *classes = mq_result_find_table (result, "interval_classes");
  MqTable         *figures = mq_result_find_table (result, "interval_figures");
  double           median = get_figure (figures, "median");
  double           p90 = get_figure (figures, "p90");
  const MqMarker   markers[] = { { _ ("half"), median }, { _ ("90 %"), p90 } };
  g_autofree char *days = NULL;
  g_autofree char *title = NULL;
  MqChart         *chart;

  if (classes == NULL || mq_table_n_rows (classes) == 0 || isnan (median))
    return NULL;
  days = mq_format_number (median, median == floor (median) ? 0 : 1);
  title = g_strdup_printf (ngettext ("Half of those who come again do so within %s day", "Half of those who come again do so within %s days", median == 1 ? 1 : 2), days);
  chart = mq_chart_new_histogram (classes, title, _ ("Intervals by length in days"), "from", "to", "intervals", markers, G_N_ELEMENTS (markers));
  mq_chart_set_axis_titles (chart, _ ("Days from one to the next"), NULL);
  return chart;
}

/* Of all orders together, without those by category, a point a week: the curve looks 30 days ahead and is no rougher. */
static MqTable *
take_all (MqTable *silence)
{
  int                 group = mq_table_find_column (silence, "group");
  int                 day = mq_table_find_column (silence, "day");
  gsize               n = mq_table_n_rows (silence);
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  gsize               n_rows = 0;

  for (gsize row = 0; row < n; row++)
    if (mq_table_is_missing (silence, row, group) && mq_table_integer (silence, row, day) % 7 == 0)
      rows[n_rows++] = row;
  return mq_table_subset (silence, rows, n_rows);
}

static char *
write_silence_title (MqTable *days)
{
  double           silent = get_figure (days, "going_silent");
  double           asleep = get_figure (days, "asleep");
  g_autofree char *silent_text = isnan (silent) ? NULL : mq_format_integer ((gint64) silent);
  g_autofree char *asleep_text = isnan (asleep) ? NULL : mq_format_integer ((gint64) asleep);

  if (silent_text != NULL && asleep_text != NULL)
    return g_strdup_printf (_ ("Going silent after %s days, asleep after %s"), silent_text, asleep_text);
  if (silent_text != NULL)
    return g_strdup_printf (_ ("Going silent after %s days"), silent_text);
  return g_strdup (_ ("Chance to order again after silence"));
}

static MqChart *
make_silence (MqResult *result)
{
  const MqLineColumns columns = { .x = "day", .value = "chance", .low = "low", .high = "high", .from_zero = TRUE };
  MqTable            *silence = mq_result_find_table (result, "silence");
  g_autofree char    *title = NULL;
  g_autoptr (MqTable) all = NULL;
  MqChart *chart;

  if (silence == NULL || mq_table_n_rows (silence) == 0)
    return NULL;
  all = take_all (silence);
  title = write_silence_title (mq_result_find_table (result, "silence_days"));
  chart = mq_chart_new_lines (all, title, _ ("Chance to order within the next 30 days, by days of silence (Kaplan-Meier)"), &columns);
  mq_chart_set_axis_titles (chart, _ ("Days of silence"), NULL);
  return chart;
}

void
mq_retention_charts_add (MqResult *result, GPtrArray *charts)
{
  MqTable *cells = mq_result_find_table (result, "cells");
  MqTable *means = mq_result_find_table (result, "means");

  if (cells == NULL || means == NULL)
    return;
  if (mq_table_find_column (cells, "group") < 0)
    mq_charts_take (charts, result, "cohorts", make_cohorts (result, cells));
  mq_charts_take (charts, result, "curve", make_curve (result, means));
  mq_charts_take (charts, result, "silence", make_silence (result));
  mq_charts_take (charts, result, "intervals", make_intervals (result));
}

/* Without the units before the first record of all: they are not zero, they are unknown. */
static MqTable *
skip_unknown (MqTable *course)
{
  guint               period = (guint) mq_table_find_column (course, "period");
  guint               value = (guint) mq_table_find_column (course, "value");
  gsize               n = mq_table_n_rows (course), n_rows = 0;
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  const char         *first = NULL;

  for (gsize row = 0; row < n; row++)
    if (!mq_table_is_missing (course, row, value) && mq_table_number (course, row, value) != 0 && (first == NULL || strcmp (mq_table_text (course, row, period), first) < 0))
      first = mq_table_text (course, row, period);
  for (gsize row = 0; row < n; row++)
    if (first == NULL || strcmp (mq_table_text (course, row, period), first) >= 0)
      rows[n_rows++] = row;
  return mq_table_subset (course, rows, n_rows);
}

void
mq_events_charts_add (MqResult *result, GPtrArray *charts)
{
  const MqLineColumns columns = { .x = "period", .value = "value", .series = "series", .complete = "complete", .from_zero = TRUE };
  MqTable            *course = mq_result_find_table (result, "course");
  MqTable            *totals = mq_result_find_table (result, "totals");
  g_autoptr (MqTable) known = NULL;

  if (course == NULL || totals == NULL)
    return;
  known = skip_unknown (course);
  mq_charts_take (charts, result, "course", mq_chart_new_lines (known, mq_result_sentence (result), get_measure_title (course), &columns));
  if (mq_table_find_column (totals, "group") >= 0)
    mq_charts_take (charts, result, "totals", mq_chart_new_bars (totals, _ ("Events of each group"), _ ("Events in the period"), "group", "events", NULL));
}

void
mq_paths_charts_add (MqResult *result, GPtrArray *charts)
{
  MqTable *links = mq_result_find_table (result, "links");
  MqTable *paths = mq_result_find_table (result, "paths");
  g_autoptr (MqTable) commonest = NULL;

  if (links == NULL || paths == NULL)
    return;
  commonest = mq_table_head (paths, MOST_PATHS);
  mq_charts_take (charts, result, "flow", mq_chart_new_sankey (links, mq_result_sentence (result), _ ("Customers from step to step"), "from", "to", "customers", "stage"));
  mq_charts_take (charts, result, "paths", mq_chart_new_bars (commonest, _ ("The commonest paths"), _ ("Customers by path, share of all paths"), "path", "customers", "share"));
}
