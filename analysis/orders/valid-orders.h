/* valid-orders.h: the orders that count, person by person, as plain columns: what cohorts and intervals are counted from. */

#pragma once

#include "orders/order-fate.h"

G_BEGIN_DECLS

/* What reduces a person's revenue without belonging to a valid order: unmatched refunds, and what refunds take beyond
 * their order's sum. */
typedef struct
{
  guint  person;
  gint64 time;
  gint64 amount; /* > 0, minor units */
} MqRevenueCut;

typedef struct
{
  guint    n_persons;
  gsize    n;
  gsize   *offsets;   /* (owned) n_persons + 1: person p has [offsets[p], offsets[p + 1]) */
  guint32 *order;     /* (owned) in the book */
  gint64  *time;      /* (owned) ascending inside a person */
  gint32  *day;       /* (owned) */
  guint8  *precision; /* (owned) (nullable) MqPrecision; NULL: all are to the second */
  gint64  *net;       /* (owned) gross minus refunds as of the as-of date, minor units */

  MqRevenueCut *cuts; /* (owned) by (person, time) */
  gsize         n_cuts;

  gint64 rows[MQ_N_ROWS]; /* what became of all rows */
} MqValidOrders;

/* The filter's orders; its as_of decides what exists. FALSE with error. */
gboolean mq_valid_orders_init (MqValidOrders *self, const MqOrderFilter *filter, const MqRun *run, GError **error);
void     mq_valid_orders_clear (MqValidOrders *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqValidOrders, mq_valid_orders_clear)

G_END_DECLS
