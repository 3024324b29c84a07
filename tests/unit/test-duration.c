/* test-duration.c: lengths of time as settings state them. */

#include "config.h"

#include "base/civil-time.h"
#include "base/duration.h"

static void
test_units (void)
{
  static const struct
  {
    const char *text;
    gint64      seconds;
    gint32      days;
  } good[] = {
    { "3600s", 3600, 0 }, { "30min", 1800, 0 }, { "2h", 7200, 0 }, { "14d", 14 * 86400, 0 }, { "2w", 14 * 86400, 0 }, { "0s", 0, 0 }, { "1cd", 0, 1 }, { "100000d", G_GINT64_CONSTANT (8640000000), 0 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      MqDuration duration;

      g_assert_true (mq_duration_parse (good[i].text, &duration));
      g_assert_cmpint (duration.microseconds, ==, good[i].seconds * MQ_SECOND);
      g_assert_cmpint (duration.calendar_days, ==, good[i].days);
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "", "d", "14", "-1d", "+1d", " 1d", "1 d", "1.5h", "1D", "1m", "0cd", "100001d", "99999999999999999999s", "1dd" };
  MqDuration               duration;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mq_duration_parse (bad[i], &duration));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration/units", test_units);
  g_test_add_func ("/duration/refused", test_refused);
  return g_test_run ();
}
