/* order-summary.h: the everyday figures of the orders at an as-of date (METHODS.md, section Data). */

#pragma once

#include "base/table.h"
#include "orders/order-book.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 lines;  /* rows that exist at the as-of date */
  gint64 orders; /* valid + unpaid + fully refunded */
  gint64 valid;
  gint64 unpaid; /* or closed */
  gint64 fully_refunded;
  gint64 refund_orders; /* orders that sum to less than zero */
  gint64 free_orders;   /* valid ones of value zero */
  gint64 customers;     /* with a valid order */
  gint64 n_unmatched;   /* refunds that are matched to no order, or beyond it */
  gint64 gross_total;   /* sum of all lines, negative ones included; money in minor units from here on */
  gint64 gross;         /* paid value: of valid and fully refunded orders */
  gint64 refunded;      /* of it */
  gint64 unmatched;
  gint64 net; /* gross - refunded - unmatched: revenue */
} MqOrderTotals;

/* FALSE with MQ_ANALYSIS_ERROR_OVERFLOW or cancellation. */
gboolean mq_order_totals (const MqOrderBook *book, gint64 as_of, MqOrderTotals *totals, const MqRun *run, GError **error);

/* The table `orders` (measure, value) at the default as-of date. NULL with error; no rows without orders. */
MqTable *mq_order_summary (MqDataset *dataset, const MqRun *run, GError **error);

G_END_DECLS
