/* order-fate.h: which orders of the book an analysis counts, and what became of the rows of all others: the closed list of
 * reasons of the provenance. */

#pragma once

#include "base/result.h"
#include "orders/order-book.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_ROWS_USED,
  MQ_ROWS_OTHER_CURRENCY,
  MQ_ROWS_OTHER_SHOP,
  MQ_ROWS_FUTURE,      /* after the as-of date */
  MQ_ROWS_NO_CUSTOMER, /* orders of nobody */
  MQ_ROWS_REFUND,      /* rows of orders that are refunds; they count where they are matched, else as unmatched */
  MQ_ROWS_NOT_VALID,   /* unpaid, closed, fully refunded */
  MQ_ROWS_FREE,        /* value zero, left out by the setting */
  MQ_ROWS_OUTSIDE,     /* valid, outside the period */
  MQ_N_ROWS
} MqRowFate;

const char *mq_row_fate_reason (MqRowFate fate); /* "no customer"; NULL for MQ_ROWS_USED */

typedef struct
{
  const MqOrderBook *book;
  const guint32     *shops; /* (nullable) codes of the column shop */
  guint32            shop;  /* its code, or MQ_NO_CODE for all shops */
  gint64             as_of;
  gint64             from, to; /* of the order's time, inclusive; from: MQ_TIME_MISSING for no bound */
  gboolean           without_free;
} MqOrderFilter;

/* Sets shop and shops to the shop of that name (NULL: all). FALSE with MQ_ANALYSIS_ERROR_SETTING if no order has it. */
gboolean mq_order_filter_set_shop (MqOrderFilter *self, MqDataset *dataset, const char *shop /* (nullable) */, const MqRun *run, GError **error);

/* Adds the rows that stand in no order of the book, and moves those of lines that do not exist yet. rows: by fate, with
 * the rows of all orders already added to that of their order. */
void mq_order_filter_count_others (const MqOrderFilter *self, gint64 rows[MQ_N_ROWS]);
void mq_rows_leave_out (const gint64 rows[MQ_N_ROWS], MqResult *result);

static inline gboolean
mq_order_filter_other_shop (const MqOrderFilter *self, guint order)
{
  return self->shop != MQ_NO_CODE && self->shops[self->book->first_row[order]] != self->shop;
}

static inline guint
mq_order_n_lines (const MqOrderBook *book, guint order)
{
  return book->n_lines != NULL ? book->n_lines[order] : 1;
}

/* money is zero for orders of another shop. */
static inline MqRowFate
mq_order_fate (const MqOrderFilter *self, guint order, gboolean anonymous, MqOrderMoney *money)
{
  const MqOrderBook *book = self->book;

  *money = (MqOrderMoney){ 0 };
  if (mq_order_filter_other_shop (self, order))
    return MQ_ROWS_OTHER_SHOP;
  switch (mq_order_state (book, order, self->as_of, money))
    {
    case MQ_ORDER_FUTURE:
      return MQ_ROWS_FUTURE;
    case MQ_ORDER_REFUND:
      return anonymous ? MQ_ROWS_NO_CUSTOMER : MQ_ROWS_REFUND;
    case MQ_ORDER_UNPAID:
    case MQ_ORDER_FULLY_REFUNDED:
      return anonymous ? MQ_ROWS_NO_CUSTOMER : MQ_ROWS_NOT_VALID;
    case MQ_ORDER_VALID:
    default:
      break;
    }
  if (anonymous)
    return MQ_ROWS_NO_CUSTOMER;
  if (money->gross == 0 && self->without_free)
    return MQ_ROWS_FREE;
  return book->time[order] >= self->from && book->time[order] <= self->to ? MQ_ROWS_USED : MQ_ROWS_OUTSIDE;
}

G_END_DECLS
