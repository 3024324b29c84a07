/* job.h: MqJob, long work that the window shows in its list of jobs: what it is, how far it is, and a way to stop it. Main
 * thread, except for the run, which is handed to workers. */

#pragma once

#include "base/run.h"

G_BEGIN_DECLS

#define MQ_TYPE_JOB (mq_job_get_type ())
G_DECLARE_FINAL_TYPE (MqJob, mq_job, MQ, JOB, GObject)

MqJob      *mq_job_new (const char *title); /* translated: "Importing orders.csv" */
const char *mq_job_get_title (MqJob *self);
MqRun       mq_job_get_run (MqJob *self); /* borrows from the job, which must outlive the work */
void        mq_job_cancel (MqJob *self);
gboolean    mq_job_is_cancelled (MqJob *self);
/* From 0 to 1, 0 while unknown; `text` (transfer full): "Reading: 12.1 MB of 30 MB". */
double mq_job_get_progress (MqJob *self, char **text);

G_END_DECLS
