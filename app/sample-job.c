/* sample-job.c: making the sample project. */

#include "config.h"

#include <glib/gi18n.h>

#include "project-folder.h"
#include "sample-job.h"

typedef struct
{
  const MqSample *sample;
  char           *name; /* (owned) of the project */
} SampleJob;

static void
free_sample_job (gpointer data)
{
  SampleJob *job = data;

  g_free (job->name);
  g_free (job);
}

static gpointer
make_sample (gpointer data, const MqRun *run, GError **error)
{
  SampleJob *job = data;

  return mq_project_folder_make_sample (job->sample, job->name, run, error);
}

void
mq_sample_job_start (GAsyncReadyCallback callback, gpointer user_data)
{
  SampleJob *job = g_new0 (SampleJob, 1);

  /* Translators: the sample that suits the language: shop-en or shop-zh */
  job->sample = mq_sample_find (C_ ("sample", "shop-en"));
  if (job->sample == NULL)
    job->sample = mq_sample_find ("shop-en");
  job->name = g_strdup (_ (job->sample->title));
  mq_worker_run (make_sample, job, free_sample_job, g_free, NULL, callback, user_data);
}

char *
mq_sample_job_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}
