/* duration.c: parses durations. */

#include "config.h"

#include "base/duration.h"

#include "base/civil-time.h"

#define MAX_DAYS 100000

static const struct
{
  const char *name;
  gint64      seconds; /* 0: a calendar day */
} units[] = {
  { "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 604800 }, { "cd", 0 }
};

gboolean
mq_duration_parse (const char *text, MqDuration *duration)
{
  char   *unit;
  guint64 number;

  *duration = (MqDuration){ 0 };
  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  number = g_ascii_strtoull (text, &unit, 10);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (!g_str_equal (unit, units[i].name))
        continue;
      if (number > (units[i].seconds > 0 ? MAX_DAYS * G_GUINT64_CONSTANT (86400) / units[i].seconds : MAX_DAYS))
        return FALSE;
      if (units[i].seconds > 0)
        duration->microseconds = number * units[i].seconds * MQ_SECOND;
      else
        duration->calendar_days = number;
      return units[i].seconds > 0 || number > 0;
    }
  return FALSE;
}
