/* page-export.h: writing a page's answer to a file, on a worker. */

#pragma once

#include "chart/chart.h"
#include "jobs/job-queue.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_EXPORT_PNG,  /* the chart */
  MQ_EXPORT_PDF,  /* a report page of the result */
  MQ_EXPORT_CSV,  /* the table, guarded against what a spreadsheet would execute */
  MQ_EXPORT_XLSX, /* the same as a workbook */
} MqExportWhat;

/* Takes references to what it needs. The callback gets the path (char *, transfer full) by mq_worker_run_finish(). */
void mq_page_export (MqExportWhat what, MqResult *result, MqChart *chart, MqTable *table, const char *project, const char *title, const char *path, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
