/* reconcile-count.h: every row of the orders files and every amount of the orders in one class each, so that sums add up
 * exactly: what was read is what counts and what does not, with the reason. A pure function of the dataset and an instant. */

#pragma once

#include "orders/order-book.h"

G_BEGIN_DECLS

/* What became of the rows of the files. */
typedef enum
{
  MQ_ROWS_REJECTED,       /* not understood at the import */
  MQ_ROWS_REPLACED,       /* stated again by a later row of the same key, or erased since */
  MQ_ROWS_OTHER_CURRENCY, /* another currency than the project's */
  MQ_ROWS_REFUND,         /* refunds that are matched to no order of their own */
  MQ_ROWS_LATER,          /* after the as-of date */
  MQ_ROWS_UNPAID,         /* of orders unpaid or closed */
  MQ_ROWS_REFUNDED,       /* of orders refunded wholly */
  MQ_ROWS_VALID,
  MQ_N_ROW_CLASSES
} MqRowClass;

/* Amounts in minor units; revenue = placed - unpaid - refunded_wholly - refunded_partly - unmatched. */
typedef struct
{
  gint64 orders; /* valid + never_paid + fully_refunded */
  gint64 valid;
  gint64 never_paid;
  gint64 fully_refunded;
  gint64 placed;
  gint64 unpaid;
  gint64 refunded_wholly;
  gint64 refunded_partly;
  gint64 unmatched; /* refunds beyond their order or of none, in the month of the refund */
} MqReconcileSums;

typedef struct
{
  int             month; /* year * 12 + month - 1; of a status: 0 */
  char           *text;  /* (owned) (nullable) status text; NULL: none */
  MqStatus        status;
  MqReconcileSums sums;
} MqReconcileGroup;

typedef struct
{
  gint64          read;
  gint64          rows[MQ_N_ROW_CLASSES];
  MqReconcileSums total;
  GArray         *months;   /* (owned) (element-type MqReconcileGroup) ascending, without those of nothing */
  GArray         *statuses; /* (owned) (element-type MqReconcileGroup) by text, the missing one first; unmatched refunds are in none */
} MqReconcileCount;

/* FALSE with damage, cancellation, MQ_ANALYSIS_ERROR_OVERFLOW. Clear it in any case. */
gboolean mq_reconcile_count (MqReconcileCount *self, MqDataset *dataset, gint64 as_of, const MqRun *run, GError **error);
void     mq_reconcile_count_clear (MqReconcileCount *self);

static inline gint64
mq_reconcile_revenue (const MqReconcileSums *sums)
{
  return sums->placed - sums->unpaid - sums->refunded_wholly - sums->refunded_partly - sums->unmatched;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqReconcileCount, mq_reconcile_count_clear)

G_END_DECLS
