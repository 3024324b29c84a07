/* rfm-page.h: MqRfmPage, who bought how recently, how often and for how much. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_RFM_PAGE (mq_rfm_page_get_type ())
G_DECLARE_FINAL_TYPE (MqRfmPage, mq_rfm_page, MQ, RFM_PAGE, MqAnalysisPage)

G_END_DECLS
