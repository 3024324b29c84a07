/* condition.h: the conditions of a term, made ready to be asked of one record after the other. Private to query/. */

#pragma once

#include "orders/order-book.h"
#include "query/moment.h"
#include "query/selector.h"

G_BEGIN_DECLS

typedef struct _MqConditions MqConditions;

/* `source` is MQ_MOMENT_LINE where a condition is a line's (mq_conditions_are_of_line()). net: of the orders, by order, for
 * the field amount. (transfer full) */
MqConditions *mq_conditions_new (MqDataset *dataset, const MqTerm *term, MqMomentSource source, const gint64 *net, const char *setting, const MqRun *run, GError **error);
void          mq_conditions_free (MqConditions *self);
gboolean      mq_conditions_meet (const MqConditions *self, guint person, guint32 row);

/* Whether a term of orders speaks of what the lines of one order may differ in. */
gboolean mq_conditions_are_of_line (MqDataset *dataset, const MqTerm *term);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqConditions, mq_conditions_free)

G_END_DECLS
