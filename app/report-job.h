/* report-job.h: the report of a session computed on a worker: to a file, or as pictures of its sheets; and the plan as the project
 * keeps it. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "report-plan.h"
#include "session.h"

G_BEGIN_DECLS

/* What the project keeps; an empty plan if that is nothing or damaged. (transfer full) */
MqReportPlan *mq_session_get_report (MqSession *session);
void          mq_session_set_report (MqSession *session, const MqReportPlan *plan);

/* Settings of an analysis without those of the project bar: a report follows the bar. (transfer full), not floating */
GVariant *mq_report_job_own_settings (GVariant *settings);

/* The plan under the session's project bar. The session must be open. */
void  mq_report_job_write (MqSession *session, const MqReportPlan *plan, const char *path, GAsyncReadyCallback callback, gpointer user_data);
char *mq_report_job_write_finish (GAsyncResult *result, GError **error); /* (transfer full) (nullable) the path */

#define MQ_REPORT_PREVIEW_WIDTH 440 /* of a sheet's card, in the pixels of widgets; as in report-page.ui */

/* scale: pixels of the screen to one of a widget */
void mq_report_job_preview (MqSession *session, const MqReportPlan *plan, int scale, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type GdkTexture) a sheet each */
GPtrArray *mq_report_job_preview_finish (GAsyncResult *result, GError **error);

G_END_DECLS
