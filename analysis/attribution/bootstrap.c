/* bootstrap.c: adds up what each customer adds (bootstrap-record.h) with other weights, eight rounds at a time. */

#include "config.h"

#include "attribution/bootstrap.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribution/bootstrap-record.h"
#include "stats/quantile.h"

#define LANES 8               /* rounds side by side */
#define MOST_STEPS (1u << 28) /* times the largest weight: what 32 bits hold */

typedef guint16 Bits __attribute__ ((vector_size (LANES * sizeof (guint16))));
typedef guint32 Counts __attribute__ ((vector_size (LANES * sizeof (guint32))));
typedef float   Floats __attribute__ ((vector_size (LANES * sizeof (float))));

typedef struct
{
  const MqAttributionOptions *options;
  const MqTransition         *list; /* (nullable) */
  gsize                       n_list;
  MqBootstrapRecords          records;
  guint                       n_channels;
  gsize                       n_cells;
  double                     *credits; /* (owned) [cell * rounds + round] */
  double                     *effects; /* (owned) [channel * rounds + round] */
} Bootstrap;

/* The sums of eight rounds. Short sums of a slice are exact enough as floats, and go into doubles. */
typedef struct
{
  Floats  *parts;     /* (owned) by cell: of the slice at work */
  double  *cells;     /* (owned) [cell * LANES + lane] */
  Counts  *steps;     /* (owned) by place: since they were flushed */
  guint64 *all_steps; /* (owned) [place * LANES + lane] */
  gsize    n_steps;   /* since they were flushed */
  guint64  touched[LANES];
} Lanes;

static guint64
mix (guint64 x)
{
  x ^= x >> 30;
  x *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ x >> 31;
}

/* Poisson(1) from 16 random bits: the smallest k whose cumulated probability lies above them. */
static inline Bits
draw_poisson (Bits bits)
{
  static const guint16 limits[] = { 24109, 48219, 60273, 64291, 65296, 65497, 65530, 65535 };
  Bits                 k = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    k -= (Bits) (bits >= limits[i]);
  return k;
}

static Bits
draw_lanes (guint64 seed, guint64 block, guint32 person)
{
  guint64 key = mix (seed + (block + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) + (person + G_GUINT64_CONSTANT (1)) * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  Bits    bits = { 0 };

  for (guint i = 0; i < LANES; i += 4)
    {
      guint64 random = mix (key + i);

      for (guint j = 0; j < 4; j++)
        bits[i + j] = random >> 16 * j & 0xffff;
    }
  return draw_poisson (bits);
}

static void
flush_parts (Lanes *lanes, gsize n_cells)
{
  for (gsize cell = 0; cell < n_cells; cell++)
    for (guint lane = 0; lane < LANES; lane++)
      lanes->cells[cell * LANES + lane] += lanes->parts[cell][lane];
  memset (lanes->parts, 0, n_cells * sizeof (Floats));
}

static void
flush_steps (Lanes *lanes, gsize n_list)
{
  for (gsize i = 0; i < n_list; i++)
    for (guint lane = 0; lane < LANES; lane++)
      lanes->all_steps[i * LANES + lane] += lanes->steps[i][lane];
  memset (lanes->steps, 0, n_list * sizeof (Counts));
  lanes->n_steps = 0;
}

static void
add_record (const Bootstrap *self, const MqBootstrapRecord *record, guint64 block, Lanes *lanes)
{
  const MqBootstrapCredit *credits = (const MqBootstrapCredit *) (gconstpointer) record->credits->data;
  const guint32           *steps = (const guint32 *) (gconstpointer) record->steps->data;

  if (lanes->n_steps + record->steps->len > MOST_STEPS)
    flush_steps (lanes, self->n_list);
  lanes->n_steps += record->steps->len;
  for (guint i = 0; i < record->customers->len; i++)
    {
      const MqBootstrapCustomer *customer = &g_array_index (record->customers, MqBootstrapCustomer, i);
      Bits                       bits = draw_lanes (self->options->seed, block, customer->person);
      Counts                     weights = __builtin_convertvector(bits, Counts);

      for (guint s = 0; s < customer->n_steps; s++)
        lanes->steps[*steps++] += weights;
      if (customer->n_touched == 0)
        continue;
      Floats factors = __builtin_convertvector(weights, Floats);
      for (guint c = 0; c < customer->n_credits; c++, credits++)
        lanes->parts[credits->cell] += factors * credits->credit;
      for (guint lane = 0; lane < LANES; lane++)
        lanes->touched[lane] += weights[lane] * (guint64) customer->n_touched;
    }
  flush_parts (lanes, self->n_cells);
}

/* The round's Markov credits from its own removal effects. */
static gboolean
solve_round (Bootstrap *self, MqMarkov *markov, Lanes *lanes, guint lane, guint round, const MqRun *run, GError **error)
{
  g_autofree guint64 *counts = g_new (guint64, MAX (self->n_list, 1));
  g_autofree double  *effects = g_new0 (double, MAX (self->n_channels, 1));
  double              conversion, sum = 0;

  for (gsize i = 0; i < self->n_list; i++)
    counts[i] = lanes->all_steps[i * LANES + lane];
  if (!mq_markov_solve (markov, counts, &conversion, effects, run, error))
    return FALSE;
  for (guint c = 0; c < self->n_channels; c++)
    sum += effects[c];
  for (guint c = 0; c < self->n_channels; c++)
    {
      self->effects[c * (gsize) self->options->rounds + round] = effects[c];
      for (guint m = 0; m < self->options->n_models && sum > 0; m++)
        if (self->options->models[m] == MQ_CREDIT_MARKOV)
          lanes->cells[(m * (gsize) self->n_channels + c) * LANES + lane] = lanes->touched[lane] * (effects[c] / sum);
    }
  return TRUE;
}

/* Vectors want their own alignment. NULL: no memory. */
static gpointer
new_vectors (gsize n, gsize size)
{
  gpointer memory = NULL;

  if (__builtin_mul_overflow (MAX (n, 1), size, &n) || posix_memalign (&memory, size, n) != 0)
    return NULL;
  return memset (memory, 0, n);
}

static gboolean
init_lanes (Lanes *lanes, const Bootstrap *self)
{
  lanes->parts = new_vectors (self->n_cells, sizeof (Floats));
  lanes->steps = new_vectors (self->n_list, sizeof (Counts));
  lanes->cells = g_try_new0 (double, MAX (self->n_cells, 1) * LANES);
  lanes->all_steps = g_try_new0 (guint64, MAX (self->n_list, 1) * LANES);
  return lanes->parts != NULL && lanes->steps != NULL && lanes->cells != NULL && lanes->all_steps != NULL;
}

static void
clear_lanes (Lanes *lanes)
{
  free (lanes->parts);
  free (lanes->steps);
  g_free (lanes->cells);
  g_free (lanes->all_steps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lanes, clear_lanes)

static gboolean
run_block_cb (gsize block, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Bootstrap *self = data;
  g_auto (Lanes) lanes = { 0 };
  g_autoptr (MqMarkov) markov = self->list != NULL ? mq_markov_new (self->list, self->n_list, self->n_channels) : NULL;

  if (!init_lanes (&lanes, self))
    return mq_bootstrap_fail_memory (error);
  for (gsize i = 0; i < self->records.n; i++)
    {
      if (!mq_run_check (run, error))
        return FALSE;
      add_record (self, &self->records.list[i], block, &lanes);
    }
  flush_steps (&lanes, self->n_list);
  for (guint lane = 0; lane < LANES && block * LANES + lane < self->options->rounds; lane++)
    {
      guint round = block * LANES + lane;

      if (markov != NULL && !solve_round (self, markov, &lanes, lane, round, run, error))
        return FALSE;
      for (gsize cell = 0; cell < self->n_cells; cell++)
        self->credits[cell * self->options->rounds + round] = lanes.cells[cell * LANES + lane];
    }
  mq_run_advance (run, last - first);
  return TRUE;
}

static void
find_intervals (double *rounds, gsize n, guint n_rounds, double **low, double **high)
{
  *low = g_new (double, MAX (n, 1));
  *high = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      (*low)[i] = mq_quantile (rounds + i * n_rounds, n_rounds, 0.025);
      (*high)[i] = mq_quantile (rounds + i * n_rounds, n_rounds, 0.975);
    }
}

static gboolean
run_rounds (Bootstrap *self, const MqRun *run, GError **error)
{
  guint n_blocks = (self->options->rounds + LANES - 1) / LANES;

  self->credits = g_try_new0 (double, MAX (self->n_cells, 1) * self->options->rounds);
  self->effects = g_try_new0 (double, MAX (self->n_channels, 1) * (gsize) self->options->rounds);
  if (self->credits == NULL || self->effects == NULL)
    return mq_bootstrap_fail_memory (error);
  mq_run_stage (run, N_ ("Resampling customers"), n_blocks);
  return mq_run_parallel (run, n_blocks, 1, run_block_cb, self, error);
}

gboolean
mq_attribution_bootstrap (const MqTouchSource *source, const MqAttributionOptions *options, const MqTransition *list, gsize n, MqCreditIntervals *intervals, const MqRun *run, GError **error)
{
  Bootstrap self = { .options = options, .list = list, .n_list = n };
  gboolean  ok = mq_bootstrap_records_init (&self.records, source, options, list, n, run, error);

  self.n_channels = self.records.n_channels;
  self.n_cells = self.records.n_cells;
  ok = ok && run_rounds (&self, run, error);
  if (ok)
    {
      find_intervals (self.credits, self.n_cells, options->rounds, &intervals->credit_low, &intervals->credit_high);
      find_intervals (self.effects, self.n_channels, options->rounds, &intervals->effect_low, &intervals->effect_high);
    }
  mq_bootstrap_records_clear (&self.records);
  g_free (self.credits);
  g_free (self.effects);
  return ok;
}
