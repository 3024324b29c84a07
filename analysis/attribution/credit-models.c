/* credit-models.c: the models that look at one path at a time. */

#include "config.h"

#include "attribution/credit-models.h"

#include <string.h>

#define STEPS 64 /* of the table of powers of two */

/* Weights of the first touch, of all between together, and of the last. */
static const double positions[MQ_N_CREDIT_MODELS][3] = {
  [MQ_CREDIT_U] = { 0.4, 0.2, 0.4 },
  [MQ_CREDIT_J] = { 0.2, 0.2, 0.6 },
  [MQ_CREDIT_INVERSE_J] = { 0.6, 0.2, 0.2 },
};

static const char *const names[MQ_N_CREDIT_MODELS] = {
  [MQ_CREDIT_FIRST] = "first",
  [MQ_CREDIT_LAST] = "last",
  [MQ_CREDIT_LAST_NON_DIRECT] = "last-non-direct",
  [MQ_CREDIT_LINEAR] = "linear",
  [MQ_CREDIT_PARTICIPATION] = "participation",
  [MQ_CREDIT_U] = "u",
  [MQ_CREDIT_J] = "j",
  [MQ_CREDIT_INVERSE_J] = "inverse-j",
  [MQ_CREDIT_OWN] = "own",
  [MQ_CREDIT_TIME_DECAY] = "time-decay",
  [MQ_CREDIT_SHAPLEY] = "shapley",
  [MQ_CREDIT_MARKOV] = "markov",
};

static void
give_all (double *weights, guint n, guint index)
{
  memset (weights, 0, n * sizeof *weights);
  weights[index] = 1;
}

static guint
find_last_non_direct (const MqTouchPath *path)
{
  for (guint i = path->n; i > 0; i--)
    if (!path->directs[i - 1])
      return i - 1;
  return path->n - 1;
}

static void
give_by_position (const double shares[3], guint n, double *weights)
{
  double ends = shares[0] + shares[2];

  if (n == 1)
    weights[0] = 1;
  else if (n == 2)
    {
      weights[0] = ends > 0 ? shares[0] / ends : 0.5;
      weights[1] = 1 - weights[0];
    }
  else
    {
      double sum = ends + shares[1];

      for (guint i = 1; i < n - 1; i++)
        weights[i] = shares[1] / sum / (n - 2);
      weights[0] = shares[0] / sum;
      weights[n - 1] = shares[2] / sum;
    }
}

static void
give_by_age (gint64 half_life, const gint64 *times, guint n, double *weights)
{
  double sum = 0;

  weights[n - 1] = 1;
  for (guint i = 0; i < n - 1; i++)
    {
      weights[i] = mq_exp2_negative ((double) (times[n - 1] - times[i]) / half_life);
      sum += weights[i];
    }
  sum += 1;
  for (guint i = 0; i < n; i++)
    weights[i] /= sum;
}

/* Marks the first touch of each distinct channel with 1, all others with 0; returns how many there are. */
static guint
mark_distinct (const MqTouchPath *path, MqSeenChannels *seen, double *weights)
{
  guint distinct = 0;

  if (++seen->stamp == 0)
    {
      memset (seen->stamps, 0, seen->n_channels * sizeof *seen->stamps);
      seen->stamp = 1;
    }
  for (guint i = 0; i < path->n; i++)
    {
      guint32 *stamp = &seen->stamps[path->channels[i]];

      weights[i] = *stamp != seen->stamp;
      distinct += *stamp != seen->stamp;
      *stamp = seen->stamp;
    }
  return distinct;
}

void
mq_seen_channels_init (MqSeenChannels *self, guint n_channels)
{
  *self = (MqSeenChannels){ g_new0 (guint32, MAX (n_channels, 1)), n_channels, 0 };
}

void
mq_seen_channels_clear (MqSeenChannels *self)
{
  g_clear_pointer (&self->stamps, g_free);
}

gboolean
mq_touch_path_has_tie (const MqTouchPath *path)
{
  for (guint i = 1; i < path->n; i++)
    if (path->times[i] == path->times[i - 1] && path->channels[i] != path->channels[i - 1])
      return TRUE;
  return FALSE;
}

const char *
mq_credit_model_name (MqCreditModel model)
{
  return names[model];
}

gboolean
mq_credit_model_find (const char *name, MqCreditModel *model)
{
  for (guint i = 0; i < MQ_N_CREDIT_MODELS; i++)
    if (g_str_equal (names[i], name))
      {
        *model = i;
        return TRUE;
      }
  return FALSE;
}

/* 2^-x = 2^-whole * 2^-(step / STEPS) * e^-r with r < ln 2 / STEPS, the last by its series. */
double
mq_exp2_negative (double x)
{
  static gsize  ready;
  static double table[STEPS];
  int           whole, step;
  double        r;
  union
  {
    guint64 bits;
    double  value;
  } scale;

  if (g_once_init_enter (&ready))
    {
      /* Square roots are exact to the last place everywhere: 2^-1/2, 2^-1/4 … */
      double roots[6], power = 0.5;

      for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
        roots[i] = power = __builtin_sqrt (power);
      for (guint i = 0; i < STEPS; i++)
        {
          table[i] = 1;
          for (guint bit = 0; bit < G_N_ELEMENTS (roots); bit++)
            if (i & (STEPS >> 1 >> bit))
              table[i] *= roots[bit];
        }
      g_once_init_leave (&ready, 1);
    }
  if (!(x < 1020))
    return 0;
  whole = (int) x;
  step = (int) ((x - whole) * STEPS);
  r = (x - whole - (double) step / STEPS) * -0.69314718055994530942;
  scale.bits = (guint64) (1023 - whole) << 52;
  return scale.value * table[step] * (1 + r * (1 + r * (1 / 2. + r * (1 / 6. + r * (1 / 24. + r * (1 / 120. + r / 720.))))));
}

gboolean
mq_credit_single (MqCreditModel model, const MqTouchPath *path, guint *index)
{
  if (path->n == 1 || model == MQ_CREDIT_FIRST)
    *index = 0;
  else if (model == MQ_CREDIT_LAST)
    *index = path->n - 1;
  else if (model == MQ_CREDIT_LAST_NON_DIRECT)
    *index = find_last_non_direct (path);
  else
    return FALSE;
  return TRUE;
}

void
mq_credit_weights (MqCreditModel model, const MqCreditOptions *options, const MqTouchPath *path, MqSeenChannels *seen, double *weights)
{
  guint n = path->n;
  guint distinct;

  switch (model)
    {
    case MQ_CREDIT_FIRST:
      give_all (weights, n, 0);
      break;
    case MQ_CREDIT_LAST:
      give_all (weights, n, n - 1);
      break;
    case MQ_CREDIT_LAST_NON_DIRECT:
      give_all (weights, n, find_last_non_direct (path));
      break;
    case MQ_CREDIT_LINEAR:
      for (guint i = 0; i < n; i++)
        weights[i] = 1. / n;
      break;
    case MQ_CREDIT_U:
    case MQ_CREDIT_J:
    case MQ_CREDIT_INVERSE_J:
      give_by_position (positions[model], n, weights);
      break;
    case MQ_CREDIT_OWN:
      give_by_position (options->own, n, weights);
      break;
    case MQ_CREDIT_TIME_DECAY:
      give_by_age (options->half_life, path->times, n, weights);
      break;
    case MQ_CREDIT_PARTICIPATION:
      mark_distinct (path, seen, weights);
      break;
    case MQ_CREDIT_SHAPLEY:
      distinct = mark_distinct (path, seen, weights);
      for (guint i = 0; i < n; i++)
        weights[i] /= distinct;
      break;
    case MQ_CREDIT_MARKOV:
    case MQ_N_CREDIT_MODELS:
    default:
      g_assert_not_reached ();
    }
}
