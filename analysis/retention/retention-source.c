/* retention-source.c: names to records. */

#include "config.h"

#include "retention/retention-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANY_EVENT "*"
#define EVENT_PREFIX "event:"

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

/* The list of all events; narrowed to one name by *wanted. */
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
  if (g_str_equal (name, ANY_EVENT))
    return TRUE;
  event = get_event_column (dataset, "event", run, error);
  code = event != NULL ? mq_strings_find_sorted (event->strings, g_str_has_prefix (name, EVENT_PREFIX) ? name + strlen (EVENT_PREFIX) : name) : -1;
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

gboolean
mq_retention_source_init (MqRetentionSource *self, MqDataset *dataset, const MqScope *scope, const MqRetentionOptions *options, const MqRun *run, GError **error)
{
  const char *start = options->start;
  const char *returns = options->returns;

  *self = (MqRetentionSource){ 0 };
  if (!load_orders (self, dataset, scope, options, run, error))
    return FALSE;
  if (*start == '\0')
    start = self->has_orders ? "order" : ANY_EVENT;
  if (*returns == '\0')
    returns = start;
  self->start_name = g_strdup (start);
  self->return_name = g_strdup (returns);
  self->start_is_order = g_str_equal (start, "order");
  self->return_is_order = g_str_equal (returns, "order");
  self->same = self->start_is_order == self->return_is_order;
  if (!(self->start_is_order ? use_orders (self, &self->start, error) : load_events (self, dataset, start, "start", &self->start, &self->wanted_start, run, error)) ||
      !(self->return_is_order ? use_orders (self, &self->returns, error) : load_events (self, dataset, returns, "return", &self->returns, &self->wanted_return, run, error)))
    return FALSE;
  if (mq_retention_needs_orders (options) && !self->has_orders)
    return use_orders (self, &self->returns, error);
  return !(self->start_is_order && options->first_paid) || narrow_to_paid (self, error);
}

void
mq_retention_source_clear (MqRetentionSource *self)
{
  mq_valid_orders_clear (&self->orders);
  g_clear_pointer (&self->paid_codes, g_free);
  g_clear_pointer (&self->event_precision, g_free);
  g_clear_pointer (&self->wanted_start, g_free);
  g_clear_pointer (&self->wanted_return, g_free);
  g_clear_pointer (&self->start_name, g_free);
  g_clear_pointer (&self->return_name, g_free);
}
