/* attribution.h: the analysis attribution (METHODS.md, section Attribution). */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_attribution_analysis;

G_END_DECLS
