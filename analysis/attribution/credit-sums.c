/* credit-sums.c: the pass over all customers. */

#include "config.h"

#include "attribution/credit-sums.h"

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

/* Conversions and value side by side: one addition for the machine. */
typedef struct
{
  double conversions;
  double value;
} Share;

/* One slice at work. */
typedef struct
{
  const Pass    *pass;
  MqCreditSums   sums;
  Share         *shares; /* (owned) [model * n_channels + channel] */
  MqSeenChannels seen;
  MqJourney      journey;
  MqTouchReader  reader;
  double        *weights; /* (owned) */
  guint          room;
} Worker;

static gsize
count_cells (const MqCreditSums *self)
{
  return MAX (self->n_models * (gsize) self->n_channels, 1);
}

static void
init_sums (MqCreditSums *self, const Pass *pass)
{
  *self = (MqCreditSums){ .n_models = pass->options->n_models, .n_channels = mq_touch_source_n_channels (pass->source) };
  if (mq_attribution_options_has (pass->options, MQ_CREDIT_MARKOV))
    self->transitions = mq_transitions_new (self->n_channels, pass->options->markov_order);
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the credits of so many channels. Close other programs and try again."));
  return FALSE;
}

static gboolean
add_money (gint64 *sum, gint64 value, GError **error)
{
  if (!__builtin_add_overflow (*sum, value, sum))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the conversions’ values is too large. Look for a column that is no amount and import the file again."));
  return FALSE;
}

static inline void
add_share (Share *share, double weight, double value)
{
  share->conversions += weight;
  share->value += weight * value;
}

static void
credit_by_weights (Worker *worker, MqCreditModel model, const MqTouchPath *path, double value, Share *shares)
{
  if (worker->room < path->n)
    {
      worker->room = path->n * 2;
      worker->weights = g_renew (double, worker->weights, worker->room);
    }
  mq_credit_weights (model, &worker->pass->options->credit, path, &worker->seen, worker->weights);
  for (guint i = 0; i < path->n; i++)
    add_share (&shares[path->channels[i]], worker->weights[i], value);
}

static void
credit_path (Worker *worker, const MqTouchPath *path, gint64 value)
{
  const MqAttributionOptions *options = worker->pass->options;
  guint                       single;

  for (guint m = 0; m < options->n_models; m++)
    {
      Share *shares = &worker->shares[m * (gsize) worker->sums.n_channels];

      if (options->models[m] == MQ_CREDIT_MARKOV)
        continue;
      if (mq_credit_single (options->models[m], path, &single))
        add_share (&shares[path->channels[single]], 1, value);
      else
        credit_by_weights (worker, options->models[m], path, value, shares);
    }
}

static gboolean
has_tie (const MqTouchPath *path)
{
  for (guint i = 1; i < path->n; i++)
    if (path->times[i] == path->times[i - 1] && path->channels[i] != path->channels[i - 1])
      return TRUE;
  return FALSE;
}

static gboolean
add_conversions (Worker *worker, GError **error)
{
  MqCreditSums       *sums = &worker->sums;
  const MqWindowRule *rule = mq_touch_source_rule (worker->pass->source);
  gboolean            tied = FALSE;
  guint               first = 0;

  for (guint i = 0; i < worker->journey.n_conversions; i++)
    {
      const MqConversion *conversion = &worker->journey.conversions[i];
      MqTouchPath         path = mq_journey_path (&worker->journey, i, rule, &first, NULL);

      if (!conversion->counts)
        continue;
      sums->n_conversions++;
      if (!add_money (&sums->value, conversion->value, error))
        return FALSE;
      if (path.n == 0)
        continue;
      sums->n_touched++;
      sums->n_touches += path.n;
      if (!add_money (&sums->value_touched, conversion->value, error))
        return FALSE;
      tied = tied || (!worker->journey.untied && has_tie (&path));
      credit_path (worker, &path, conversion->value);
      if (sums->transitions != NULL)
        mq_transitions_add_path (sums->transitions, path.channels, path.n, TRUE, 1);
    }
  sums->n_tied += tied;
  return TRUE;
}

/* The touches of a plain journey up to the last run that is ripe beyond doubt, all at once; *first is where the rest begins. */
static void
add_ripe_runs (Worker *worker, guint *first)
{
  const MqWindowRule *rule = mq_touch_source_rule (worker->pass->source);
  MqJourney          *journey = &worker->journey;
  gint64              ripe = MIN (rule->to, rule->as_of - rule->lookback - 1);
  MqTouchPath         path;

  while (mq_journey_next_free (journey, first, &path))
    {
      guint n = path.n;

      while (n > 0 && (path.times[n - 1] > ripe || (n < path.n && path.times[n] - path.times[n - 1] <= rule->lookback)))
        n--;
      if (path.times[0] < rule->from)
        n = 0;
      if (n > 0)
        worker->sums.n_ripe += mq_transitions_add_runs (worker->sums.transitions, path.channels, path.times, n, rule->lookback);
      if (n == path.n)
        continue;
      *first -= path.n - n;
      return;
    }
}

static void
add_runs (Worker *worker)
{
  MqCreditSums       *sums = &worker->sums;
  const MqWindowRule *rule = mq_touch_source_rule (worker->pass->source);
  MqTouchPath         path;
  MqRunState          state;
  guint               first = 0;

  if (worker->journey.plain)
    add_ripe_runs (worker, &first);
  while (mq_journey_next_run (&worker->journey, rule, &first, &path, &state))
    {
      sums->n_ripe += state == MQ_RUN_RIPE;
      sums->n_unripe += state == MQ_RUN_UNRIPE;
      sums->unripe_touches += state == MQ_RUN_UNRIPE ? path.n : 0;
      if (state == MQ_RUN_RIPE)
        mq_transitions_add_path (sums->transitions, path.channels, path.n, FALSE, 1);
    }
}

static void
pack_cells (const Worker *worker, SliceCells *slice)
{
  gsize   n = worker->sums.n_models * (gsize) worker->sums.n_channels;
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (gsize i = 0; i < n; i++)
    if (worker->shares[i].conversions != 0 || worker->shares[i].value != 0)
      {
        Cell cell = { i, worker->shares[i].conversions, worker->shares[i].value };

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
  ok = add_money (&sums->value, part->value, error) && add_money (&sums->value_touched, part->value_touched, error);
  if (sums->transitions != NULL)
    mq_transitions_add_all (sums->transitions, part->transitions);
  g_mutex_unlock (&pass->lock);
  return ok;
}

static void
init_worker (Worker *worker, const Pass *pass)
{
  worker->pass = pass;
  init_sums (&worker->sums, pass);
  worker->shares = g_try_new0 (Share, count_cells (&worker->sums));
  mq_seen_channels_init (&worker->seen, mq_touch_source_n_channels (pass->source));
}

static void
clear_worker (Worker *worker)
{
  mq_credit_sums_clear (&worker->sums);
  mq_journey_clear (&worker->journey);
  mq_seen_channels_clear (&worker->seen);
  mq_touch_reader_clear (&worker->reader);
  g_clear_pointer (&worker->shares, g_free);
  g_clear_pointer (&worker->weights, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Worker, clear_worker)

static gboolean
add_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass *pass = data;
  g_auto (Worker) worker = { 0 };

  init_worker (&worker, pass);
  if (worker.shares == NULL)
    return fail_memory (error);
  if (!mq_run_check (run, error))
    return FALSE;
  for (gsize person = first; person < last; person++)
    {
      if (!mq_touch_source_read (pass->source, &worker.reader, person, &worker.journey, error) ||
          !add_conversions (&worker, error))
        return FALSE;
      if (worker.sums.transitions != NULL)
        add_runs (&worker);
    }
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
  g_autofree Share *lost = g_try_new0 (Share, count_cells (self));

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
  init_sums (self, &pass);
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
