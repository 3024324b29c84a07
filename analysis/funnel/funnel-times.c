/* funnel-times.c: how long it took: exact quantiles between any two steps, a histogram, and Kaplan and Meier's curve from
 * the first entry. */

#include "config.h"

#include "funnel/funnel-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "stats/kaplan-meier.h"
#include "stats/quantile.h"

#define MAX_BINS 30
#define N_POINTS 100 /* of the curve */

typedef struct
{
  guint   from, to;
  gint64 *values;
  gsize   n;
} Collection;

static void
collect_cb (const MqFunnelDeep *deep, const gint64 *times, gpointer data)
{
  Collection *collection = data;

  if (deep->unit.level > collection->to)
    collection->values[collection->n++] = times[collection->to] - times[collection->from];
}

/* Durations between two steps; room for all units beyond the first step. */
static gsize
collect (const MqFunnelCounts *counts, guint from, guint to, gint64 *values)
{
  Collection collection = { from, to, values, 0 };

  mq_funnel_counts_visit (counts, collect_cb, &collection);
  return collection.n;
}

static gsize
count_deep (const MqFunnelCounts *counts)
{
  gsize n = 0;

  for (gsize i = 0; i < counts->n_slices; i++)
    n += counts->slices[i].n_deep;
  return n;
}

static gsize
count_units (const MqFunnelCounts *counts)
{
  gsize n = mq_funnel_counts_alike (counts);

  for (gsize i = 0; i < counts->n_slices; i++)
    n += counts->slices[i].n;
  return n;
}

MqTable *
mq_funnel_times_table (const MqFunnelOptions *options, const MqFunnelCounts *counts)
{
  static const double quantiles[] = { 0.25, 0.5, 0.75, 0.9 };
  MqTableBuilder     *builder = mq_table_builder_new ("times", NULL, NULL);
  g_autofree gint64  *values = g_new (gint64, count_deep (counts) + 1);

  mq_table_builder_add_column (builder, "from_step", N_ ("From Step"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "to_step", N_ ("To Step"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "p25_seconds", N_ ("25 of 100 Within"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "median_seconds", N_ ("Half Within"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "p75_seconds", N_ ("75 of 100 Within"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "p90_seconds", N_ ("90 of 100 Within"), MQ_COLUMN_DURATION);
  for (guint from = 0; from < options->rules.n_steps; from++)
    for (guint to = from + 1; to < options->rules.n_steps; to++)
      {
        gsize n = collect (counts, from, to, values);

        mq_table_builder_append (builder);
        mq_table_builder_set_integer (builder, 0, from + 1);
        mq_table_builder_set_integer (builder, 1, to + 1);
        mq_table_builder_set_integer (builder, 2, n);
        for (guint q = 0; n > 0 && q < G_N_ELEMENTS (quantiles); q++)
          mq_table_builder_set_double (builder, 3 + q, mq_quantile_int64 (values, n, quantiles[q]) / MQ_SECOND);
      }
  return mq_table_builder_finish (builder);
}

/* The narrowest of the usual widths with which the window has at most MAX_BINS bins. */
static gint64
choose_width (gint64 window)
{
  static const gint64 widths[] = { 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 2 * 86400, 7 * 86400, 14 * 86400, 30 * 86400 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    if (window / (widths[i] * MQ_SECOND) < MAX_BINS)
      return widths[i] * MQ_SECOND;
  return window / MAX_BINS + 1;
}

MqTable *
mq_funnel_histogram_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, gint64 window)
{
  MqTableBuilder    *builder = mq_table_builder_new ("histogram", NULL, NULL);
  g_autofree gint64 *values = g_new (gint64, count_deep (counts) + 1);
  gsize              n = collect (counts, 0, options->rules.n_steps - 1, values);
  gint64             width = choose_width (window);
  guint              n_bins = (guint) MIN (window / width + 1, 2 * MAX_BINS);
  g_autofree gint64 *bins = g_new0 (gint64, n_bins);

  for (gsize i = 0; i < n; i++)
    bins[CLAMP (values[i] / width, 0, (gint64) n_bins - 1)]++;
  mq_table_builder_add_column (builder, "from_seconds", N_ ("From"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "to_seconds", N_ ("To"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < n_bins; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_double (builder, 0, (double) i * width / MQ_SECOND);
      mq_table_builder_set_double (builder, 1, (double) (i + 1) * width / MQ_SECOND);
      mq_table_builder_set_integer (builder, 2, bins[i]);
      if (n > 0)
        mq_table_builder_set_double (builder, 3, (double) bins[i] / n);
    }
  return mq_table_builder_finish (builder);
}

static int
compare_times_cb (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
collect_event_cb (const MqFunnelDeep *deep, const gint64 *times, gpointer data)
{
  gint64 duration = MAX (times[deep->unit.level - 1] - times[0], 0);

  if (deep->unit.first)
    g_array_append_val (data, duration);
}

/* Times of conversions, and of those watched without one; who was watched longest needs no sorting. */
static void
split (const MqFunnelOptions *options, const MqFunnelCounts *counts, GArray *events, GArray *censored, gint64 *longest, gint64 *n_longest)
{
  *n_longest = mq_funnel_counts_alike (counts);
  *longest = *n_longest > 0 ? counts->window : 0;
  mq_funnel_counts_visit (counts, collect_event_cb, events);
  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n; j++)
      {
        const MqFunnelUnit *unit = &counts->slices[i].units[j];

        if (unit->first)
          continue;
        if (unit->watched == *longest)
          (*n_longest)++;
        else if (unit->watched < *longest)
          g_array_append_val (censored, unit->watched);
        else
          {
            gint64 shorter = *longest;

            for (; *n_longest > 0; (*n_longest)--)
              g_array_append_val (censored, shorter);
            *longest = unit->watched;
            *n_longest = 1;
          }
      }
  g_array_sort (events, compare_times_cb);
  g_array_sort (censored, compare_times_cb);
}

static GArray *
merge (const GArray *events, const GArray *censored, gint64 longest, gint64 n_longest)
{
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (MqSurvivalCount));
  guint   e = 0, c = 0;

  while (e < events->len || c < censored->len)
    {
      gint64          event = e < events->len ? g_array_index (events, gint64, e) : G_MAXINT64;
      gint64          leave = c < censored->len ? g_array_index (censored, gint64, c) : G_MAXINT64;
      MqSurvivalCount count = { MIN (event, leave), 0, 0 };

      for (; e < events->len && g_array_index (events, gint64, e) == count.time; e++)
        count.events++;
      for (; c < censored->len && g_array_index (censored, gint64, c) == count.time; c++)
        count.censored++;
      g_array_append_val (counts, count);
    }
  if (n_longest > 0)
    {
      MqSurvivalCount count = { longest, 0, n_longest };

      if (counts->len > 0 && g_array_index (counts, MqSurvivalCount, counts->len - 1).time >= longest)
        g_array_index (counts, MqSurvivalCount, counts->len - 1).censored += n_longest;
      else
        g_array_append_val (counts, count);
    }
  return counts;
}

/* The state of the curve at a time: the last entry not after it, or -1. */
static gint64
find_last (const GArray *counts, gint64 time)
{
  gint64 low = -1, high = (gint64) counts->len - 1;

  while (low < high)
    {
      gint64 middle = (low + high + 1) / 2;

      if (g_array_index (counts, MqSurvivalCount, middle).time <= time)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* Exactly half is half, whatever rounding makes of it. */
static double
find_half (const GArray *counts, const MqSurvival *curve, double chance)
{
  for (guint i = 0; i < counts->len; i++)
    if (1 - curve[i].survival >= chance / 2 * (1 - 1e-12))
      return (double) g_array_index (counts, MqSurvivalCount, i).time / MQ_SECOND;
  return NAN;
}

static void
add_points (MqTableBuilder *builder, const GArray *counts, const MqSurvival *curve, gint64 n, gint64 window)
{
  for (guint i = 0; i <= N_POINTS; i++)
    {
      gint64 time = window / N_POINTS * i + window % N_POINTS * i / N_POINTS;
      gint64 at = find_last (counts, time);
      double low = NAN, high = NAN, chance = 0;

      if (at >= 0)
        chance = mq_survival_chance (NULL, &curve[at], n, &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_double (builder, 0, (double) time / MQ_SECOND);
      mq_table_builder_set_integer (builder, 1, at >= 0 ? curve[at].at_risk : n);
      mq_table_builder_set_double (builder, 2, chance);
      mq_table_builder_set_double (builder, 3, low);
      mq_table_builder_set_double (builder, 4, high);
    }
}

MqTable *
mq_funnel_survival_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, gint64 window, MqFunnelSurvival *survival)
{
  MqTableBuilder *builder = mq_table_builder_new ("survival", NULL, NULL);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) censored = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) merged = NULL;
  g_autofree MqSurvival *curve = NULL;
  gint64                 longest, n_longest;

  mq_table_builder_add_column (builder, "seconds", N_ ("Since the First Entry"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "at_risk", N_ ("Still Watched"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "converted", N_ ("Converted by Then"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To (95 %)"), MQ_COLUMN_SHARE);
  *survival = (MqFunnelSurvival){ count_units (counts), 0, NAN, NAN, NAN, NAN };
  split (options, counts, events, censored, &longest, &n_longest);
  survival->converted = events->len;
  merged = merge (events, censored, longest, n_longest);
  if (merged->len == 0)
    return mq_table_builder_finish (builder);
  curve = g_new (MqSurvival, merged->len);
  mq_kaplan_meier ((const MqSurvivalCount *) (gpointer) merged->data, merged->len, curve);
  survival->chance = mq_survival_chance (NULL, &curve[merged->len - 1], survival->entries, &survival->low, &survival->high);
  if (events->len > 0)
    survival->half = find_half (merged, curve, survival->chance);
  add_points (builder, merged, curve, survival->entries, window);
  return mq_table_builder_finish (builder);
}
