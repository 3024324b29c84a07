/* mark-customers.h: MqMarkCustomers, who asks for the customers behind a mark of a chart and shows them in a window. Where
 * there are several sorts (who was lost, who went on), the window offers the others. Main thread. */

#pragma once

#include "analysis.h"
#include "page.h"

G_BEGIN_DECLS

/* Signal "answered" (MqResult): the analysis answered with something else than a table `customers`. */
#define MQ_TYPE_MARK_CUSTOMERS (mq_mark_customers_get_type ())
G_DECLARE_FINAL_TYPE (MqMarkCustomers, mq_mark_customers, MQ, MARK_CUSTOMERS, GObject)

/* `page` outlives it. */
MqMarkCustomers *mq_mark_customers_new (MqPage *page, const MqAnalysis *analysis);

/* `settings` are those of the chart; `choices` values of the setting "customers", of which the first is shown first; `labels`
 * say what they are, needed where there are two or more. */
void mq_mark_customers_show (MqMarkCustomers *self, GVariant *settings, const char *const *choices, const char *const *labels /* (nullable) */);
/* Asks with just these settings. */
void mq_mark_customers_ask (MqMarkCustomers *self, GVariant *settings);
void mq_mark_customers_cancel (MqMarkCustomers *self);

G_END_DECLS
