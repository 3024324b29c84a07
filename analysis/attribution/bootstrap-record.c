/* bootstrap-record.c: customer by customer, in slices. */

#include "config.h"

#include "attribution/bootstrap-record.h"

#include <glib/gi18n-lib.h>

#define GRAIN 4096

/* Room for one customer's credits. */
typedef struct
{
  MqSeenChannels seen;
  double        *weights; /* (owned) */
  guint          room;
  double        *cells;   /* (owned) all 0 between customers */
  GArray        *touched; /* (owned) (element-type guint32) cells that are above 0 */
} Scratch;

static void
init_record (MqBootstrapRecord *self)
{
  self->customers = g_array_new (FALSE, FALSE, sizeof (MqBootstrapCustomer));
  self->credits = g_array_new (FALSE, FALSE, sizeof (MqBootstrapCredit));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_record (MqBootstrapRecord *self)
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
add_path (const MqBootstrapRecords *self, const MqTouchPath *path, Scratch *scratch)
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
write_credits (Scratch *scratch, MqBootstrapRecord *record, MqBootstrapCustomer *customer)
{
  customer->n_credits = scratch->touched->len;
  for (guint i = 0; i < scratch->touched->len; i++)
    {
      guint32           cell = g_array_index (scratch->touched, guint32, i);
      MqBootstrapCredit credit = { cell, (float) scratch->cells[cell] };

      g_array_append_val (record->credits, credit);
      scratch->cells[cell] = 0;
    }
  g_array_set_size (scratch->touched, 0);
}

static void
record_journey (const MqBootstrapRecords *self, guint person, MqJourney *journey, Scratch *scratch, MqBootstrapRecord *record)
{
  const MqWindowRule *rule = mq_touch_source_rule (self->source);
  MqBootstrapCustomer customer = { .person = person };
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
record_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  MqBootstrapRecords *self = data;
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };
  g_auto (Scratch) scratch = { 0 };

  if (!mq_run_check (run, error))
    return FALSE;
  mq_seen_channels_init (&scratch.seen, self->n_channels);
  scratch.touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  scratch.cells = g_try_new0 (double, MAX (self->n_cells, 1));
  if (scratch.cells == NULL)
    return mq_bootstrap_fail_memory (error);
  init_record (&self->list[slice]);
  for (gsize person = first; person < last; person++)
    {
      if (!mq_touch_source_read (self->source, &reader, person, &journey, error))
        return FALSE;
      record_journey (self, person, &journey, &scratch, &self->list[slice]);
    }
  return TRUE;
}

gboolean
mq_bootstrap_fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for so many rounds of the bootstrap. Choose fewer."));
  return FALSE;
}

gboolean
mq_bootstrap_records_init (MqBootstrapRecords *self, const MqTouchSource *source, const MqAttributionOptions *options, const MqTransition *list, gsize n, const MqRun *run, GError **error)
{
  guint n_persons = mq_touch_source_n_persons (source);

  *self = (MqBootstrapRecords){ .source = source, .options = options };
  self->n_channels = mq_touch_source_n_channels (source);
  self->n_cells = options->n_models * (gsize) self->n_channels;
  self->n = (n_persons + (gsize) GRAIN - 1) / GRAIN;
  self->list = g_new0 (MqBootstrapRecord, MAX (self->n, 1));
  self->index = list != NULL ? mq_transitions_new_index (list, n, self->n_channels, options->markov_order) : NULL;
  return mq_run_parallel (run, n_persons, GRAIN, record_slice_cb, self, error);
}

void
mq_bootstrap_records_clear (MqBootstrapRecords *self)
{
  for (gsize i = 0; i < self->n; i++)
    clear_record (&self->list[i]);
  g_clear_pointer (&self->list, g_free);
  g_clear_pointer (&self->index, mq_transitions_free);
}
