/* import-work.c: read, make the project, commit, the next file; at the end read the project again. Every step holds a
 * reference. */

#include "config.h"

#include <glib/gi18n.h>

#include "import-work.h"
#include "project-folder.h"

struct _MqImportWork
{
  GObject parent_instance;

  MqSession     *session;   /* (owned) */
  MqJob         *job;       /* (owned) */
  GPtrArray     *choices;   /* (owned) (element-type MqImportChoice) */
  GPtrArray     *files;     /* (owned) (element-type MqImportedFile) done so far */
  MqImportDraft *draft;     /* (owned) (nullable) waits for the project to be made */
  char          *project;   /* (owned) (nullable) path of the project that was open at the start, or was made */
  char          *name;      /* (owned) of the project to be made */
  gboolean       cancelled; /* also: another project was opened meanwhile */
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqImportWork, mq_import_work, G_TYPE_OBJECT)

static void read_next (MqImportWork *self);

static void
free_file (gpointer data)
{
  MqImportedFile *file = data;

  g_free (file->name);
  g_free (file->error);
  g_free (file);
}

static const MqImportChoice *
get_choice (MqImportWork *self)
{
  return self->choices->pdata[self->files->len];
}

static guint
count_stored (MqImportWork *self)
{
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++)
    n += ((const MqImportedFile *) self->files->pdata[i])->error == NULL;
  return n;
}

static void
tell_failures (MqImportWork *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const MqImportedFile *file = self->files->pdata[i];

      if (file->error != NULL)
        mq_session_fail (self->session, _ ("The File Was Not Imported"), file->error);
    }
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GArray) numbers = user_data;
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mq_session_fail (MQ_SESSION (source), _ ("The Project Was Not Opened"), error->message);
      return;
    }
  for (guint i = 0; i < numbers->len; i++)
    mq_session_tell_import (MQ_SESSION (source), g_array_index (numbers, gint64, i));
}

static void
reload (MqImportWork *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->files->len; i++)
    {
      const MqImportedFile *file = self->files->pdata[i];

      if (file->error == NULL)
        g_array_append_val (numbers, file->outcome.number);
    }
  mq_session_reload (self->session, reloaded_cb, numbers);
}

static void
finish (MqImportWork *self)
{
  gboolean watched = g_signal_has_handler_pending (self, signals[SIGNAL_FINISHED], 0, FALSE);

  if (count_stored (self) > 0)
    reload (self);
  mq_session_remove_job (self->session, self->job);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, self->cancelled && count_stored (self) == 0 ? NULL : self->files);
  if (!watched)
    tell_failures (self);
}

/* What became of the file that is its turn; then the next, or the end. (transfer full) of self. */
static void
end_file (MqImportWork *self, const MqImportOutcome *outcome, const GError *error)
{
  g_autoptr (MqImportWork) owned = self;

  if (outcome == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->cancelled = TRUE;
  else
    {
      MqImportedFile *file = g_new0 (MqImportedFile, 1);

      file->name = mq_import_choice_name (get_choice (self));
      if (outcome != NULL)
        file->outcome = *outcome;
      else
        file->error = g_strdup (error->message);
      g_ptr_array_add (self->files, file);
    }
  if (self->cancelled || self->files->len == self->choices->len)
    finish (self);
  else
    read_next (g_steal_pointer (&owned));
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree MqImportOutcome *outcome = mq_import_commit_finish (NULL, result, &error);

  end_file (user_data, outcome, error);
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
  MqImportWork *self = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_session_finish (MQ_SESSION (source), result, &error))
    {
      g_free (self->project);
      self->project = g_strdup (mq_session_get_path (self->session));
      commit (self);
    }
  else
    end_file (self, NULL, error);
}

static gpointer
make_new_path (gpointer data, const MqRun *run, GError **error)
{
  return mq_project_folder_new_path (data, error);
}

static void
path_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MqImportWork *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

  if (path == NULL)
    end_file (self, NULL, error);
  else
    mq_session_create (self->session, path, get_choice (self)->zone, get_choice (self)->currency, created_cb, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MqImportWork *self = user_data;
  g_autoptr (GError) error = NULL;

  self->draft = mq_import_read_finish (result, &error);
  if (self->draft != NULL && g_strcmp0 (self->project, mq_session_get_path (self->session)) != 0)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another project was opened");
  if (error != NULL)
    end_file (self, NULL, error);
  else if (mq_session_is_open (self->session))
    commit (self);
  else
    mq_worker_run (make_new_path, g_strdup (self->name), g_free, g_free, NULL, path_made_cb, self);
}

/* (transfer full) of self. */
static void
read_next (MqImportWork *self)
{
  MqRun run = mq_job_get_run (self->job);

  g_clear_pointer (&self->draft, mq_import_draft_free);
  mq_import_read_start (get_choice (self), &run, read_cb, self);
}

static void
mq_import_work_finalize (GObject *object)
{
  MqImportWork *self = MQ_IMPORT_WORK (object);

  g_clear_pointer (&self->draft, mq_import_draft_free);
  g_object_unref (self->session);
  g_object_unref (self->job);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->files);
  g_free (self->project);
  g_free (self->name);

  G_OBJECT_CLASS (mq_import_work_parent_class)->finalize (object);
}

static void
mq_import_work_class_init (MqImportWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_import_work_finalize;

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mq_import_work_init (MqImportWork *self)
{
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_choice_free);
  self->files = g_ptr_array_new_with_free_func (free_file);
}

/* (transfer full) */
static char *
make_title (const GPtrArray *choices)
{
  g_autofree char *first = mq_import_choice_name (choices->pdata[0]);

  if (choices->len > 1)
    return g_strdup_printf (ngettext ("Importing %u file", "Importing %u files", choices->len), choices->len);
  /* Translators: %s is a file's name */
  return g_strdup_printf (_ ("Importing “%s”"), first);
}

MqImportWork *
mq_import_work_start (MqSession *session, const GPtrArray *choices, const char *name)
{
  MqImportWork    *self = g_object_new (MQ_TYPE_IMPORT_WORK, NULL);
  g_autofree char *title = make_title (choices);

  self->session = g_object_ref (session);
  self->job = mq_job_new (title);
  self->project = g_strdup (mq_session_get_path (session));
  self->name = g_strdup (name);
  for (guint i = 0; i < choices->len; i++)
    g_ptr_array_add (self->choices, mq_import_choice_copy (choices->pdata[i]));
  mq_session_add_job (session, self->job);
  read_next (g_object_ref (self));
  return self;
}

MqJob *
mq_import_work_get_job (MqImportWork *self)
{
  g_return_val_if_fail (MQ_IS_IMPORT_WORK (self), NULL);

  return self->job;
}
