/* credit-worker.c: one customer's journey after the other. */

#include "config.h"

#include "attribution/credit-worker.h"

#include <glib/gi18n-lib.h>

gboolean
mq_credit_add_value (gint64 *sum, gint64 value, GError **error)
{
  if (!__builtin_add_overflow (*sum, value, sum))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the conversions’ values is too large. Look for a column that is no amount and import the file again."));
  return FALSE;
}

static inline void
add_share (MqCreditShare *share, double weight, double value)
{
  share->conversions += weight;
  share->value += weight * value;
}

static void
give_by_weights (MqCreditWorker *self, MqCreditModel model, const MqTouchPath *path, double value, MqCreditShare *shares)
{
  if (self->room < path->n)
    {
      self->room = path->n * 2;
      self->weights = g_renew (double, self->weights, self->room);
    }
  mq_credit_weights (model, &self->options->credit, path, &self->seen, self->weights);
  for (guint i = 0; i < path->n; i++)
    add_share (&shares[path->channels[i]], self->weights[i], value);
}

static gboolean
add_conversions (MqCreditWorker *self, GError **error)
{
  const MqWindowRule *rule = mq_touch_source_rule (self->source);
  gboolean            tied = FALSE;
  guint               first = 0;

  for (guint i = 0; i < self->journey.n_conversions; i++)
    {
      const MqConversion *conversion = &self->journey.conversions[i];
      MqTouchPath         path = mq_journey_path (&self->journey, i, rule, &first, NULL);

      if (!conversion->counts)
        continue;
      if (!mq_credit_worker_count (self, conversion->value, path.n, error))
        return FALSE;
      if (path.n == 0)
        continue;
      tied = tied || mq_touch_path_has_tie (&path);
      mq_credit_worker_give (self, &path, conversion->value);
    }
  self->sums.n_tied += tied;
  return TRUE;
}

static void
add_runs (MqCreditWorker *self)
{
  MqCreditSums       *sums = &self->sums;
  const MqWindowRule *rule = mq_touch_source_rule (self->source);
  MqTouchPath         path;
  MqRunState          state;
  guint               first = 0;

  while (mq_journey_next_run (&self->journey, rule, &first, &path, &state))
    {
      sums->n_ripe += state == MQ_RUN_RIPE;
      sums->n_unripe += state == MQ_RUN_UNRIPE;
      sums->unripe_touches += state == MQ_RUN_UNRIPE ? path.n : 0;
      if (state == MQ_RUN_RIPE)
        mq_transitions_add_path (sums->transitions, path.channels, path.n, FALSE, 1);
    }
}

gboolean
mq_credit_worker_init (MqCreditWorker *self, const MqTouchSource *source, const MqAttributionOptions *options)
{
  guint n_channels = mq_touch_source_n_channels (source);

  *self = (MqCreditWorker){ .source = source, .options = options };
  self->sums = (MqCreditSums){ .n_models = options->n_models, .n_channels = n_channels };
  if (mq_attribution_options_has (options, MQ_CREDIT_MARKOV))
    self->sums.transitions = mq_transitions_new (n_channels, options->markov_order);
  self->shares = g_try_new0 (MqCreditShare, MAX (options->n_models * (gsize) n_channels, 1));
  self->soles = g_try_new0 (MqCreditShare, MAX (n_channels, 1));
  mq_seen_channels_init (&self->seen, n_channels);
  return self->shares != NULL && self->soles != NULL;
}

void
mq_credit_worker_clear (MqCreditWorker *self)
{
  mq_credit_sums_clear (&self->sums);
  mq_journey_clear (&self->journey);
  mq_seen_channels_clear (&self->seen);
  mq_touch_reader_clear (&self->reader);
  g_clear_pointer (&self->shares, g_free);
  g_clear_pointer (&self->soles, g_free);
  g_clear_pointer (&self->weights, g_free);
}

gboolean
mq_credit_worker_add_person (MqCreditWorker *self, guint person, GError **error)
{
  if (!mq_touch_source_read (self->source, &self->reader, person, &self->journey, error) || !add_conversions (self, error))
    return FALSE;
  if (self->sums.transitions != NULL)
    add_runs (self);
  return TRUE;
}

gboolean
mq_credit_worker_count (MqCreditWorker *self, gint64 value, guint n_touches, GError **error)
{
  MqCreditSums *sums = &self->sums;

  sums->n_conversions++;
  sums->n_touched += n_touches > 0;
  sums->n_touches += n_touches;
  return mq_credit_add_value (&sums->value, value, error) && (n_touches == 0 || mq_credit_add_value (&sums->value_touched, value, error));
}

void
mq_credit_worker_give_one (MqCreditWorker *self, guint32 channel, gint64 value)
{
  add_share (&self->soles[channel], 1, value);
  if (self->sums.transitions != NULL)
    mq_transitions_add_path (self->sums.transitions, &channel, 1, TRUE, 1);
}

void
mq_credit_worker_give (MqCreditWorker *self, const MqTouchPath *path, gint64 value)
{
  const MqAttributionOptions *options = self->options;
  guint                       single;

  if (path->n == 1)
    {
      mq_credit_worker_give_one (self, path->channels[0], value);
      return;
    }
  for (guint m = 0; m < options->n_models; m++)
    {
      MqCreditShare *shares = &self->shares[m * (gsize) self->sums.n_channels];

      if (options->models[m] == MQ_CREDIT_MARKOV)
        continue;
      if (mq_credit_single (options->models[m], path, &single))
        add_share (&shares[path->channels[single]], 1, value);
      else
        give_by_weights (self, options->models[m], path, value, shares);
    }
  if (self->sums.transitions != NULL)
    mq_transitions_add_path (self->sums.transitions, path->channels, path->n, TRUE, 1);
}

MqCreditShare
mq_credit_worker_share (const MqCreditWorker *self, guint model, guint channel)
{
  MqCreditShare share = self->shares[model * (gsize) self->sums.n_channels + channel];

  if (self->options->models[model] != MQ_CREDIT_MARKOV)
    {
      share.conversions += self->soles[channel].conversions;
      share.value += self->soles[channel].value;
    }
  return share;
}
