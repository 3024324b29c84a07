/* order-book.h: MqOrderBook, the order lines of a dataset put together as orders, with every refund matched to what it
 * refunds (METHODS.md, section Data, "Valid order" and "Refund rows"). Made once a dataset, without regard to any as-of
 * date: refunds are matched in order of time, so what an as-of date hides never changes an earlier match. Immutable.
 *
 * An order is (shop, order_id); without an order_id, the lines of one customer at the same time at its precision. Its
 * time is the earliest of its lines, its customer that of the earliest line that has one. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_NO_ORDER G_MAXUINT32
#define MQ_ANONYMOUS G_MAXUINT32

typedef struct
{
  guint  order;  /* MQ_NO_ORDER: unmatched */
  guint  person; /* MQ_ANONYMOUS */
  gint64 time;
  gint64 amount; /* > 0, minor units */
  guint8 precision;
} MqRefund;

typedef struct
{
  /* Orders sorted by (person, time, shop, order_id), anonymous ones first; orders that are refunds (lines sum to less
   * than zero) are not among them. */
  guint          n_orders;
  const guint32 *offsets; /* n_persons + 1, as MqFacts.offsets */
  const guint32 *person;  /* MQ_ANONYMOUS */
  const gint64  *time;
  const gint32  *day;       /* date of `time` in the project's zone */
  const guint8  *precision; /* MqPrecision */
  const gint64  *gross;     /* sum of the positive lines, minor units */
  const gint8   *status;    /* MqStatus; PAID without a status column */

  /* What reduces them, sorted by (order, time); unmatched ones after all others, by (person, time). A refund column's
   * amount is a refund at the order's time. */
  guint           n_refunds;
  const MqRefund *refunds;
  const guint32  *refund_offsets; /* n_orders + 1; unmatched: from refund_offsets[n_orders] to n_refunds */

  gint64 n_lines; /* rows read */
  gint64 n_lines_anonymous;
  gint64 n_refund_rows;    /* rows with a negative amount */
  gint64 n_refund_orders;  /* orders whose lines sum to less than zero */
  gint64 n_other_currency; /* rows left out: another currency than the project's */
  gint64 gross_total;      /* sum of all lines, negative ones included, minor units */
} MqOrderBook;

/* Belongs to the dataset. NULL with error on damage, cancellation, overflow. */
const MqOrderBook *mq_order_book_get (MqDataset *dataset, const MqRun *run, GError **error);

/* The book as of an instant: orders and refunds after it do not exist. */
typedef struct
{
  guint         n_orders;
  const gint64 *net;   /* gross minus refunds dated up to as_of; 0 where not valid */
  const guint8 *valid; /* paid, not fully refunded, time <= as_of */
  gint64        n_paid, n_valid, n_fully_refunded, n_unpaid, n_free;
  gint64        revenue; /* of valid orders, before unmatched refunds, minor units */
  gint64        refunded_matched;
  gint64        refunded_unmatched;
} MqOrderView;

MqOrderView *mq_order_view_new (const MqOrderBook *book, gint64 as_of, const MqRun *run, GError **error);
void         mq_order_view_free (MqOrderView *self);

/* The line of each order that carries its text columns (first line): row index into the orders facts. */
const guint32 *mq_order_book_first_row (const MqOrderBook *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderView, mq_order_view_free)

G_END_DECLS
