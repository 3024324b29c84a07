/* holdout-page.h: MqHoldoutPage, those who got a campaign against those who were held out. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_HOLDOUT_PAGE (mq_holdout_page_get_type ())
G_DECLARE_FINAL_TYPE (MqHoldoutPage, mq_holdout_page, MQ, HOLDOUT_PAGE, MqAnalysisPage)

G_END_DECLS
