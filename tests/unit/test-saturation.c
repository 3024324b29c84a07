/* test-saturation.c: the line through the logarithms against figures computed apart, and what it refuses to say. */

#include "config.h"

#include <math.h>

#include "attribution/saturation.h"
#include "stats/interval.h"

#define N 14

static const double spend[N] = { 100, 120, 90, 150, 200, 170, 80, 60, 130, 210, 240, 110, 95, 160 };

static void
test_power (void)
{
  double       value[N];
  MqSaturation fit;

  for (guint i = 0; i < N; i++)
    value[i] = 3 * pow (spend[i], 0.6);
  mq_saturation_fit (spend, value, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_SEEN);
  g_assert_cmpfloat_with_epsilon (fit.elasticity, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (fit.low, 0.6, 1e-6);
  g_assert_cmpfloat_with_epsilon (fit.high, 0.6, 1e-6);
  g_assert_cmpuint (fit.n, ==, N);
  g_assert_cmpfloat (fit.least_spend, ==, 60);
  g_assert_cmpfloat (fit.most_spend, ==, 240);
}

/* Student's t: published tables. */
static void
test_student (void)
{
  g_assert_cmpfloat_with_epsilon (mq_student_quantile (6), 2.4469, 1e-2);
  g_assert_cmpfloat_with_epsilon (mq_student_quantile (12), 2.1788, 1e-3);
  g_assert_cmpfloat_with_epsilon (mq_student_quantile (30), 2.0423, 1e-4);
  g_assert_cmpfloat_with_epsilon (mq_student_quantile (1e9), 1.959964, 1e-6);
}

static void
test_noise (void)
{
  static const double value[N] = { 500, 565, 497, 637, 716, 637, 426, 368, 555, 730, 804, 550, 505, 635 };
  MqSaturation        fit;

  mq_saturation_fit (spend, value, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_SEEN);
  g_assert_cmpfloat_with_epsilon (fit.elasticity, 0.528160290195, 1e-9);
  g_assert_cmpfloat_with_epsilon (fit.low, 0.47756583, 1e-4);
  g_assert_cmpfloat_with_epsilon (fit.high, 0.57875475, 1e-4);
}

static void
test_refusals (void)
{
  double       value[N], same[N], follows[N];
  MqSaturation fit;

  for (guint i = 0; i < N; i++)
    {
      value[i] = i % 3 == 0 ? 50 : i % 3 == 1 ? 70
                                              : 40;
      same[i] = 100 + i % 2;
      follows[i] = 2 * spend[i];
    }
  mq_saturation_fit (spend, value, MQ_SATURATION_PERIODS - 1, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_FEW);
  g_assert_true (isnan (fit.elasticity));
  mq_saturation_fit (same, value, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_STEADY);
  mq_saturation_fit (spend, value, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_LOOSE);
  mq_saturation_fit (spend, follows, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_NONE);
  /* Periods without value say nothing of the logarithm. */
  for (guint i = 0; i < 3; i++)
    follows[i] = 0;
  mq_saturation_fit (spend, follows, N, &fit);
  g_assert_cmpint (fit.state, ==, MQ_SATURATION_FEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saturation/power", test_power);
  g_test_add_func ("/saturation/student", test_student);
  g_test_add_func ("/saturation/noise", test_noise);
  g_test_add_func ("/saturation/refusals", test_refusals);
  return g_test_run ();
}
