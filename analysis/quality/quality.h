/* quality.h: how good the data is: filled, valid, twice, current, and how fast it goes out of date. Counts all live
 * records; the as-of date only judges dates and what is current.
 * Tables: score (part, weight, value, points; the last row is the total); fields (kind, field, records, filled,
 * share_filled, check, valid, share_valid, distinct, oldest, newest); duplicates (rule, compared, groups, customers);
 * mail (class, addresses, share); imports (import, time, kind, rows, cells, filled, share_filled); decay (field, pairs,
 * changed, months, monthly, low, high, yearly); assumption (monthly, yearly, assumed: custom, not measured); weakest (field,
 * records, filled, share_filled: the least filled of the kinds' own fields). */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_quality_analysis;

G_END_DECLS
