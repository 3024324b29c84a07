/* test-value-range.c: against one value after the other, with missing ones, extremes and all small lengths. */

#include "base/value-range.h"

static const gint64 pool[] = { 0, 1, -1, 5, 5, G_MININT64, G_MAXINT64, G_MININT64 + 1, G_MININT64, 1000 };

static MqValueRange
measure_slowly (const gint64 *values, gsize n)
{
  MqValueRange range = { G_MAXINT64, G_MININT64, 0, 0 };

  for (gsize i = 0; i < n; i++)
    {
      if (values[i] == G_MININT64)
        range.n_missing++;
      else
        {
          range.least = MIN (range.least, values[i]);
          range.greatest = MAX (range.greatest, values[i]);
        }
      range.n_changes += i > 0 && values[i] != values[i - 1];
    }
  return range;
}

static void
test_ranges (void)
{
  for (guint seed = 0; seed < 20000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      gsize        n = seed % 40;
      guint        kinds = 1 + seed % G_N_ELEMENTS (pool);
      gint64       values[40];
      guint64      codes[40];
      MqValueRange range, slow;
      gint64       least = G_MAXINT64;
      gint64       greatest = G_MININT64;

      for (gsize i = 0; i < n; i++)
        {
          values[i] = pool[(seed + g_rand_int_range (random, 0, kinds)) % G_N_ELEMENTS (pool)];
          codes[i] = values[i];
        }
      range = mq_value_range (values, n);
      slow = measure_slowly (values, n);
      g_assert_cmpint (range.least, ==, slow.least);
      g_assert_cmpint (range.greatest, ==, slow.greatest);
      g_assert_cmpuint (range.n_missing, ==, slow.n_missing);
      g_assert_cmpuint (range.n_changes, ==, slow.n_changes);
      for (gsize i = 1; i < n; i++)
        {
          least = MIN (least, (gint64) (codes[i] - codes[i - 1]));
          greatest = MAX (greatest, (gint64) (codes[i] - codes[i - 1]));
        }
      range = mq_value_range_differences (codes, n);
      g_assert_cmpint (range.least, ==, least);
      g_assert_cmpint (range.greatest, ==, greatest);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-range/ranges", test_ranges);
  return g_test_run ();
}
