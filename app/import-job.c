/* import-job.c: planning and reading on a worker, committing and undoing on the store thread. */

#include "config.h"

#include "import-job.h"
#include "project-state.h"

typedef struct
{
  char  *path;     /* (owned) */
  char  *zone;     /* (owned) */
  char  *currency; /* (owned) */
  GStrv  map;      /* (owned) (nullable) */
  MqKind kind;
  gint64 now;
} ReadJob;

static void
free_read_job (gpointer data)
{
  ReadJob *job = data;

  g_free (job->path);
  g_free (job->zone);
  g_free (job->currency);
  g_strfreev (job->map);
  g_free (job);
}

static ReadJob *
make_read_job (const MqImportChoice *choice)
{
  ReadJob *job = g_new0 (ReadJob, 1);

  job->path = g_strdup (choice->path);
  job->zone = g_strdup (choice->zone);
  job->currency = g_strdup (choice->currency);
  job->map = g_strdupv (choice->map);
  job->kind = choice->kind;
  job->now = g_get_real_time ();
  return job;
}

static MqImportOptions
make_options (const ReadJob *job)
{
  return (MqImportOptions){
    .kind = job->kind,
    .map = job->map,
    .project_zone = job->zone,
    .currency = job->currency,
    .now = job->now,
  };
}

static gpointer
plan_file (gpointer data, const MqRun *run, GError **error)
{
  ReadJob        *job = data;
  MqImportOptions options = make_options (job);
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  g_autofree char *name = g_path_get_basename (job->path);
  g_autoptr (GFileInputStream) in = g_file_read (file, run->cancellable, error);

  if (in == NULL)
    return NULL;
  return mq_importer_plan (G_INPUT_STREAM (in), name, &options, run, error);
}

static gpointer
read_file (gpointer data, const MqRun *run, GError **error)
{
  ReadJob        *job = data;
  MqImportOptions options = make_options (job);

  return mq_importer_read (job->path, &options, NULL, run, error);
}

static gpointer
commit_draft (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  g_autofree MqImportOutcome *outcome = g_new0 (MqImportOutcome, 1);

  if (!mq_project_require (project, error) || !mq_project_commit_import (project, data, FALSE, outcome, run, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

static gpointer
undo_import (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  const gint64 *number = data;
  gint64        undone;

  return mq_project_require (project, error) && mq_project_undo_import (project, *number, &undone, run, error) ? GINT_TO_POINTER (1) : NULL;
}

void
mq_import_plan_start (const MqImportChoice *choice, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  MqRun run = { .cancellable = cancellable };

  mq_worker_run (plan_file, make_read_job (choice), free_read_job, (GDestroyNotify) mq_import_plan_free, &run, callback, user_data);
}

MqImportPlan *
mq_import_plan_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}

void
mq_import_read_start (const MqImportChoice *choice, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_worker_run (read_file, make_read_job (choice), free_read_job, (GDestroyNotify) mq_import_draft_free, run, callback, user_data);
}

MqImportDraft *
mq_import_read_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}

void
mq_import_commit_start (MqStore *store, MqImportDraft *draft, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_store_run (store, commit_draft, draft, (GDestroyNotify) mq_import_draft_free, g_free, run, callback, user_data);
}

MqImportOutcome *
mq_import_commit_finish (MqStore *store, GAsyncResult *result, GError **error)
{
  return mq_store_run_finish (store, result, error);
}

void
mq_import_undo_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_store_run (store, undo_import, g_memdup2 (&number, sizeof number), g_free, NULL, NULL, callback, user_data);
}

gboolean
mq_import_undo_finish (MqStore *store, GAsyncResult *result, GError **error)
{
  return mq_store_run_finish (store, result, error) != NULL;
}
