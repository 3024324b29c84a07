/* order-book.h: MqOrderBook, the order lines of a dataset put together as orders, with every refund matched to what it
 * refunds (METHODS.md, section Data, "Valid order" and "Refund rows"). Made once a dataset, without regard to any as-of
 * date: refunds are matched in order of time, so what an as-of date hides never changes an earlier match. Immutable.
 *
 * An order is (shop, order_id); without an order_id, the lines of one customer at the same time at its precision (a line
 * of nobody is an order of its own). Its time is the earliest of its lines, its customer that of the earliest line that
 * has one. What holds where METHODS.md is silent:
 * - Refund rows of an order that has positive lines too reduce that order. What they take beyond its sum is an unmatched
 *   refund: sum of all lines = net of all orders - unmatched refunds, at any as-of date.
 * - Lines whose status differs from that of the rest: an order is as paid as its best line; then its unpaid or closed
 *   lines do not count and its refunded lines are refunds of themselves.
 * - An amount that is the order's counts once: the first line's (of the amounts below zero, too, the first).
 * - A refund column's amount is a refund at the order's time; on a row with a negative amount it is not looked at. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_NO_ORDER G_MAXUINT32
#define MQ_ANONYMOUS G_MAXUINT32
#define MQ_NO_CODE G_MAXUINT32 /* of a text column: no value */

typedef struct
{
  guint  order;  /* MQ_NO_ORDER: unmatched */
  guint  person; /* MQ_ANONYMOUS */
  gint64 time;
  gint64 amount; /* > 0, minor units */
  guint  shop;   /* of the refund's own row: code, MQ_NO_CODE */
  guint8 precision;
  guint8 own; /* TRUE: a row, or the refund column, of that very order; FALSE: matched from elsewhere */
} MqRefund;

/* A line of an order that is later than the order's first line: it does not exist at an as-of date before it. */
typedef struct
{
  guint  order;
  gint64 time;
  gint64 amount; /* >= 0: its part of the order's gross */
} MqLateLine;

/* An order without a positive line: a refund, not an order. */
typedef struct
{
  guint  person; /* MQ_ANONYMOUS */
  guint  shop;
  gint64 time;
  guint  n_lines;
} MqRefundOrder;

typedef struct
{
  /* Orders sorted by (person, time, shop, order_id), anonymous ones first; refund orders are not among them. */
  guint          n_persons;
  guint          n_orders;
  const guint32 *offsets;   /* n_persons + 1: person p has orders [offsets[p], offsets[p + 1]); anonymous [0, offsets[0]) */
  const guint32 *person;    /* MQ_ANONYMOUS */
  const gint64  *time;      /* of the first line */
  const gint32  *day;       /* date of `time` in the project's zone */
  const guint8  *precision; /* MqPrecision */
  const gint64  *gross;     /* sum of the positive lines, minor units */
  const gint8   *status;    /* MqStatus; PAID without a status column */
  const guint32 *first_row; /* row of the orders facts: the line that carries the order's text columns */
  const guint32 *n_lines;   /* (nullable) lines of each; NULL: one each */

  /* What reduces them, sorted by (order, time); unmatched ones after all others, by (person, time), anonymous ones last. */
  guint           n_refunds;
  const MqRefund *refunds;
  const guint32  *refund_offsets; /* n_orders + 1; unmatched: from refund_offsets[n_orders] to n_refunds */

  guint                n_late_lines; /* sorted by (order, time) */
  const MqLateLine    *late_lines;
  guint                n_refund_orders; /* sorted by (person, time), anonymous ones last */
  const MqRefundOrder *refund_orders;

  gint64 newest;           /* of the times of all lines; MQ_TIME_MISSING */
  gint64 rows_read;        /* all rows of the orders */
  gint64 n_other_currency; /* rows left out: another currency than the project's */
  gint64 n_refund_rows;    /* rows with a negative amount */
  gint64 n_differing;      /* orders whose lines state different amounts of the order */
  gint64 gross_total;      /* sum of all lines, negative ones included, minor units */
} MqOrderBook;

/* Belongs to the dataset. NULL with error on damage, cancellation, MQ_ANALYSIS_ERROR_OVERFLOW. */
const MqOrderBook *mq_order_book_get (MqDataset *dataset, const MqRun *run, GError **error);
void               mq_order_book_free (MqOrderBook *self);
/* The order in the book of each row of the orders; MQ_NO_ORDER: of none, or of a refund order. Made on first use, belongs
 * to the dataset. */
const guint32 *mq_order_rows_get (MqDataset *dataset, const MqRun *run, GError **error);

/* What an order is at an as-of date. */
typedef enum
{
  MQ_ORDER_VALID,
  MQ_ORDER_UNPAID,         /* or closed */
  MQ_ORDER_FULLY_REFUNDED, /* by its status, or its refunds reach the sum of its positive lines, also of a closed one */
  MQ_ORDER_REFUND,         /* its lines sum to less than zero: a refund, not an order */
  MQ_ORDER_FUTURE,         /* after the as-of date: does not exist yet */
} MqOrderState;

typedef struct
{
  gint64 gross;    /* sum of the positive lines that exist */
  gint64 refunded; /* of it */
  gint64 excess;   /* refunds beyond it: unmatched */
} MqOrderMoney;

MqOrderState mq_order_state_full (const MqOrderBook *book, guint order, gint64 as_of, MqOrderMoney *money);
/* The part of the excess that is dated from `from` to `to` (inclusive; MQ_TIME_MISSING: no bound below), and of how many
 * refunds it is. */
gint64 mq_order_excess_between (const MqOrderBook *book, guint order, gint64 as_of, gint64 from, gint64 to, guint *n);

static inline gboolean
mq_order_status_counts (int status)
{
  return status != MQ_STATUS_UNPAID && status != MQ_STATUS_CLOSED && status != MQ_STATUS_REFUNDED;
}

static inline MqOrderState
mq_order_state (const MqOrderBook *book, guint order, gint64 as_of, MqOrderMoney *money)
{
  if (book->time[order] > as_of)
    return MQ_ORDER_FUTURE;
  if (book->refund_offsets[order] == book->refund_offsets[order + 1] && (book->n_late_lines == 0 || as_of >= book->newest))
    {
      *money = (MqOrderMoney){ book->gross[order], 0, 0 };
      if (mq_order_status_counts (book->status[order]))
        return MQ_ORDER_VALID;
    }
  return mq_order_state_full (book, order, as_of, money);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderBook, mq_order_book_free)

G_END_DECLS
