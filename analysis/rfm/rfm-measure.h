/* rfm-measure.h: recency, frequency and monetary of every customer with a valid order in the period. */

#pragma once

#include "orders/order-fate.h"
#include "rfm/rfm-options.h"
#include "scope.h"

G_BEGIN_DECLS

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

/* Over the orders of the filter's book and shop; as-of date and period are those of `scope`. FALSE with error. */
gboolean mq_rfm_measures_init (MqRfmMeasures *self, const MqOrderFilter *orders, const MqScope *scope, const MqRfmOptions *options, const MqRun *run, GError **error);
void     mq_rfm_measures_clear (MqRfmMeasures *self);

static inline const gint64 *
mq_rfm_measures_monetary (const MqRfmMeasures *self)
{
  return self->monetary != NULL ? self->monetary : self->revenue;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqRfmMeasures, mq_rfm_measures_clear)

G_END_DECLS
