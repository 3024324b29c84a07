/* retention-customers.h: who is behind a cohort or one of its cells. */

#pragma once

#include "retention/retention-tables.h"

G_BEGIN_DECLS

/* customers (customer, cohort, start, orders, revenue): by customer; orders and revenue from the start to the as-of date.
 * NULL with MQ_ANALYSIS_ERROR_SETTING if there is no such cell. */
MqTable *mq_retention_customers_table (const MqRetentionView *view, const MqCohortCount *count, const MqStrings *labels, GError **error);

G_END_DECLS
