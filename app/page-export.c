/* page-export.c: charts, reports and tables to files. */

#include "config.h"

#include <gio/gio.h>

#include "chart/export.h"
#include "chart/report.h"
#include "page-export.h"

#define PNG_WIDTH 960
#define PNG_HEIGHT 640
#define PNG_SCALE 2

typedef struct
{
  MqExportWhat what;
  MqResult    *result;  /* (owned) (nullable) */
  MqChart     *chart;   /* (owned) (nullable) */
  MqTable     *table;   /* (owned) (nullable) */
  char        *project; /* (owned) */
  char        *title;   /* (owned) */
  char        *path;    /* (owned) */
} ExportJob;

static void
free_job (gpointer data)
{
  ExportJob *job = data;

  g_clear_pointer (&job->result, mq_result_unref);
  g_clear_pointer (&job->chart, mq_chart_unref);
  g_clear_pointer (&job->table, mq_table_unref);
  g_free (job->project);
  g_free (job->title);
  g_free (job->path);
  g_free (job);
}

static gboolean
write_report (ExportJob *job, GError **error)
{
  g_autoptr (MqReport) report = mq_report_new (job->title, job->project);

  report->theme = &mq_theme_print;
  mq_report_add (report, job->result, NULL, NULL);
  return mq_report_write (report, job->path, error);
}

/* Worker. */
static gpointer
write_export (gpointer data, const MqRun *run, GError **error)
{
  ExportJob *job = data;
  gboolean   written = FALSE;

  switch (job->what)
    {
    case MQ_EXPORT_PNG:
      written = mq_chart_export (job->chart, job->path, &mq_theme_light, PNG_WIDTH, PNG_HEIGHT, PNG_SCALE, error);
      break;
    case MQ_EXPORT_PDF:
      written = write_report (job, error);
      break;
    case MQ_EXPORT_CSV:
    case MQ_EXPORT_XLSX: /* the file's name says which */
      written = mq_table_export (job->table, job->path, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return written ? g_strdup (job->path) : NULL;
}

void
mq_page_export (MqExportWhat what, MqResult *result, MqChart *chart, MqTable *table, const char *project, const char *title, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  ExportJob *job = g_new0 (ExportJob, 1);

  job->what = what;
  job->result = result != NULL ? mq_result_ref (result) : NULL;
  job->chart = chart != NULL ? mq_chart_ref (chart) : NULL;
  job->table = table != NULL ? mq_table_ref (table) : NULL;
  job->project = g_strdup (project);
  job->title = g_strdup (title);
  job->path = g_strdup (path);
  mq_worker_run (write_export, job, free_job, g_free, NULL, callback, user_data);
}
