/* retention-page.h: MqRetentionPage, see retention-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_RETENTION_PAGE (mq_retention_page_get_type ())
G_DECLARE_FINAL_TYPE (MqRetentionPage, mq_retention_page, MQ, RETENTION_PAGE, MqAnalysisPage)

G_END_DECLS
