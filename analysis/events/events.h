/* events.h: how often something happened: events, unique customers, per customer, the sum of a property, over time and by a
 * property, with a moving average and the period before. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Tables: trend ([group,] period, value, events, customers, per_customer, sum, moving_average, previous, complete): one row
 * a unit of the period, `previous` the value of the unit in the same place of the period compared with; a unit that the
 * period or the as-of date cuts is not complete and left out of moving averages. totals ([group,] events, customers,
 * per_customer, sum, previous_events, previous_customers, previous_per_customer, previous_sum).
 * Events of nobody count in events and sums, not in customers and per customer. Without compare-as-of the period compared
 * with is the one of as many days just before; there is none where it ends before the first record. */
extern const MqAnalysis mq_events_analysis;

G_END_DECLS
