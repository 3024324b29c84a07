/* figures.c: words and numbers of cells, by the column's type. */

#include "config.h"

#include "chart/figures.h"

#include "base/format.h"
#include "base/money.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below this a count is as short in full. */
#define COMPACT_FROM 10000.0
#define WHOLE_FROM 100.0

static char *
format_amount (const MqTable *table, double value)
{
  const char *currency = mq_table_currency (table) != NULL ? mq_table_currency (table) : "XXX";
  double      minor = round (value * pow (10, mq_currency_digits (currency)));

  return mq_format_money_compact ((gint64) CLAMP (minor, -9e18, 9e18), currency);
}

static int
count_decimals (double step)
{
  int decimals = 0;

  for (; decimals < 6 && fabs (step - round (step)) > 1e-9 * step; decimals++)
    step *= 10;
  return decimals;
}

static char *
format_number (double value, double step)
{
  if (fabs (value) >= COMPACT_FROM)
    return mq_format_compact (value);
  return mq_format_number (value, count_decimals (step));
}

char *
mq_figure_text (const MqTable *table, gsize row, guint column)
{
  return mq_format_cell (table, row, column);
}

char *
mq_figure_short (const MqTable *table, gsize row, guint column)
{
  double value;

  if (!mq_figure_number (table, row, column, &value))
    return mq_format_cell (table, row, column);
  switch (mq_table_column_type (table, column))
    {
    case MQ_COLUMN_MONEY:
      return mq_format_money_compact (mq_table_integer (table, row, column), mq_table_currency (table) != NULL ? mq_table_currency (table) : "XXX");
    case MQ_COLUMN_INTEGER:
    case MQ_COLUMN_DOUBLE:
      if (fabs (value) >= COMPACT_FROM)
        return mq_format_compact (value);
      if (fabs (value) >= WHOLE_FROM)
        return mq_format_number (value, 0);
      return mq_format_cell (table, row, column);
    case MQ_COLUMN_SHARE:
      return mq_format_share (value, 0);
    case MQ_COLUMN_DAY:
    case MQ_COLUMN_TIME:
    case MQ_COLUMN_DURATION:
    case MQ_COLUMN_BOOLEAN:
    case MQ_COLUMN_TEXT:
    case MQ_COLUMN_TERM:
    default:
      return mq_format_cell (table, row, column);
    }
}

char *
mq_figure_axis (const MqTable *table, guint column, double value, double step)
{
  switch (mq_table_column_type (table, column))
    {
    case MQ_COLUMN_MONEY:
      return format_amount (table, value);
    case MQ_COLUMN_SHARE:
      return mq_format_share (value, count_decimals (step * 100));
    case MQ_COLUMN_DURATION:
      return mq_format_duration (value);
    case MQ_COLUMN_DAY:
      return mq_format_day ((gint32) value);
    case MQ_COLUMN_INTEGER:
    case MQ_COLUMN_DOUBLE:
    case MQ_COLUMN_TIME:
    case MQ_COLUMN_BOOLEAN:
    case MQ_COLUMN_TEXT:
    case MQ_COLUMN_TERM:
    default:
      return format_number (value, step);
    }
}

MqTickFlags
mq_figure_tick_flags (const MqTable *table, guint column, double high)
{
  MqColumnType type = mq_table_column_type (table, column);
  MqTickFlags  flags = MQ_TICKS_ANY;

  if (type == MQ_COLUMN_INTEGER || type == MQ_COLUMN_DAY)
    flags |= MQ_TICKS_WHOLE;
  if (type == MQ_COLUMN_MONEY || high >= COMPACT_FROM)
    flags |= MQ_TICKS_NO_QUARTERS;
  return flags;
}

gboolean
mq_figure_number (const MqTable *table, gsize row, guint column, double *value)
{
  if (mq_figure_is_text (table, column) || mq_table_is_missing (table, row, column))
    return FALSE;
  *value = mq_table_number (table, row, column);
  return isfinite (*value);
}

gboolean
mq_figure_is_text (const MqTable *table, guint column)
{
  MqColumnType type = mq_table_column_type (table, column);

  return type == MQ_COLUMN_TEXT || type == MQ_COLUMN_TERM;
}

const char *
mq_figure_title (const MqTable *table, guint column)
{
  const char *title = mq_table_column_title (table, column);

  return title != NULL && title[0] != '\0' ? g_dgettext (GETTEXT_PACKAGE, title) : "";
}
