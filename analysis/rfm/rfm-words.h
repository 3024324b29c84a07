/* rfm-words.h: the finding of an RFM result, its rules in one line, and its warnings, in the language of messages. */

#pragma once

#include "rfm/rfm-tables.h"

G_BEGIN_DECLS

/* (transfer full) */
char *mq_rfm_sentence (const MqRfmMeasures *measures, const MqRfmModel *model, const MqSegmentFigures *figures, gint64 revenue);
char *mq_rfm_rules (const MqScope *scope, const MqRfmOptions *options, const MqRfmModel *model, GVariant *settings, const char *currency, int digits);
void  mq_rfm_warn (MqResult *result, const MqOrderBook *book, const MqRfmMeasures *measures, const MqRfmModel *model, const MqTable *cuts, const char *currency);

G_END_DECLS
