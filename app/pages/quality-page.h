/* quality-page.h: MqQualityPage, see quality-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_QUALITY_PAGE (mq_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (MqQualityPage, mq_quality_page, MQ, QUALITY_PAGE, MqAnalysisPage)

G_END_DECLS
