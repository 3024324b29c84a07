/* test-survival.c: Wilson's interval against published figures, Kaplan-Meier against a published set. */

#include <math.h>

#include "stats/interval.h"
#include "stats/kaplan-meier.h"

static void
check_wilson (double hits, double n, double expected_low, double expected_high)
{
  double low, high;

  mq_wilson (hits / n, n, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, expected_low, 5e-5);
  g_assert_cmpfloat_with_epsilon (high, expected_high, 5e-5);
}

/* Newcombe 1998, Statistics in Medicine 17, table I, method 3. */
static void
test_wilson (void)
{
  double low, high;

  check_wilson (81, 263, 0.2553, 0.3662);
  check_wilson (15, 148, 0.0624, 0.1605);
  check_wilson (0, 20, 0, 0.1611);
  check_wilson (1, 29, 0.0061, 0.1718);
  check_wilson (29, 29, 0.8830, 1);
  mq_wilson (NAN, 0, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

/* Weeks of remission under 6-MP (Freireich 1963; Kalbfleisch and Prentice, section 1.3). */
static void
test_kaplan_meier (void)
{
  static const MqSurvivalCount counts[] = {
    { 6, 3, 1 },
    { 7, 1, 0 },
    { 9, 0, 1 },
    { 10, 1, 1 },
    { 11, 0, 1 },
    { 13, 1, 0 },
    { 16, 1, 0 },
    { 17, 0, 1 },
    { 19, 0, 1 },
    { 20, 0, 1 },
    { 22, 1, 0 },
    { 23, 1, 0 },
    { 25, 0, 1 },
    { 32, 0, 2 },
    { 34, 0, 1 },
    { 35, 0, 1 },
  };
  static const double survival[] = { .8571, .8067, .8067, .7529, .7529, .6902, .6275, .6275, .6275, .6275, .5378, .4482, .4482, .4482, .4482, .4482 };
  static const double deviation[] = { .0764, .0869, .0869, .0963, .0963, .1068, .1141, .1141, .1141, .1141, .1282, .1346, .1346, .1346, .1346, .1346 };
  MqSurvival          curve[G_N_ELEMENTS (counts)];

  mq_kaplan_meier (counts, G_N_ELEMENTS (counts), curve);
  g_assert_cmpint (curve[0].at_risk, ==, 21);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_assert_cmpfloat_with_epsilon (curve[i].survival, survival[i], 5.1e-5);
      g_assert_cmpfloat_with_epsilon (curve[i].survival * sqrt (curve[i].greenwood), deviation[i], 5.1e-5);
    }
}

/* Where nobody leaves early, the chance is a plain proportion with Wilson's interval. */
static void
test_chance (void)
{
  static const MqSurvivalCount counts[] = { { 1, 40, 0 }, { 2, 15, 0 }, { 3, 45, 0 } };
  MqSurvival                   curve[3];
  double                       low, high, wilson_low, wilson_high;

  mq_kaplan_meier (counts, 3, curve);
  g_assert_cmpfloat_with_epsilon (mq_survival_chance (&curve[0], &curve[1], 60, &low, &high), 0.25, 1e-12);
  mq_wilson (0.25, 60, &wilson_low, &wilson_high);
  g_assert_cmpfloat_with_epsilon (low, wilson_low, 1e-12);
  g_assert_cmpfloat_with_epsilon (high, wilson_high, 1e-12);
  g_assert_cmpfloat_with_epsilon (mq_survival_chance (NULL, &curve[0], 100, &low, &high), 0.4, 1e-12);
  g_assert_cmpfloat (mq_survival_chance (&curve[1], &curve[2], 45, &low, &high), ==, 1);
  g_assert_cmpfloat (high, ==, 1);
  g_assert_true (isnan (mq_survival_chance (&curve[2], &curve[2], 0, &low, &high)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/survival/wilson", test_wilson);
  g_test_add_func ("/survival/kaplan-meier", test_kaplan_meier);
  g_test_add_func ("/survival/chance", test_chance);
  return g_test_run ();
}
