/* test-attribution-models.c: the models on paths: METHODS.md's worked examples, the axioms of Shapley against all orders
 * of arrival, Markov against its definition, and the published paths of path-data.csv. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "attribution/credit-models.h"
#include "attribution/markov.h"
#include "stats/random.h"

#define DAY (G_GINT64_CONSTANT (86400) * 1000000)

static void
assert_weights (MqCreditModel model, const guint32 *channels, const gint64 *times, guint n, const double *expected)
{
  MqCreditOptions options = { { 1, 2, 1 }, 7 * DAY };
  g_auto (MqSeenChannels) seen = { 0 };
  guint8      directs[16];
  MqTouchPath path = { channels, times, directs, n };
  double      weights[16];

  for (guint i = 0; i < n; i++)
    directs[i] = channels[i] == 3;
  mq_seen_channels_init (&seen, 16);
  mq_credit_weights (model, &options, &path, &seen, weights);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (weights[i], expected[i], 1e-12);
}

static void
test_positions (void)
{
  const guint32 channels[] = { 0, 1, 3, 1 };
  const gint64  times[] = { 0, 7 * DAY, 14 * DAY, 14 * DAY };

  assert_weights (MQ_CREDIT_FIRST, channels, times, 4, (double[]){ 1, 0, 0, 0 });
  assert_weights (MQ_CREDIT_LAST, channels, times, 3, (double[]){ 0, 0, 1 });
  assert_weights (MQ_CREDIT_LAST_NON_DIRECT, channels, times, 3, (double[]){ 0, 1, 0 });
  assert_weights (MQ_CREDIT_LAST_NON_DIRECT, channels + 2, times, 1, (double[]){ 1 });
  assert_weights (MQ_CREDIT_LINEAR, channels, times, 4, (double[]){ .25, .25, .25, .25 });
  assert_weights (MQ_CREDIT_PARTICIPATION, channels, times, 4, (double[]){ 1, 1, 1, 0 });
  assert_weights (MQ_CREDIT_SHAPLEY, channels, times, 4, (double[]){ 1 / 3., 1 / 3., 1 / 3., 0 });
  assert_weights (MQ_CREDIT_U, channels, times, 4, (double[]){ .4, .1, .1, .4 });
  assert_weights (MQ_CREDIT_U, channels, times, 2, (double[]){ .5, .5 });
  assert_weights (MQ_CREDIT_J, channels, times, 3, (double[]){ .2, .2, .6 });
  assert_weights (MQ_CREDIT_J, channels, times, 2, (double[]){ .25, .75 });
  assert_weights (MQ_CREDIT_INVERSE_J, channels, times, 3, (double[]){ .6, .2, .2 });
  assert_weights (MQ_CREDIT_INVERSE_J, channels, times, 2, (double[]){ .75, .25 });
  assert_weights (MQ_CREDIT_OWN, channels, times, 4, (double[]){ .25, .25, .25, .25 });
  /* 4, 2, 1 and 1 half-lives weigh 1/4, 1/2, 1, 1 */
  assert_weights (MQ_CREDIT_TIME_DECAY, channels, times, 4, (double[]){ .25 / 2.75, .5 / 2.75, 1 / 2.75, 1 / 2.75 });
  for (guint model = 0; model < MQ_CREDIT_MARKOV; model++)
    assert_weights (model, channels, times, 1, (double[]){ 1 });
}

static void
test_exp2 (void)
{
  MqRandom random;

  mq_random_init (&random, 1, 1);
  for (guint i = 0; i < 100000; i++)
    {
      double x = mq_random_uniform (&random) * (i % 3 == 0 ? 900 : 5);

      g_assert_cmpfloat (fabs (mq_exp2_negative (x) / exp2 (-x) - 1), <, 1e-15);
    }
  g_assert_cmpfloat (mq_exp2_negative (0), ==, 1);
  g_assert_cmpfloat (mq_exp2_negative (3), ==, 0.125);
  g_assert_cmpfloat (mq_exp2_negative (1e9), ==, 0);
}

static void
solve (const MqTransitions *transitions, guint n_channels, double *conversion, double *effects)
{
  gsize                    n;
  g_autofree MqTransition *list = mq_transitions_list (transitions, &n);
  g_autoptr (MqMarkov) markov = mq_markov_new (list, n, n_channels);
  g_autoptr (GError) error = NULL;

  g_assert_true (mq_markov_solve (markov, NULL, conversion, effects, NULL, &error));
  g_assert_no_error (error);
}

static void
test_markov_worked (void)
{
  g_autoptr (MqTransitions) transitions = mq_transitions_new (3, 1);
  double conversion, effects[3];

  mq_transitions_add_path (transitions, (guint32[]){ 0, 1 }, 2, TRUE, 2);
  mq_transitions_add_path (transitions, (guint32[]){ 0 }, 1, FALSE, 3);
  mq_transitions_add_path (transitions, (guint32[]){ 1 }, 1, TRUE, 1);
  mq_transitions_add_path (transitions, (guint32[]){ 2, 0 }, 2, TRUE, 1);
  mq_transitions_add_path (transitions, (guint32[]){ 2 }, 1, FALSE, 2);
  solve (transitions, 3, &conversion, effects);
  g_assert_cmpfloat_with_epsilon (conversion, 4 / 9., 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[0], 3 / 4., 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[1], 3 / 4., 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[2], 1 / 8., 1e-14);
}

static void
test_markov_three_paths (void)
{
  g_autoptr (MqTransitions) transitions = mq_transitions_new (3, 1);
  double conversion, effects[3];

  mq_transitions_add_path (transitions, (guint32[]){ 0, 1, 2 }, 3, TRUE, 1);
  mq_transitions_add_path (transitions, (guint32[]){ 0 }, 1, FALSE, 1);
  mq_transitions_add_path (transitions, (guint32[]){ 1, 2 }, 2, FALSE, 1);
  solve (transitions, 3, &conversion, effects);
  g_assert_cmpfloat_with_epsilon (conversion, 1 / 3., 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[0], .5, 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[1], 1, 1e-14);
  g_assert_cmpfloat_with_epsilon (effects[2], 1, 1e-14);
}

#define MAX_LENGTH 4
#define N_PATHS 40

typedef struct
{
  guint32  channels[MAX_LENGTH];
  guint    n;
  gboolean converted;
} Path;

static void
make_paths (MqRandom *random, guint n_channels, Path *paths)
{
  for (guint i = 0; i < N_PATHS; i++)
    {
      paths[i].n = 1 + mq_random_below (random, MAX_LENGTH);
      for (guint j = 0; j < paths[i].n; j++)
        paths[i].channels[j] = mq_random_below (random, n_channels);
      paths[i].converted = mq_random_below (random, 3) == 0;
    }
  paths[0].converted = TRUE;
}

static gboolean
has_channel (const Path *path, guint32 channel)
{
  for (guint i = 0; i < path->n; i++)
    if (path->channels[i] == channel)
      return TRUE;
  return FALSE;
}

static void
add_paths (MqTransitions *transitions, const Path *paths)
{
  for (guint i = 0; i < N_PATHS; i++)
    mq_transitions_add_path (transitions, paths[i].channels, paths[i].n, paths[i].converted, 1);
}

/* A state that holds the whole path remembers everything: the effect is the share of the conversions that hold the channel. */
static void
test_markov_longest (void)
{
  MqRandom random;

  mq_random_init (&random, 2, 1);
  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (MqTransitions) transitions = mq_transitions_new (5, MAX_LENGTH);
      Path   paths[N_PATHS];
      double conversion, effects[5];
      guint  n = 0;

      make_paths (&random, 5, paths);
      add_paths (transitions, paths);
      solve (transitions, 5, &conversion, effects);
      for (guint i = 0; i < N_PATHS; i++)
        n += paths[i].converted;
      g_assert_cmpfloat_with_epsilon (conversion, (double) n / N_PATHS, 1e-12);
      for (guint c = 0; c < 5; c++)
        {
          guint held = 0;

          for (guint i = 0; i < N_PATHS; i++)
            held += paths[i].converted && has_channel (&paths[i], c);
          g_assert_cmpfloat_with_epsilon (effects[c], (double) held / n, 1e-12);
        }
    }
}

/* The definition, slowly: probabilities pushed along the steps until none is left. */
static double
push (const MqTransition *list, gsize n, guint n_channels, guint32 removed, guint order)
{
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  guint64 mask = (G_GUINT64_CONSTANT (1) << 16 * order) - 1;
  double  conversion = 0;

  g_hash_table_insert (now, g_memdup2 (&(guint64){ 0 }, 8), g_memdup2 (&(double){ 1 }, 8));
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GHashTable) next = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

      for (gsize i = 0; i < n; i++)
        {
          double *mass = g_hash_table_lookup (now, &list[i].state), *target, sum = 0, part;
          guint64 state = (list[i].state << 16 | (list[i].to + 1)) & mask;

          if (mass == NULL)
            continue;
          for (gsize j = 0; j < n; j++)
            sum += list[j].state == list[i].state ? list[j].count : 0;
          part = *mass * list[i].count / sum;
          if (list[i].to == n_channels)
            conversion += part;
          if (list[i].to >= n_channels || list[i].to == removed)
            continue;
          target = g_hash_table_lookup (next, &state);
          if (target != NULL)
            *target += part;
          else
            g_hash_table_insert (next, g_memdup2 (&state, 8), g_memdup2 (&part, 8));
        }
      if (g_hash_table_size (next) == 0)
        break;
      g_hash_table_unref (g_steal_pointer (&now));
      now = g_steal_pointer (&next);
    }
  return conversion;
}

static void
check_pushed (MqRandom *random, guint n_channels, guint order, guint tested)
{
  g_autoptr (MqTransitions) transitions = mq_transitions_new (n_channels, order);
  g_autoptr (MqTransitions) half = mq_transitions_new (n_channels, order);
  g_autofree MqTransition *list = NULL;
  g_autofree double       *effects = g_new (double, n_channels);
  Path                     paths[N_PATHS];
  double                   conversion;
  gsize                    n;

  make_paths (random, n_channels, paths);
  add_paths (half, paths);
  make_paths (random, n_channels, paths);
  add_paths (transitions, paths);
  mq_transitions_add_all (transitions, half);
  list = mq_transitions_list (transitions, &n);
  solve (transitions, n_channels, &conversion, effects);
  g_assert_cmpfloat_with_epsilon (conversion, push (list, n, n_channels, G_MAXUINT32, order), 1e-12);
  for (guint c = 0; c < tested; c++)
    g_assert_cmpfloat_with_epsilon (effects[c], 1 - push (list, n, n_channels, c, order) / conversion, 1e-11);
}

static void
test_markov_definition (void)
{
  MqRandom random;

  mq_random_init (&random, 3, 1);
  for (guint round = 0; round < 2; round++)
    for (guint order = 1; order <= 3; order++)
      {
        check_pushed (&random, 4, order, 4);
        check_pushed (&random, 90, order, 3); /* too many states for elimination */
      }
}

/* v(S) = conversions whose channels are all in S; the Shapley value over all orders of arrival. */
static double
count_inside (const Path *paths, guint set)
{
  double n = 0;

  for (guint i = 0; i < N_PATHS; i++)
    {
      guint held = 0;

      for (guint j = 0; j < paths[i].n; j++)
        held |= 1u << paths[i].channels[j];
      n += paths[i].converted && (held & ~set) == 0;
    }
  return n;
}

static void
arrive (const Path *paths, guint n_channels, guint set, double weight, double *credits)
{
  guint left = n_channels - __builtin_popcount (set);

  for (guint c = 0; c < n_channels; c++)
    if ((set >> c & 1) == 0)
      {
        credits[c] += weight / left * (count_inside (paths, set | 1u << c) - count_inside (paths, set));
        arrive (paths, n_channels, set | 1u << c, weight / left, credits);
      }
}

static void
test_shapley_all_orders (void)
{
  MqCreditOptions options = { { 1, 1, 1 }, DAY };
  g_auto (MqSeenChannels) seen = { 0 };
  MqRandom random;

  mq_random_init (&random, 4, 1);
  mq_seen_channels_init (&seen, 5);
  for (guint round = 0; round < 20; round++)
    {
      Path   paths[N_PATHS];
      double brute[5] = { 0 }, credits[5] = { 0 }, weights[MAX_LENGTH];

      make_paths (&random, 5, paths);
      arrive (paths, 5, 0, 1, brute);
      for (guint i = 0; i < N_PATHS; i++)
        if (paths[i].converted)
          {
            MqTouchPath path = { paths[i].channels, (gint64[MAX_LENGTH]){ 0 }, (guint8[MAX_LENGTH]){ 0 }, paths[i].n };

            mq_credit_weights (MQ_CREDIT_SHAPLEY, &options, &path, &seen, weights);
            for (guint j = 0; j < paths[i].n; j++)
              credits[paths[i].channels[j]] += weights[j];
          }
      for (guint c = 0; c < 5; c++)
        g_assert_cmpfloat_with_epsilon (credits[c], brute[c], 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attribution-models/positions", test_positions);
  g_test_add_func ("/attribution-models/exp2", test_exp2);
  g_test_add_func ("/attribution-models/markov-worked", test_markov_worked);
  g_test_add_func ("/attribution-models/markov-three-paths", test_markov_three_paths);
  g_test_add_func ("/attribution-models/markov-longest", test_markov_longest);
  g_test_add_func ("/attribution-models/markov-definition", test_markov_definition);
  g_test_add_func ("/attribution-models/shapley-all-orders", test_shapley_all_orders);
  return g_test_run ();
}
