/* import-job.c: looking, planning and reading on a worker, committing and undoing on the store thread. */

#include "config.h"

#include "import-job.h"

#include "mapping-memory.h"
#include "project-state.h"

/* Of a file larger than this only so much is counted in a trial: about a second. */
#define TRIAL_BYTES (64 * 1000 * 1000)

typedef struct
{
  MqImportChoice *choice;  /* (owned) */
  GPtrArray      *choices; /* (owned) (nullable) (element-type MqImportChoice) of a trial */
  MqImportPlan    plan;    /* format and encoding only, both (owned) */
  gint64          now;
} ReadJob;

static void
free_read_job (gpointer data)
{
  ReadJob *job = data;

  mq_import_choice_free (job->choice);
  g_clear_pointer (&job->choices, g_ptr_array_unref);
  g_free (job->plan.format);
  g_free (job->plan.encoding);
  g_free (job);
}

static ReadJob *
make_read_job (const MqImportChoice *choice)
{
  ReadJob *job = g_new0 (ReadJob, 1);

  job->choice = mq_import_choice_copy (choice);
  job->now = g_get_real_time ();
  return job;
}

static gpointer
look_at_file (gpointer data, const MqRun *run, GError **error)
{
  ReadJob        *job = data;
  MqImportOptions options = mq_import_choice_options (job->choice, job->now);

  return mq_import_look (job->choice->path, &options, run, error);
}

static gpointer
plan_file (gpointer data, const MqRun *run, GError **error)
{
  ReadJob        *job = data;
  MqImportOptions options = mq_import_choice_options (job->choice, job->now);
  g_autoptr (GFile) file = g_file_new_for_path (job->choice->path);
  g_autofree char *name = g_path_get_basename (job->choice->path);
  g_autoptr (GFileInputStream) in = g_file_read (file, run->cancellable, error);

  if (in == NULL)
    return NULL;
  return mq_importer_plan (G_INPUT_STREAM (in), name, &options, run, error);
}

static gpointer
try_files (gpointer data, const MqRun *run, GError **error)
{
  ReadJob                     *job = data;
  MqImportOptions              options = mq_import_choice_options (job->choice, job->now);
  g_autofree MqOrderTrialFile *files = g_new0 (MqOrderTrialFile, job->choices->len);

  for (guint i = 0; i < job->choices->len; i++)
    {
      const MqImportChoice *choice = job->choices->pdata[i];

      files[i] = (MqOrderTrialFile){ choice->path, choice->part };
    }
  return mq_order_trial_run (files, job->choices->len, &options, &job->plan, TRIAL_BYTES, run, error);
}

/* That a mapping cannot be remembered is no reason to fail an import. */
static gpointer
read_file (gpointer data, const MqRun *run, GError **error)
{
  ReadJob        *job = data;
  MqImportOptions options = mq_import_choice_options (job->choice, job->now);
  g_autoptr (MqImportPlan) plan = NULL;
  g_autoptr (MqImportRecipe) recipe = NULL;
  g_autoptr (GError) local = NULL;
  MqImportDraft *draft = mq_importer_read (job->choice->path, &options, &plan, run, error);

  if (draft == NULL)
    return NULL;
  recipe = mq_import_recipe_from_options (&options, plan);
  if (!mq_mapping_memory_keep (recipe, &local))
    g_message ("A mapping was not kept: %s", local->message);
  return draft;
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
mq_import_look_start (const MqImportChoice *choice, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  MqRun run = { .cancellable = cancellable };

  mq_worker_run (look_at_file, make_read_job (choice), free_read_job, (GDestroyNotify) mq_import_look_free, &run, callback, user_data);
}

MqImportLook *
mq_import_look_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
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
mq_import_trial_start (GPtrArray *choices, const MqImportPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  MqRun    run = { .cancellable = cancellable };
  ReadJob *job = make_read_job (choices->pdata[0]);

  job->choices = g_ptr_array_ref (choices);
  job->plan.format = g_strdup (plan->format);
  job->plan.encoding = g_strdup (plan->encoding);
  mq_worker_run (try_files, job, free_read_job, (GDestroyNotify) mq_order_trial_free, &run, callback, user_data);
}

MqOrderTrial *
mq_import_trial_finish (GAsyncResult *result, GError **error)
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
