/* events-page.h: MqEventsPage, see events-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_EVENTS_PAGE (mq_events_page_get_type ())
G_DECLARE_FINAL_TYPE (MqEventsPage, mq_events_page, MQ, EVENTS_PAGE, MqAnalysisPage)

G_END_DECLS
