/* reconcile-page.h: MqReconcilePage, see reconcile-page.c. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_RECONCILE_PAGE (mq_reconcile_page_get_type ())
G_DECLARE_FINAL_TYPE (MqReconcilePage, mq_reconcile_page, MQ, RECONCILE_PAGE, MqAnalysisPage)

G_END_DECLS
