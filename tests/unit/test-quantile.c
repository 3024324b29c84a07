/* test-quantile.c: quantiles against sorting, and against values of R's quantile(type = 7). */

#include "stats/quantile.h"

#include "base/money.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
test_known (void)
{
  double x[] = { 9, 1, 8, 2, 7.5, 3 };
  gint64 y[] = { 10, 40, 20, 30 };

  /* R: quantile (c (9, 1, 8, 2, 7.5, 3), c (0, .1, .25, .5, .9, 1)) */
  g_assert_cmpfloat (mq_quantile (x, 6, 0), ==, 1);
  g_assert_cmpfloat (mq_quantile (x, 6, 0.1), ==, 1.5);
  g_assert_cmpfloat (mq_quantile (x, 6, 0.25), ==, 2.25);
  g_assert_cmpfloat (mq_quantile (x, 6, 0.5), ==, 5.25);
  g_assert_cmpfloat (mq_quantile (x, 6, 0.9), ==, 8.5);
  g_assert_cmpfloat (mq_quantile (x, 6, 1), ==, 9);
  g_assert_cmpfloat (mq_quantile_int64 (y, 4, 0.5), ==, 25);
  g_assert_cmpfloat (mq_quantile (x, 1, 0.7), ==, x[0]);
  g_assert_true (isnan (mq_quantile (x, 0, 0.5)));
  g_assert_true (isnan (mq_quantile_int64 (y, 0, 0.5)));
  g_assert_true (isnan (mq_quantile_sorted (x, 0, 0.5)));
}

/* Sorted, reversed, equal, few values, organ pipe, random: each size and shape. */
static double
make_value (guint shape, gsize i, gsize n, MqRandom *random)
{
  switch (shape)
    {
    case 0:
      return i;
    case 1:
      return n - i;
    case 2:
      return 1;
    case 3:
      return mq_random_below (random, 3);
    case 4:
      return MIN (i, n - i);
    default:
      return mq_random_normal (random);
    }
}

static void
test_against_sorting (void)
{
  MqRandom random;

  mq_random_init (&random, 5, 0);
  for (guint round = 0; round < 1200; round++)
    {
      gsize              n = 1 + (round % 4 == 0 ? mq_random_below (&random, 5000) : mq_random_below (&random, 40));
      g_autofree double *values = g_new (double, n);
      g_autofree gint64 *integers = g_new (gint64, n);
      g_autofree double *sorted = NULL;
      double             p = mq_random_uniform (&random);

      for (gsize i = 0; i < n; i++)
        {
          values[i] = make_value (round % 6, i, n, &random);
          integers[i] = llround (values[i] * 100);
        }
      sorted = g_memdup2 (values, n * sizeof *values);
      qsort (sorted, n, sizeof *sorted, compare_cb);
      g_assert_cmpfloat (mq_quantile (values, n, p), ==, mq_quantile_sorted (sorted, n, p));
      for (gsize i = 0; i < n; i++)
        sorted[i] = llround (sorted[i] * 100);
      g_assert_cmpfloat (mq_quantile_int64 (integers, n, p), ==, mq_quantile_sorted (sorted, n, p));
      g_assert_cmpfloat_with_epsilon (mq_median_money (integers, n), mq_quantile_sorted (sorted, n, 0.5), 0.501);
    }
}

static void
test_median_money (void)
{
  gint64 even_down[] = { 3, 2 };
  gint64 even_up[] = { 4, 3 };
  gint64 negative[] = { -3, -2 };
  gint64 large[] = { G_MAXINT64, G_MAXINT64 - 2, -5, G_MAXINT64 };

  g_assert_cmpint (mq_median_money (even_down, 2), ==, 2);
  g_assert_cmpint (mq_median_money (even_up, 2), ==, 4);
  g_assert_cmpint (mq_median_money (negative, 2), ==, -2);
  g_assert_cmpint (mq_median_money (large, 4), ==, G_MAXINT64 - 1);
  g_assert_cmpint (mq_median_money (large, 0), ==, MQ_MONEY_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantile/known", test_known);
  g_test_add_func ("/quantile/against-sorting", test_against_sorting);
  g_test_add_func ("/quantile/median-money", test_median_money);
  return g_test_run ();
}
