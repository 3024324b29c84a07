/* paths-page.h: MqPathsPage, see paths-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_PATHS_PAGE (mq_paths_page_get_type ())
G_DECLARE_FINAL_TYPE (MqPathsPage, mq_paths_page, MQ, PATHS_PAGE, MqAnalysisPage)

G_END_DECLS
