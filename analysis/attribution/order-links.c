/* order-links.c: joins events and orders by order_id. */

#include "config.h"

#include "attribution/order-links.h"

#include <string.h>

#define CHECK_ROWS 4096

static const MqColumn *
load_texts (MqDataset *dataset, MqKind kind, const char *name, const MqRun *run, GError **error)
{
  const MqColumn *column = mq_dataset_column (dataset, kind, name, run, error);

  return column != NULL && column->codes != NULL ? column : NULL;
}

static void
map_orders (MqOrderLinks *self, const MqOrderBook *book, const MqColumn *of_orders, const MqColumn *of_events)
{
  guint               n = mq_strings_length (of_events->strings);
  g_autofree guint32 *order_of = g_new (guint32, mq_strings_length (of_orders->strings) + 1);

  memset (order_of, 0xff, (mq_strings_length (of_orders->strings) + 1) * sizeof *order_of);
  for (guint order = 0; order < book->n_orders; order++)
    {
      guint32 code = of_orders->codes[book->first_row[order]];

      if (code != MQ_NO_CODE)
        order_of[code] = order;
    }
  self->orders = g_new (guint32, MAX (n, 1));
  for (guint code = 0; code < n; code++)
    {
      gint found = mq_strings_find_sorted (of_orders->strings, mq_strings_get (of_events->strings, code));

      self->orders[code] = found >= 0 ? order_of[found] : MQ_NO_ORDER;
    }
}

static gboolean
find_names (MqOrderLinks *self, const MqColumn *names, const MqRun *run, GError **error)
{
  self->order_names = g_new0 (guint8, mq_strings_length (names->strings) + 1);
  for (gsize row = 0; row < names->n; row++)
    {
      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (names->codes[row] != MQ_NO_CODE && mq_order_links_get (self, row) != MQ_NO_ORDER)
        self->order_names[names->codes[row]] = TRUE;
    }
  return TRUE;
}

static gboolean
find_lenders (MqOrderLinks *self, const MqOrderBook *book, const MqColumn *times, const MqColumn *channels, const MqRun *run, GError **error)
{
  self->lenders = g_new (gsize, book->n_orders + 1);
  memset (self->lenders, 0xff, (book->n_orders + 1) * sizeof *self->lenders);
  for (gsize row = 0; row < channels->n; row++)
    {
      guint order = channels->codes[row] != MQ_NO_CODE ? mq_order_links_get (self, row) : MQ_NO_ORDER;

      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (order != MQ_NO_ORDER && (self->lenders[order] == MQ_NO_LENDER || times->values[row] < times->values[self->lenders[order]]))
        self->lenders[order] = row;
    }
  return TRUE;
}

gboolean
mq_order_links_init (MqOrderLinks *self, MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn    *of_events = load_texts (dataset, MQ_KIND_EVENTS, "order_id", run, &local);
  const MqColumn    *of_orders = of_events != NULL ? load_texts (dataset, MQ_KIND_ORDERS, "order_id", run, &local) : NULL;
  const MqColumn    *names = of_orders != NULL ? load_texts (dataset, MQ_KIND_EVENTS, "event", run, &local) : NULL;
  const MqColumn    *channels = names != NULL ? load_texts (dataset, MQ_KIND_EVENTS, "channel", run, &local) : NULL;
  const MqColumn    *times = channels != NULL ? mq_dataset_column (dataset, MQ_KIND_EVENTS, "time", run, &local) : NULL;
  const MqOrderBook *book = names != NULL && local == NULL ? mq_order_book_get (dataset, run, &local) : NULL;

  *self = (MqOrderLinks){ 0 };
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (book == NULL)
    return TRUE;
  map_orders (self, book, of_orders, of_events);
  self->order_ids = of_events->codes;
  self->names = names->codes;
  return find_names (self, names, run, error) && (times == NULL || find_lenders (self, book, times, channels, run, error));
}

void
mq_order_links_clear (MqOrderLinks *self)
{
  g_clear_pointer (&self->orders, g_free);
  g_clear_pointer (&self->order_names, g_free);
  g_clear_pointer (&self->lenders, g_free);
}
