/* cohort-scale.c: the units and periods of a request, and which period a record lies in. */

#include "config.h"

#include "retention/cohort.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"

#define MAX_UNITS 2000
#define MINUTE (60 * MQ_SECOND)

/* Of a rolling period. */
static gint32
count_unit_days (MqUnit unit)
{
  switch (unit)
    {
    case MQ_UNIT_WEEK:
      return 7;
    case MQ_UNIT_MONTH:
      return 30;
    case MQ_UNIT_DAY:
    default:
      return 1;
    }
}

gint64
mq_cohort_scale_length (const MqCohortScale *self)
{
  return count_unit_days (self->unit) * MQ_DAY_MICROSECONDS;
}

static void
make_edges (MqCohortScale *self)
{
  self->edges = g_new (gint64, self->n_edges);
  for (guint i = 0; i < self->n_edges; i++)
    {
      self->edges[i] = mq_zone_day_start (self->zone, mq_unit_first_day (self->unit, self->first + i));
      self->has_gap = self->has_gap || (i > 0 && self->edges[i] == self->edges[i - 1]);
    }
}

static void
make_slots (MqCohortScale *self)
{
  gsize n = ((self->edges[self->n_edges - 1] - self->edges[0]) >> MQ_SLOT_BITS) + 1;
  guint unit = 0;

  self->slots = g_new (guint16, n);
  for (gsize slot = 0; slot < n; slot++)
    {
      gint64 time = self->edges[0] + ((gint64) slot << MQ_SLOT_BITS);

      while (unit + 2 < self->n_edges && time >= self->edges[unit + 1])
        unit++;
      self->slots[slot] = unit;
    }
}

gboolean
mq_cohort_scale_init (MqCohortScale *self, const MqZone *zone, MqUnit unit, gboolean rolling, gint64 from, gint64 to, gint64 as_of, GError **error)
{
  gint32 last = mq_unit_of_day (unit, mq_zone_day (zone, as_of, NULL));

  g_return_val_if_fail (from <= to && to <= as_of, FALSE);

  *self = (MqCohortScale){ .zone = zone, .unit = unit, .rolling = rolling, .as_of = as_of };
  self->first = mq_unit_of_day (unit, mq_zone_day (zone, from, NULL));
  if (last - self->first >= MAX_UNITS)
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “unit” gives more than %d cohorts. Choose a longer unit or a shorter period."), MAX_UNITS);
      return FALSE;
    }
  self->n_cohorts = mq_unit_of_day (unit, mq_zone_day (zone, to, NULL)) - self->first + 1;
  self->n_edges = last - self->first + 2;
  make_edges (self);
  make_slots (self);
  self->plain = TRUE;
  self->n_periods = rolling ? (as_of - self->edges[0]) / mq_cohort_scale_length (self) + 1 : self->n_edges - 1;
  self->n_columns = self->n_periods;
  self->columns = g_new (guint16, self->n_periods);
  for (guint i = 0; i < self->n_periods; i++)
    self->columns[i] = i;
  return TRUE;
}

void
mq_cohort_scale_clear (MqCohortScale *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->columns, g_free);
}

void
mq_cohort_scale_set_brackets (MqCohortScale *self, const guint (*brackets)[2], guint n)
{
  for (guint i = 0; i < self->n_periods; i++)
    {
      self->columns[i] = MQ_NO_COLUMN;
      for (guint j = 0; j < n; j++)
        if (i >= brackets[j][0] && i <= brackets[j][1])
          self->columns[i] = j;
    }
  self->n_columns = n;
  self->plain = FALSE;
}

static gint64
floor_minute (gint64 time)
{
  return time - (time % MINUTE + MINUTE) % MINUTE;
}

gboolean
mq_cohort_period (const MqCohortScale *scale, gint64 start, MqPrecision start_precision, gint64 time, MqPrecision precision, guint *period)
{
  MqPrecision coarser = MAX (start_precision, precision);

  if (time > scale->as_of)
    return FALSE;
  if (coarser == MQ_PRECISION_DAY)
    {
      gint32 first = mq_zone_day (scale->zone, start, NULL);
      gint32 day = mq_zone_day (scale->zone, time, NULL);

      *period = (day - first) / count_unit_days (scale->unit);
      if (day < first)
        return FALSE;
    }
  else
    {
      if (coarser == MQ_PRECISION_MINUTE)
        {
          start = floor_minute (start);
          time = floor_minute (time);
        }
      if (time < start)
        return FALSE;
      *period = (time - start) / mq_cohort_scale_length (scale);
    }
  if (!scale->rolling)
    *period = mq_cohort_scale_find (scale, time) - mq_cohort_scale_find (scale, start);
  return TRUE;
}

guint
mq_cohort_grid_n_periods (const MqCohortGrid *self, const MqCohortScale *scale, guint group, guint cohort)
{
  const MqCohortSpan *span = &self->spans[group * self->n_cohorts + cohort];
  guint               n = 0;

  if (!scale->rolling)
    return scale->n_edges - 1 - cohort;
  if (span->earliest != MQ_TIME_MISSING)
    n = (scale->as_of - span->earliest) / mq_cohort_scale_length (scale) + 1;
  if (span->earliest_day != MQ_DAY_MISSING)
    n = MAX (n, (guint) (mq_zone_day (scale->zone, scale->as_of, NULL) - span->earliest_day) / count_unit_days (scale->unit) + 1);
  return MIN (n, scale->n_periods);
}

gboolean
mq_cohort_grid_is_complete (const MqCohortGrid *self, const MqCohortScale *scale, guint group, guint cohort, guint period)
{
  const MqCohortSpan *span = &self->spans[group * self->n_cohorts + cohort];
  gint64              days = ((gint64) period + 1) * count_unit_days (scale->unit);

  if (!scale->rolling)
    return cohort + period + 1 < scale->n_edges && scale->edges[cohort + period + 1] - 1 <= scale->as_of;
  if (span->latest != MQ_TIME_MISSING && span->latest + days * MQ_DAY_MICROSECONDS - 1 > scale->as_of)
    return FALSE;
  return span->latest_day == MQ_DAY_MISSING ||
         mq_zone_day_start (scale->zone, (gint32) MIN (span->latest_day + days, G_MAXINT32 / 2)) - 1 <= scale->as_of;
}
