/* reject-reasons.h: why a row is rejected: a closed English list, machine output (exports, tables), and a sentence each
 * for people. "no time", "no date", "no amount", "no event", "no channel", "no status", "no text", "not a time",
 * "not a date", "not an amount", "amount out of range", "not a number", "number out of range", "too many cells",
 * "text with NUL", "unreadable", "undecodable", "total". */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *mq_reject_sentence (const char *reason); /* translated: what, and what to do */

G_END_DECLS
