/* fuzz-values.c: numbers and dates. First byte: style of the number or format of the date; the rest is a cell. What was read
 * and is written again is the same; a date is in the range that can be shown. */

#include <string.h>

#include "base/date-format.h"
#include "base/decimal.h"
#include "fuzz.h"

static void
check_number (const char *text, gsize length, guint8 choice)
{
  static const MqNumberStyle styles[] = { { '.', ',' }, { ',', '.' }, { '.', ' ' }, { ',', ' ' }, { '.', '\'' }, { '.', 0 }, { ',', 0 } };
  MqNumberStyle              style = styles[choice % G_N_ELEMENTS (styles)];
  MqDecimal                  value, again, plain;
  char                       buffer[33];
  gsize                      written;

  if (mq_decimal_parse_plain (text, length, &plain) && (mq_decimal_parse (text, length, (MqNumberStyle){ '.', 0 }, &value) != MQ_NUMBER_OK || mq_decimal_compare (plain, value) != 0))
    g_error ("the fast path reads another number");
  if (mq_decimal_parse (text, length, style, &value) != MQ_NUMBER_OK)
    return;
  if (value.scale < 0 || value.scale > 18)
    g_error ("scale %d", value.scale);
  written = mq_decimal_write (value.mantissa, value.scale, buffer);
  if (written > 32 || mq_decimal_parse (buffer, written, (MqNumberStyle){ '.', 0 }, &again) != MQ_NUMBER_OK || mq_decimal_compare (value, again) != 0)
    g_error ("a number does not come back");
}

static void
check_date (const char *text, gsize length, guint8 choice)
{
  static const char *const names[] = { "ymd", "dmy", "mdy", "ym", "epoch-s", "epoch-ms", "epoch-us", "excel", "YYYYMMDD", "YYYY.MM.DD hh:mm:ss" };
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia" };
  const MqZone            *zone = mq_zone_get (zones[choice / 16 % G_N_ELEMENTS (zones)], NULL);
  MqDateFormat             format;
  MqPrecision              precision;
  gint64                   instant;

  if (zone == NULL || !mq_date_format_from_name (names[choice % 16 % G_N_ELEMENTS (names)], &format))
    return;
  if (!mq_date_format_parse (&format, text, length, zone, &instant, &precision))
    return;
  if (precision > MQ_PRECISION_DAY)
    g_error ("precision %d", precision);
  if (instant < G_GINT64_CONSTANT (-63000000000000000) || instant > G_GINT64_CONSTANT (260000000000000000))
    g_error ("a time out of the world");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  MqDateFormat format;
  char         name[64];

  if (size < 2)
    return 0;
  if (data[0] & 0x80)
    check_number ((const char *) data + 1, size - 1, data[0]);
  else
    check_date ((const char *) data + 1, size - 1, data[0]);
  g_snprintf (name, sizeof name, "%.*s", (int) MIN (size - 1, sizeof name - 1), (const char *) data + 1);
  mq_date_format_from_name (name, &format);
  return 0;
}
