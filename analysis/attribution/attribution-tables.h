/* attribution-tables.h: the tables of attribution, with the contract's columns. All (transfer full). */

#pragma once

#include "attribution/credit-sums.h"

G_BEGIN_DECLS

/* What stands for the conversions without a touch. */
#define MQ_NO_TOUCH N_ ("(none)")

/* Intervals of 95 % by model and channel, and of the removal effects by channel; NaN where there are none. */
typedef struct
{
  double *credit_low; /* (owned) [model * n_channels + channel] */
  double *credit_high;
  double *effect_low; /* (owned) [channel] */
  double *effect_high;
} MqCreditIntervals;

void mq_credit_intervals_clear (MqCreditIntervals *self);

/* One row a model and channel, models as asked for, channels by bytes; "(none)" stands for conversions without a touch. The
 * values of a model add up to the minor unit. */
MqTable *mq_attribution_credits_table (const MqTouchSource *source, const MqAttributionOptions *options, const MqCreditSums *sums, const MqCreditIntervals *intervals /* (nullable) */, const char *currency);
/* What the credits of each model add up to. */
MqTable *mq_attribution_checks_table (const MqAttributionOptions *options, const MqCreditSums *sums, const MqTable *credits, const char *currency);
/* Channels ranked by how far the models differ; participation, which does not add up, is left out. */
MqTable *mq_attribution_range_table (const MqTouchSource *source, const MqAttributionOptions *options, const MqCreditSums *sums);
MqTable *mq_attribution_removal_table (const MqTouchSource *source, const double *effects, const MqCreditIntervals *intervals /* (nullable) */);
MqTable *mq_attribution_transitions_table (const MqTouchSource *source, const MqTransition *list, gsize n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCreditIntervals, mq_credit_intervals_clear)

G_END_DECLS
