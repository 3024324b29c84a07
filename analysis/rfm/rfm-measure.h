/* rfm-measure.h: recency, frequency and monetary of every customer with a valid order in the period. */

#pragma once

#include "orders/order-book.h"
#include "rfm/rfm-options.h"
#include "scope.h"

G_BEGIN_DECLS

/* What became of the rows of the orders: the contract's closed list. */
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

/* One entry a customer of the population, by person number. */
typedef struct
{
  guint    n;
  guint32 *persons;   /* (owned) ascending */
  guint32 *recency;   /* (owned) days */
  guint32 *frequency; /* (owned) */
  gint64  *revenue;   /* (owned) net of the valid orders in the period minus its unmatched refunds, minor units */
  gint64  *monetary;  /* (owned) (nullable) NULL: the same as revenue */

  guint32 *intervals;   /* (owned) (nullable) count of gaps of 0, 1, 2 … days between valid orders of a customer */
  gsize    n_intervals; /* length of `intervals` */
  gint32   first_day;   /* of the valid orders in the period; MQ_DAY_MISSING */

  gint64 rows[MQ_N_ROWS];
  gint64 n_unmatched; /* refunds dated in the period that are matched to no order, anonymous ones too */
  gint64 unmatched;   /* minor units */
} MqRfmMeasures;

/* shop: its code in the orders, or MQ_NO_CODE for all shops; shops: the column's codes (nullable). FALSE with error. */
gboolean mq_rfm_measures_init (MqRfmMeasures *self, const MqOrderBook *book, const guint32 *shops, guint32 shop, const MqScope *scope, const MqRfmOptions *options, const MqRun *run, GError **error);
void     mq_rfm_measures_clear (MqRfmMeasures *self);

static inline const gint64 *
mq_rfm_measures_monetary (const MqRfmMeasures *self)
{
  return self->monetary != NULL ? self->monetary : self->revenue;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqRfmMeasures, mq_rfm_measures_clear)

G_END_DECLS
