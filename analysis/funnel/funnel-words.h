/* funnel-words.h: what a funnel says in words. */

#pragma once

#include "funnel/funnel-groups.h"
#include "scope.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   completed; /* within 30 days */
  gint64   held;      /* of them in the window chosen */
  guint    days;
  gboolean capped; /* by a third of the range of entries */
} MqWindowReason;

char *mq_funnel_sentence (const MqFunnelOptions *options, const MqFunnelGroup *total);
/* reason: (nullable) of an automatic window; left_out: (nullable) steps that the default funnel goes without. */
char *mq_funnel_rules_text (const MqFunnelOptions *options, const MqFunnelRules *rules, const MqScope *scope, const MqWindowReason *reason, const char *const *left_out);
char *mq_span_format (MqSpan span); /* "7 days"; g_free */

G_END_DECLS
