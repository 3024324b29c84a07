/* test-rfm-score.c: scores against the definition itself (count the worse, by hand and by brute force). */

#include "rfm/rfm-score.h"

/* The definition in METHODS.md, word for word. */
static guint
score_by_definition (const gint64 *values, gsize n, gsize i, guint k, gboolean descending)
{
  gsize worse = 0;

  for (gsize j = 0; j < n; j++)
    worse += descending ? values[j] > values[i] : values[j] < values[i];
  return MIN (k, 1 + (guint) (k * worse / n));
}

static void
check_values (const gint64 *values, gsize n)
{
  for (guint k = 2; k <= MQ_SCORES_MAX; k++)
    {
      MqScores scores;
      g_autoptr (GError) error = NULL;

      g_assert_true (mq_scores_from_values (&scores, k, values, n, &error));
      g_assert_no_error (error);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpuint (mq_score (&scores, values[i]), ==, score_by_definition (values, n, i, k, FALSE));
    }
}

static void
check_counts (const gint64 *values, gsize n, gsize n_values, gboolean descending)
{
  g_autofree guint32 *counts = g_new0 (guint32, n_values);

  for (gsize i = 0; i < n; i++)
    counts[values[i]]++;
  for (guint k = 2; k <= MQ_SCORES_MAX; k++)
    {
      MqScores scores;

      mq_scores_from_counts (&scores, k, counts, n_values, descending);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpuint (mq_score (&scores, descending ? -values[i] : values[i]), ==, score_by_definition (values, n, i, k, descending));
    }
}

static void
test_by_hand (void)
{
  /* Five of ten bought once: 0 are worse, score 1. One bought twice: 5 of 10 worse, 1 + floor (5 * 0.5) = 3. */
  static const guint32 counts[] = { 0, 5, 1, 2, 0, 1, 0, 0, 0, 1 };
  static const guint   expected[] = { 0, 1, 3, 4, 0, 5, 0, 0, 0, 5 };
  MqScores             scores;

  mq_scores_from_counts (&scores, 5, counts, G_N_ELEMENTS (counts), FALSE);
  for (guint value = 1; value < G_N_ELEMENTS (counts); value++)
    if (counts[value] > 0)
      g_assert_cmpuint (mq_score (&scores, value), ==, expected[value]);
  g_assert_true (mq_scores_most_have_lowest (counts, G_N_ELEMENTS (counts)));
}

static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      gsize              n = g_test_rand_int_range (1, 120);
      gint32             top = g_test_rand_int_range (1, 60);
      g_autofree gint64 *values = g_new (gint64, n);

      for (gsize i = 0; i < n; i++)
        values[i] = g_test_rand_int_range (0, top);
      check_values (values, n);
      check_counts (values, n, top, FALSE);
      check_counts (values, n, top, TRUE);
      for (gsize i = 0; i < n; i++)
        values[i] = (values[i] - top / 2) * 1234567;
      check_values (values, n);
    }
}

static void
test_extremes (void)
{
  static const gint64 values[] = { G_MININT64 + 1, -1, 0, 0, 1, G_MAXINT64 - 1, 1, -1, 9007199254740993, 9007199254740992, 9007199254740994 };
  static const gint64 equal[] = { 7, 7, 7, 7 };
  static const gint64 one[] = { -3 };

  check_values (values, G_N_ELEMENTS (values));
  check_values (equal, G_N_ELEMENTS (equal));
  check_values (one, 1);
}

static void
test_cuts (void)
{
  static const gint64 recency[] = { 30, 60, 90, 180 };
  MqScores            scores;

  mq_scores_from_cuts (&scores, recency, 4, TRUE);
  g_assert_cmpuint (scores.k, ==, 5);
  g_assert_cmpuint (mq_score (&scores, 0), ==, 5);
  g_assert_cmpuint (mq_score (&scores, -30), ==, 5);
  g_assert_cmpuint (mq_score (&scores, -31), ==, 4);
  g_assert_cmpuint (mq_score (&scores, -90), ==, 3);
  g_assert_cmpuint (mq_score (&scores, -180), ==, 2);
  g_assert_cmpuint (mq_score (&scores, -181), ==, 1);

  mq_scores_frequency_default (&scores);
  for (gint64 orders = 1; orders < 9; orders++)
    g_assert_cmpuint (mq_score (&scores, orders), ==, orders <= 3 ? orders : orders <= 5 ? 4
                                                                                         : 5);
}

static void
test_forty_percent (void)
{
  static const guint32 exactly[] = { 0, 0, 4, 6 };
  static const guint32 above[] = { 0, 0, 41, 59 };

  g_assert_false (mq_scores_most_have_lowest (exactly, G_N_ELEMENTS (exactly)));
  g_assert_true (mq_scores_most_have_lowest (above, G_N_ELEMENTS (above)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rfm-score/by-hand", test_by_hand);
  g_test_add_func ("/rfm-score/random", test_random);
  g_test_add_func ("/rfm-score/extremes", test_extremes);
  g_test_add_func ("/rfm-score/cuts", test_cuts);
  g_test_add_func ("/rfm-score/forty-percent", test_forty_percent);
  return g_test_run ();
}
