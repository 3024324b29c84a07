/* holdout.h: the analysis holdout: two groups of customers compared - those who got something and those who were held out -
 * by what they did in the period. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_holdout_analysis;

G_END_DECLS
