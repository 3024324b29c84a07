/* spend-table.h: what was spent on each channel or campaign beside what each model credits it with, and what the platform
 * itself claims. */

#pragma once

#include "attribution/credit-sums.h"
#include "attribution/spend-sums.h"

G_BEGIN_DECLS

/* Rows of channels (campaigns, groups) with spend in the period, models as in `credits`, the attribution's table.
 * cost_per_acquisition = spend / conversions, return = value / spend, profit = value - spend. range: the lowest and the
 * highest of the models that add up. sums->list is not NULL. Tables: (transfer full) */
void mq_attribution_spend_tables (const MqSpendSums *sums, const MqAttributionOptions *options, const MqTable *credits, MqTable **spend, MqTable **range);

G_END_DECLS
