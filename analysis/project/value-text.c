/* value-text.c: stored values as text. */

#include "project/value-text.h"

#include <string.h>

#include "base/decimal.h"
#include "base/money.h"

static void
append_decimal (GString *out, gint64 mantissa, int scale)
{
  char  buffer[32];
  gsize length = mq_decimal_write (mantissa, scale, buffer);

  if (memchr (buffer, '.', length) != NULL)
    {
      while (buffer[length - 1] == '0')
        length--;
      if (buffer[length - 1] == '.')
        length--;
    }
  g_string_append_len (out, buffer, length);
}

void
mq_value_append_text (GString *out, MqValueType type, int scale, const MqZone *zone, gint64 value)
{
  g_autofree char *text = NULL;
  char             buffer[32];

  if (value == MQ_VALUE_MISSING)
    return;
  switch (type)
    {
    case MQ_VALUE_TIME:
      text = mq_instant_format (zone, value);
      g_string_append (out, text);
      break;
    case MQ_VALUE_DAY:
      text = mq_day_format ((gint32) CLAMP (value, G_MININT32, G_MAXINT32));
      g_string_append (out, text);
      break;
    case MQ_VALUE_MONEY:
      g_string_append_len (out, buffer, mq_money_write (value, scale, buffer));
      break;
    case MQ_VALUE_TEXT:
    case MQ_VALUE_INTEGER:
    case MQ_VALUE_DECIMAL:
      append_decimal (out, value, type == MQ_VALUE_DECIMAL ? scale : 0);
      break;
    }
}
