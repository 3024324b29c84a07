/* retention.h: cohorts, repurchase and silence (METHODS.md, section Retention). */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Settings: retention-options.c. The period governs when cohorts begin, in whole units; returns count up to the as-of date.
 * Where METHODS.md is silent:
 * - a return is a record not before the one that began; of order cohorts the order that began is no return, but its money
 *   counts in the first period; of other cohorts with the same start and return, the record that began is one;
 * - orders, revenue and cumulative revenue are those of the members' valid orders, whatever counts as a return; refunds
 *   that match no order reduce the period they are dated in;
 * - “data complete since” is the setting complete-since, or the first date of the records that begin cohorts; the interval
 *   it is compared with is that of the records that count as returns;
 * - intervals and silence are of orders where the project has any, else of the records that count as returns; gaps between
 *   orders are from date to date, between events in full days of 24 hours, and those of less than one do not count; a gap
 *   belongs to the period in which it begins.
 * Tables: retention-tables.h; customers with the setting of that name. */
extern const MqAnalysis mq_retention_analysis;

G_END_DECLS
