/* test-difference.c: Newcombe's published examples, and Welch's interval against figures computed apart. */

#include "config.h"

#include <math.h>

#include "holdout/difference.h"

/* Newcombe 1998, Statistics in Medicine 17, table II, method 10. */
static void
test_newcombe (void)
{
  static const struct
  {
    gint64 k1, n1, k2, n2;
    double low, high;
  } rows[] = {
    { 56, 70, 48, 80, 0.0524, 0.3339 },
    { 9, 10, 3, 10, 0.1705, 0.8090 },
    { 6, 7, 2, 7, 0.0582, 0.8062 },
    { 5, 56, 0, 29, -0.0381, 0.1926 },
    { 0, 10, 0, 20, -0.1611, 0.2775 },
    { 0, 10, 0, 10, -0.2775, 0.2775 },
    { 10, 10, 0, 20, 0.6791, 1.0000 },
    { 10, 10, 0, 10, 0.6075, 1.0000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MqDifference difference = mq_difference_of_shares (rows[i].k1, rows[i].n1, rows[i].k2, rows[i].n2);

      g_assert_cmpfloat_with_epsilon (difference.difference, (double) rows[i].k1 / rows[i].n1 - (double) rows[i].k2 / rows[i].n2, 1e-12);
      g_assert_cmpfloat_with_epsilon (difference.low, rows[i].low, 6e-5);
      g_assert_cmpfloat_with_epsilon (difference.high, rows[i].high, 6e-5);
    }
  g_assert_true (isnan (mq_difference_of_shares (0, 0, 1, 2).difference));
}

static MqSpread
spread_of (const double *values, guint n)
{
  MqSpread spread = { n, 0, 0 };

  for (guint i = 0; i < n; i++)
    spread.sum += values[i];
  for (guint i = 0; i < n; i++)
    spread.squares += (values[i] - spread.sum / n) * (values[i] - spread.sum / n);
  return spread;
}

/* Student's sleep data (R's t.test (extra ~ group, data = sleep)): t = -1.8608, df = 17.776, from -3.3654832 to 0.2054832. */
static void
test_welch (void)
{
  const double one[] = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
  const double two[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
  MqSpread     a = spread_of (one, 10), b = spread_of (two, 10), single = spread_of (one, 1), none = { 0, 0, 0 };
  MqDifference difference = mq_difference_of_means (&a, &b);

  g_assert_cmpfloat_with_epsilon (difference.difference, -1.58, 1e-12);
  g_assert_cmpfloat_with_epsilon (difference.low, -3.3654832, 1e-3);
  g_assert_cmpfloat_with_epsilon (difference.high, 0.2054832, 1e-3);
  g_assert_true (isnan (mq_difference_of_means (&a, &single).low));
  g_assert_true (isnan (mq_difference_of_means (&a, &none).difference));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/difference/newcombe", test_newcombe);
  g_test_add_func ("/difference/welch", test_welch);
  return g_test_run ();
}
