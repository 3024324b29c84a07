/* test-attribution-properties.c: what must hold whatever the paths: Shapley's axioms, sums of weights, runs counted at once
 * as counted one by one, and plain journeys as those that are copied. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "attribution/journey.h"
#include "attribution/markov.h"
#include "stats/random.h"

#define N_CHANNELS 6
#define MOST 12
#define N_PATHS 30
#define HOUR (G_GINT64_CONSTANT (3600) * 1000000)

typedef struct
{
  guint32 channels[MOST];
  gint64  times[MOST];
  guint8  directs[MOST];
  guint   n;
} Path;

static void
make_path (MqRandom *random, guint n_channels, Path *path)
{
  gint64 time = 0;

  path->n = 1 + mq_random_below (random, MOST);
  for (guint i = 0; i < path->n; i++)
    {
      time += mq_random_below (random, 40) * HOUR;
      path->channels[i] = mq_random_below (random, n_channels);
      path->times[i] = time;
      path->directs[i] = path->channels[i] == 0;
    }
}

static void
weigh (MqCreditModel model, const Path *path, MqSeenChannels *seen, double *weights)
{
  MqCreditOptions options = { { 3, 1, 2 }, 24 * HOUR };
  MqTouchPath     touches = { path->channels, path->times, path->directs, path->n };

  mq_credit_weights (model, &options, &touches, seen, weights);
}

/* What channels get over all paths, each worth `values` conversions. */
static void
credit (const Path *paths, const double *values, double *credits)
{
  g_auto (MqSeenChannels) seen = { 0 };
  double weights[MOST];

  mq_seen_channels_init (&seen, N_CHANNELS);
  memset (credits, 0, N_CHANNELS * sizeof *credits);
  for (guint i = 0; i < N_PATHS; i++)
    {
      weigh (MQ_CREDIT_SHAPLEY, &paths[i], &seen, weights);
      for (guint j = 0; j < paths[i].n; j++)
        credits[paths[i].channels[j]] += weights[j] * values[i];
    }
}

/* Efficiency: all is given. Null player: who is in no path gets nothing. Linearity: the credits of two games added are
 * those of the sum. */
static void
test_axioms (void)
{
  MqRandom random;

  mq_random_init (&random, 5, 1);
  for (guint round = 0; round < 200; round++)
    {
      Path   paths[N_PATHS];
      double one[N_PATHS], two[N_PATHS], both[N_PATHS], a[N_CHANNELS], b[N_CHANNELS], c[N_CHANNELS], sum = 0, total = 0;

      for (guint i = 0; i < N_PATHS; i++)
        {
          make_path (&random, N_CHANNELS - 1, &paths[i]);
          one[i] = mq_random_uniform (&random);
          two[i] = mq_random_uniform (&random);
          both[i] = one[i] + two[i];
          total += one[i];
        }
      credit (paths, one, a);
      credit (paths, two, b);
      credit (paths, both, c);
      for (guint k = 0; k < N_CHANNELS; k++)
        {
          sum += a[k];
          g_assert_cmpfloat_with_epsilon (a[k] + b[k], c[k], 1e-9);
        }
      g_assert_cmpfloat_with_epsilon (sum, total, 1e-9);
      g_assert_cmpfloat (a[N_CHANNELS - 1], ==, 0);
    }
}

/* Symmetry: two channels that change places in every path change credits; where they always stand together they are equal. */
static void
test_symmetry (void)
{
  MqRandom random;

  mq_random_init (&random, 6, 1);
  for (guint round = 0; round < 200; round++)
    {
      Path   paths[N_PATHS], swapped[N_PATHS];
      double ones[N_PATHS], a[N_CHANNELS], b[N_CHANNELS];

      for (guint i = 0; i < N_PATHS; i++)
        {
          ones[i] = 1;
          make_path (&random, N_CHANNELS, &paths[i]);
          swapped[i] = paths[i];
          for (guint j = 0; j < paths[i].n; j++)
            if (paths[i].channels[j] <= 1)
              swapped[i].channels[j] = 1 - paths[i].channels[j];
        }
      credit (paths, ones, a);
      credit (swapped, ones, b);
      g_assert_cmpfloat_with_epsilon (a[0], b[1], 1e-9);
      g_assert_cmpfloat_with_epsilon (a[1], b[0], 1e-9);
      g_assert_cmpfloat_with_epsilon (a[3], b[3], 1e-9);
    }
}

/* The weights of a path add up to 1; a model that gives all to one touch says so where asked. */
static void
test_sums (void)
{
  g_auto (MqSeenChannels) seen = { 0 };
  MqRandom random;

  mq_random_init (&random, 7, 1);
  mq_seen_channels_init (&seen, N_CHANNELS);
  for (guint round = 0; round < 2000; round++)
    for (MqCreditModel model = 0; model < MQ_CREDIT_MARKOV; model++)
      {
        Path        path;
        double      weights[MOST], sum = 0;
        guint       single;
        MqTouchPath touches = { path.channels, path.times, path.directs, 0 };

        make_path (&random, N_CHANNELS, &path);
        touches.n = path.n;
        weigh (model, &path, &seen, weights);
        for (guint i = 0; i < path.n; i++)
          sum += weights[i];
        if (model != MQ_CREDIT_PARTICIPATION)
          g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
        if (mq_credit_single (model, &touches, &single))
          g_assert_cmpfloat_with_epsilon (weights[single], 1, 1e-12);
      }
}

static void
fill_journey (MqJourney *journey, const Path *path, const gint64 *conversions, guint n, gboolean plain)
{
  mq_journey_reset (journey);
  journey->plain = plain;
  g_assert_true (mq_journey_make_room (journey, path->n));
  for (guint i = 0; i < path->n; i++)
    if (plain)
      {
        journey->channels[i] = path->channels[i];
        journey->times[i] = path->times[i];
        journey->directs[i] = path->directs[i];
      }
    else
      mq_journey_add_touch (journey, &(MqTouch){ .time = path->times[i], .row = i, .channel = path->channels[i], .direct = path->directs[i] });
  journey->n_touches = path->n;
  for (guint i = 0; i < n; i++)
    mq_journey_add_conversion (journey, (MqConversion){ .time = conversions[i], .row = i, .counts = TRUE }, NULL);
}

static void
assert_same_path (const MqTouchPath *a, const MqTouchPath *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  for (guint i = 0; i < a->n; i++)
    g_assert_true (a->channels[i] == b->channels[i] && a->times[i] == b->times[i] && a->directs[i] == b->directs[i]);
}

static void
test_plain (void)
{
  g_auto (MqJourney) plain = { 0 };
  g_auto (MqJourney) copied = { 0 };
  MqRandom random;

  mq_random_init (&random, 9, 1);
  for (guint round = 0; round < 3000; round++)
    {
      MqWindowRule rule = { .lookback = (1 + mq_random_below (&random, 90)) * HOUR, .since_last = mq_random_below (&random, 2), .as_of = 500 * HOUR, .from = MQ_TIME_MISSING, .to = 500 * HOUR };
      Path         path;
      gint64       conversions[4], time = 0;
      guint        n = mq_random_below (&random, 5), first = 0, other = 0;
      MqTouchPath  a, b;
      MqRunState   one, two;

      make_path (&random, N_CHANNELS, &path);
      for (guint i = 0; i < n; i++)
        conversions[i] = time += mq_random_below (&random, 120) * HOUR;
      fill_journey (&plain, &path, conversions, n, TRUE);
      fill_journey (&copied, &path, conversions, n, FALSE);
      for (guint i = 0; i < n; i++)
        {
          a = mq_journey_path (&plain, i, &rule, &first, NULL);
          b = mq_journey_path (&copied, i, &rule, &other, NULL);
          assert_same_path (&a, &b);
        }
      first = other = 0;
      while (mq_journey_next_run (&plain, &rule, &first, &a, &one))
        {
          g_assert_true (mq_journey_next_run (&copied, &rule, &other, &b, &two));
          assert_same_path (&a, &b);
          g_assert_cmpint (one, ==, two);
        }
      g_assert_false (mq_journey_next_run (&copied, &rule, &other, &b, &two));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attribution-properties/axioms", test_axioms);
  g_test_add_func ("/attribution-properties/symmetry", test_symmetry);
  g_test_add_func ("/attribution-properties/sums", test_sums);
  g_test_add_func ("/attribution-properties/plain", test_plain);
  return g_test_run ();
}
