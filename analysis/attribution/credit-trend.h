/* credit-trend.h: credits by period - each period an attribution of its own - and beside them, where there is spend, what
 * the periods tell of it: cost and return, when it was paid back, and whether more spend brought less. */

#pragma once

#include "attribution/credit-sums.h"
#include "attribution/spend-sums.h"

G_BEGIN_DECLS

/* Adds the tables "trend" and, with spend, "payback", "saturation" and "budget" to the result, and says in a warning what the
 * budget's figures are worth. The source's period is moved meanwhile and put back. FALSE with error. */
gboolean mq_attribution_add_trend (MqResult *result, MqTouchSource *source, const MqScope *scope, const MqAttributionOptions *options, const MqSpendSums *spend, const char *currency, const MqRun *run, GError **error);

G_END_DECLS
