/* bootstrap.c: writes down once what each customer adds, then adds it up again with other weights, eight rounds at a time. */

#include "config.h"

#include "attribution/bootstrap.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "stats/quantile.h"

#define GRAIN 4096
#define LANES 8 /* rounds side by side */

/* What a customer adds: a range of the slice's credits and of its steps. */
typedef struct
{
  guint32 person;
  guint32 n_credits;
  guint32 n_steps;
  guint32 n_touched;
} Customer;

/* Flat lists of a slice of customers, in their order. */
typedef struct
{
  GArray *customers; /* (element-type Customer) */
  GArray *channels;  /* (element-type guint32) by credit */
  GArray *credits;   /* (element-type double) n_models by credit */
  GArray *steps;     /* (element-type guint32) places in the list of transitions */
} Record;

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

/* The sums of eight rounds. */
typedef struct
{
  double *cells; /* (owned) [cell * LANES + lane] */
  double *steps; /* (owned) [place * LANES + lane] */
  double  touched[LANES];
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
static double
draw_poisson (guint bits)
{
  static const guint16 limits[] = { 24109, 48219, 60273, 64291, 65296, 65497, 65530, 65535 };
  guint                k = 0;

  while (k < G_N_ELEMENTS (limits) && bits >= limits[k])
    k++;
  return k;
}

static void
draw_lanes (guint64 seed, guint64 block, guint32 person, double weights[LANES])
{
  guint64 key = mix (seed + (block + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) + (person + G_GUINT64_CONSTANT (1)) * G_GUINT64_CONSTANT (0xd1342543de82ef95);

  for (guint i = 0; i < LANES; i += 4)
    {
      guint64 random = mix (key + i);

      for (guint j = 0; j < 4; j++)
        weights[i + j] = draw_poisson (random >> 16 * j & 0xffff);
    }
}

static void
init_record (Record *self)
{
  self->customers = g_array_new (FALSE, FALSE, sizeof (Customer));
  self->channels = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->credits = g_array_new (FALSE, FALSE, sizeof (double));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_record (Record *self)
{
  g_clear_pointer (&self->customers, g_array_unref);
  g_clear_pointer (&self->channels, g_array_unref);
  g_clear_pointer (&self->credits, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
}

/* Adds the path's weights to the customer's credits: one entry a distinct channel, found from the end of the list. */
static void
record_path (const Bootstrap *self, const MqTouchPath *path, MqSeenChannels *seen, Record *record, Customer *customer)
{
  guint              n_models = self->options->n_models;
  g_autofree double *weights = g_new0 (double, n_models *(gsize) path->n);

  for (guint m = 0; m < n_models; m++)
    if (self->options->models[m] != MQ_CREDIT_MARKOV)
      mq_credit_weights (self->options->models[m], &self->options->credit, path, seen, weights + m * (gsize) path->n);
  for (guint i = 0; i < path->n; i++)
    {
      guint first = record->channels->len - customer->n_credits;
      guint at = first;

      while (at < record->channels->len && g_array_index (record->channels, guint32, at) != path->channels[i])
        at++;
      if (at == record->channels->len)
        {
          g_array_append_val (record->channels, path->channels[i]);
          g_array_set_size (record->credits, (at + 1) * n_models);
          memset (&g_array_index (record->credits, double, at *n_models), 0, n_models * sizeof (double));
          customer->n_credits++;
        }
      for (guint m = 0; m < n_models; m++)
        g_array_index (record->credits, double, at *n_models + m) += weights[m * (gsize) path->n + i];
    }
}

static void
record_journey (const Bootstrap *self, guint person, MqJourney *journey, MqSeenChannels *seen, Record *record)
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
      record_path (self, &path, seen, record, &customer);
      if (self->index != NULL)
        mq_transitions_find_path (self->index, path.channels, path.n, TRUE, record->steps);
    }
  first = 0;
  while (self->index != NULL && mq_journey_next_run (journey, rule, &first, &path, &state))
    if (state == MQ_RUN_RIPE)
      mq_transitions_find_path (self->index, path.channels, path.n, FALSE, record->steps);
  customer.n_steps = record->steps->len - n_steps;
  if (customer.n_touched > 0 || customer.n_steps > 0)
    g_array_append_val (record->customers, customer);
}

static gboolean
record_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Bootstrap *self = data;
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };
  g_auto (MqSeenChannels) seen = { 0 };

  if (!mq_run_check (run, error))
    return FALSE;
  mq_seen_channels_init (&seen, self->n_channels);
  init_record (&self->records[slice]);
  for (gsize person = first; person < last; person++)
    {
      if (!mq_touch_source_read (self->source, &reader, person, &journey, error))
        return FALSE;
      record_journey (self, person, &journey, &seen, &self->records[slice]);
    }
  return TRUE;
}

static void
add_record (const Bootstrap *self, const Record *record, guint64 block, Lanes *lanes)
{
  guint          n_models = self->options->n_models;
  const guint32 *channels = (const guint32 *) record->channels->data;
  const double  *credits = (const double *) record->credits->data;
  const guint32 *steps = (const guint32 *) record->steps->data;
  double         weights[LANES];

  for (guint i = 0; i < record->customers->len; i++)
    {
      const Customer *customer = &g_array_index (record->customers, Customer, i);

      draw_lanes (self->options->seed, block, customer->person, weights);
      for (guint c = 0; c < customer->n_credits; c++, channels++)
        for (guint m = 0; m < n_models; m++, credits++)
          {
            double *cell = lanes->cells + (m * (gsize) self->n_channels + *channels) * LANES;

            for (guint lane = 0; lane < LANES; lane++)
              cell[lane] += weights[lane] * *credits;
          }
      for (guint s = 0; s < customer->n_steps; s++, steps++)
        for (guint lane = 0; lane < LANES; lane++)
          lanes->steps[*steps * (gsize) LANES + lane] += weights[lane];
      for (guint lane = 0; lane < LANES; lane++)
        lanes->touched[lane] += weights[lane] * customer->n_touched;
    }
}

/* The round's Markov credits from its own removal effects. */
static gboolean
solve_round (Bootstrap *self, MqMarkov *markov, Lanes *lanes, guint lane, guint round, const MqRun *run, GError **error)
{
  g_autofree guint64 *counts = g_new (guint64, MAX (self->n_list, 1));
  g_autofree double  *effects = g_new0 (double, MAX (self->n_channels, 1));
  double              conversion, sum = 0;

  for (gsize i = 0; i < self->n_list; i++)
    counts[i] = lanes->steps[i * LANES + lane];
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

static gboolean
run_block_cb (gsize block, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Bootstrap         *self = data;
  g_autofree double *cells = g_new0 (double, MAX (self->n_cells, 1) * LANES);
  g_autofree double *steps = g_new0 (double, MAX (self->n_list, 1) * LANES);
  Lanes              lanes = { cells, steps, { 0 } };
  g_autoptr (MqMarkov) markov = self->index != NULL ? mq_markov_new (self->list, self->n_list, self->n_channels) : NULL;

  for (gsize i = 0; i < self->n_records; i++)
    {
      if (!mq_run_check (run, error))
        return FALSE;
      add_record (self, &self->records[i], block, &lanes);
    }
  for (guint lane = 0; lane < LANES && block * LANES + lane < self->options->rounds; lane++)
    {
      guint round = block * LANES + lane;

      if (markov != NULL && !solve_round (self, markov, &lanes, lane, round, run, error))
        return FALSE;
      for (gsize cell = 0; cell < self->n_cells; cell++)
        self->credits[cell * self->options->rounds + round] = cells[cell * LANES + lane];
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
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for so many rounds of the bootstrap. Choose fewer."));
      return FALSE;
    }
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
