/* markov.c: the probability of conversion with and without each channel. A small network is solved by elimination, a
 * large sparse one by sweeps (Gauss-Seidel) until nothing moves: the matrix is substochastic, so they converge from below. */

#include "config.h"

#include "attribution/markov.h"

#include <math.h>
#include <string.h>

#define DENSE_STATES 64
#define MAX_SWEEPS 1000000
#define SETTLED 1e-15 /* change in a sweep against the largest probability */
#define CHANNEL_BITS 16

typedef struct
{
  guint32 first; /* index of the state's first transition */
  guint32 end;
} State;

struct _MqMarkov
{
  guint               n_channels;
  const MqTransition *list; /* (borrowed) */
  gsize               n;
  State              *states; /* (owned) in the order of the list: START is the first */
  guint               n_states;
  guint32            *targets; /* (owned) by transition: the state it leads to, or TO_CONVERSION, TO_NULL */
  guint64            *holds;   /* (owned) by state: its packed channels */
  double             *p;       /* (owned) by transition */
  double             *h;       /* (owned) by state: probability of conversion */
  guint8             *gone;    /* (owned) by state: removed */
  double             *matrix;  /* (owned) (nullable) room for elimination */
};

#define TO_CONVERSION G_MAXUINT32
#define TO_NULL (G_MAXUINT32 - 1)

static guint64
step_state (guint64 state, guint32 channel, guint64 mask)
{
  return (state << CHANNEL_BITS | (channel + 1)) & mask;
}

/* The widest state says the order. */
static guint64
find_mask (const MqTransition *list, gsize n)
{
  guint order = 1;

  for (gsize i = 0; i < n; i++)
    {
      guint32 channels[MQ_MARKOV_MAX_ORDER];

      order = MAX (order, mq_markov_state_channels (list[i].state, channels));
    }
  return order == MQ_MARKOV_MAX_ORDER ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << CHANNEL_BITS * order) - 1;
}

static void
find_states (MqMarkov *self, GHashTable *index)
{
  for (gsize i = 0; i < self->n; i++)
    {
      if (i == 0 || self->list[i].state != self->list[i - 1].state)
        {
          self->holds[self->n_states] = self->list[i].state;
          self->states[self->n_states].first = i;
          g_hash_table_insert (index, &self->holds[self->n_states], GUINT_TO_POINTER (self->n_states));
          self->n_states++;
        }
      self->states[self->n_states - 1].end = i + 1;
    }
}

static void
find_targets (MqMarkov *self, GHashTable *index)
{
  guint64 mask = find_mask (self->list, self->n);

  for (gsize i = 0; i < self->n; i++)
    {
      const MqTransition *transition = &self->list[i];
      guint64             next = step_state (transition->state, transition->to, mask);

      if (transition->to < self->n_channels)
        self->targets[i] = GPOINTER_TO_UINT (g_hash_table_lookup (index, &next));
      else
        self->targets[i] = transition->to == self->n_channels ? TO_CONVERSION : TO_NULL;
    }
}

static void
find_probabilities (MqMarkov *self, const guint64 *counts)
{
  for (guint s = 0; s < self->n_states; s++)
    {
      const State *state = &self->states[s];
      guint64      sum = 0;

      for (guint32 i = state->first; i < state->end; i++)
        sum += counts != NULL ? counts[i] : self->list[i].count;
      for (guint32 i = state->first; i < state->end; i++)
        self->p[i] = sum > 0 ? (double) (counts != NULL ? counts[i] : self->list[i].count) / (double) sum : 0;
    }
}

static void
fill_matrix (MqMarkov *self, double *a, guint width)
{
  memset (a, 0, self->n_states * (gsize) width * sizeof *a);
  for (guint s = 0; s < self->n_states; s++)
    {
      a[s * width + s] = 1;
      if (self->gone[s])
        continue;
      for (guint32 i = self->states[s].first; i < self->states[s].end; i++)
        if (self->targets[i] == TO_CONVERSION)
          a[s * width + self->n_states] += self->p[i];
        else if (self->targets[i] != TO_NULL && !self->gone[self->targets[i]])
          a[s * width + self->targets[i]] -= self->p[i];
    }
}

/* (I - Q) h = b. Rows are diagonally dominant, so the diagonal is a safe pivot; a state that is never left (its counts are
 * 0 in this round) has h = 0. */
static void
eliminate (MqMarkov *self)
{
  guint   n = self->n_states, width = n + 1;
  double *a = self->matrix;

  fill_matrix (self, a, width);
  for (guint k = n; k-- > 0;)
    {
      double pivot = a[k * width + k];

      for (guint i = 0; i < k; i++)
        {
          double factor = pivot > 0 ? a[i * width + k] / pivot : 0;

          if (factor == 0)
            continue;
          for (guint j = 0; j < k; j++)
            a[i * width + j] -= factor * a[k * width + j];
          a[i * width + n] -= factor * a[k * width + n];
        }
    }
  for (guint k = 0; k < n; k++)
    {
      double sum = a[k * width + n];

      for (guint j = 0; j < k; j++)
        sum -= a[k * width + j] * self->h[j];
      self->h[k] = a[k * width + k] > 0 ? sum / a[k * width + k] : 0;
    }
}

static double
sweep_state (MqMarkov *self, guint s)
{
  double out = 0, stay = 0, change;

  if (self->gone[s])
    return 0;
  for (guint32 i = self->states[s].first; i < self->states[s].end; i++)
    if (self->targets[i] == TO_CONVERSION)
      out += self->p[i];
    else if (self->targets[i] == s)
      stay += self->p[i];
    else if (self->targets[i] != TO_NULL && !self->gone[self->targets[i]])
      out += self->p[i] * self->h[self->targets[i]];
  out = stay < 1 ? out / (1 - stay) : 0;
  change = fabs (out - self->h[s]);
  self->h[s] = out;
  return change;
}

static gboolean
sweep (MqMarkov *self, const MqRun *run, GError **error)
{
  memset (self->h, 0, self->n_states * sizeof *self->h);
  for (guint round = 0; round < MAX_SWEEPS; round++)
    {
      double change = 0, largest = 0;

      if (!mq_run_check (run, error))
        return FALSE;
      for (guint s = self->n_states; s-- > 0;)
        change = fmax (change, sweep_state (self, s));
      for (guint s = 0; s < self->n_states; s++)
        {
          change = fmax (change, sweep_state (self, s));
          largest = fmax (largest, self->h[s]);
        }
      if (change <= SETTLED * largest)
        break;
    }
  return TRUE;
}

static gboolean
solve (MqMarkov *self, const MqRun *run, GError **error)
{
  if (self->matrix == NULL)
    return sweep (self, run, error);
  eliminate (self);
  return mq_run_check (run, error);
}

/* FALSE if no state holds the channel. */
static gboolean
remove_channel (MqMarkov *self, guint32 channel)
{
  gboolean any = FALSE;

  for (guint s = 0; s < self->n_states; s++)
    {
      guint32 channels[MQ_MARKOV_MAX_ORDER];
      guint   n = mq_markov_state_channels (self->holds[s], channels);

      self->gone[s] = FALSE;
      for (guint i = 0; i < n; i++)
        self->gone[s] |= channels[i] == channel;
      any |= self->gone[s];
    }
  return any;
}

MqMarkov *
mq_markov_new (const MqTransition *list, gsize n, guint n_channels)
{
  MqMarkov *self = g_new0 (MqMarkov, 1);
  g_autoptr (GHashTable) index = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->n_channels = n_channels;
  self->list = list;
  self->n = n;
  self->states = g_new0 (State, MAX (n, 1));
  self->holds = g_new0 (guint64, MAX (n, 1));
  self->targets = g_new0 (guint32, MAX (n, 1));
  self->p = g_new0 (double, MAX (n, 1));
  find_states (self, index);
  find_targets (self, index);
  self->h = g_new0 (double, MAX (self->n_states, 1));
  self->gone = g_new0 (guint8, MAX (self->n_states, 1));
  if (self->n_states <= DENSE_STATES)
    self->matrix = g_new (double, MAX (self->n_states * (gsize) (self->n_states + 1), 1));
  return self;
}

void
mq_markov_free (MqMarkov *self)
{
  g_free (self->states);
  g_free (self->holds);
  g_free (self->targets);
  g_free (self->p);
  g_free (self->h);
  g_free (self->gone);
  g_free (self->matrix);
  g_free (self);
}

gboolean
mq_markov_solve (MqMarkov *self, const guint64 *counts, double *conversion, double *effects, const MqRun *run, GError **error)
{
  memset (effects, 0, self->n_channels * sizeof *effects);
  *conversion = 0;
  if (self->n_states == 0)
    return mq_run_check (run, error);
  find_probabilities (self, counts);
  memset (self->gone, 0, self->n_states);
  if (!solve (self, run, error))
    return FALSE;
  *conversion = self->h[0];
  for (guint channel = 0; channel<self->n_channels && * conversion> 0; channel++)
    {
      if (!remove_channel (self, channel))
        continue;
      if (!solve (self, run, error))
        return FALSE;
      effects[channel] = CLAMP (1 - self->h[0] / *conversion, 0, 1);
    }
  return TRUE;
}
