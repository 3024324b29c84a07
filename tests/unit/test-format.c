/* test-format.c: figures for people, western and Chinese. */

#include "base/format.h"

#include <math.h>

#define BLANK "\xc2\xa0"
#define MINUS "\xe2\x88\x92"
#define DASH "\xe2\x80\x94"

static void
check (char *got, const char *expected)
{
  g_assert_cmpstr (got, ==, expected);
  g_free (got);
}

static void
test_numbers (void)
{
  check (mq_format_integer (0), "0");
  check (mq_format_integer (999), "999");
  check (mq_format_integer (-1234567), MINUS "1,234,567");
  check (mq_format_integer (G_MAXINT64), "9,223,372,036,854,775,807");
  check (mq_format_integer (G_MININT64), DASH);
  check (mq_format_number (1234.567, 2), "1,234.57");
  check (mq_format_number (-0.001, 2), "0.00");
  check (mq_format_number (1e15, 0), "1,000,000,000,000,000");
  check (mq_format_number (NAN, 2), DASH);
  check (mq_format_share (0.12345, 1), "12.3" BLANK "%");
  check (mq_format_share (1, 0), "100" BLANK "%");
  check (mq_format_share (NAN, 0), DASH);
}

static void
test_compact (void)
{
  check (mq_format_compact (0), "0");
  check (mq_format_compact (7.25), "7.3");
  check (mq_format_compact (999), "999");
  check (mq_format_compact (1000), "1" BLANK "k");
  check (mq_format_compact (12345), "12.3" BLANK "k");
  check (mq_format_compact (-12345), MINUS "12.3" BLANK "k");
  check (mq_format_compact (999949), "999.9" BLANK "k");
  check (mq_format_compact (999950), "1.0" BLANK "M");
  check (mq_format_compact (8007000), "8.0" BLANK "M");
  check (mq_format_compact (8000000), "8" BLANK "M");
  check (mq_format_compact (2.5e9), "2.5" BLANK "bn");
  check (mq_format_compact (1e16), "10,000" BLANK "tn");
  check (mq_format_compact (NAN), DASH);
  check (mq_format_bytes (0), "0" BLANK "B");
  check (mq_format_bytes (78400000), "78.4" BLANK "MB");
}

static void
test_money (void)
{
  check (mq_format_money (123450, "GBP"), "£1,234.50");
  check (mq_format_money (-5, "EUR"), MINUS "€0.05");
  check (mq_format_money (1234, "JPY"), "¥1,234");
  check (mq_format_money (123450, "CHF"), "CHF" BLANK "1,234.50");
  check (mq_format_money (123450, "XXX"), "1,234.50");
  check (mq_format_money (123450, NULL), "1,234.50");
  check (mq_format_money (G_MININT64, "EUR"), DASH);
  check (mq_format_money_compact (1234567, "GBP"), "£12.3" BLANK "k");
  check (mq_format_money_compact (-1234567, "GBP"), MINUS "£12.3" BLANK "k");
}

static void
test_times (void)
{
  check (mq_format_day (mq_day_from_civil (2011, 12, 31)), "31" BLANK "Dec" BLANK "2011");
  check (mq_format_day (MQ_DAY_MISSING), DASH);
  check (mq_format_duration (0), "0" BLANK "s");
  check (mq_format_duration (1.25), "1.3" BLANK "s");
  check (mq_format_duration (59.7), "1" BLANK "min");
  check (mq_format_duration (86400), "1" BLANK "day");
  check (mq_format_duration (2 * 86400 + 3 * 3600 + 59), "2" BLANK "days 3" BLANK "h");
  check (mq_format_duration (86400 + 60), "1" BLANK "day");
  check (mq_format_duration (3661), "1" BLANK "h 1" BLANK "min");
  check (mq_format_duration (NAN), DASH);
}

static void
test_chinese (void)
{
  mq_format_set_numbers (MQ_NUMBERS_CHINESE);
  check (mq_format_compact (1234), "1,234");
  check (mq_format_compact (12345), "1.2万");
  check (mq_format_compact (99999999), "1.0亿");
  check (mq_format_compact (3.4e8), "3.4亿");
  check (mq_format_money (123450, "CNY"), "¥1,234.50");
  check (mq_format_money_compact (1234500, "CNY"), "¥1.2万");
  check (mq_format_share (0.123, 1), "12.3%");
  check (mq_format_day (mq_day_from_civil (2011, 12, 31)), "2011年12月31日");
  check (mq_format_duration (2 * 86400 + 3 * 3600), "2天3小时");
  mq_format_set_numbers (MQ_NUMBERS_AUTO);
  check (mq_format_share (0.123, 1), "12.3" BLANK "%");
}

static void
test_cells (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("t", "GBP", "Asia/Shanghai");
  g_autoptr (MqTable) table = NULL;

  for (MqColumnType type = MQ_COLUMN_INTEGER; type <= MQ_COLUMN_TERM; type++)
    mq_table_builder_add_column (builder, "c", "C", type);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, MQ_COLUMN_INTEGER, 1234);
  mq_table_builder_set_double (builder, MQ_COLUMN_DOUBLE, 0.5);
  mq_table_builder_set_double (builder, MQ_COLUMN_SHARE, 0.5);
  mq_table_builder_set_integer (builder, MQ_COLUMN_MONEY, 50);
  mq_table_builder_set_integer (builder, MQ_COLUMN_DAY, 0);
  mq_table_builder_set_integer (builder, MQ_COLUMN_TIME, 0);
  mq_table_builder_set_double (builder, MQ_COLUMN_DURATION, 60);
  mq_table_builder_set_integer (builder, MQ_COLUMN_BOOLEAN, 1);
  mq_table_builder_set_text (builder, MQ_COLUMN_TEXT, "<b>x</b>");
  mq_table_builder_set_text (builder, MQ_COLUMN_TERM, "");
  mq_table_builder_append (builder);
  table = mq_table_builder_finish (builder);
  check (mq_format_cell (table, 0, MQ_COLUMN_INTEGER), "1,234");
  check (mq_format_cell (table, 0, MQ_COLUMN_DOUBLE), "0.50");
  check (mq_format_cell (table, 0, MQ_COLUMN_SHARE), "50.0" BLANK "%");
  check (mq_format_cell (table, 0, MQ_COLUMN_MONEY), "£0.50");
  check (mq_format_cell (table, 0, MQ_COLUMN_DAY), "1" BLANK "Jan" BLANK "1970");
  check (mq_format_cell (table, 0, MQ_COLUMN_TIME), "1" BLANK "Jan" BLANK "1970, 08:00");
  check (mq_format_cell (table, 0, MQ_COLUMN_DURATION), "1" BLANK "min");
  check (mq_format_cell (table, 0, MQ_COLUMN_BOOLEAN), "Yes");
  check (mq_format_cell (table, 0, MQ_COLUMN_TEXT), "<b>x</b>");
  check (mq_format_cell (table, 0, MQ_COLUMN_TERM), "");
  for (guint i = 0; i < mq_table_n_columns (table); i++)
    check (mq_format_cell (table, 1, i), DASH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/compact", test_compact);
  g_test_add_func ("/format/money", test_money);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/chinese", test_chinese);
  g_test_add_func ("/format/cells", test_cells);
  return g_test_run ();
}
