/* repurchase-tables.c: the three measures of repurchase, the intervals, and the chance to order after silence. */

#include "config.h"

#include "retention/retention-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "stats/interval.h"
#include "stats/quantile.h"
#include "query/value-groups.h"

#define REPEAT_DAYS 90
#define CLASS_DAYS 7
#define SILENT_PART (2.0 / 3.0)
#define ASLEEP_PART 0.5

typedef struct
{
  gint64 n, customers;
} Ratio;

typedef struct
{
  Ratio within_period;
  Ratio returning;
  Ratio within_days;
} Repurchase;

static void
count_person (const MqValidOrders *orders, guint person, const MqScope *scope, gint32 matured, gint64 covered, Repurchase *sums)
{
  gsize first = orders->offsets[person];
  gsize end = orders->offsets[person + 1];
  gsize in_period = 0;

  for (gsize row = first; row < end; row++)
    in_period += orders->time[row] >= scope->from && orders->time[row] <= scope->to;
  if (in_period > 0)
    {
      sums->within_period.n++;
      sums->within_period.customers += in_period > 1;
      sums->returning.n++;
      sums->returning.customers += orders->time[first] < scope->from;
    }
  if (first == end || orders->time[first] < scope->from || orders->time[first] > scope->to ||
      orders->time[first] < covered || orders->day[first] > matured)
    return;
  sums->within_days.n++;
  sums->within_days.customers += first + 1 < end && orders->day[first + 1] - orders->day[first] <= REPEAT_DAYS;
}

static void
add_ratio (MqTableBuilder *builder, const char *measure, const Ratio *ratio)
{
  double share = ratio->n > 0 ? (double) ratio->customers / ratio->n : NAN;
  double low, high;

  mq_wilson (share, ratio->n, &low, &high);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, measure);
  mq_table_builder_set_integer (builder, 1, ratio->customers);
  mq_table_builder_set_integer (builder, 2, ratio->n);
  mq_table_builder_set_double (builder, 3, share);
  mq_table_builder_set_double (builder, 4, low);
  mq_table_builder_set_double (builder, 5, high);
}

MqTable *
mq_repurchase_table (const MqRetentionSource *source, const MqScope *scope, gint64 covered)
{
  MqTableBuilder *builder = mq_table_builder_new ("repurchase", NULL, NULL);
  Repurchase      sums = { 0 };
  gint32          matured = mq_zone_day (scope->zone, scope->as_of + 1, NULL) - 1 - REPEAT_DAYS;

  for (guint person = 0; source->has_orders && person < source->orders.n_persons; person++)
    count_person (&source->orders, person, scope, matured, covered, &sums);
  mq_table_builder_add_column (builder, "measure", N_ ("Repurchase"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "n", N_ ("Of"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Low (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High (95 %)"), MQ_COLUMN_SHARE);
  add_ratio (builder, N_ ("within 90 days"), &sums.within_days);
  add_ratio (builder, N_ ("within period"), &sums.within_period);
  add_ratio (builder, N_ ("returning share"), &sums.returning);
  return mq_table_builder_finish (builder);
}

MqTable *
mq_intervals_table (const MqGaps *gaps)
{
  MqTableBuilder *builder = mq_table_builder_new ("intervals", NULL, NULL);
  gint64          n = mq_gaps_n_closed (gaps);
  gint64          sum = 0;

  mq_table_builder_add_column (builder, "days", N_ ("Days"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "intervals", N_ ("Intervals"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "cumulative", N_ ("Cumulative share"), MQ_COLUMN_SHARE);
  for (gsize day = 0; day < gaps->n_days && sum < n; day++)
    {
      sum += gaps->closed[day];
      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, day);
      mq_table_builder_set_integer (builder, 1, gaps->closed[day]);
      mq_table_builder_set_double (builder, 2, (double) gaps->closed[day] / n);
      mq_table_builder_set_double (builder, 3, (double) sum / n);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_interval_classes_table (const MqGaps *gaps)
{
  MqTableBuilder *builder = mq_table_builder_new ("interval_classes", NULL, NULL);
  gint64          left = mq_gaps_n_closed (gaps);

  mq_table_builder_add_column (builder, "from", N_ ("From day"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "to", N_ ("To day"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "intervals", N_ ("Intervals"), MQ_COLUMN_INTEGER);
  for (gsize day = 0; day < gaps->n_days && left > 0; day += CLASS_DAYS)
    {
      gint64 n = 0;

      for (gsize i = day; i < MIN (day + CLASS_DAYS, gaps->n_days); i++)
        n += gaps->closed[i];
      left -= n;
      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, day);
      mq_table_builder_set_integer (builder, 1, day + CLASS_DAYS);
      mq_table_builder_set_integer (builder, 2, n);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_interval_figures_table (const MqGaps *gaps)
{
  static const double parts[] = { 0.25, 0.5, 0.75, 0.9 };
  MqTableBuilder     *builder = mq_table_builder_new ("interval_figures", NULL, NULL);

  mq_table_builder_add_column (builder, "n", N_ ("Intervals"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "open", N_ ("Still open"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "p25", N_ ("25th percentile, days"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "median", N_ ("Median, days"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "p75", N_ ("75th percentile, days"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "p90", N_ ("90th percentile, days"), MQ_COLUMN_DOUBLE);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, mq_gaps_n_closed (gaps));
  mq_table_builder_set_integer (builder, 1, mq_gaps_n_open (gaps));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    mq_table_builder_set_double (builder, 2 + i, mq_quantile_counts (gaps->closed, gaps->n_days, parts[i]));
  return mq_table_builder_finish (builder);
}

static const char *
get_group (const char *const *groups, guint index)
{
  return index == 0 ? NULL : groups[index - 1];
}

MqTable *
mq_silence_table (const MqGaps *gaps, const char *const *groups, guint n_groups)
{
  MqTableBuilder *builder = mq_table_builder_new ("silence", NULL, NULL);

  mq_table_builder_add_column (builder, "group", N_ ("Category"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "day", N_ ("Silent days"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "n", N_ ("Intervals"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "chance", N_ ("Chance to order within 30 days"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Low (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High (95 %)"), MQ_COLUMN_SHARE);
  for (guint i = 0; i <= n_groups; i++)
    {
      gsize                 n_days;
      g_autofree MqSilence *curve = mq_silence_curve (&gaps[i], &n_days);

      for (gsize day = 0; day < n_days; day++)
        {
          mq_table_builder_append (builder);
          mq_groups_set_name (builder, 0, get_group (groups, i));
          mq_table_builder_set_integer (builder, 1, day);
          mq_table_builder_set_integer (builder, 2, curve[day].n);
          mq_table_builder_set_double (builder, 3, curve[day].chance);
          mq_table_builder_set_double (builder, 4, curve[day].low);
          mq_table_builder_set_double (builder, 5, curve[day].high);
        }
    }
  return mq_table_builder_finish (builder);
}

static void
set_day (MqTableBuilder *builder, guint column, gint day)
{
  if (day >= 0)
    mq_table_builder_set_integer (builder, column, day);
}

MqTable *
mq_silence_days_table (const MqGaps *gaps, const char *const *groups, guint n_groups)
{
  MqTableBuilder *builder = mq_table_builder_new ("silence_days", NULL, NULL);

  mq_table_builder_add_column (builder, "group", N_ ("Category"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "n", N_ ("Intervals of 7 days and more"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "chance", N_ ("Chance after 7 silent days"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "going_silent", N_ ("Going silent, day"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "asleep", N_ ("Asleep, day"), MQ_COLUMN_INTEGER);
  for (guint i = 0; i <= n_groups; i++)
    {
      gsize                 n_days;
      g_autofree MqSilence *curve = mq_silence_curve (&gaps[i], &n_days);

      mq_table_builder_append (builder);
      mq_groups_set_name (builder, 0, get_group (groups, i));
      if (n_days <= MQ_SILENCE_BASE)
        continue;
      mq_table_builder_set_integer (builder, 1, curve[MQ_SILENCE_BASE].n);
      mq_table_builder_set_double (builder, 2, curve[MQ_SILENCE_BASE].chance);
      set_day (builder, 3, mq_silence_find_day (curve, n_days, SILENT_PART));
      set_day (builder, 4, mq_silence_find_day (curve, n_days, ASLEEP_PART));
    }
  return mq_table_builder_finish (builder);
}
