/* rfm.h: recency, frequency, monetary (METHODS.md, section RFM). */

#pragma once

#include "analysis.h"
#include "rfm/segment-map.h"

G_BEGIN_DECLS

/* Settings: rfm-options.c. The table `customers` is made only with the flag `customers`.
 * Tables: segments; customers; cuts (dimension, score, low, high, customers, method, threshold: low and high are the
 * values found, threshold the least value of the score where a rule states it, of recency the highest); grid (r, f,
 * customers, revenue, segment: of the map of eleven the one most of the cell's customers are in; of the map of eight
 * r, f, m of 0 and 1); migration (from, to, customers, revenue: entered and left have no from or to) when compare-as-of
 * is given. r, f, m of `customers` are 1 and 0 in the map of eight.
 * totals (one row: customers, orders, bought_once, revenue). */
extern const MqAnalysis mq_rfm_analysis;

G_END_DECLS
