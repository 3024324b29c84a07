/* sentiment.h: the analysis sentiment (METHODS.md, section Sentiment). */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

extern const MqAnalysis mq_sentiment_analysis;

G_END_DECLS
