/* analysis-rows.h: what is shown when a row of a chart on a page of an analysis is opened, or a tile. Main thread. */

#pragma once

#include "pages/analysis-page.h"
#include "pages/mark-customers.h"

G_BEGIN_DECLS

/* Who asks for the page. (transfer full) */
MqMarkCustomers *mq_analysis_rows_new (MqAnalysisPage *page);
/* The page has an answer. */
void mq_analysis_rows_open (MqAnalysisPage *page, MqMarkCustomers *who, MqChart *chart, gsize row);

void mq_analysis_rows_open_tile (MqAnalysisPage *page, MqMarkCustomers *who, guint index);

G_END_DECLS
