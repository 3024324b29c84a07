/* retention-source.c: names to records. */

#include "config.h"

#include "retention/retention-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
load_orders (MqRetentionSource *self, MqDataset *dataset, const MqScope *scope, const MqRetentionOptions *options, const MqRun *run, GError **error)
{
  const MqOrderBook *book = mq_order_book_get (dataset, run, error);

  if (book == NULL)
    return FALSE;
  self->has_orders = book->rows_read > 0;
  self->filter = (MqOrderFilter){ .book = book, .as_of = scope->as_of, .from = MQ_TIME_MISSING, .to = scope->as_of, .without_free = options->without_free };
  if (!self->has_orders)
    return TRUE;
  if (!mq_order_filter_set_shop (&self->filter, dataset, scope->shop, run, error) ||
      !mq_valid_orders_init (&self->orders, &self->filter, run, error))
    return FALSE;
  self->order_list = (MqRecords){ .n_persons = self->orders.n_persons, .offsets = self->orders.offsets, .time = self->orders.time, .precision = self->orders.precision };
  return TRUE;
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the records. Close other programs and try again."));
  return FALSE;
}

static const MqColumn *
get_event_column (MqDataset *dataset, const char *name, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, MQ_KIND_EVENTS, name, run, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return column;
}

/* Times that are all to the second have no such column. */
static gboolean
load_event_precision (MqRetentionSource *self, MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = get_event_column (dataset, "time" MQ_PRECISION_SUFFIX, run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL)
    return TRUE;
  self->event_precision = g_try_new (guint8, MAX (column->n, 1));
  if (self->event_precision == NULL)
    return fail_memory (error);
  for (gsize row = 0; row < column->n; row++)
    self->event_precision[row] = column->values[row] == MQ_VALUE_MISSING ? MQ_PRECISION_SECOND : column->values[row];
  return TRUE;
}

static gboolean
fail_no_events (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no events. Import an events file first, or begin the cohorts with the first order."));
  return FALSE;
}

/* The list of all events; narrowed to one name (NULL: none) by *wanted. */
static gboolean
load_events (MqRetentionSource *self, MqDataset *dataset, const char *name, const char *setting, MqRecords *records, guint8 **wanted, const MqRun *run, GError **error)
{
  const MqColumn *time, *event;
  gint            code;

  if (self->events == NULL)
    {
      self->events = mq_dataset_facts (dataset, MQ_KIND_EVENTS, run, error);
      if (self->events == NULL || (self->events->n_rows > 0 && !load_event_precision (self, dataset, run, error)))
        return FALSE;
    }
  if (self->events->n_rows == 0)
    return fail_no_events (error);
  time = get_event_column (dataset, "time", run, error);
  if (time == NULL)
    return FALSE;
  *records = (MqRecords){ .n_persons = self->events->n_persons, .offsets = self->events->offsets, .time = time->values, .precision = self->event_precision };
  if (name == NULL)
    return TRUE;
  event = get_event_column (dataset, "event", run, error);
  code = event != NULL ? mq_strings_find_sorted (event->strings, name) : -1;
  if (code < 0)
    {
      if (error == NULL || *error == NULL)
        g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” names an event that the project does not have."), setting);
      return FALSE;
    }
  *wanted = g_new0 (guint8, mq_strings_length (event->strings));
  (*wanted)[code] = 1;
  records->codes = event->codes;
  records->wanted = *wanted;
  return TRUE;
}

static gboolean
use_orders (const MqRetentionSource *self, MqRecords *records, GError **error)
{
  if (!self->has_orders)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no orders. Import an orders file first."));
      return FALSE;
    }
  *records = self->order_list;
  return TRUE;
}

/* Order cohorts that begin with the first order that is not free. */
static gboolean
narrow_to_paid (MqRetentionSource *self, GError **error)
{
  self->paid_codes = g_try_new (guint32, MAX (self->orders.n, 1));
  if (self->paid_codes == NULL)
    return fail_memory (error);
  for (gsize row = 0; row < self->orders.n; row++)
    self->paid_codes[row] = self->filter.book->gross[self->orders.order[row]] > 0;
  self->wanted_paid[0] = 0;
  self->wanted_paid[1] = 1;
  self->start.codes = self->paid_codes;
  self->start.wanted = self->wanted_paid;
  return TRUE;
}

/* A selector that is one event's name, any event, or any order is read where the records are. */
static gboolean
is_simple (const MqSelector *selector, gboolean *is_order)
{
  const MqTerm *term = selector->terms->pdata[0];

  *is_order = TRUE;
  for (guint i = 0; i < selector->terms->len; i++)
    *is_order = *is_order && ((const MqTerm *) selector->terms->pdata[i])->subject == MQ_SUBJECT_ORDER;
  if (selector->terms->len > 1 || term->conditions->len > 0)
    return FALSE;
  return term->subject == MQ_SUBJECT_EVENT || (term->subject == MQ_SUBJECT_ORDER && term->name == NULL);
}

typedef struct
{
  MqRetentionSource *source;
  const MqTimeline  *timeline;
  gboolean           filling;
} ListPass;

static gboolean
list_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  ListPass          *pass = data;
  MqRetentionSource *self = pass->source;
  g_auto (MqMoments) moments = { 0 };

  for (gsize person = first; person < last; person++)
    {
      if (person % 1024 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!mq_timeline_read (pass->timeline, person, &moments))
        return fail_memory (error);
      if (!pass->filling)
        self->list_offsets[person + 1] = moments.n;
      for (guint i = 0; pass->filling && i < moments.n; i++)
        {
          gsize row = self->list_offsets[person] + i;

          self->list_moments[row] = moments.moments[i];
          self->list_time[row] = moments.moments[i].time;
          self->list_precision[row] = moments.moments[i].precision;
          self->list_bits[row] = moments.moments[i].bits;
        }
    }
  return TRUE;
}

static gboolean
allocate_list (MqRetentionSource *self, guint n_persons, GError **error)
{
  gsize n;

  for (guint person = 0; person < n_persons; person++)
    self->list_offsets[person + 1] += self->list_offsets[person];
  n = MAX (self->list_offsets[n_persons], 1);
  self->list_time = g_try_new (gint64, n);
  self->list_precision = g_try_new (guint8, n);
  self->list_bits = g_try_new (guint32, n);
  self->list_moments = g_try_new (MqMoment, n);
  return (self->list_time && self->list_precision && self->list_bits && self->list_moments) || fail_memory (error);
}

static gboolean
load_list (MqRetentionSource *self, MqDataset *dataset, const MqScope *scope, MqSelector *const *selectors, const MqRun *run, GError **error)
{
  static const guint8     wanted_start[] = { 0, 1, 0, 1 };
  static const guint8     wanted_return[] = { 0, 0, 1, 1 };
  const MqTimelineOptions options = { .as_of = scope->as_of, .shop = scope->shop };
  g_autoptr (MqTimeline) timeline = mq_timeline_new (dataset, selectors, 2, &options, run, error);
  ListPass pass = { self, timeline, FALSE };
  guint    n_persons;

  if (timeline == NULL)
    return FALSE;
  n_persons = mq_timeline_n_persons (timeline);
  self->rows_read = mq_timeline_n_rows (timeline);
  self->n_anonymous = mq_timeline_n_anonymous (timeline);
  self->list_offsets = g_try_new0 (gsize, (gsize) n_persons + 1);
  if (self->list_offsets == NULL)
    return fail_memory (error);
  if (!mq_run_parallel (run, n_persons, 8192, list_slice_cb, &pass, error) || !allocate_list (self, n_persons, error))
    return FALSE;
  pass.filling = TRUE;
  self->start = (MqRecords){ n_persons, self->list_offsets, self->list_time, self->list_precision, self->list_bits, wanted_start };
  self->returns = self->start;
  self->returns.wanted = wanted_return;
  self->same = TRUE;
  return mq_run_parallel (run, n_persons, 8192, list_slice_cb, &pass, error);
}

static gboolean
load_simple (MqRetentionSource *self, MqDataset *dataset, MqSelector *const *selectors, const MqRun *run, GError **error)
{
  const char *start = ((const MqTerm *) selectors[0]->terms->pdata[0])->name;
  const char *returns = ((const MqTerm *) selectors[1]->terms->pdata[0])->name;

  self->same = self->start_is_order == self->return_is_order;
  self->start_in_orders = self->start_is_order;
  if (!(self->start_is_order ? use_orders (self, &self->start, error) : load_events (self, dataset, start, "start", &self->start, &self->wanted_start, run, error)) ||
      !(self->return_is_order ? use_orders (self, &self->returns, error) : load_events (self, dataset, returns, "return", &self->returns, &self->wanted_return, run, error)))
    return FALSE;
  if (self->events != NULL)
    {
      self->rows_read = self->events->n_rows;
      self->n_anonymous = self->events->offsets[0];
    }
  return TRUE;
}

static gboolean
refuse_order_options (const MqRetentionOptions *options, GError **error)
{
  if (!options->first_paid && !options->without_free)
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The settings “first” and “free-orders” go with all orders. Write the condition instead, as in order[amount > 0]."));
  return FALSE;
}

gboolean
mq_retention_source_init (MqRetentionSource *self, MqDataset *dataset, const MqScope *scope, const MqRetentionOptions *options, const MqRun *run, GError **error)
{
  g_autoptr (MqSelector) start = NULL;
  g_autoptr (MqSelector) returns = NULL;
  gboolean simple;

  *self = (MqRetentionSource){ 0 };
  if (!load_orders (self, dataset, scope, options, run, error))
    return FALSE;
  self->start_name = g_strdup (*options->start != '\0' ? options->start : self->has_orders ? "order"
                                                                                           : "*");
  self->return_name = g_strdup (*options->returns != '\0' ? options->returns : self->start_name);
  if ((start = mq_selector_parse (self->start_name, "start", error)) == NULL ||
      (returns = mq_selector_parse (self->return_name, "return", error)) == NULL)
    return FALSE;
  simple = is_simple (start, &self->start_is_order);
  simple = is_simple (returns, &self->return_is_order) && simple;
  if (mq_retention_needs_orders (options) && !self->has_orders)
    return use_orders (self, &self->returns, error);
  if (!simple)
    return refuse_order_options (options, error) && load_list (self, dataset, scope, (MqSelector *[2]){ start, returns }, run, error);
  if (!load_simple (self, dataset, (MqSelector *[2]){ start, returns }, run, error))
    return FALSE;
  return !(self->start_is_order && options->first_paid) || narrow_to_paid (self, error);
}

MqMoment
mq_retention_source_moment (const MqRetentionSource *self, gsize row)
{
  MqMoment moment = { .time = self->start.time[row], .row = row, .source = MQ_MOMENT_EVENT };

  if (self->list_moments != NULL)
    return self->list_moments[row];
  if (self->start_in_orders)
    {
      moment.source = MQ_MOMENT_ORDER;
      moment.row = self->orders.order[row];
    }
  moment.precision = self->start.precision != NULL ? self->start.precision[row] : MQ_PRECISION_SECOND;
  return moment;
}

void
mq_retention_source_clear (MqRetentionSource *self)
{
  mq_valid_orders_clear (&self->orders);
  g_clear_pointer (&self->paid_codes, g_free);
  g_clear_pointer (&self->event_precision, g_free);
  g_clear_pointer (&self->wanted_start, g_free);
  g_clear_pointer (&self->wanted_return, g_free);
  g_clear_pointer (&self->list_offsets, g_free);
  g_clear_pointer (&self->list_time, g_free);
  g_clear_pointer (&self->list_precision, g_free);
  g_clear_pointer (&self->list_bits, g_free);
  g_clear_pointer (&self->list_moments, g_free);
  g_clear_pointer (&self->start_name, g_free);
  g_clear_pointer (&self->return_name, g_free);
}
