/* report-job.c: reports on a worker. */

#include "config.h"

#include "report-job.h"

#include "chart/report-plan-run.h"
#include "scope.h"

/* A page of A4 as wide as its card: what is drawn as it stands costs a quarter of what has to be shrunk for every frame. */
#define PREVIEW_PIXELS_A_POINT (MQ_REPORT_PREVIEW_WIDTH / 595.0)

typedef struct
{
  MqReportPlan *plan;      /* (owned) */
  MqDataset    *dataset;   /* (owned) */
  GVariant     *overrides; /* (owned) */
  char         *path;      /* (owned) (nullable) */
  int           scale;     /* of a preview */
} ReportJob;

static void
free_job (gpointer data)
{
  ReportJob *job = data;

  mq_report_plan_free (job->plan);
  mq_dataset_unref (job->dataset);
  g_variant_unref (job->overrides);
  g_free (job->path);
  g_free (job);
}

static ReportJob *
make_job (MqSession *session, const MqReportPlan *plan)
{
  ReportJob   *job = g_new0 (ReportJob, 1);
  GVariantDict overrides;

  g_variant_dict_init (&overrides, NULL);
  mq_session_fill_scope (session, &overrides);
  job->plan = mq_report_plan_copy (plan);
  job->dataset = mq_dataset_ref (mq_session_get_dataset (session));
  job->overrides = g_variant_ref_sink (g_variant_dict_end (&overrides));
  return job;
}

/* Worker. */
static gpointer
write_report (gpointer data, const MqRun *run, GError **error)
{
  ReportJob *job = data;
  g_autoptr (MqReport) report = mq_report_from_plan (job->plan, job->dataset, job->overrides, run, error);

  if (report == NULL || !mq_report_write (report, job->path, error))
    return NULL;
  return g_strdup (job->path);
}

/* Worker. (transfer full) */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  int   width = cairo_image_surface_get_width (surface);
  int   height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* Worker. */
static gpointer
preview_report (gpointer data, const MqRun *run, GError **error)
{
  ReportJob *job = data;
  g_autoptr (MqReport) report = mq_report_from_plan (job->plan, job->dataset, job->overrides, run, error);
  g_autoptr (GPtrArray) pictures = NULL;
  GPtrArray *textures;

  if (report == NULL || !mq_run_check (run, error))
    return NULL;
  pictures = mq_report_pictures (report, PREVIEW_PIXELS_A_POINT * job->scale);
  textures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pictures->len; i++)
    g_ptr_array_add (textures, make_texture (pictures->pdata[i]));
  return textures;
}

MqReportPlan *
mq_session_get_report (MqSession *session)
{
  g_autoptr (GError) error = NULL;
  MqReportPlan *plan = mq_report_plan_parse (mq_session_get_value (session, MQ_REPORT_VALUE), &error);

  if (plan != NULL)
    return plan;
  g_message ("%s", error->message);
  return mq_report_plan_new ();
}

void
mq_session_set_report (MqSession *session, const MqReportPlan *plan)
{
  g_autofree char *text = mq_report_plan_print (plan);

  mq_session_set_value (session, MQ_REPORT_VALUE, text);
}

GVariant *
mq_report_job_own_settings (GVariant *settings)
{
  GVariantDict own;

  g_variant_dict_init (&own, settings);
  for (const MqSetting *setting = mq_scope_settings; setting->name != NULL; setting++)
    g_variant_dict_remove (&own, setting->name);
  return g_variant_ref_sink (g_variant_dict_end (&own));
}

void
mq_report_job_write (MqSession *session, const MqReportPlan *plan, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  ReportJob *job = make_job (session, plan);

  job->path = g_strdup (path);
  mq_worker_run (write_report, job, free_job, g_free, NULL, callback, user_data);
}

char *
mq_report_job_write_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}

void
mq_report_job_preview (MqSession *session, const MqReportPlan *plan, int scale, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  MqRun      run = { .cancellable = cancellable };
  ReportJob *job = make_job (session, plan);

  job->scale = scale;
  mq_worker_run (preview_report, job, free_job, (GDestroyNotify) g_ptr_array_unref, &run, callback, user_data);
}

GPtrArray *
mq_report_job_preview_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}
