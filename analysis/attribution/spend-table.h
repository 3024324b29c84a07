/* spend-table.h: what was spent on each channel or campaign beside what each model credits it with, and what the platform
 * itself claims. */

#pragma once

#include "attribution/credit-sums.h"

G_BEGIN_DECLS

/* Rows of channels (campaigns) with spend in the period, models as in `credits`, the attribution's table. *spend and *range
 * stay NULL where the project has no spend. cost_per_acquisition = spend / conversions, return = value / spend, profit =
 * value - spend. range: the lowest and the highest of the models that add up. FALSE with error. */
gboolean mq_attribution_spend_tables (MqDataset *dataset, const MqScope *scope, const MqAttributionOptions *options, const MqTable *credits, MqTable **spend, MqTable **range, const MqRun *run, GError **error);

G_END_DECLS
