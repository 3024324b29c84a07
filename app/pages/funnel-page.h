/* funnel-page.h: the page Funnel: an editor of the steps, a slider for the window, the funnel, its trend and its times. A
 * click on a bar opens the customers behind it. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_FUNNEL_PAGE (mq_funnel_page_get_type ())
G_DECLARE_FINAL_TYPE (MqFunnelPage, mq_funnel_page, MQ, FUNNEL_PAGE, MqAnalysisPage)

G_END_DECLS
