/* civil-unit.c: numbers and names of days, weeks and months. */

#include "base/civil-unit.h"

#include <stdio.h>
#include <string.h>

#define MONDAY_OFFSET 3 /* 1970-01-01 was a Thursday */

static gint32
divide_down (gint32 value, gint32 divisor)
{
  return value / divisor - (value % divisor < 0);
}

gint32
mq_unit_of_day (MqUnit unit, gint32 day)
{
  int year, month, mday;

  switch (unit)
    {
    case MQ_UNIT_WEEK:
      return divide_down (day + MONDAY_OFFSET, 7);
    case MQ_UNIT_MONTH:
      mq_day_to_civil (day, &year, &month, &mday);
      return year * 12 + month - 1;
    case MQ_UNIT_DAY:
    default:
      return day;
    }
}

gint32
mq_unit_first_day (MqUnit unit, gint32 number)
{
  switch (unit)
    {
    case MQ_UNIT_WEEK:
      return number * 7 - MONDAY_OFFSET;
    case MQ_UNIT_MONTH:
      return mq_day_from_civil (number / 12, number % 12 + 1, 1);
    case MQ_UNIT_DAY:
    default:
      return number;
    }
}

char *
mq_unit_format (MqUnit unit, gint32 number)
{
  int year, week;

  switch (unit)
    {
    case MQ_UNIT_WEEK:
      mq_day_iso_week (mq_unit_first_day (unit, number), &year, &week);
      return g_strdup_printf ("%04d-W%02d", year, week);
    case MQ_UNIT_MONTH:
      return g_strdup_printf ("%04d-%02d", number / 12, number % 12 + 1);
    case MQ_UNIT_DAY:
    default:
      return mq_day_format (number);
    }
}

gboolean
mq_unit_parse (MqUnit unit, const char *text, gint32 *number)
{
  g_autofree char *back = NULL;
  int              year, part;
  char             rest;

  switch (unit)
    {
    case MQ_UNIT_WEEK:
      if (sscanf (text, "%4d-W%2d%c", &year, &part, &rest) != 2 || year < 1 || part < 1 || part > 53)
        return FALSE;
      /* the week with the 4th of January is the first */
      *number = mq_unit_of_day (unit, mq_day_from_civil (year, 1, 4)) + part - 1;
      break;
    case MQ_UNIT_MONTH:
      if (sscanf (text, "%4d-%2d%c", &year, &part, &rest) != 2 || year < 1 || part < 1 || part > 12)
        return FALSE;
      *number = year * 12 + part - 1;
      break;
    case MQ_UNIT_DAY:
    default:
      return mq_day_parse (text, number);
    }
  back = mq_unit_format (unit, *number);
  return strcmp (back, text) == 0;
}

gboolean
mq_unit_from_name (const char *name, MqUnit *unit)
{
  static const char *const names[] = { "day", "week", "month" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        *unit = i;
        return TRUE;
      }
  return FALSE;
}
