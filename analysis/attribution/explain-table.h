/* explain-table.h: why one customer's conversions were credited as they were: every touch, its age and weights, or the rule
 * that left it out. */

#pragma once

#include "attribution/touch-source.h"

G_BEGIN_DECLS

/* customer: as customers are printed. NULL with MQ_ANALYSIS_ERROR_SETTING if there is none of that key. (transfer full) */
MqTable *mq_attribution_explain_table (const MqTouchSource *source, MqDataset *dataset, const MqAttributionOptions *options, const MqRun *run, GError **error);

/* Of the latest conversion of the table `explain` that has a touch which counts (else of its latest), its latest touches,
 * one row a touch and model: what the view "why" shows. (transfer full) */
MqTable *mq_attribution_why_table (const MqTable *explain, const MqAttributionOptions *options);

G_END_DECLS
