/* test-random.c: the published values of the generators, and moments of the distributions. */

#include "stats/random.h"

#include <math.h>

static void
test_known (void)
{
  /* The reference implementation's output for the state 1, 2, 3, 4. */
  static const guint64 expected[] = { 11520, 0, 1509978240, G_GUINT64_CONSTANT (1215971899390074240) };
  MqRandom             random = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (mq_random_next (&random), ==, expected[i]);
  /* splitmix64 from 1234567. */
  mq_random_init (&random, 1234567, 0);
  g_assert_cmpuint (random.state[0], ==, G_GUINT64_CONSTANT (6457827717110365317));
  g_assert_cmpuint (random.state[1], ==, G_GUINT64_CONSTANT (3203168211198807973));
  g_assert_cmpuint (random.state[2], ==, G_GUINT64_CONSTANT (9817491932198370423));
}

static void
test_streams (void)
{
  MqRandom a, b, c;

  mq_random_init (&a, 1, 0);
  mq_random_init (&b, 1, 1);
  mq_random_init (&c, 1, 1);
  for (guint i = 0; i < 100; i++)
    {
      guint64 value = mq_random_next (&b);

      g_assert_cmpuint (value, !=, mq_random_next (&a));
      g_assert_cmpuint (value, ==, mq_random_next (&c));
    }
}

static void
test_below (void)
{
  guint    counts[7] = { 0 };
  MqRandom random;

  mq_random_init (&random, 2, 0);
  for (guint i = 0; i < 70000; i++)
    counts[mq_random_below (&random, 7)]++;
  /* Six standard deviations. */
  for (guint i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (counts[i], 10000, 556);
  g_assert_cmpuint (mq_random_below (&random, 1), ==, 0);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (mq_random_below (&random, (G_GUINT64_CONSTANT (1) << 63) + 1), <=, G_GUINT64_CONSTANT (1) << 63);
}

static void
test_moments (void)
{
  const guint n = 200000;
  double      normal = 0, normal_square = 0, exponential = 0, uniform = 0;
  MqRandom    random;

  mq_random_init (&random, 3, 9);
  for (guint i = 0; i < n; i++)
    {
      double x = mq_random_normal (&random);
      double u = mq_random_uniform (&random);

      g_assert_true (u >= 0 && u < 1);
      normal += x;
      normal_square += x * x;
      exponential += mq_random_exponential (&random);
      uniform += u;
    }
  g_assert_cmpfloat_with_epsilon (normal / n, 0, 6 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (normal_square / n, 1, 6 * sqrt (2.0 / n));
  g_assert_cmpfloat_with_epsilon (exponential / n, 1, 6 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (uniform / n, 0.5, 6 / sqrt (12.0 * n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/known", test_known);
  g_test_add_func ("/random/streams", test_streams);
  g_test_add_func ("/random/below", test_below);
  g_test_add_func ("/random/moments", test_moments);
  return g_test_run ();
}
