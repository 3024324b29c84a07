/* order-state.c: what an order is at an as-of date: lines and refunds after it do not exist. */

#include "orders/order-book.h"

/* The first of the late lines of an order. */
static guint
find_late_lines (const MqOrderBook *book, guint order)
{
  guint low = 0;
  guint high = book->n_late_lines;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (book->late_lines[middle].order < order)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gint64
find_gross (const MqOrderBook *book, guint order, gint64 as_of)
{
  gint64 gross = book->gross[order];

  if (as_of >= book->newest)
    return gross;
  for (guint i = find_late_lines (book, order); i < book->n_late_lines && book->late_lines[i].order == order; i++)
    if (book->late_lines[i].time > as_of)
      gross -= book->late_lines[i].amount;
  return gross;
}

MqOrderState
mq_order_state_full (const MqOrderBook *book, guint order, gint64 as_of, MqOrderMoney *money)
{
  guint64 refunded = 0;
  guint64 own = 0;

  *money = (MqOrderMoney){ 0 };
  if (book->time[order] > as_of)
    return MQ_ORDER_FUTURE;
  money->gross = find_gross (book, order, as_of);
  for (guint i = book->refund_offsets[order]; i < book->refund_offsets[order + 1] && book->refunds[i].time <= as_of; i++)
    {
      refunded += book->refunds[i].amount;
      own += book->refunds[i].own ? book->refunds[i].amount : 0;
    }
  money->refunded = MIN (refunded, (guint64) money->gross);
  money->excess = refunded - money->refunded;
  /* Shops close an order that nobody paid, and one that was paid back: the refund tells. */
  if (book->status[order] == MQ_STATUS_CLOSED && money->gross > 0 && own == (guint64) money->gross)
    return MQ_ORDER_FULLY_REFUNDED;
  if (book->status[order] == MQ_STATUS_UNPAID || book->status[order] == MQ_STATUS_CLOSED)
    return MQ_ORDER_UNPAID;
  if (own > (guint64) money->gross)
    return MQ_ORDER_REFUND;
  if (book->status[order] == MQ_STATUS_REFUNDED || (money->gross > 0 && money->refunded == money->gross))
    return MQ_ORDER_FULLY_REFUNDED;
  return MQ_ORDER_VALID;
}

gint64
mq_order_excess_between (const MqOrderBook *book, guint order, gint64 as_of, gint64 from, gint64 to, guint *n)
{
  gint64 left = find_gross (book, order, as_of);
  gint64 excess = 0;

  *n = 0;
  for (guint i = book->refund_offsets[order]; i < book->refund_offsets[order + 1] && book->refunds[i].time <= as_of; i++)
    {
      gint64 amount = book->refunds[i].amount;
      gint64 covered = MIN (amount, left);

      left -= covered;
      if (covered == amount || book->refunds[i].time < from || book->refunds[i].time > to)
        continue;
      excess += amount - covered;
      (*n)++;
    }
  return excess;
}
