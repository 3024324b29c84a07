/* retention-words.h: the finding of a retention result, its rules in one line, and its warnings, in the language of
 * messages. */

#pragma once

#include "retention/retention-tables.h"

G_BEGIN_DECLS

char *mq_retention_sentence (const MqRetentionView *view, const MqTable *means); /* (transfer full) */
char *mq_retention_rules (const MqRetentionView *view, const MqScope *scope);    /* (transfer full) */
void  mq_retention_warn (MqResult *result, const MqRetentionView *view, const MqTable *means, double p90);

G_END_DECLS
