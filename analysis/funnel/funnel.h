/* funnel.h: the analysis Funnel (METHODS.md, section Funnel). Tables: steps (with a breakdown: a row a group and step, and
 * `total`), times, histogram, survival, worth, totals; trend, comparison and customers where they are asked for. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_funnel_analysis;

G_END_DECLS
