/* credit-sums.c: the pass over all customers. */

#include "config.h"

#include "attribution/credit-worker.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define GRAIN 4096

/* A cell of the sums that a slice touched. */
typedef struct
{
  guint  cell;
  double conversions;
  double value;
} Cell;

/* What a slice found; the cells wait to be added in the order of the slices. */
typedef struct
{
  Cell *cells; /* (owned) (nullable) */
  guint n;
} SliceCells;

typedef struct
{
  const MqTouchSource        *source;
  const MqAttributionOptions *options;
  MqCreditSums               *sums;
  SliceCells                 *slices;
  GMutex                      lock;
} Pass;

static gsize
count_cells (const MqCreditSums *self)
{
  return MAX (self->n_models * (gsize) self->n_channels, 1);
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the credits of so many channels. Close other programs and try again."));
  return FALSE;
}

static void
pack_cells (const MqCreditWorker *worker, SliceCells *slice)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (guint m = 0; m < worker->sums.n_models; m++)
    for (guint c = 0; c < worker->sums.n_channels; c++)
      {
        MqCreditShare share = mq_credit_worker_share (worker, m, c);
        Cell          cell = { m * worker->sums.n_channels + c, share.conversions, share.value };

        if (cell.conversions != 0 || cell.value != 0)
          g_array_append_val (cells, cell);
      }
  slice->n = cells->len;
  slice->cells = (Cell *) g_array_free (cells, FALSE);
}

/* Integers do not mind the order of the slices. */
static gboolean
add_integers (Pass *pass, const MqCreditSums *part, GError **error)
{
  MqCreditSums *sums = pass->sums;
  gboolean      ok;

  g_mutex_lock (&pass->lock);
  sums->n_conversions += part->n_conversions;
  sums->n_touched += part->n_touched;
  sums->n_touches += part->n_touches;
  sums->n_ripe += part->n_ripe;
  sums->n_unripe += part->n_unripe;
  sums->unripe_touches += part->unripe_touches;
  sums->n_tied += part->n_tied;
  ok = mq_credit_add_value (&sums->value, part->value, error) && mq_credit_add_value (&sums->value_touched, part->value_touched, error);
  if (sums->transitions != NULL)
    mq_transitions_add_all (sums->transitions, part->transitions);
  g_mutex_unlock (&pass->lock);
  return ok;
}

static gboolean
add_persons (MqCreditWorker *worker, guint first, guint last, GError **error)
{
  if (mq_credit_worker_is_plain (worker))
    return mq_credit_worker_add_plain (worker, first, last, error);
  for (guint person = first; person < last; person++)
    if (!mq_credit_worker_add_person (worker, person, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass *pass = data;
  g_auto (MqCreditWorker) worker = { 0 };

  if (!mq_credit_worker_init (&worker, pass->source, pass->options))
    return fail_memory (error);
  if (!mq_run_check (run, error) || !add_persons (&worker, first, last, error))
    return FALSE;
  pack_cells (&worker, &pass->slices[slice]);
  return add_integers (pass, &worker.sums, error);
}

/* What rounding lost goes to `lost` (Neumaier 1974). */
static inline void
add_exactly (double *sum, double *lost, double term)
{
  double total = *sum + term;

  *lost += fabs (*sum) >= fabs (term) ? (*sum - total) + term : (term - total) + *sum;
  *sum = total;
}

/* Slices in their order. FALSE: no memory. */
static gboolean
add_cells (MqCreditSums *self, const SliceCells *slices, gsize n)
{
  g_autofree MqCreditShare *lost = g_try_new0 (MqCreditShare, count_cells (self));

  if (lost == NULL)
    return FALSE;
  for (gsize slice = 0; slice < n; slice++)
    for (guint i = 0; i < slices[slice].n; i++)
      {
        const Cell *cell = &slices[slice].cells[i];

        add_exactly (&self->conversions[cell->cell], &lost[cell->cell].conversions, cell->conversions);
        add_exactly (&self->values[cell->cell], &lost[cell->cell].value, cell->value);
      }
  for (gsize i = 0; i < count_cells (self); i++)
    {
      self->conversions[i] += lost[i].conversions;
      self->values[i] += lost[i].value;
    }
  return TRUE;
}

gboolean
mq_credit_sums_init (MqCreditSums *self, const MqTouchSource *source, const MqAttributionOptions *options, const MqRun *run, GError **error)
{
  Pass     pass = { .source = source, .options = options, .sums = self };
  guint    n_persons = mq_touch_source_n_persons (source);
  gsize    n_slices = (n_persons + (gsize) GRAIN - 1) / GRAIN;
  gboolean ok;

  *self = (MqCreditSums){ 0 };
  if (mq_attribution_options_has (options, MQ_CREDIT_MARKOV) && mq_touch_source_n_channels (source) > MQ_MARKOV_MAX_CHANNELS)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “model” cannot be markov with more than 65,534 channels. Leave it out, or clean up the column of channels."));
      return FALSE;
    }
  self->n_models = options->n_models;
  self->n_channels = mq_touch_source_n_channels (source);
  if (mq_attribution_options_has (options, MQ_CREDIT_MARKOV))
    self->transitions = mq_transitions_new (self->n_channels, options->markov_order);
  self->conversions = g_try_new0 (double, count_cells (self));
  self->values = g_try_new0 (double, count_cells (self));
  if (self->conversions == NULL || self->values == NULL)
    return fail_memory (error);
  pass.slices = g_new0 (SliceCells, MAX (n_slices, 1));
  g_mutex_init (&pass.lock);
  ok = mq_run_parallel (run, n_persons, GRAIN, add_slice_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  if (ok && !add_cells (self, pass.slices, n_slices))
    ok = fail_memory (error);
  for (gsize slice = 0; slice < n_slices; slice++)
    g_free (pass.slices[slice].cells);
  g_free (pass.slices);
  return ok;
}

void
mq_credit_sums_clear (MqCreditSums *self)
{
  g_clear_pointer (&self->conversions, g_free);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->transitions, mq_transitions_free);
}

void
mq_credit_sums_share_markov (MqCreditSums *self, const MqAttributionOptions *options, const double *effects)
{
  double sum = 0;

  for (guint c = 0; c < self->n_channels; c++)
    sum += effects[c];
  for (guint m = 0; m < options->n_models && sum > 0; m++)
    for (guint c = 0; c < self->n_channels && options->models[m] == MQ_CREDIT_MARKOV; c++)
      {
        self->conversions[m * (gsize) self->n_channels + c] = self->n_touched * (effects[c] / sum);
        self->values[m * (gsize) self->n_channels + c] = self->value_touched * (effects[c] / sum);
      }
}
