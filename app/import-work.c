/* import-work.c: read, make the project, commit, read the project again. Every step holds a reference. */

#include "config.h"

#include <glib/gi18n.h>

#include "import-work.h"
#include "project-folder.h"

struct _MqImportWork
{
  GObject parent_instance;

  MqSession     *session;  /* (owned) */
  MqJob         *job;      /* (owned) */
  MqImportDraft *draft;    /* (owned) (nullable) waits for the project to be made */
  char          *project;  /* (owned) (nullable) path of the project that was open at the start */
  char          *name;     /* (owned) of the project to be made */
  char          *zone;     /* (owned) */
  char          *currency; /* (owned) */
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqImportWork, mq_import_work, G_TYPE_OBJECT)

static void
finish (MqImportWork *self, MqImportOutcome *outcome, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean watched = g_signal_has_handler_pending (self, signals[SIGNAL_FINISHED], 0, FALSE);

  mq_session_remove_job (self->session, self->job);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, outcome, cancelled ? NULL : error);
  if (!watched && outcome == NULL && !cancelled)
    mq_session_fail (self->session, _ ("The File Was Not Imported"), error->message);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree MqImportOutcome *outcome = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_session_finish (MQ_SESSION (source), result, &error))
    mq_session_tell_import (MQ_SESSION (source), outcome->number);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mq_session_fail (MQ_SESSION (source), _ ("The Project Was Not Opened"), error->message);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportWork) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree MqImportOutcome *outcome = mq_import_commit_finish (NULL, result, &error);

  if (outcome != NULL)
    mq_session_reload (self->session, reloaded_cb, g_memdup2 (outcome, sizeof *outcome));
  finish (self, outcome, error);
}

/* (transfer full) of self. */
static void
commit (MqImportWork *self)
{
  MqRun run = mq_job_get_run (self->job);

  mq_import_commit_start (mq_session_get_store (self->session), g_steal_pointer (&self->draft), &run, committed_cb, self);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportWork) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_session_finish (MQ_SESSION (source), result, &error))
    commit (g_steal_pointer (&self));
  else
    finish (self, NULL, error);
}

static gpointer
make_new_path (gpointer data, const MqRun *run, GError **error)
{
  return mq_project_folder_new_path (data, error);
}

static void
path_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportWork) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

  if (path == NULL)
    finish (self, NULL, error);
  else
    mq_session_create (self->session, path, self->zone, self->currency, created_cb, g_steal_pointer (&self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportWork) self = user_data;
  g_autoptr (GError) error = NULL;

  self->draft = mq_import_read_finish (result, &error);
  if (self->draft != NULL && g_strcmp0 (self->project, mq_session_get_path (self->session)) != 0)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another project was opened");
  if (error != NULL)
    finish (self, NULL, error);
  else if (mq_session_is_open (self->session))
    commit (g_steal_pointer (&self));
  else
    mq_worker_run (make_new_path, g_strdup (self->name), g_free, g_free, NULL, path_made_cb, g_steal_pointer (&self));
}

static void
mq_import_work_finalize (GObject *object)
{
  MqImportWork *self = MQ_IMPORT_WORK (object);

  g_clear_pointer (&self->draft, mq_import_draft_free);
  g_object_unref (self->session);
  g_object_unref (self->job);
  g_free (self->project);
  g_free (self->name);
  g_free (self->zone);
  g_free (self->currency);

  G_OBJECT_CLASS (mq_import_work_parent_class)->finalize (object);
}

static void
mq_import_work_class_init (MqImportWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_import_work_finalize;

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
mq_import_work_init (MqImportWork *self)
{
}

MqImportWork *
mq_import_work_start (MqSession *session, const MqImportChoice *choice, const char *name)
{
  MqImportWork    *self = g_object_new (MQ_TYPE_IMPORT_WORK, NULL);
  g_autofree char *file = g_filename_display_basename (choice->path);
  /* Translators: %s is a file's name */
  g_autofree char *title = g_strdup_printf (_ ("Importing “%s”"), file);
  MqRun            run;

  self->session = g_object_ref (session);
  self->job = mq_job_new (title);
  self->project = g_strdup (mq_session_get_path (session));
  self->name = g_strdup (name);
  self->zone = g_strdup (choice->zone);
  self->currency = g_strdup (choice->currency);
  run = mq_job_get_run (self->job);
  mq_session_add_job (session, self->job);
  mq_import_read_start (choice, &run, read_cb, g_object_ref (self));
  return self;
}

MqJob *
mq_import_work_get_job (MqImportWork *self)
{
  g_return_val_if_fail (MQ_IS_IMPORT_WORK (self), NULL);

  return self->job;
}
