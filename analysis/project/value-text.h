/* value-text.h: a stored value as text: what a number becomes in a column that other imports made text, and what an
 * export writes. */

#pragma once

#include "base/civil-time.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

/* Appends the value; nothing for MQ_VALUE_MISSING. Decimals without trailing zeros ("5", "0.25"), money with all its
 * digits, times as mq_instant_format() and days as mq_day_format() write them. type: not TEXT. */
void mq_value_append_text (GString *out, MqValueType type, int scale, const MqZone *zone, gint64 value);

G_END_DECLS
