/* analysis-job.c: an analysis on a worker. */

#include "config.h"

#include "jobs/job-queue.h"

typedef struct
{
  const MqAnalysis *analysis;
  MqDataset        *dataset;  /* (owned) (nullable) */
  GVariant         *settings; /* (owned) (nullable) */
} AnalysisJob;

static void
free_job (gpointer data)
{
  AnalysisJob *job = data;

  g_clear_pointer (&job->dataset, mq_dataset_unref);
  g_clear_pointer (&job->settings, g_variant_unref);
  g_free (job);
}

static gpointer
run_analysis (gpointer data, const MqRun *run, GError **error)
{
  AnalysisJob *job = data;
  g_autoptr (GVariant) settings = mq_settings_complete (job->analysis, job->settings, error);

  if (settings == NULL)
    return NULL;
  return mq_analysis_answer (job->analysis, job->dataset, settings, run, error);
}

void
mq_analysis_run_async (const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  AnalysisJob *job = g_new0 (AnalysisJob, 1);
  MqRun        run = { .cancellable = cancellable };

  job->analysis = analysis;
  job->dataset = dataset != NULL ? mq_dataset_ref (dataset) : NULL;
  job->settings = settings != NULL ? g_variant_ref_sink (settings) : NULL;
  mq_worker_run (run_analysis, job, free_job, (GDestroyNotify) mq_result_unref, &run, callback, user_data);
}

MqResult *
mq_analysis_run_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}
