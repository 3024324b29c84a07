/* order-carry.h: MqOrderCarry, what some lines of an order say and others leave empty: keys, times, status, currency,
 * shop. Lines of an order need not stand together. Of several values of an order the smallest by bytes is taken, so the
 * order of rows does not matter. Filled by one thread, then read by any. */

#pragma once

#include "base/dictionary.h"
#include "import/infer.h"

G_BEGIN_DECLS

#define MQ_MAX_CARRIED 16

typedef struct _MqOrderCarry MqOrderCarry;

/* The columns that belong to the order (transfer full) (element-type guint), at most MQ_MAX_CARRIED. */
GArray *mq_order_carry_columns (const MqMapping *mapping);

/* order: the column. */
MqOrderCarry *mq_order_carry_new (const MqMapping *mapping, const MqInference *inference, guint order);
void          mq_order_carry_free (MqOrderCarry *self);
/* An order that needs it. some: bit i if a line has the column i. */
void mq_order_carry_want (MqOrderCarry *self, const char *order, gsize length, guint some);
/* FALSE: there was no memory for an order. */
gboolean mq_order_carry_is_whole (const MqOrderCarry *self);
/* Each row of the file. */
void   mq_order_carry_add (MqOrderCarry *self, const MqCsvCell *cells, guint n_cells);
gint64 mq_order_carry_count (const MqOrderCarry *self); /* cells that will be filled */

/* The orders' values for a row: NULL if its order needs none; else one text a column, NULL-texts where there is none. */
const MqText *mq_order_carry_find (const MqOrderCarry *self, const char *order, gsize length);
const GArray *mq_order_carry_list (const MqOrderCarry *self); /* of columns */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderCarry, mq_order_carry_free)

G_END_DECLS
