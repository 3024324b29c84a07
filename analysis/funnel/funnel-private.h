/* funnel-private.h: what the parts of the matching know of each other. */

#pragma once

#include "funnel/funnel-match.h"

G_BEGIN_DECLS

void mq_funnel_match_any (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed, MqFunnelMatch *match);
void mq_funnel_match_mixed (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, MqFunnelMatch *match);

/* Whether an entry counts: of `ripe` rules only if its window has ended. */
static inline gboolean
mq_funnel_may_enter (const MqFunnelRules *rules, const MqMoment *entry)
{
  return !rules->ripe || mq_span_deadline (rules->window, entry, rules->zone) <= rules->as_of;
}

G_END_DECLS
