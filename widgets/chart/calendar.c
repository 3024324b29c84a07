/* calendar.c: walks from round unit to round unit. */

#include "config.h"

#include "chart/calendar.h"

#include "base/format.h"

#include <math.h>

static const MqCalendarStep steps[] = {
  { MQ_CALENDAR_MINUTE, 1 },
  { MQ_CALENDAR_MINUTE, 5 },
  { MQ_CALENDAR_MINUTE, 15 },
  { MQ_CALENDAR_MINUTE, 30 },
  { MQ_CALENDAR_HOUR, 1 },
  { MQ_CALENDAR_HOUR, 3 },
  { MQ_CALENDAR_HOUR, 6 },
  { MQ_CALENDAR_HOUR, 12 },
  { MQ_CALENDAR_DAY, 1 },
  { MQ_CALENDAR_DAY, 2 },
  { MQ_CALENDAR_WEEK, 1 },
  { MQ_CALENDAR_WEEK, 2 },
  { MQ_CALENDAR_MONTH, 1 },
  { MQ_CALENDAR_MONTH, 2 },
  { MQ_CALENDAR_MONTH, 3 },
  { MQ_CALENDAR_MONTH, 6 },
  { MQ_CALENDAR_YEAR, 1 },
  { MQ_CALENDAR_YEAR, 2 },
  { MQ_CALENDAR_YEAR, 5 },
  { MQ_CALENDAR_YEAR, 10 },
  { MQ_CALENDAR_YEAR, 50 },
  { MQ_CALENDAR_YEAR, 100 },
  { MQ_CALENDAR_YEAR, 500 },
  { MQ_CALENDAR_YEAR, 2000 },
};

/* The first round day at or after `day`. */
static gint32
round_day (MqCalendarStep step, gint32 day)
{
  int year, month, mday;

  switch (step.unit)
    {
    case MQ_CALENDAR_MINUTE:
    case MQ_CALENDAR_HOUR:
      return day;
    case MQ_CALENDAR_DAY:
      return (gint32) (ceil (day / (double) step.count) * step.count);
    case MQ_CALENDAR_WEEK:
      /* Day 4 was a Monday. */
      return (gint32) (ceil ((day - 4) / (7.0 * step.count)) * 7 * step.count) + 4;
    case MQ_CALENDAR_MONTH:
      mq_day_to_civil (day, &year, &month, &mday);
      month += mday > 1;
      month = (month - 1 + step.count - 1) / step.count * step.count + 1;
      return mq_day_from_civil (year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
    case MQ_CALENDAR_YEAR:
    default:
      mq_day_to_civil (day, &year, &month, &mday);
      year += month > 1 || mday > 1;
      return mq_day_from_civil ((year + step.count - 1) / step.count * step.count, 1, 1);
    }
}

/* Minutes and hours are counted from midnight of each day. */
static guint
find_clock_ticks (MqCalendarStep step, const MqZone *zone, double low, double high, double *ticks, guint most)
{
  gint64 unit = (step.unit == MQ_CALENDAR_HOUR ? 3600 : 60) * step.count * MQ_SECOND;
  guint  n = 0;

  for (gint32 day = mq_zone_day (zone, (gint64) low, NULL); mq_zone_day_start (zone, day) <= high; day++)
    for (gint64 at = 0; at < MQ_DAY_MICROSECONDS; at += unit)
      {
        double tick = (double) mq_zone_instant (zone, day, at);

        if (tick < low || tick > high || (n > 0 && tick <= ticks[n - 1]))
          continue;
        if (n == most)
          return 0;
        ticks[n++] = tick;
      }
  return n;
}

guint
mq_calendar_n_steps (void)
{
  return G_N_ELEMENTS (steps);
}

MqCalendarStep
mq_calendar_step (guint index)
{
  return steps[index];
}

guint
mq_calendar_ticks (MqCalendarStep step, const MqZone *zone, double low, double high, double *ticks, guint most)
{
  static const double lengths[] = { 1 / 1440.0, 1 / 24.0, 1, 7, 28, 365 };
  double              extent = zone != NULL ? (high - low) / MQ_DAY_MICROSECONDS : high - low;
  gint32              day = zone != NULL ? mq_zone_day (zone, (gint64) low, NULL) : (gint32) ceil (low);
  guint               n = 0;

  if (extent / (lengths[step.unit] * step.count) > most + 2)
    return 0;
  if (step.unit <= MQ_CALENDAR_HOUR)
    return zone != NULL ? find_clock_ticks (step, zone, low, high, ticks, most) : 0;
  for (day = round_day (step, day);; day = round_day (step, day + 1))
    {
      double tick = zone != NULL ? (double) mq_zone_day_start (zone, day) : day;

      if (tick > high)
        return n;
      if (tick < low)
        continue;
      if (n == most)
        return 0;
      ticks[n++] = tick;
    }
}

char *
mq_calendar_text (MqCalendarStep step, const MqZone *zone, double tick, gboolean first)
{
  gint64 clock = 0;
  gint32 day = zone != NULL ? mq_zone_day (zone, (gint64) tick, &clock) : (gint32) tick;
  int    minutes = (int) (clock / (60 * MQ_SECOND));
  int    year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  if (step.unit == MQ_CALENDAR_YEAR)
    return mq_format_day_part (day, MQ_DAY_PART_YEAR);
  if (step.unit == MQ_CALENDAR_MONTH)
    return mq_format_day_part (day, first || month == 1 ? MQ_DAY_PART_YEAR_MONTH : MQ_DAY_PART_MONTH);
  if (step.unit <= MQ_CALENDAR_HOUR && minutes > 0)
    return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
  return first && step.unit >= MQ_CALENDAR_DAY ? mq_format_day (day) : mq_format_day_part (day, MQ_DAY_PART_MONTH_DAY);
}
