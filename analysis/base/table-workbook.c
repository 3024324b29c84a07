/* table-workbook.c: a table as a workbook. */

#include "config.h"

#include "base/table-workbook.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/money.h"
#include "base/sheet-writer.h"
#include "base/terms.h"

#define LOOKED_AT 1000 /* rows that decide how wide a column is */
#define LEAST_WIDTH 8
#define MOST_WIDTH 50
#define DAY_WIDTH 12
#define TIME_WIDTH 20
#define HOUR 3600.0
#define DAY 86400.0

/* What a column needs to be written. */
typedef struct
{
  MqColumnType type;
  int          digits; /* of money */
  double       unit;   /* of durations, in seconds */
} Column;

typedef struct
{
  const MqTable *table;
  const MqZone  *zone;    /* (nullable) */
  GArray        *columns; /* (owned) */
  MqSheetWriter *sheet;   /* (owned) */
} Writer;

static void
clear_writer (Writer *writer)
{
  g_clear_pointer (&writer->columns, g_array_unref);
  g_clear_pointer (&writer->sheet, mq_sheet_writer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, clear_writer)

/* The largest unit of which the longest duration has two. */
static double
choose_unit (const MqTable *table, guint column)
{
  double longest = 0;

  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    if (!mq_table_is_missing (table, row, column))
      longest = MAX (longest, fabs (mq_table_number (table, row, column)));
  return longest >= 2 * DAY ? DAY : longest >= 2 * HOUR ? HOUR
                                                        : 1;
}

static const char *
name_unit (double unit)
{
  return unit == DAY ? C_ ("unit", "days") : unit == HOUR ? C_ ("unit", "hours")
                                                          : C_ ("unit", "seconds");
}

static char *
make_title (const Writer *writer, guint column)
{
  const Column *c = &g_array_index (writer->columns, Column, column);
  const char   *title = mq_table_column_title (writer->table, column);
  const char   *currency = mq_table_currency (writer->table);
  const char   *unit = NULL;

  title = *title != '\0' ? _ (title) : mq_table_column_id (writer->table, column);
  if (c->type == MQ_COLUMN_MONEY && currency != NULL && !g_str_equal (currency, "XXX"))
    unit = currency;
  else if (c->type == MQ_COLUMN_TIME)
    unit = writer->zone != NULL ? mq_zone_name (writer->zone) : "UTC";
  else if (c->type == MQ_COLUMN_DURATION)
    unit = name_unit (c->unit);
  /* Translators: the heading of a column and its unit: "Revenue (GBP)", "Median time (days)". */
  return unit != NULL ? g_strdup_printf (_ ("%s (%s)"), title, unit) : g_strdup (title);
}

static char *
make_number_format (const Column *column)
{
  switch (column->type)
    {
    case MQ_COLUMN_INTEGER:
      return g_strdup ("#,##0");
    case MQ_COLUMN_SHARE:
      return g_strdup ("0.0%");
    case MQ_COLUMN_MONEY:
      return column->digits > 0 ? g_strdup_printf ("#,##0.%0*d", column->digits, 0) : g_strdup ("#,##0");
    case MQ_COLUMN_DAY:
      return g_strdup ("yyyy-mm-dd");
    case MQ_COLUMN_TIME:
      return g_strdup ("yyyy-mm-dd hh:mm:ss");
    case MQ_COLUMN_DURATION:
      return g_strdup (column->unit > 1 ? "#,##0.00" : "#,##0");
    default:
      return NULL;
    }
}

/* In the sheet's characters: those of Chinese and the like are two wide. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0' && *text != '\n' && width < MOST_WIDTH; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

static guint
find_width (const Writer *writer, guint column, const char *title)
{
  MqColumnType type = mq_table_column_type (writer->table, column);
  gsize        n = MIN (mq_table_n_rows (writer->table), LOOKED_AT);
  guint        width = MAX (measure (title), LEAST_WIDTH);

  if (type == MQ_COLUMN_DAY || type == MQ_COLUMN_TIME)
    return MAX (width, type == MQ_COLUMN_DAY ? DAY_WIDTH : TIME_WIDTH);
  for (gsize row = 0; row < n && type != MQ_COLUMN_DURATION; row++)
    {
      g_autofree char *text = mq_format_cell (writer->table, row, column);

      width = MAX (width, measure (text));
    }
  return MIN (width, MOST_WIDTH) + 2;
}

static gboolean
write_header (Writer *writer, GError **error)
{
  const char *currency = mq_table_currency (writer->table);
  int         digits = currency != NULL ? MAX (mq_currency_digits (currency), 0) : 2;

  for (guint i = 0; i < mq_table_n_columns (writer->table); i++)
    {
      Column           column = { .type = mq_table_column_type (writer->table, i), .digits = digits };
      g_autofree char *title = NULL;
      g_autofree char *format = NULL;

      if (column.type == MQ_COLUMN_DURATION)
        column.unit = choose_unit (writer->table, i);
      g_array_append_val (writer->columns, column);
      title = make_title (writer, i);
      format = make_number_format (&column);
      if (!mq_sheet_writer_set_column (writer->sheet, i, title, format, find_width (writer, i, title), error))
        return FALSE;
    }
  return TRUE;
}

static void
write_time (const Writer *writer, guint column, gint64 instant)
{
  gint64 usec;
  gint32 day;

  if (writer->zone != NULL)
    day = mq_zone_day (writer->zone, instant, &usec);
  else
    {
      usec = ((instant % MQ_DAY_MICROSECONDS) + MQ_DAY_MICROSECONDS) % MQ_DAY_MICROSECONDS;
      day = (gint32) ((instant - usec) / MQ_DAY_MICROSECONDS);
    }
  mq_sheet_writer_set_date (writer->sheet, column, day, usec);
}

static gboolean
write_text (const Writer *writer, gsize row, guint column, GError **error)
{
  g_autofree char *text = mq_format_text (writer->table, row, column);

  return mq_sheet_writer_set_text (writer->sheet, column, text, error);
}

static gboolean
write_cell (const Writer *writer, gsize row, guint i, GError **error)
{
  const Column  *column = &g_array_index (writer->columns, Column, i);
  const MqTable *table = writer->table;

  switch (column->type)
    {
    case MQ_COLUMN_INTEGER:
      mq_sheet_writer_set_decimal (writer->sheet, i, mq_table_integer (table, row, i), 0);
      return TRUE;
    case MQ_COLUMN_MONEY:
      mq_sheet_writer_set_decimal (writer->sheet, i, mq_table_integer (table, row, i), column->digits);
      return TRUE;
    case MQ_COLUMN_DOUBLE:
    case MQ_COLUMN_SHARE:
      mq_sheet_writer_set_number (writer->sheet, i, mq_table_number (table, row, i));
      return TRUE;
    case MQ_COLUMN_DURATION:
      mq_sheet_writer_set_number (writer->sheet, i, mq_table_number (table, row, i) / column->unit);
      return TRUE;
    case MQ_COLUMN_DAY:
      mq_sheet_writer_set_date (writer->sheet, i, (gint32) mq_table_integer (table, row, i), 0);
      return TRUE;
    case MQ_COLUMN_TIME:
      write_time (writer, i, mq_table_integer (table, row, i));
      return TRUE;
    case MQ_COLUMN_BOOLEAN:
      mq_sheet_writer_set_boolean (writer->sheet, i, mq_table_integer (table, row, i) != 0);
      return TRUE;
    case MQ_COLUMN_TEXT:
    case MQ_COLUMN_TERM:
    default:
      return write_text (writer, row, i, error);
    }
}

gboolean
mq_table_write_workbook (const MqTable *table, const char *path, const MqRun *run, GError **error)
{
  g_auto (Writer) writer = { .table = table };

  if (mq_table_zone (table) != NULL)
    {
      writer.zone = mq_zone_get (mq_table_zone (table), error);
      if (writer.zone == NULL)
        return FALSE;
    }
  writer.columns = g_array_new (FALSE, FALSE, sizeof (Column));
  writer.sheet = mq_sheet_writer_new (path, mq_table_name (table), error);
  if (writer.sheet == NULL || !write_header (&writer, error))
    return FALSE;
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    {
      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!mq_sheet_writer_next_row (writer.sheet, error))
        return FALSE;
      for (guint i = 0; i < mq_table_n_columns (table); i++)
        if (!mq_table_is_missing (table, row, i) && !write_cell (&writer, row, i, error))
          return FALSE;
    }
  return mq_sheet_writer_finish (writer.sheet, error);
}
