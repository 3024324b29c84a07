/* attribution-words.h: what an attribution says in words: finding, rules, warnings. */

#pragma once

#include "attribution/credit-sums.h"

G_BEGIN_DECLS

void mq_attribution_speak (MqResult *result, const MqTouchSource *source, const MqScope *scope, const MqAttributionOptions *options, const MqCreditSums *sums);

G_END_DECLS
