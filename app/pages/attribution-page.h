/* attribution-page.h: MqAttributionPage, which channels and campaigns get the credit, under every model side by side. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_ATTRIBUTION_PAGE (mq_attribution_page_get_type ())
G_DECLARE_FINAL_TYPE (MqAttributionPage, mq_attribution_page, MQ, ATTRIBUTION_PAGE, MqAnalysisPage)

G_END_DECLS
