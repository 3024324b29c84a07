/* credit-sums.h: credits and values by model and channel, added up over the paths of all customers. */

#pragma once

#include "attribution/attribution-options.h"
#include "attribution/journey.h"
#include "attribution/markov.h"
#include "attribution/touch-source.h"

G_BEGIN_DECLS

typedef struct
{
  guint          n_models; /* as in the options; Markov's cells stay 0 until mq_credit_sums_share_markov() */
  guint          n_channels;
  double        *conversions; /* (owned) [model * n_channels + channel] */
  double        *values;      /* (owned) minor units, likewise */
  MqTransitions *transitions; /* (owned) (nullable) where Markov is asked for */
  gint64         n_conversions;
  gint64         n_touched; /* with a touch at least */
  gint64         value;     /* of all conversions */
  gint64         value_touched;
  gint64         n_touches;      /* that stand in a path */
  gint64         n_ripe;         /* paths without a conversion */
  gint64         n_unripe;       /* of them left out: they can still convert */
  gint64         unripe_touches; /* in them */
  gint64         n_tied;         /* customers with touches of two channels at one instant in a path */
} MqCreditSums;

/* One pass over all customers; sums of doubles in blocks of 4,096 customers, added in their order. */
gboolean mq_credit_sums_init (MqCreditSums *self, const MqTouchSource *source, const MqAttributionOptions *options, const MqRun *run, GError **error);
void     mq_credit_sums_clear (MqCreditSums *self);

/* Shares the conversions that have a touch, and their value, by the removal effects. */
void mq_credit_sums_share_markov (MqCreditSums *self, const MqAttributionOptions *options, const double *effects);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCreditSums, mq_credit_sums_clear)

G_END_DECLS
