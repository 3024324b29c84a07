/* rfm.h: recency, frequency, monetary (METHODS.md, section RFM). */

#pragma once

#include "analysis.h"
#include "rfm/segment-map.h"

G_BEGIN_DECLS

/* Settings: scoring auto|quantiles|cuts, quantiles 2..10, cuts "r=30:90,f=1:2:3:5,m=100:500", map eleven|grid|eight,
 * compare-as-of DATE, frequency orders|days, monetary net|mean|gross, thresholds of eight, customers (flag: the table
 * `customers` too).
 * Tables: segments, customers (flag), cuts (dimension, score, low, high, customers), grid (r, f, customers, revenue,
 * segment), migration (from, to, customers, revenue) when compare-as-of is given. */
extern const MqAnalysis mq_rfm_analysis;

G_END_DECLS
