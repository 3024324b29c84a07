/* test-date-format.c: cells as times, in every format. Expected instants are written as ISO text. */

#include "base/date-format.h"

#include <string.h>

static const char *const precisions[] = { "second", "minute", "day" };

/* The answer as text: "2026-01-05T09:05:00+08:00 minute", or "no". */
static void
check (const char *name, const char *text, const char *zone_name, const char *expected)
{
  const MqZone    *zone = mq_zone_get (zone_name, NULL);
  g_autofree char *got = NULL;
  g_autofree char *wanted = g_strndup (expected, strcspn (expected, " "));
  g_autofree char *padded = g_strdup_printf (" %s \t", text);
  MqDateFormat     format;
  gint64           instant, instant_padded;
  MqPrecision      precision;

  g_test_message ("%s: %s", name, text);
  g_assert_true (mq_date_format_from_name (name, &format));
  g_assert_cmpstr (mq_date_format_name (&format), ==, name);
  if (!mq_date_format_parse (&format, text, strlen (text), zone, &instant, &precision))
    {
      g_assert_cmpstr ("no", ==, expected);
      return;
    }
  got = mq_instant_format (zone, instant);
  g_assert_cmpstr (got, ==, wanted);
  g_assert_cmpstr (precisions[precision], ==, strrchr (expected, ' ') + 1);
  g_assert_true (mq_date_format_parse (&format, padded, strlen (padded), zone, &instant_padded, &precision));
  g_assert_cmpint (instant_padded, ==, instant);
}

static const struct
{
  const char *format, *text, *zone, *expected;
} cells[] = {
  { "ymd", "2011-12-09 12:50:07", "UTC", "2011-12-09T12:50:07+00:00 second" },
  { "ymd", "2011/12/09T12:50:07", "Asia/Shanghai", "2011-12-09T12:50:07+08:00 second" },
  { "ymd", "2011-12-09 12:50", "Europe/Berlin", "2011-12-09T12:50:00+01:00 minute" },
  { "ymd", "2011-7-9", "Europe/Berlin", "2011-07-09T00:00:00+02:00 day" },
  { "ymd", "2011.07.09 8:05", "Europe/Berlin", "2011-07-09T08:05:00+02:00 minute" },
  { "ymd", "2026年1月5日 上午9:05", "Asia/Shanghai", "2026-01-05T09:05:00+08:00 minute" },
  { "ymd", "2026年1月5日下午9:05:06", "Asia/Shanghai", "2026-01-05T21:05:06+08:00 second" },
  { "ymd", "2026年01月05日", "Asia/Shanghai", "2026-01-05T00:00:00+08:00 day" },
  { "ymd", "2026年1月5号 下午 12：05", "Asia/Shanghai", "2026-01-05T12:05:00+08:00 minute" },
  { "ymd", "2026年1月5日 9时05分", "Asia/Shanghai", "2026-01-05T09:05:00+08:00 minute" },
  { "ymd", "2026年1月5日 9时5分7秒", "Asia/Shanghai", "2026-01-05T09:05:07+08:00 second" },
  { "ymd", "2026年1月5日 下午3点", "Asia/Shanghai", "2026-01-05T15:00:00+08:00 minute" },
  { "ymd", "2026年1月5日 25时05分", "Asia/Shanghai", "no" },
  /* Weeks of ISO 8601: its own examples. */
  { "ymd", "2009-W01-1", "UTC", "2008-12-29T00:00:00+00:00 day" },
  { "ymd", "2009-W53-7", "UTC", "2010-01-03T00:00:00+00:00 day" },
  { "ymd", "2024-W09", "UTC", "2024-02-26T00:00:00+00:00 day" },
  { "ymd", "2024-W53-1", "UTC", "no" },
  { "ymd", "2024-W09-8", "UTC", "no" },
  { "dmy", "29-Feb-24", "UTC", "2024-02-29T00:00:00+00:00 day" },
  { "mdy", "29 February 2024 10:30", "UTC", "2024-02-29T10:30:00+00:00 minute" },
  { "dmy", "Feb 29, 2024", "UTC", "2024-02-29T00:00:00+00:00 day" },
  { "mdy", "Sept. 1 2024", "UTC", "2024-09-01T00:00:00+00:00 day" },
  { "dmy", "29 Febtober 2024", "UTC", "no" },
  { "dmy", "30-Feb-24", "UTC", "no" },
  { "ymd", "2026-01-05 12:05:06 AM", "UTC", "2026-01-05T00:05:06+00:00 second" },
  { "ymd", "2026-01-05 12:05 pm", "UTC", "2026-01-05T12:05:00+00:00 minute" },
  { "ymd", "2026-01-05 1:05 p.m.", "UTC", "2026-01-05T13:05:00+00:00 minute" },
  { "ymd", "2026-01-05T09:05:06Z", "Asia/Shanghai", "2026-01-05T17:05:06+08:00 second" },
  { "ymd", "2026-01-05T09:05:06.5+08:00", "Asia/Shanghai", "2026-01-05T09:05:06.500000+08:00 second" },
  { "ymd", "2026-01-05 09:05:06 -0500", "UTC", "2026-01-05T14:05:06+00:00 second" },
  { "ymd", "2026-01-05 09:05:06+02", "UTC", "2026-01-05T07:05:06+00:00 second" },
  { "ymd", "2026-01-05 09:05:06.123456789 UTC", "UTC", "2026-01-05T09:05:06.123456+00:00 second" },
  { "ymd", "20260105", "Asia/Shanghai", "2026-01-05T00:00:00+08:00 day" },
  { "ymd", "202601050906", "Asia/Shanghai", "2026-01-05T09:06:00+08:00 minute" },
  { "ymd", "20260105090607", "Asia/Shanghai", "2026-01-05T09:06:07+08:00 second" },
  { "ymd", "2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T03:30:00+02:00 second" },
  { "ymd", "2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T02:30:00+02:00 second" },
  { "ymd", "2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00 day" },
  { "ymd", "0001-01-01 00:00:00", "UTC", "0001-01-01T00:00:00+00:00 second" },
  { "ymd", "9999-12-31 23:59:59.999999", "UTC", "9999-12-31T23:59:59.999999+00:00 second" },
  { "ymd", "2023-02-29", "UTC", "no" },
  { "ymd", "2023-13-01", "UTC", "no" },
  { "ymd", "2023-00-10", "UTC", "no" },
  { "ymd", "0000-01-01", "UTC", "no" },
  { "ymd", "2026-01-05 24:00:00", "UTC", "no" },
  { "ymd", "2026-01-05 12:60", "UTC", "no" },
  { "ymd", "2026-01-05 12:05:60", "UTC", "no" },
  { "ymd", "2026-01-05 13:05 PM", "UTC", "no" },
  { "ymd", "2026-01-05 0:05 am", "UTC", "no" },
  { "ymd", "2026-01/05", "UTC", "no" },
  { "ymd", "26-01-05", "UTC", "2026-01-05T00:00:00+00:00 day" },
  { "ymd", "69/1/5 7:08", "UTC", "1969-01-05T07:08:00+00:00 minute" },
  { "ymd", "24年2月29日", "UTC", "2024-02-29T00:00:00+00:00 day" },
  { "ymd", "31-12-2024", "UTC", "no" },
  { "ymd", "23-02-29", "UTC", "no" },
  { "ymd", "24-W09-4", "UTC", "no" },
  { "ymd", "124-01-05", "UTC", "no" },
  { "ymd", "2026-01-05x", "UTC", "no" },
  { "ymd", "2026-01-05T", "UTC", "no" },
  { "ymd", "2026-01-0509:05", "UTC", "no" },
  { "ymd", "2026-01-05 9", "UTC", "no" },
  { "ymd", "2026-01-05 09:05:", "UTC", "no" },
  { "ymd", "2026-01-05 09:05:06.", "UTC", "no" },
  { "ymd", "2026-01-05 09:05:06 +8:00", "UTC", "no" },
  { "ymd", "2026-01-05 09:05:06+19:00", "UTC", "no" },
  { "ymd", "2026-01-05 09:05:06x", "UTC", "no" },
  { "ymd", "2026010509", "UTC", "no" },
  { "ymd", "2026-01-05 0a:05:06", "UTC", "no" },
  { "ymd", "", "UTC", "no" },
  { "ymd", "abc", "UTC", "no" },
  { "ymd", "2026年1-5", "UTC", "no" },
  { "ymd", "12345678901234567890", "UTC", "no" },
  { "ymd", "2026-1-", "UTC", "no" },
  { "ymd", "2026-01-05 09:5", "UTC", "no" },
  { "dmy", "31/12/2011", "UTC", "2011-12-31T00:00:00+00:00 day" },
  { "dmy", "1.2.2011 8:26", "UTC", "2011-02-01T08:26:00+00:00 minute" },
  { "dmy", "01-02-68", "UTC", "2068-02-01T00:00:00+00:00 day" },
  { "dmy", "01-02-69 23:59:59", "UTC", "1969-02-01T23:59:59+00:00 second" },
  { "dmy", "12/31/2011", "UTC", "no" },
  { "dmy", "1/2/201", "UTC", "no" },
  { "dmy", "1/2/20111", "UTC", "no" },
  { "dmy", "1-2/2011", "UTC", "no" },
  { "dmy", "2011-01-02", "UTC", "no" },
  { "dmy", "32/1/2011", "UTC", "no" },
  { "mdy", "12/1/2010 8:26", "UTC", "2010-12-01T08:26:00+00:00 minute" },
  { "mdy", "12/31/10 11:59:59 PM", "UTC", "2010-12-31T23:59:59+00:00 second" },
  { "mdy", "31/12/2011", "UTC", "no" },
  { "ym", "2026-01", "Asia/Shanghai", "2026-01-01T00:00:00+08:00 day" },
  { "ym", "2026/1", "Asia/Shanghai", "2026-01-01T00:00:00+08:00 day" },
  { "ym", "202601", "Asia/Shanghai", "2026-01-01T00:00:00+08:00 day" },
  { "ym", "2026年1月", "Asia/Shanghai", "2026-01-01T00:00:00+08:00 day" },
  { "ym", "2026.01", "Asia/Shanghai", "2026-01-01T00:00:00+08:00 day" },
  { "ym", "2026-13", "Asia/Shanghai", "no" },
  { "ym", "20261", "Asia/Shanghai", "no" },
  { "ym", "2026-01-01", "Asia/Shanghai", "no" },
  { "ym", "2026", "Asia/Shanghai", "no" },
  { "epoch-s", "1323435000", "UTC", "2011-12-09T12:50:00+00:00 second" },
  { "epoch-s", "-1", "UTC", "1969-12-31T23:59:59+00:00 second" },
  { "epoch-s", "1323435000.1234567", "UTC", "2011-12-09T12:50:00.123456+00:00 second" },
  { "epoch-ms", "1323435000123", "Asia/Shanghai", "2011-12-09T20:50:00.123000+08:00 second" },
  { "epoch-us", "1323435000123456", "UTC", "2011-12-09T12:50:00.123456+00:00 second" },
  { "epoch-us", "253402300799999999", "UTC", "9999-12-31T23:59:59.999999+00:00 second" },
  { "epoch-us", "253402300800000000", "UTC", "no" },
  { "epoch-s", "253402300800", "UTC", "no" },
  { "epoch-s", "999999999999999999", "UTC", "no" },
  { "epoch-s", "1e9", "UTC", "no" },
  { "epoch-s", "NaN", "UTC", "no" },
  { "epoch-s", "", "UTC", "no" },
  { "excel", "1", "UTC", "1900-01-01T00:00:00+00:00 day" },
  { "excel", "59", "UTC", "1900-02-28T00:00:00+00:00 day" },
  { "excel", "61", "UTC", "1900-03-01T00:00:00+00:00 day" },
  { "excel", "44197", "Asia/Shanghai", "2021-01-01T00:00:00+08:00 day" },
  { "excel", "44197.5", "UTC", "2021-01-01T12:00:00+00:00 second" },
  { "excel", "44197.548611111", "UTC", "2021-01-01T13:10:00+00:00 second" },
  { "excel", "44197.9999999", "UTC", "2021-01-02T00:00:00+00:00 second" },
  { "excel", "2958465", "UTC", "9999-12-31T00:00:00+00:00 day" },
  { "excel", "0", "UTC", "no" },
  { "excel", "0.5", "UTC", "no" },
  { "excel", "60", "UTC", "no" },
  { "excel", "2958466", "UTC", "no" },
  { "excel", "-1", "UTC", "no" },
  { "excel", "x", "UTC", "no" },
  { "YYYYMMDD", "20260105", "Asia/Shanghai", "2026-01-05T00:00:00+08:00 day" },
  { "DD.MM.YY hh:mm", "05.01.26 09:05", "UTC", "2026-01-05T09:05:00+00:00 minute" },
  { "YYYYMMDDhhmmss", "20260105090607", "UTC", "2026-01-05T09:06:07+00:00 second" },
  { "MM/YYYY", "02/2026", "UTC", "2026-02-01T00:00:00+00:00 day" },
  { "YYYY年MM月DD日", "2026年01月05日", "UTC", "2026-01-05T00:00:00+00:00 day" },
  { "YYYYMMDD", "2026010", "UTC", "no" },
  { "YYYYMMDD", "202601055", "UTC", "no" },
  { "YYYYMMDD", "20261305", "UTC", "no" },
  { "DD.MM.YY hh:mm", "05.01.26 25:05", "UTC", "no" },
  { "YYYY-MM", "2026-1x", "UTC", "no" },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    check (cells[i].format, cells[i].text, cells[i].zone, cells[i].expected);
}

static void
test_names (void)
{
  static const char *const bad[] = { "", "ydm", "YMD", "YYYY", "MM-DD", "YYYY-MM-dd", "YYYY-YYYY-MM", "YYYY-MM hh", "YYYY-MM-DD mm", "YYYY-MM-DD hh:ss", "YYYY-MM-DD-----------------------------------------------" };
  MqDateFormat             format;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (mq_date_format_from_name (bad[i], &format));
    }
}

/* The quick way and the long way agree for any bytes in a cell of 19. */
/* What is common is read in one way only. */
static void
check_only_ymd (const char *text, const MqZone *zone)
{
  static const char *const others[] = { "dmy", "mdy", "ym", "epoch-s", "epoch-ms", "epoch-us" };
  MqDateFormat             format;
  gint64                   instant;
  MqPrecision              precision;

  g_assert_true (mq_date_format_from_name ("ymd", &format));
  g_assert_true (mq_date_format_parse (&format, text, strlen (text), zone, &instant, &precision));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_true (mq_date_format_from_name (others[i], &format));
      g_assert_false (mq_date_format_parse (&format, text, strlen (text), zone, &instant, &precision));
    }
}

static void
test_quick_way (void)
{
  static const char alphabet[] = "0123456789-/: T\xff";
  const MqZone     *zone = mq_zone_get ("UTC", NULL);
  MqDateFormat      format = { MQ_DATE_YMD, "" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 200000; i++)
    {
      char        text[] = " 2026-01-05 19:05:06";
      gint64      quick = 0, slow = 0;
      MqPrecision quick_precision = 0, slow_precision = 0;
      gboolean    quick_ok, slow_ok;

      for (guint n = g_rand_int_range (rand, 0, 3); n > 0; n--)
        text[g_rand_int_range (rand, 1, 20)] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      quick_ok = mq_date_format_parse (&format, text + 1, 19, zone, &quick, &quick_precision);
      slow_ok = mq_date_format_parse (&format, text, 20, zone, &slow, &slow_precision);
      g_assert_cmpint (quick_ok, ==, slow_ok);
      if (mq_date_is_common (text + 1, 19))
        check_only_ymd (text + 1, zone);
      if (quick_ok)
        {
          g_assert_cmpint (quick, ==, slow);
          g_assert_cmpint (quick_precision, ==, slow_precision);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-format/cells", test_cells);
  g_test_add_func ("/date-format/names", test_names);
  g_test_add_func ("/date-format/quick-way", test_quick_way);
  return g_test_run ();
}
