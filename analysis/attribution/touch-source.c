/* touch-source.c: reads a customer's timeline as touches and conversions. */

#include "config.h"

#include "attribution/touch-source.h"

#include <glib/gi18n-lib.h>

#include "attribution/order-links.h"

struct _MqTouchSource
{
  MqDataset                  *dataset; /* (borrowed) */
  const MqScope              *scope;   /* (borrowed) */
  const MqAttributionOptions *options; /* (borrowed) */
  MqTimeline                 *timeline;
  MqTouchNames                names;
  MqOrderLinks                links;
  MqOrderFilter               filter;  /* book NULL: no orders */
  const MqColumn             *amounts; /* (nullable) of the events */
  MqWindowRule                rule;
  gboolean                    is_plain; /* journeys can be plain */
  MqPlainTouches              plain;    /* where it is so */
};

static const MqKind kinds[] = { [MQ_MOMENT_EVENT] = MQ_KIND_EVENTS, [MQ_MOMENT_MESSAGE] = MQ_KIND_MESSAGES };

static gboolean
has_status (MqDataset *dataset, const char *status, const MqRun *run, GError **error)
{
  const MqColumn *column = mq_dataset_column (dataset, MQ_KIND_MESSAGES, "status", run, error);

  return column != NULL && column->codes != NULL && mq_strings_find_sorted (column->strings, status) >= 0;
}

/* Every event, and messages clicked or replied to, as far as there are any. NULL with error; "" if there are none. */
static char *
default_touches (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const MqFacts *events = mq_dataset_facts (dataset, MQ_KIND_EVENTS, run, &local);

  if (events != NULL && events->n_rows > 0)
    g_string_append (text, "*,");
  if (local == NULL && has_status (dataset, "clicked", run, &local))
    g_string_append (text, "message.clicked,");
  if (local == NULL && has_status (dataset, "replied", run, &local))
    g_string_append (text, "message.replied,");
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  g_string_truncate (text, text->len > 0 ? text->len - 1 : 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
make_timeline (MqTouchSource *self, const MqRun *run, GError **error)
{
  g_autoptr (MqSelector) conversion = mq_selector_parse (self->options->conversion, "conversion", error);
  g_autoptr (MqSelector) touch = NULL;
  g_autofree char  *touches = NULL;
  MqTimelineOptions options = { .as_of = self->scope->as_of, .shop = self->scope->shop };

  if (conversion == NULL)
    return FALSE;
  touches = self->options->touches != NULL ? g_strdup (self->options->touches) : default_touches (self->dataset, run, error);
  if (touches == NULL || (*touches != '\0' && (touch = mq_selector_parse (touches, "touch", error)) == NULL))
    return FALSE;
  self->timeline = mq_timeline_new (self->dataset, (MqSelector *[MQ_TOUCH_N_SELECTORS]){ conversion, touch }, touch != NULL ? 2 : 1, &options, run, error);
  return self->timeline != NULL;
}

static gboolean
load_orders (MqTouchSource *self, const MqRun *run, GError **error)
{
  const MqFacts *orders = mq_dataset_facts (self->dataset, MQ_KIND_ORDERS, run, error);

  if (orders == NULL)
    return FALSE;
  self->filter = (MqOrderFilter){ .shop = MQ_NO_CODE, .as_of = self->scope->as_of, .from = MQ_TIME_MISSING, .to = self->scope->as_of };
  if (orders->n_rows == 0)
    return TRUE;
  self->filter.book = mq_order_book_get (self->dataset, run, error);
  return self->filter.book != NULL && mq_order_filter_set_shop (&self->filter, self->dataset, self->scope->shop, run, error);
}

static gboolean
load_amounts (MqTouchSource *self, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  self->amounts = mq_dataset_column (self->dataset, MQ_KIND_EVENTS, "amount", run, &local);
  if (self->amounts != NULL && self->amounts->type != MQ_VALUE_MONEY)
    self->amounts = NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
set_rule (MqTouchSource *self)
{
  self->rule = (MqWindowRule){
    .lookback = self->options->lookback,
    .collapse = self->options->collapse,
    .since_last = self->options->since_last,
    .as_of = self->scope->as_of,
    .from = self->scope->from,
    .to = self->scope->to,
    .any_precision = mq_timeline_is_mixed (self->timeline) || mq_dataset_has_column (self->dataset, MQ_KIND_EVENTS, "time" MQ_PRECISION_SUFFIX) || mq_dataset_has_column (self->dataset, MQ_KIND_MESSAGES, "time" MQ_PRECISION_SUFFIX),
    .zone = self->scope->zone,
  };
}

static void
set_plain (MqTouchSource *self)
{
  if (self->options->collapse > 0 || self->options->order_source || self->rule.any_precision || self->links.order_ids != NULL)
    return;
  self->is_plain = mq_plain_touches_init (&self->plain, self->timeline, &self->names, self->options->skip_direct);
  if (self->is_plain && self->amounts != NULL)
    self->plain.amounts = self->amounts->values;
}

static gboolean
counts (const MqTouchSource *self, gint64 time, guint n_before)
{
  return time >= self->rule.from && time <= self->rule.to && !(self->options->first_only && n_before > 0);
}

static gboolean
is_new_order (const MqJourney *journey, guint order)
{
  for (guint i = 0; i < journey->n_conversions; i++)
    {
      const MqConversion *conversion = &journey->conversions[i];

      if (conversion->source == MQ_MOMENT_ORDER && conversion->row == order)
        return FALSE;
    }
  return TRUE;
}

/* How the order says it came; what it does not say, the event that is the order lends. */
static guint32
find_order_channel (const MqTouchSource *self, guint order, guint8 *direct)
{
  guint32  channel = mq_touch_names_get (&self->names, MQ_KIND_ORDERS, self->filter.book->first_row[order], direct);
  gboolean no_campaign = self->names.by_campaign && channel == self->names.kinds[MQ_KIND_ORDERS].no_campaign;
  gsize    lender = mq_order_links_lender (&self->links, order);
  guint8   lent_direct;

  if (lender == MQ_NO_LENDER || (channel != G_MAXUINT32 && !no_campaign))
    return channel;
  return mq_touch_names_get (&self->names, MQ_KIND_EVENTS, lender, no_campaign ? &lent_direct : direct);
}

static void
add_order_touch (const MqTouchSource *self, guint order, gint64 end, guint8 precision, MqJourney *journey)
{
  guint8  direct = FALSE;
  guint32 channel = find_order_channel (self, order, &direct);
  MqTouch touch = { end, order, channel, precision, MQ_MOMENT_ORDER, direct, direct && self->options->skip_direct, FALSE };

  if (channel != G_MAXUINT32)
    mq_journey_add_touch (journey, &touch);
}

static void
add_order (const MqTouchSource *self, guint order, gint64 value, MqJourney *journey)
{
  const MqOrderBook *book = self->filter.book;
  MqConversion       conversion = { .time = book->time[order], .value = value, .row = order, .source = MQ_MOMENT_ORDER, .precision = book->precision[order] };

  conversion.counts = counts (self, conversion.time, journey->n_conversions);
  mq_journey_add_conversion (journey, conversion, self->scope->zone);
  if (self->options->order_source)
    add_order_touch (self, order, journey->conversions[journey->n_conversions - 1].end, conversion.precision, journey);
}

/* An event, or a line of an order where a condition is a line's. */
static void
add_record (const MqTouchSource *self, const MqMoment *moment, gint64 value, MqJourney *journey)
{
  MqConversion conversion = { .time = moment->time, .value = value, .row = moment->row, .source = moment->source, .precision = moment->precision };

  conversion.counts = counts (self, conversion.time, journey->n_conversions);
  mq_journey_add_conversion (journey, conversion, self->scope->zone);
}

/* An event that is an order converts when the order is valid, once, at its time and for its money. */
static void
add_event (const MqTouchSource *self, const MqMoment *moment, MqJourney *journey)
{
  guint        order = mq_order_links_get (&self->links, moment->row);
  gint64       amount = self->amounts != NULL ? self->amounts->values[moment->row] : MQ_VALUE_MISSING;
  MqOrderMoney money;

  if (order == MQ_NO_ORDER)
    add_record (self, moment, amount != MQ_VALUE_MISSING ? amount : 0, journey);
  else if (mq_order_fate (&self->filter, order, FALSE, &money) == MQ_ROWS_USED && is_new_order (journey, order))
    add_order (self, order, money.gross - money.refunded, journey);
}

static void
add_conversion (const MqTouchSource *self, const MqMoment *moment, MqJourney *journey)
{
  if (moment->source == MQ_MOMENT_ORDER)
    add_order (self, moment->row, mq_timeline_amount (self->timeline, moment), journey);
  else if (moment->source == MQ_MOMENT_EVENT)
    add_event (self, moment, journey);
  else
    add_record (self, moment, mq_timeline_amount (self->timeline, moment), journey);
}

static void
add_touch (const MqTouchSource *self, const MqMoment *moment, MqJourney *journey)
{
  guint8  direct = FALSE;
  guint32 channel = mq_touch_names_get (&self->names, kinds[moment->source], moment->row, &direct);
  MqTouch touch = { moment->time, moment->row, channel, moment->precision, moment->source, direct, direct && self->options->skip_direct, FALSE };

  if (channel == G_MAXUINT32 || (moment->source == MQ_MOMENT_EVENT && mq_order_links_is_order_name (&self->links, moment->row)))
    return;
  mq_journey_add_touch (journey, &touch);
}

static gboolean
make_room (MqTouchReader *reader, gsize n)
{
  guint32 *rows;

  if (n < reader->room)
    return TRUE;
  rows = g_try_renew (guint32, reader->rows, n + n / 2 + MQ_CODE_SET_SLACK);
  if (rows == NULL)
    return FALSE;
  reader->rows = rows;
  reader->room = n + n / 2;
  return TRUE;
}

static void
add_plain_conversion (const MqTouchSource *self, gsize row, MqJourney *journey)
{
  MqConversion conversion = { .time = self->plain.events.times[row], .value = mq_plain_touches_value (&self->plain, row), .row = row };

  conversion.counts = counts (self, conversion.time, journey->n_conversions);
  mq_journey_add_conversion (journey, conversion, NULL);
}

/* Straight from the columns to the journey's. */
static gboolean
read_plain (const MqTouchSource *self, MqTouchReader *reader, guint person, MqJourney *journey)
{
  const MqPlainTouches *plain = &self->plain;
  gsize                 first = plain->events.offsets[person], last = mq_plain_touches_end (plain, person), n;

  if (!mq_journey_make_room (journey, last - first) || !make_room (reader, last - first))
    return FALSE;
  journey->plain = TRUE;
  journey->n_touches = mq_plain_touches_find (plain, first, last, reader->rows);
  for (guint i = 0; i < journey->n_touches; i++)
    {
      guint32 row = reader->rows[i];

      journey->channels[i] = mq_plain_touches_name (plain, row);
      journey->times[i] = plain->events.times[row];
      journey->directs[i] = plain->directs[plain->channels[row]];
    }
  n = mq_plain_touches_find_conversions (plain, first, last, reader->rows);
  for (gsize i = 0; i < n; i++)
    add_plain_conversion (self, reader->rows[i], journey);
  return TRUE;
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for what one customer did. Close other programs and try again."));
  return FALSE;
}

MqTouchSource *
mq_touch_source_new (MqDataset *dataset, const MqScope *scope, const MqAttributionOptions *options, const MqRun *run, GError **error)
{
  g_autoptr (MqTouchSource) self = g_new0 (MqTouchSource, 1);

  self->dataset = dataset;
  self->scope = scope;
  self->options = options;
  if (!make_timeline (self, run, error) ||
      !load_orders (self, run, error) ||
      !load_amounts (self, run, error) ||
      !mq_touch_names_init (&self->names, dataset, options->by, options->order_source, run, error) ||
      !mq_order_links_init (&self->links, dataset, run, error))
    return NULL;
  set_rule (self);
  set_plain (self);
  return g_steal_pointer (&self);
}

void
mq_touch_source_free (MqTouchSource *self)
{
  g_clear_pointer (&self->timeline, mq_timeline_free);
  mq_touch_names_clear (&self->names);
  mq_order_links_clear (&self->links);
  mq_plain_touches_clear (&self->plain);
  g_free (self);
}

guint
mq_touch_source_n_persons (const MqTouchSource *self)
{
  return mq_timeline_n_persons (self->timeline);
}

guint
mq_touch_source_n_channels (const MqTouchSource *self)
{
  return self->names.list->len;
}

const char *
mq_touch_source_channel (const MqTouchSource *self, guint channel)
{
  return self->names.list->pdata[channel];
}

void
mq_touch_source_set_period (MqTouchSource *self, gint64 from, gint64 to)
{
  self->rule.from = from;
  self->rule.to = to;
}

const MqPlainTouches *
mq_touch_source_plain (const MqTouchSource *self)
{
  return self->is_plain ? &self->plain : NULL;
}

const MqWindowRule *
mq_touch_source_rule (const MqTouchSource *self)
{
  return &self->rule;
}

void
mq_touch_source_fill_provenance (const MqTouchSource *self, MqResult *result)
{
  mq_result_provenance (result)->rows_read = mq_timeline_n_rows (self->timeline);
  mq_result_leave_out (result, "no customer", mq_timeline_n_anonymous (self->timeline));
}

void
mq_touch_reader_clear (MqTouchReader *self)
{
  mq_moments_clear (&self->moments);
  g_clear_pointer (&self->rows, g_free);
}

gboolean
mq_touch_source_read (const MqTouchSource *self, MqTouchReader *reader, guint person, MqJourney *journey, GError **error)
{
  mq_journey_reset (journey);
  if (self->is_plain && !reader->whole)
    return read_plain (self, reader, person, journey) || fail_memory (error);
  if (!mq_timeline_read (self->timeline, person, &reader->moments))
    return fail_memory (error);
  for (guint i = 0; i < reader->moments.n; i++)
    {
      const MqMoment *moment = &reader->moments.moments[i];

      if (moment->bits & 1u << MQ_TOUCH_SELECTOR_CONVERSION)
        add_conversion (self, moment, journey);
      else if ((moment->bits & 1u << MQ_TOUCH_SELECTOR_TOUCH) && moment->source <= MQ_MOMENT_MESSAGE)
        add_touch (self, moment, journey);
    }
  mq_journey_sort (journey, !self->options->order_source);
  return TRUE;
}

char *
mq_touch_source_describe (const MqTouchSource *self, MqMomentSource source, gsize row)
{
  static const struct
  {
    MqKind      kind;
    const char *column;
    const char *prefix;
  } names[MQ_N_MOMENT_SOURCES] = {
    [MQ_MOMENT_EVENT] = { MQ_KIND_EVENTS, "event", "" },
    [MQ_MOMENT_MESSAGE] = { MQ_KIND_MESSAGES, "status", "message." },
    [MQ_MOMENT_ORDER] = { MQ_KIND_ORDERS, "order_id", "order " },
    [MQ_MOMENT_LINE] = { MQ_KIND_ORDERS, "order_id", "order " },
  };
  const MqColumn *column = mq_dataset_column (self->dataset, names[source].kind, names[source].column, NULL, NULL);
  gsize           at = source == MQ_MOMENT_ORDER ? self->filter.book->first_row[row] : row;

  if (column == NULL || column->codes == NULL || column->codes[at] == G_MAXUINT32)
    return g_strdup ("order");
  return g_strconcat (names[source].prefix, mq_strings_get (column->strings, column->codes[at]), NULL);
}
