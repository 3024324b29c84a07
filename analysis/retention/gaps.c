/* gaps.c: gaps are counted in slices of persons, in integers; the curve is made of the counts. */

#include "config.h"

#include "retention/gaps.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"
#include "stats/interval.h"
#include "stats/kaplan-meier.h"

#define GRAIN 16384

typedef struct
{
  const MqGapCount *count;
  MqGaps           *gaps;
  gint32            last_day; /* the last whole day that counts */
  GMutex            lock;
} Pass;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the intervals. Close other programs and try again."));
  return FALSE;
}

/* Days from row to `next`, or of an open gap to the as-of date. */
static inline gint64
measure_closed (const MqGapCount *count, gsize row, gsize next)
{
  if (count->day != NULL)
    return count->day[next] - count->day[row];
  return (count->records->time[next] - count->records->time[row]) / MQ_DAY_MICROSECONDS;
}

static inline gint64
measure_open (const Pass *pass, gsize row)
{
  if (pass->count->day != NULL)
    return MAX (pass->last_day - pass->count->day[row], 0);
  return (pass->count->as_of - pass->count->records->time[row]) / MQ_DAY_MICROSECONDS;
}

static inline gsize
find_next (const MqRecords *records, gsize row, gsize end, gint64 as_of)
{
  while (row < end && !mq_records_has (records, row))
    row++;
  return row < end && records->time[row] <= as_of ? row : end;
}

static inline void
count_person (const Pass *pass, guint person, gint64 *closed, gint64 *open)
{
  const MqGapCount *count = pass->count;
  const MqRecords  *records = count->records;
  gsize             end = records->offsets[person + 1];
  gsize             n_days = pass->gaps[0].n_days;
  gsize             next;

  for (gsize row = find_next (records, records->offsets[person], end, count->as_of); row < end; row = next)
    {
      guint  group = count->group != NULL ? count->group[row] : 0;
      gint64 days;

      next = find_next (records, row + 1, end, count->as_of);
      if (records->time[row] < count->from || records->time[row] > count->to || group >= count->n_groups)
        continue;
      days = next < end ? measure_closed (count, row, next) : measure_open (pass, row);
      if (next < end && (count->day != NULL || days > 0))
        closed[group * n_days + days]++;
      else if (next == end)
        open[group * n_days + days]++;
    }
}

/* All records, without dates and groups: gaps of less than a day are taken off in the end. */
static inline void
count_all (const Pass *pass, guint person, gint64 *closed, gint64 *open)
{
  const MqGapCount *count = pass->count;
  const gint64     *time = count->records->time;
  gsize             row = count->records->offsets[person];
  gsize             end = count->records->offsets[person + 1];

  while (end > row && time[end - 1] > count->as_of)
    end--;
  if (end == row)
    return;
  if (time[end - 1] >= count->from && time[end - 1] <= count->to)
    open[(count->as_of - time[end - 1]) / MQ_DAY_MICROSECONDS]++;
  while (end - row > 1 && time[end - 2] > count->to)
    end--;
  while (row < end && time[row] < count->from)
    row++;
  for (; row + 1 < end; row++)
    closed[(time[row + 1] - time[row]) / MQ_DAY_MICROSECONDS]++;
}

static gboolean
count_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass              *pass = data;
  gsize              n_days = pass->gaps[0].n_days;
  gsize              n = pass->count->n_groups * n_days;
  g_autofree gint64 *closed = g_try_new0 (gint64, n);
  g_autofree gint64 *open = g_try_new0 (gint64, n);

  gboolean all = pass->count->day == NULL && pass->count->records->codes == NULL && pass->count->group == NULL;

  if (closed == NULL || open == NULL)
    return fail_memory (error);
  for (gsize person = first; person < last; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (all)
        count_all (pass, person, closed, open);
      else
        count_person (pass, person, closed, open);
    }
  if (all)
    closed[0] = 0;
  g_mutex_lock (&pass->lock);
  for (gsize i = 0; i < n; i++)
    {
      pass->gaps[i / n_days].closed[i % n_days] += closed[i];
      pass->gaps[i / n_days].open[i % n_days] += open[i];
    }
  g_mutex_unlock (&pass->lock);
  return TRUE;
}

gboolean
mq_gaps_count (const MqGapCount *count, MqGaps *gaps, const MqRun *run, GError **error)
{
  Pass     pass = { .count = count, .gaps = gaps };
  gint32   as_of_day = mq_zone_day (count->zone, count->as_of, NULL);
  gint64   earliest = MAX (count->earliest, count->from);
  gint64   n_days = 1;
  gboolean ok;

  if (earliest <= count->as_of)
    n_days = as_of_day - mq_zone_day (count->zone, earliest, NULL) + 2;
  for (guint i = 0; i < count->n_groups; i++)
    {
      gaps[i] = (MqGaps){ n_days, g_try_new0 (gint64, n_days), g_try_new0 (gint64, n_days) };
      if (gaps[i].closed == NULL || gaps[i].open == NULL)
        return fail_memory (error);
    }
  pass.last_day = mq_zone_day_start (count->zone, as_of_day + 1) - 1 == count->as_of ? as_of_day : as_of_day - 1;
  g_mutex_init (&pass.lock);
  ok = mq_run_parallel (run, count->records->n_persons, GRAIN, count_slice_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  return ok;
}

void
mq_gaps_clear (MqGaps *self)
{
  g_clear_pointer (&self->closed, g_free);
  g_clear_pointer (&self->open, g_free);
}

static gint64
add_up (const gint64 *counts, gsize n)
{
  gint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += counts[i];
  return sum;
}

gint64
mq_gaps_n_closed (const MqGaps *self)
{
  return add_up (self->closed, self->n_days);
}

gint64
mq_gaps_n_open (const MqGaps *self)
{
  return add_up (self->open, self->n_days);
}

MqSilence *
mq_silence_curve (const MqGaps *gaps, gsize *n_days)
{
  g_autofree MqSurvivalCount *counts = g_new (MqSurvivalCount, gaps->n_days);
  g_autofree MqSurvival      *curve = g_new (MqSurvival, gaps->n_days);
  MqSilence                  *silence = g_new (MqSilence, gaps->n_days);

  for (gsize day = 0; day < gaps->n_days; day++)
    counts[day] = (MqSurvivalCount){ day, gaps->closed[day], gaps->open[day] };
  mq_kaplan_meier (counts, gaps->n_days, curve);
  *n_days = 0;
  for (gsize day = 0; day + MQ_SILENCE_AHEAD < gaps->n_days && curve[day + MQ_SILENCE_AHEAD].at_risk > 0; day++)
    {
      MqSilence *value = &silence[day];

      value->n = curve[day + 1].at_risk;
      value->chance = mq_survival_chance (&curve[day], &curve[day + MQ_SILENCE_AHEAD], value->n, &value->low, &value->high);
      *n_days = day + 1;
    }
  return silence;
}

gint
mq_silence_find_day (const MqSilence *curve, gsize n_days, double part)
{
  if (n_days <= MQ_SILENCE_BASE || curve[MQ_SILENCE_BASE].n < MQ_N_SMALL)
    return -1;
  for (gsize day = MQ_SILENCE_BASE + 1; day < n_days && curve[day].n >= MQ_N_SMALL; day++)
    if (curve[day].chance < part * curve[MQ_SILENCE_BASE].chance)
      return day;
  return -1;
}
