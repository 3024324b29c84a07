/* test-scale.c: ticks are round, inside or around their range, and as many as may be. */

#include "chart/scale.h"

#include <math.h>

static gboolean
is_nice (double step)
{
  double mantissa = step / pow (10, floor (log10 (step) + 1e-9));

  return fabs (mantissa - 1) < 1e-9 || fabs (mantissa - 2) < 1e-9 || fabs (mantissa - 2.5) < 1e-9 || fabs (mantissa - 5) < 1e-9;
}

static gboolean
is_quarter (double step)
{
  return fabs (step / pow (10, floor (log10 (step) + 1e-9)) - 2.5) < 1e-9;
}

static double
next_finer (double step, gboolean quarters)
{
  double power = pow (10, floor (log10 (step) + 1e-9));
  double mantissa = step / power;

  if (mantissa > 4)
    return (quarters ? 2.5 : 2) * power;
  if (mantissa > 2.25)
    return 2 * power;
  if (mantissa > 1.5)
    return power;
  return 0.5 * power;
}

static void
test_examples (void)
{
  MqTicks ticks = mq_ticks_inside (0, 962, MQ_TICKS_MAX, MQ_TICKS_WHOLE);

  g_assert_cmpfloat (ticks.step, ==, 200);
  g_assert_cmpuint (ticks.n, ==, 5);
  g_assert_cmpfloat (mq_ticks_value (&ticks, 4), ==, 800);

  ticks = mq_ticks_inside (0, 1250, MQ_TICKS_MAX, MQ_TICKS_WHOLE);
  g_assert_cmpfloat (ticks.step, ==, 250);
  g_assert_cmpuint (ticks.n, ==, 6);

  ticks = mq_ticks_inside (-30, 100, 4, MQ_TICKS_ANY);
  g_assert_cmpfloat (ticks.step, ==, 50);
  g_assert_cmpfloat (mq_ticks_value (&ticks, 0), ==, 0);
  g_assert_cmpuint (ticks.n, ==, 3);

  ticks = mq_ticks_inside (0, 0.3, MQ_TICKS_MAX, MQ_TICKS_ANY);
  g_assert_cmpfloat_with_epsilon (ticks.step, 0.1, 1e-12);
  g_assert_cmpuint (ticks.n, ==, 4);

  ticks = mq_ticks_inside (0, 3, MQ_TICKS_MAX, MQ_TICKS_WHOLE);
  g_assert_cmpfloat (ticks.step, ==, 1);
  g_assert_cmpuint (ticks.n, ==, 4);

  ticks = mq_ticks_inside (7, 7, MQ_TICKS_MAX, MQ_TICKS_WHOLE);
  g_assert_cmpuint (ticks.n, ==, 1);
  g_assert_cmpfloat (mq_ticks_value (&ticks, 0), ==, 7);

  ticks = mq_ticks_around (0, 962, 7, MQ_TICKS_WHOLE);
  g_assert_cmpfloat (ticks.step, ==, 200);
  g_assert_cmpuint (ticks.n, ==, 6);

  ticks = mq_ticks_around (0, 1, 7, MQ_TICKS_WHOLE);
  g_assert_cmpfloat (ticks.step, ==, 1);
  g_assert_cmpuint (ticks.n, ==, 2);

  ticks = mq_ticks_around (0, 0, 7, MQ_TICKS_WHOLE);
  g_assert_cmpuint (ticks.n, ==, 2);
}

static void
test_properties (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint run = 0; run < 20000; run++)
    {
      double      magnitude = pow (10, g_rand_double_range (random, -6, 15));
      double      low = g_rand_boolean (random) ? 0 : g_rand_double_range (random, -1, 1) * magnitude;
      double      high = low + g_rand_double_range (random, 1e-3, 1) * magnitude;
      guint       most = g_rand_int_range (random, 2, MQ_TICKS_MAX + 1);
      gboolean    whole = g_rand_boolean (random);
      gboolean    quarters = g_rand_boolean (random);
      MqTickFlags flags = (whole ? MQ_TICKS_WHOLE : 0) | (quarters ? 0 : MQ_TICKS_NO_QUARTERS);
      MqTicks     ticks = mq_ticks_inside (low, high, most, flags);
      double      slack = 1e-6 * (high - low);
      double      finer = next_finer (ticks.step, quarters);

      g_assert_true (is_nice (ticks.step));
      if (!quarters)
        g_assert_false (is_quarter (ticks.step));
      g_assert_cmpuint (ticks.n, >=, 1);
      g_assert_cmpuint (ticks.n, <=, most);
      if (whole)
        g_assert_cmpfloat (ticks.step, ==, round (ticks.step));
      if (ticks.n > 1)
        {
          g_assert_cmpfloat (mq_ticks_value (&ticks, 0), >=, low - slack);
          g_assert_cmpfloat (mq_ticks_value (&ticks, ticks.n - 1), <=, high + slack);
          g_assert_cmpfloat (mq_ticks_value (&ticks, 0) - ticks.step, <, low);
          g_assert_cmpfloat (mq_ticks_value (&ticks, ticks.n - 1) + ticks.step, >, high);
        }
      /* The next finer step would give too many. */
      if (!whole || finer == round (finer))
        g_assert_cmpfloat (floor (high / finer + 1e-6) - ceil (low / finer - 1e-6) + 1, >, most);

      ticks = mq_ticks_around (low, high, most, flags);
      g_assert_true (is_nice (ticks.step));
      g_assert_cmpuint (ticks.n, >=, 2);
      g_assert_cmpuint (ticks.n, <=, most + 1);
      g_assert_cmpfloat (mq_ticks_value (&ticks, 0), <=, low + slack);
      g_assert_cmpfloat (mq_ticks_value (&ticks, ticks.n - 1), >=, high - slack);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/examples", test_examples);
  g_test_add_func ("/scale/properties", test_properties);
  return g_test_run ();
}
