/* reconcile.h: the analysis Reconciliation: why a figure is not the back office's. Tables: rows (class, rows; the first is
 * "read" and is the sum of the others), money (step, orders, amount: placed minus each step is revenue), months (month,
 * orders, valid, never_paid, fully_refunded, placed, unpaid, refunded_wholly, refunded_partly, unmatched, revenue; the last
 * is "total"), statuses (status, meaning, the same), parts (month, part, amount: for the chart), coverage (kind, rows, from,
 * to, rejected). Over all orders to the as-of date, whatever the period. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_reconcile_analysis;

G_END_DECLS
