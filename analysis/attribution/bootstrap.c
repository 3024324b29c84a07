/* bootstrap.c: writes down once what each customer adds, then adds it up again with other weights, eight rounds at a time. */

#include "config.h"

#include "attribution/bootstrap.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/quantile.h"

#define GRAIN 4096
#define LANES 8               /* rounds side by side */
#define MOST_STEPS (1u << 28) /* times the largest weight: what 32 bits hold */

typedef guint16 Bits __attribute__ ((vector_size (LANES * sizeof (guint16))));
typedef guint32 Counts __attribute__ ((vector_size (LANES * sizeof (guint32))));
typedef float   Floats __attribute__ ((vector_size (LANES * sizeof (float))));

/* What a customer adds: a range of the slice's credits and of its steps. */
typedef struct
{
  guint32 person;
  guint32 n_credits;
  guint32 n_steps;
  guint32 n_touched;
} Customer;

/* What a customer adds to a cell: mostly one conversion or a part of it. */
typedef struct
{
  guint32 cell;
  float   credit;
} Credit;

/* Flat lists of a slice of customers, in their order. */
typedef struct
{
  GArray *customers; /* (element-type Customer) */
  GArray *credits;   /* (element-type Credit) above 0 */
  GArray *steps;     /* (element-type guint32) places in the list of transitions */
} Record;

/* Room for one customer's credits. */
typedef struct
{
  MqSeenChannels seen;
  double        *weights; /* (owned) */
  guint          room;
  double        *cells;   /* (owned) all 0 between customers */
  GArray        *touched; /* (owned) (element-type guint32) cells that are above 0 */
} Scratch;

typedef struct
{
  const MqTouchSource        *source;
  const MqAttributionOptions *options;
  const MqTransition         *list; /* (nullable) */
  gsize                       n_list;
  MqTransitions              *index;   /* (owned) (nullable) */
  Record                     *records; /* (owned) by slice */
  gsize                       n_records;
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
init_record (Record *self)
{
  self->customers = g_array_new (FALSE, FALSE, sizeof (Customer));
  self->credits = g_array_new (FALSE, FALSE, sizeof (Credit));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_record (Record *self)
{
  g_clear_pointer (&self->customers, g_array_unref);
  g_clear_pointer (&self->credits, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
}

static void
add_cell (Scratch *scratch, guint32 cell, double weight)
{
  if (weight == 0)
    return;
  if (scratch->cells[cell] == 0)
    g_array_append_val (scratch->touched, cell);
  scratch->cells[cell] += weight;
}

/* Adds the path's weights to the customer's credits. */
static void
add_path (const Bootstrap *self, const MqTouchPath *path, Scratch *scratch)
{
  guint single;

  if (scratch->room < path->n)
    {
      scratch->room = path->n * 2;
      scratch->weights = g_renew (double, scratch->weights, scratch->room);
    }
  for (guint m = 0; m < self->options->n_models; m++)
    {
      guint32 first = m * self->n_channels;

      if (self->options->models[m] == MQ_CREDIT_MARKOV)
        continue;
      if (mq_credit_single (self->options->models[m], path, &single))
        {
          add_cell (scratch, first + path->channels[single], 1);
          continue;
        }
      mq_credit_weights (self->options->models[m], &self->options->credit, path, &scratch->seen, scratch->weights);
      for (guint i = 0; i < path->n; i++)
        add_cell (scratch, first + path->channels[i], scratch->weights[i]);
    }
}

static void
write_credits (Scratch *scratch, Record *record, Customer *customer)
{
  customer->n_credits = scratch->touched->len;
  for (guint i = 0; i < scratch->touched->len; i++)
    {
      guint32 cell = g_array_index (scratch->touched, guint32, i);
      Credit  credit = { cell, (float) scratch->cells[cell] };

      g_array_append_val (record->credits, credit);
      scratch->cells[cell] = 0;
    }
  g_array_set_size (scratch->touched, 0);
}

static void
record_journey (const Bootstrap *self, guint person, MqJourney *journey, Scratch *scratch, Record *record)
{
  const MqWindowRule *rule = mq_touch_source_rule (self->source);
  Customer            customer = { .person = person };
  guint               n_steps = record->steps->len, first = 0;
  MqTouchPath         path;
  MqRunState          state;

  for (guint i = 0; i < journey->n_conversions; i++)
    {
      path = mq_journey_path (journey, i, rule, &first, NULL);
      if (!journey->conversions[i].counts || path.n == 0)
        continue;
      customer.n_touched++;
      add_path (self, &path, scratch);
      if (self->index != NULL)
        mq_transitions_find_path (self->index, path.channels, path.n, TRUE, record->steps);
    }
  write_credits (scratch, record, &customer);
  first = 0;
  while (self->index != NULL && mq_journey_next_run (journey, rule, &first, &path, &state))
    if (state == MQ_RUN_RIPE)
      mq_transitions_find_path (self->index, path.channels, path.n, FALSE, record->steps);
  customer.n_steps = record->steps->len - n_steps;
  if (customer.n_touched > 0 || customer.n_steps > 0)
    g_array_append_val (record->customers, customer);
}

static void
clear_scratch (Scratch *scratch)
{
  mq_seen_channels_clear (&scratch->seen);
  g_free (scratch->weights);
  g_free (scratch->cells);
  g_clear_pointer (&scratch->touched, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scratch, clear_scratch)

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for so many rounds of the bootstrap. Choose fewer."));
  return FALSE;
}

static gboolean
record_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Bootstrap *self = data;
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };
  g_auto (Scratch) scratch = { 0 };

  if (!mq_run_check (run, error))
    return FALSE;
  mq_seen_channels_init (&scratch.seen, self->n_channels);
  scratch.touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  scratch.cells = g_try_new0 (double, MAX (self->n_cells, 1));
  if (scratch.cells == NULL)
    return fail_memory (error);
  init_record (&self->records[slice]);
  for (gsize person = first; person < last; person++)
    {
      if (!mq_touch_source_read (self->source, &reader, person, &journey, error))
        return FALSE;
      record_journey (self, person, &journey, &scratch, &self->records[slice]);
    }
  return TRUE;
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
add_record (const Bootstrap *self, const Record *record, guint64 block, Lanes *lanes)
{
  const Credit  *credits = (const Credit *) (gconstpointer) record->credits->data;
  const guint32 *steps = (const guint32 *) (gconstpointer) record->steps->data;

  if (lanes->n_steps + record->steps->len > MOST_STEPS)
    flush_steps (lanes, self->n_list);
  lanes->n_steps += record->steps->len;
  for (guint i = 0; i < record->customers->len; i++)
    {
      const Customer *customer = &g_array_index (record->customers, Customer, i);
      Bits            bits = draw_lanes (self->options->seed, block, customer->person);
      Counts          weights = __builtin_convertvector(bits, Counts);

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
  g_autoptr (MqMarkov) markov = self->index != NULL ? mq_markov_new (self->list, self->n_list, self->n_channels) : NULL;

  if (!init_lanes (&lanes, self))
    return fail_memory (error);
  for (gsize i = 0; i < self->n_records; i++)
    {
      if (!mq_run_check (run, error))
        return FALSE;
      add_record (self, &self->records[i], block, &lanes);
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
    return fail_memory (error);
  mq_run_stage (run, N_ ("Resampling customers"), n_blocks);
  return mq_run_parallel (run, n_blocks, 1, run_block_cb, self, error);
}

gboolean
mq_attribution_bootstrap (const MqTouchSource *source, const MqAttributionOptions *options, const MqTransition *list, gsize n, MqCreditIntervals *intervals, const MqRun *run, GError **error)
{
  Bootstrap self = { .source = source, .options = options, .list = list, .n_list = n };
  guint     n_persons = mq_touch_source_n_persons (source);
  gboolean  ok;

  self.n_channels = mq_touch_source_n_channels (source);
  self.n_cells = options->n_models * (gsize) self.n_channels;
  self.n_records = (n_persons + (gsize) GRAIN - 1) / GRAIN;
  self.records = g_new0 (Record, MAX (self.n_records, 1));
  self.index = list != NULL ? mq_transitions_new_index (list, n, self.n_channels, options->markov_order) : NULL;
  ok = mq_run_parallel (run, n_persons, GRAIN, record_slice_cb, &self, error) && run_rounds (&self, run, error);
  if (ok)
    {
      find_intervals (self.credits, self.n_cells, options->rounds, &intervals->credit_low, &intervals->credit_high);
      find_intervals (self.effects, self.n_channels, options->rounds, &intervals->effect_low, &intervals->effect_high);
    }
  for (gsize i = 0; i < self.n_records; i++)
    clear_record (&self.records[i]);
  g_free (self.records);
  g_clear_pointer (&self.index, mq_transitions_free);
  g_free (self.credits);
  g_free (self.effects);
  return ok;
}
