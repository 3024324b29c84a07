/* reconcile-count.c: rows by what became of them, money by month and by status. */

#include "config.h"

#include "reconcile/reconcile-count.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"
#include "orders/order-summary.h"

typedef struct
{
  MqReconcileCount  *result; /* (borrowed) */
  MqDataset         *dataset;
  const MqOrderBook *book;
  gint64             as_of;
  const MqColumn    *status; /* (nullable) */
  const MqZone      *zone;
  GHashTable        *months;  /* (owned) (element-type int → MqReconcileGroup) */
  GPtrArray         *by_code; /* (owned) (element-type MqReconcileGroup) by status code + 1, NULL: none yet */
} Counting;

static void
free_group (gpointer data)
{
  if (data != NULL)
    g_free (((MqReconcileGroup *) data)->text);
  g_free (data);
}

static void
clear_counting (Counting *self)
{
  g_clear_pointer (&self->months, g_hash_table_unref);
  g_clear_pointer (&self->by_code, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counting, clear_counting)

static MqReconcileSums *
get_month (Counting *self, gint32 day)
{
  int               year, month, mday, key;
  MqReconcileGroup *group;

  mq_day_to_civil (day, &year, &month, &mday);
  key = year * 12 + month - 1;
  group = g_hash_table_lookup (self->months, GINT_TO_POINTER (key));
  if (group == NULL)
    {
      group = g_new0 (MqReconcileGroup, 1);
      group->month = key;
      g_hash_table_insert (self->months, GINT_TO_POINTER (key), group);
    }
  return &group->sums;
}

/* The status of an order is that of the line that carries its texts. */
static MqReconcileSums *
get_status (Counting *self, guint order)
{
  guint32           code = self->status != NULL ? self->status->codes[self->book->first_row[order]] : MQ_CODE_MISSING;
  guint             index = code == MQ_CODE_MISSING ? 0 : code + 1;
  MqReconcileGroup *group = self->by_code->pdata[index];

  if (group == NULL)
    {
      group = g_new0 (MqReconcileGroup, 1);
      group->text = index > 0 ? g_strdup (mq_strings_get (self->status->strings, code)) : NULL;
      group->status = group->text != NULL ? mq_dataset_status (self->dataset, group->text) : MQ_STATUS_PAID;
      self->by_code->pdata[index] = group;
    }
  return &group->sums;
}

static void
add_order (MqReconcileSums *sums, MqOrderState state, const MqOrderMoney *money)
{
  sums->placed += money->gross;
  if (state == MQ_ORDER_UNPAID)
    {
      sums->orders++;
      sums->never_paid++;
      sums->unpaid += money->gross;
      return;
    }
  sums->orders += state != MQ_ORDER_REFUND;
  sums->valid += state == MQ_ORDER_VALID;
  sums->fully_refunded += state == MQ_ORDER_FULLY_REFUNDED;
  if (state == MQ_ORDER_VALID)
    sums->refunded_partly += money->refunded;
  else
    sums->refunded_wholly += state == MQ_ORDER_FULLY_REFUNDED ? money->gross : money->refunded;
}

/* What the refunds of an order take beyond its sum, each in its own month. */
static void
add_excess (Counting *self, guint order, const MqOrderMoney *money)
{
  const MqOrderBook *book = self->book;
  gint64             left = money->gross;

  for (guint i = book->refund_offsets[order]; i < book->refund_offsets[order + 1] && book->refunds[i].time <= self->as_of; i++)
    {
      gint64 amount = book->refunds[i].amount;
      gint64 covered = MIN (amount, left);

      left -= covered;
      if (covered < amount)
        {
          get_month (self, mq_zone_day (self->zone, book->refunds[i].time, NULL))->unmatched += amount - covered;
          self->result->total.unmatched += amount - covered;
        }
    }
}

static void
add_unmatched (Counting *self)
{
  const MqOrderBook *book = self->book;

  for (guint i = book->refund_offsets[book->n_orders]; i < book->n_refunds; i++)
    if (book->refunds[i].time <= self->as_of)
      {
        get_month (self, mq_zone_day (self->zone, book->refunds[i].time, NULL))->unmatched += book->refunds[i].amount;
        self->result->total.unmatched += book->refunds[i].amount;
      }
}

static gboolean
add_orders (Counting *self, const MqRun *run, GError **error)
{
  const MqOrderBook *book = self->book;

  for (guint order = 0; order < book->n_orders; order++)
    {
      MqOrderMoney money = { 0 };
      MqOrderState state = mq_order_state (book, order, self->as_of, &money);

      if (order % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (state == MQ_ORDER_FUTURE)
        continue;
      add_order (&self->result->total, state, &money);
      add_order (get_month (self, book->day[order]), state, &money);
      add_order (get_status (self, order), state, &money);
      if (money.excess > 0)
        add_excess (self, order, &money);
    }
  add_unmatched (self);
  return TRUE;
}

static MqRowClass
class_of_row (const Counting *self, guint32 order, gint64 time)
{
  MqOrderMoney money;

  if (time > self->as_of)
    return MQ_ROWS_LATER;
  switch (mq_order_state (self->book, order, self->as_of, &money))
    {
    case MQ_ORDER_VALID:
      return MQ_ROWS_VALID;
    case MQ_ORDER_UNPAID:
      return MQ_ROWS_UNPAID;
    case MQ_ORDER_FULLY_REFUNDED:
      return MQ_ROWS_REFUNDED;
    case MQ_ORDER_FUTURE:
      return MQ_ROWS_LATER;
    case MQ_ORDER_REFUND:
    default:
      return MQ_ROWS_REFUND;
    }
}

static gboolean
count_rows (Counting *self, const MqRun *run, GError **error)
{
  MqReconcileCount *result = self->result;
  const MqFacts    *facts = mq_dataset_facts (self->dataset, MQ_KIND_ORDERS, run, error);
  const guint32    *orders = facts != NULL ? mq_order_rows_get (self->dataset, run, error) : NULL;
  const MqColumn   *time = orders != NULL ? mq_dataset_column (self->dataset, MQ_KIND_ORDERS, "time", run, error) : NULL;
  gint64            none = 0;

  if (facts == NULL || (facts->n_rows > 0 && time == NULL))
    return FALSE;
  for (gsize row = 0; row < facts->n_rows; row++)
    {
      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (orders[row] == MQ_NO_ORDER)
        none++;
      else
        result->rows[class_of_row (self, orders[row], time->values[row])]++;
    }
  result->rows[MQ_ROWS_OTHER_CURRENCY] = self->book->n_other_currency;
  result->rows[MQ_ROWS_REFUND] += none - self->book->n_other_currency;
  mq_dataset_count_read (self->dataset, MQ_KIND_ORDERS, &result->read, &result->rows[MQ_ROWS_REJECTED]);
  result->rows[MQ_ROWS_REPLACED] = result->read - result->rows[MQ_ROWS_REJECTED] - (gint64) facts->n_rows;
  return TRUE;
}

static int
compare_months_cb (gconstpointer a, gconstpointer b)
{
  return ((const MqReconcileGroup *) a)->month - ((const MqReconcileGroup *) b)->month;
}

static void
take_groups (Counting *self)
{
  GHashTableIter iter;
  gpointer       group;

  g_hash_table_iter_init (&iter, self->months);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    g_array_append_vals (self->result->months, group, 1);
  g_array_sort (self->result->months, compare_months_cb);
  for (guint i = 0; i < self->by_code->len; i++)
    if (self->by_code->pdata[i] != NULL)
      {
        MqReconcileGroup copy = *(const MqReconcileGroup *) self->by_code->pdata[i];

        copy.text = g_strdup (copy.text);
        g_array_append_val (self->result->statuses, copy);
      }
}

static void
clear_group_cb (gpointer data)
{
  g_free (((MqReconcileGroup *) data)->text);
}

/* The sums are those of mq_order_totals(), which refuses what does not fit; so nothing here can overflow. */
static gboolean
check_totals (const Counting *self, const MqRun *run, GError **error)
{
  MqOrderTotals totals;

  return mq_order_totals (self->book, self->as_of, &totals, run, error);
}

gboolean
mq_reconcile_count (MqReconcileCount *self, MqDataset *dataset, gint64 as_of, const MqRun *run, GError **error)
{
  g_auto (Counting) counting = { .result = self, .dataset = dataset, .as_of = as_of, .zone = mq_dataset_zone (dataset) };
  g_autoptr (GError) local = NULL;

  *self = (MqReconcileCount){ .months = g_array_new (FALSE, FALSE, sizeof (MqReconcileGroup)), .statuses = g_array_new (FALSE, FALSE, sizeof (MqReconcileGroup)) };
  g_array_set_clear_func (self->statuses, clear_group_cb);
  counting.book = mq_order_book_get (dataset, run, error);
  if (counting.book == NULL || !check_totals (&counting, run, error))
    return FALSE;
  counting.status = mq_dataset_column (dataset, MQ_KIND_ORDERS, "status", run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  counting.months = g_hash_table_new_full (NULL, NULL, NULL, free_group);
  counting.by_code = g_ptr_array_new_with_free_func (free_group);
  g_ptr_array_set_size (counting.by_code, counting.status != NULL ? (int) mq_strings_length (counting.status->strings) + 1 : 1);
  if (!add_orders (&counting, run, error) || !count_rows (&counting, run, error))
    return FALSE;
  take_groups (&counting);
  return TRUE;
}

void
mq_reconcile_count_clear (MqReconcileCount *self)
{
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->statuses, g_array_unref);
}
