/* sentiment-page.h: MqSentimentPage, see sentiment-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_SENTIMENT_PAGE (mq_sentiment_page_get_type ())
G_DECLARE_FINAL_TYPE (MqSentimentPage, mq_sentiment_page, MQ, SENTIMENT_PAGE, MqAnalysisPage)

G_END_DECLS
