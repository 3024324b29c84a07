/* report-page.h: MqReportPage, the project's report: its items in order with their titles and notes, paper and theme, a view of its
 * sheets, and the files it is written to. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_REPORT_PAGE (mq_report_page_get_type ())
G_DECLARE_FINAL_TYPE (MqReportPage, mq_report_page, MQ, REPORT_PAGE, MqPage)

G_END_DECLS
