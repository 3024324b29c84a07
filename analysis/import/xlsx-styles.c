/* xlsx-styles.c: formats and serial numbers. */

#include "config.h"
#include "import/xlsx-styles.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/civil-time.h"

#define DAYS_1900_TO_1970 25569 /* 1900 system, after its day 60 */
#define DAYS_1904_TO_1970 24107
#define LAST_SERIAL 2958465.99999 /* 9999-12-31 */
#define FALSE_DAY 60
#define DAY_SECONDS 86400

/* Skips what is text and colour in a format; gives the next letter that may be a part of a date, or '\0'. */
static char
next_letter (const char **code, gboolean *elapsed)
{
  const char *p = *code;

  while (*p != '\0')
    {
      char c = g_ascii_tolower (*p++);

      if (c == '"')
        {
          p = strchr (p, '"');
          p = p != NULL ? p + 1 : "";
        }
      else if (c == '\\' || c == '_' || c == '*')
        p += *p != '\0';
      else if (c == '[')
        {
          const char *end = strchr (p, ']');

          *elapsed |= strchr ("hms", g_ascii_tolower (*p)) != NULL && *p != '\0';
          p = end != NULL ? end + 1 : "";
        }
      else if (c == ';')
        break;
      else if (g_ascii_isalpha (c))
        {
          *code = p;
          return c;
        }
    }
  *code = p;
  return '\0';
}

MqCellFormat
mq_cell_format_from_code (const char *code)
{
  gboolean day = FALSE, month = FALSE, clock = FALSE, elapsed = FALSE;
  char     c;

  if (g_ascii_strcasecmp (code, "General") == 0)
    return MQ_CELL_NUMBER;
  while ((c = next_letter (&code, &elapsed)) != '\0')
    {
      day |= c == 'y' || c == 'd';
      month |= c == 'm';
      clock |= c == 'h' || c == 's';
    }
  if (elapsed)
    return MQ_CELL_CLOCK;
  if (day)
    return clock ? MQ_CELL_MOMENT : MQ_CELL_DAY;
  if (clock)
    return MQ_CELL_CLOCK;
  return month ? MQ_CELL_DAY : MQ_CELL_NUMBER;
}

MqCellFormat
mq_cell_format_from_id (guint id)
{
  if (id == 22)
    return MQ_CELL_MOMENT;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
    return MQ_CELL_CLOCK;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    return MQ_CELL_DAY;
  return MQ_CELL_NUMBER;
}

static gsize
write_day (gint64 serial, gboolean is_1904, char *buffer)
{
  int year, month, day;

  if (!is_1904 && serial == FALSE_DAY)
    return sprintf (buffer, "1900-02-29");
  mq_day_to_civil (is_1904 ? serial - DAYS_1904_TO_1970 : serial - DAYS_1900_TO_1970 + (serial < FALSE_DAY), &year, &month, &day);
  return sprintf (buffer, "%04d-%02d-%02d", year, month, day);
}

gsize
mq_serial_write (double days, MqCellFormat format, gboolean is_1904, char *buffer)
{
  gint64 seconds;
  gint64 serial;
  gsize  n;

  if (!(days >= 0 && days <= LAST_SERIAL))
    return 0;
  seconds = llround (days * DAY_SECONDS);
  serial = seconds / DAY_SECONDS;
  if (format == MQ_CELL_CLOCK && serial < 10000)
    return sprintf (buffer, "%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
  if (serial == 0 && !is_1904)
    return 0;
  n = write_day (serial, is_1904, buffer);
  seconds -= serial * DAY_SECONDS;
  if (format != MQ_CELL_DAY || seconds > 0)
    n += sprintf (buffer + n, " %02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
  return n;
}
