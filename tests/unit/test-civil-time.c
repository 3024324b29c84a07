/* test-civil-time.c: the calendar and zones. The expected values are those of Python's datetime and zoneinfo
 * (fold=0, which is our rule for folds and gaps). */

#include "base/civil-time.h"

#include <stdio.h>
#include <string.h>

static const struct
{
  int    year, month, mday;
  gint32 day;
  int    weekday, iso_year, iso_week;
} known_days[] = {
  { 1, 1, 1, -719162, 1, 1, 1 },
  { 4, 2, 29, -718008, 7, 4, 9 },
  { 1600, 2, 29, -135081, 2, 1600, 9 },
  { 1900, 2, 28, -25509, 3, 1900, 9 },
  { 1900, 3, 1, -25508, 4, 1900, 9 },
  { 1969, 12, 31, -1, 3, 1970, 1 },
  { 1970, 1, 1, 0, 4, 1970, 1 },
  { 2000, 2, 29, 11016, 2, 2000, 9 },
  { 2004, 12, 31, 12783, 5, 2004, 53 },
  { 2005, 1, 1, 12784, 6, 2004, 53 },
  { 2008, 12, 29, 14242, 1, 2009, 1 },
  { 2009, 12, 31, 14609, 4, 2009, 53 },
  { 2010, 1, 3, 14612, 7, 2009, 53 },
  { 2020, 12, 31, 18627, 4, 2020, 53 },
  { 2021, 1, 3, 18630, 7, 2020, 53 },
  { 2026, 10, 31, 20757, 6, 2026, 44 },
  { 2100, 3, 1, 47541, 1, 2100, 9 },
  { 9999, 12, 31, 2932896, 5, 9999, 52 },
};

static const struct
{
  const char *zone;
  const char *wall;
  gint64      seconds; /* the instant */
  int         offset;  /* that holds at the instant */
} known_times[] = {
  { "Europe/Berlin", "1900-01-01 12:00:00", -2208949200, 3600 },
  { "Europe/Berlin", "1945-05-24 03:00:00", -776563200, 10800 },
  { "Europe/Berlin", "1979-07-01 00:00:00", 299631600, 3600 },
  { "Europe/Berlin", "1980-04-06 01:59:59", 323830799, 3600 },
  { "Europe/Berlin", "1980-04-06 02:30:00", 323832600, 7200 },
  { "Europe/Berlin", "2011-03-27 01:59:59", 1301187599, 3600 },
  { "Europe/Berlin", "2011-03-27 02:00:00", 1301187600, 7200 },
  { "Europe/Berlin", "2011-03-27 02:59:59", 1301191199, 7200 },
  { "Europe/Berlin", "2011-03-27 03:00:00", 1301187600, 7200 },
  { "Europe/Berlin", "2011-10-30 01:59:59", 1319932799, 7200 },
  { "Europe/Berlin", "2011-10-30 02:00:00", 1319932800, 7200 },
  { "Europe/Berlin", "2011-10-30 02:59:59", 1319936399, 7200 },
  { "Europe/Berlin", "2011-10-30 03:00:00", 1319940000, 3600 },
  { "Europe/Berlin", "2026-07-01 00:00:00", 1782856800, 7200 },
  { "Europe/Berlin", "2050-07-01 00:00:00", 2540239200, 7200 },
  { "Europe/Berlin", "2090-01-01 00:00:00", 3786908400, 3600 },
  { "America/New_York", "1918-07-01 00:00:00", -1625342400, -14400 },
  { "America/New_York", "1942-08-01 00:00:00", -865281600, -14400 },
  { "America/New_York", "2007-03-11 02:30:00", 1173598200, -14400 },
  { "America/New_York", "2007-11-04 01:30:00", 1194154200, -14400 },
  { "America/New_York", "2007-11-04 00:59:59", 1194152399, -14400 },
  { "America/New_York", "2007-11-04 02:00:00", 1194159600, -18000 },
  { "America/New_York", "2026-03-08 02:00:00", 1772953200, -14400 },
  { "America/New_York", "2026-03-08 03:00:00", 1772953200, -14400 },
  { "America/New_York", "2038-07-01 00:00:00", 2161569600, -14400 },
  { "America/New_York", "1969-12-31 19:00:00", 0, -18000 },
  { "Asia/Shanghai", "1900-06-01 00:00:00", -2195971543, 29143 },
  { "Asia/Shanghai", "1901-01-01 00:00:00", -2177481600, 28800 },
  { "Asia/Shanghai", "1986-05-04 02:30:00", 515529000, 32400 },
  { "Asia/Shanghai", "1991-04-14 01:59:00", 671565540, 28800 },
  { "Asia/Shanghai", "1991-04-14 02:30:00", 671567400, 32400 },
  { "Asia/Shanghai", "1991-04-14 03:00:00", 671565600, 32400 },
  { "Asia/Shanghai", "1991-09-15 00:30:00", 684862200, 32400 },
  { "Asia/Shanghai", "1991-09-15 01:30:00", 684865800, 32400 },
  { "Asia/Shanghai", "1991-09-15 02:00:00", 684871200, 28800 },
  { "Asia/Shanghai", "2026-01-05 09:05:00", 1767575100, 28800 },
  { "Asia/Shanghai", "2099-12-31 23:59:59", 4102415999, 28800 },
  { "Pacific/Apia", "2011-12-29 23:59:59", 1325239199, -36000 },
  { "Pacific/Apia", "2011-12-30 00:00:00", 1325239200, 50400 },
  { "Pacific/Apia", "2011-12-30 12:00:00", 1325282400, 50400 },
  { "Pacific/Apia", "2011-12-31 00:00:00", 1325239200, 50400 },
  { "Pacific/Apia", "2012-04-01 03:30:00", 1333200600, 50400 },
  { "Pacific/Apia", "2021-01-01 00:00:00", 1609408800, 50400 },
  { "Europe/London", "1968-10-27 00:00:00", -37242000, 3600 },
  { "Europe/London", "1970-07-01 00:00:00", 15634800, 3600 },
  { "Europe/London", "1971-10-31 02:30:00", 57720600, 3600 },
  { "Europe/London", "2026-03-29 01:30:00", 1774747800, 3600 },
  { "Europe/London", "2026-10-25 01:30:00", 1792888200, 3600 },
  { "America/Sao_Paulo", "2018-11-04 00:00:00", 1541300400, -7200 },
  { "America/Sao_Paulo", "2018-11-04 00:30:00", 1541302200, -7200 },
  { "America/Sao_Paulo", "2018-02-17 23:30:00", 1518917400, -7200 },
  { "America/Sao_Paulo", "2018-02-18 00:00:00", 1518922800, -10800 },
  { "UTC", "0001-01-01 00:00:00", -62135596800, 0 },
  { "UTC", "9999-12-31 23:59:59", 253402300799, 0 },
  { "UTC", "1582-10-10 00:00:00", -12219724800, 0 },
  { "Australia/Lord_Howe", "2026-04-05 01:45:00", 1775313900, 39600 },
  { "Asia/Kathmandu", "1986-01-01 00:10:00", 504902400, 20700 },
  { "Asia/Kolkata", "2026-01-01 00:00:00", 1767205800, 19800 },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_days); i++)
    {
      gint32 day = known_days[i].day;
      int    year, month, mday;

      g_assert_cmpint (mq_day_from_civil (known_days[i].year, known_days[i].month, known_days[i].mday), ==, day);
      mq_day_to_civil (day, &year, &month, &mday);
      g_assert_cmpint (year, ==, known_days[i].year);
      g_assert_cmpint (month, ==, known_days[i].month);
      g_assert_cmpint (mday, ==, known_days[i].mday);
      g_assert_cmpint (mq_day_of_week (day), ==, known_days[i].weekday);
      mq_day_iso_week (day, &year, &month);
      g_assert_cmpint (year, ==, known_days[i].iso_year);
      g_assert_cmpint (month, ==, known_days[i].iso_week);
    }
}

/* Every day of the years 1 to 9999 follows the one before. */
static void
test_every_day (void)
{
  gint32 day = mq_day_from_civil (1, 1, 1);

  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      for (int mday = 1; mq_civil_is_valid_date (year, month, mday); mday++, day++)
        {
          int y, m, d;

          mq_day_to_civil (day, &y, &m, &d);
          if (mq_day_from_civil (year, month, mday) != day || y != year || m != month || d != mday)
            g_error ("%d-%d-%d is not day %d", year, month, mday, day);
        }
  g_assert_cmpint (day, ==, 2932897);
}

static void
test_valid (void)
{
  g_assert_true (mq_civil_is_valid_date (2024, 2, 29));
  g_assert_true (mq_civil_is_valid_date (2000, 2, 29));
  g_assert_false (mq_civil_is_valid_date (1900, 2, 29));
  g_assert_false (mq_civil_is_valid_date (2023, 2, 29));
  g_assert_false (mq_civil_is_valid_date (2023, 4, 31));
  g_assert_false (mq_civil_is_valid_date (2023, 13, 1));
  g_assert_false (mq_civil_is_valid_date (2023, 0, 1));
  g_assert_false (mq_civil_is_valid_date (2023, 1, 0));
  g_assert_false (mq_civil_is_valid_date (0, 1, 1));
  g_assert_false (mq_civil_is_valid_date (10000, 1, 1));
}

static void
test_zones (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_times); i++)
    {
      g_autoptr (GError) error = NULL;
      const MqZone *zone = mq_zone_get (known_times[i].zone, &error);
      int           year, month, mday, hour, minute, second;
      gint64        of_day, back;
      gint64        instant = known_times[i].seconds * MQ_SECOND + 123456;

      g_assert_no_error (error);
      g_test_message ("%s %s", known_times[i].zone, known_times[i].wall);
      g_assert_cmpint (sscanf (known_times[i].wall, "%d-%d-%d %d:%d:%d", &year, &month, &mday, &hour, &minute, &second), ==, 6);
      of_day = (hour * 3600 + minute * 60 + second) * MQ_SECOND + 123456;
      g_assert_cmpint (mq_zone_instant (zone, mq_day_from_civil (year, month, mday), of_day), ==, instant);
      g_assert_cmpint (mq_zone_offset (zone, instant), ==, known_times[i].offset);
      g_assert_cmpint (mq_zone_day (zone, instant, &back) * MQ_DAY_MICROSECONDS + back, ==, instant + known_times[i].offset * MQ_SECOND);
    }
}

/* A day begins at its first instant: not a microsecond before belongs to it. */
static void
test_day_starts (void)
{
  static const char *const names[] = { "UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Shanghai", "America/New_York", "Africa/Cairo" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const MqZone *zone = mq_zone_get (names[i], NULL);

      for (gint32 day = mq_day_from_civil (1980, 1, 1); day < mq_day_from_civil (2040, 1, 1); day++)
        {
          gint64 start = mq_zone_day_start (zone, day);
          gint64 of_day;

          if (i == 3 && day == mq_day_from_civil (2011, 12, 30))
            {
              /* Samoa left this day out. */
              g_assert_cmpint (start, ==, mq_zone_day_start (zone, day + 1));
              continue;
            }
          g_assert_cmpint (mq_zone_day (zone, start, &of_day), ==, day);
          g_assert_cmpint (mq_zone_day (zone, start - 1, NULL), <, day);
          g_assert_cmpint (of_day, <=, 3600 * MQ_SECOND);
        }
    }
}

static void
test_unknown_zones (void)
{
  static const char *const names[] = { "", "Europe/Nowhere", "+08:00", "JST-9", "../etc/passwd", "Europe", "/usr/share/zoneinfo/UTC", "CET-1CEST,M3.5.0,M10.5.0/3" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mq_zone_get (names[i], &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      g_assert_nonnull (strstr (error->message, names[i]));
    }
  g_assert_true (mq_zone_get ("Asia/Shanghai", NULL) == mq_zone_get ("Asia/Shanghai", NULL));
  g_assert_cmpstr (mq_zone_name (mq_zone_get ("Asia/Shanghai", NULL)), ==, "Asia/Shanghai");
  g_assert_nonnull (mq_zone_get (mq_zone_system_name (), NULL));
}

static void
check_instant (const char *zone, gint64 instant, const char *expected)
{
  g_autofree char *text = mq_instant_format (mq_zone_get (zone, NULL), instant);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  g_autofree char *day = mq_day_format (mq_day_from_civil (2011, 12, 9));
  g_autofree char *first = mq_day_format (mq_day_from_civil (1, 1, 1));
  gint32           parsed;

  g_assert_cmpstr (day, ==, "2011-12-09");
  g_assert_cmpstr (first, ==, "0001-01-01");
  check_instant ("UTC", 1323435000 * MQ_SECOND, "2011-12-09T12:50:00+00:00");
  check_instant ("UTC", -1, "1969-12-31T23:59:59.999999+00:00");
  check_instant ("Asia/Kolkata", 0, "1970-01-01T05:30:00+05:30");
  check_instant ("America/New_York", 500000, "1969-12-31T19:00:00.500000-05:00");
  check_instant ("Asia/Shanghai", -2208988800 * MQ_SECOND, "1900-01-01T08:05:43+08:05:43");
  g_assert_true (mq_day_parse ("2024-02-29", &parsed));
  g_assert_cmpint (parsed, ==, mq_day_from_civil (2024, 2, 29));
  g_assert_false (mq_day_parse ("2023-02-29", &parsed));
  g_assert_false (mq_day_parse ("2023-2-09", &parsed));
  g_assert_false (mq_day_parse ("2023-02-09 ", &parsed));
  g_assert_false (mq_day_parse ("", &parsed));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/civil-time/days", test_days);
  g_test_add_func ("/civil-time/every-day", test_every_day);
  g_test_add_func ("/civil-time/valid", test_valid);
  g_test_add_func ("/civil-time/zones", test_zones);
  g_test_add_func ("/civil-time/day-starts", test_day_starts);
  g_test_add_func ("/civil-time/unknown-zones", test_unknown_zones);
  g_test_add_func ("/civil-time/format", test_format);
  return g_test_run ();
}
