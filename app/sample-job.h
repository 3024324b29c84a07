/* sample-job.h: the sample project that suits the language, made on a worker if it is not there. */

#pragma once

#include "jobs/job-queue.h"

G_BEGIN_DECLS

void  mq_sample_job_start (GAsyncReadyCallback callback, gpointer user_data);
char *mq_sample_job_finish (GAsyncResult *result, GError **error); /* (transfer full) its path */

G_END_DECLS
