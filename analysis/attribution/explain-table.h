/* explain-table.h: why one customer's conversions were credited as they were: every touch, its age and weights, or the rule
 * that left it out. */

#pragma once

#include "attribution/touch-source.h"

G_BEGIN_DECLS

/* customer: as customers are printed. effects: (nullable) the removal effects of channels, for the model markov: it shares out all
 * conversions at once, so that of one conversion its weights are the effects of the path's channels in proportion. NULL with MQ_ANALYSIS_ERROR_SETTING if there is none of that key. (transfer full) */
MqTable *mq_attribution_explain_table (const MqTouchSource *source, MqDataset *dataset, const MqAttributionOptions *options, const double *effects, const MqRun *run, GError **error);

/* Of one conversion of the table `explain` - the one that the options name, else the latest that has a touch which counts, else
 * the latest - its latest touches, one row a touch and model: what the view "why" shows. NULL with MQ_ANALYSIS_ERROR_SETTING if there is
 * no such conversion. (transfer full) */
MqTable *mq_attribution_why_table (const MqTable *explain, const MqAttributionOptions *options, GError **error);

G_END_DECLS
