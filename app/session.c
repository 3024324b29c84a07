/* session.c: the open project of a window. */

#include "config.h"

#include "project-state.h"
#include "recent-projects.h"
#include "session.h"

struct _MqSession
{
  GObject parent_instance;

  MqStore        *store;   /* (owned) */
  MqProjectState *state;   /* (owned) (nullable) NULL: nothing open */
  char           *name;    /* (owned) (nullable) */
  MqScopeChoice   scope;   /* (owned) */
  GHashTable     *unsaved; /* (owned) (element-type utf8 utf8) values that the store thread has not written yet */
  GListStore     *jobs;    /* (owned) (element-type MqJob) */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SCOPE_CHANGED,
  SIGNAL_SEGMENTS_CHANGED,
  SIGNAL_IMPORTED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqSession, mq_session, G_TYPE_OBJECT)

/* A value to be kept in the project. */
typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) */
} Keeping;

/* Who waits for it. */
typedef struct
{
  MqSession *session; /* (owned) */
  char      *name;    /* (owned) */
  char      *value;   /* (owned) */
} Kept;

static void
free_keeping (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->name);
  g_free (keeping->value);
  g_free (keeping);
}

/* What is read anew may be older than what was set meanwhile. */
static void
overlay_unsaved (MqSession *self)
{
  GHashTableIter iter;
  gpointer       name, value;

  g_hash_table_iter_init (&iter, self->unsaved);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (self->state->values, g_strdup (name), g_strdup (value));
}

static gboolean
has_segment (MqSession *self, const char *name)
{
  MqTable *segments = mq_session_get_segments (self);

  for (gsize row = 0; segments != NULL && row < mq_table_n_rows (segments); row++)
    if (g_strcmp0 (mq_table_text (segments, row, 0), name) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE if the bar was set to a segment that is not there. */
static gboolean
forget_segment (MqSession *self)
{
  if (self->scope.segment == NULL || has_segment (self, self->scope.segment))
    return FALSE;
  g_clear_pointer (&self->scope.segment, g_free);
  return TRUE;
}

/* (transfer full) of state. The bar starts anew with another project and stays as it is when the same is read again. */
static void
set_state (MqSession *self, MqProjectState *state)
{
  gboolean same = self->state != NULL && state != NULL && g_str_equal (self->state->path, state->path);

  g_clear_pointer (&self->state, mq_project_state_free);
  g_clear_pointer (&self->name, g_free);
  self->state = state;
  if (state != NULL)
    self->name = mq_project_file_name (state->path);
  if (same)
    overlay_unsaved (self);
  else
    {
      g_hash_table_remove_all (self->unsaved);
      mq_scope_choice_from_text (&self->scope, state != NULL ? g_hash_table_lookup (state->values, MQ_SCOPE_VALUE) : NULL);
    }
  forget_segment (self);
  g_signal_emit (self, signals[SIGNAL_SEGMENTS_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Store thread. */
static gpointer
keep_value (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  Keeping *keeping = data;

  if (!mq_project_require (project, error))
    return NULL;
  return mq_project_set_value (project, keeping->name, keeping->value, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Kept *kept = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_store_run_finish (NULL, result, &error) == NULL)
    g_message ("The settings of a page were not kept: %s", error->message);
  if (g_strcmp0 (g_hash_table_lookup (kept->session->unsaved, kept->name), kept->value) == 0)
    g_hash_table_remove (kept->session->unsaved, kept->name);
  g_object_unref (kept->session);
  g_free (kept->name);
  g_free (kept->value);
  g_free (kept);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  MqProjectState *state = mq_store_run_finish (self->store, result, &error);

  if (state == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_state (self, state);
  g_task_return_boolean (task, TRUE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!mq_store_finish (self->store, result, &error))
    {
      set_state (self, NULL);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  mq_store_run (self->store, mq_project_state_read, NULL, NULL, (GDestroyNotify) mq_project_state_free, NULL, described_cb, g_steal_pointer (&task));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (mq_store_finish (self->store, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mq_session_finalize (GObject *object)
{
  MqSession *self = MQ_SESSION (object);

  g_clear_pointer (&self->state, mq_project_state_free);
  g_clear_pointer (&self->store, mq_store_free);
  g_free (self->name);
  g_hash_table_unref (self->unsaved);
  mq_scope_choice_clear (&self->scope);
  g_object_unref (self->jobs);

  G_OBJECT_CLASS (mq_session_parent_class)->finalize (object);
}

static void
mq_session_class_init (MqSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_session_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_SEGMENTS_CHANGED] = g_signal_new ("segments-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCOPE_CHANGED] = g_signal_new ("scope-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_session_init (MqSession *self)
{
  self->store = mq_store_new ();
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mq_scope_choice_init (&self->scope);
  self->jobs = g_list_store_new (MQ_TYPE_JOB);
}

MqSession *
mq_session_new (void)
{
  return g_object_new (MQ_TYPE_SESSION, NULL);
}

void
mq_session_open (MqSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MQ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  mq_store_open (self->store, path, MQ_OPEN_WRITE_OR_READ, NULL, opened_cb, task);
}

void
mq_session_create (MqSession *self, const char *path, const char *zone, const char *currency, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MQ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  mq_store_create (self->store, path, zone, currency, NULL, opened_cb, task);
}

void
mq_session_close (MqSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MQ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  set_state (self, NULL);
  mq_store_close (self->store, closed_cb, task);
}

void
mq_session_reload (MqSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask     *task;
  MqDataset *before;

  g_return_if_fail (MQ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  before = self->state != NULL ? mq_dataset_ref (self->state->dataset) : NULL;
  mq_store_run (self->store, mq_project_state_read, before, before != NULL ? (GDestroyNotify) mq_dataset_unref : NULL, (GDestroyNotify) mq_project_state_free, NULL, described_cb, task);
}

gboolean
mq_session_finish (MqSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mq_session_is_open (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), FALSE);

  return self->state != NULL;
}

MqStore *
mq_session_get_store (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->store;
}

MqDataset *
mq_session_get_dataset (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->dataset : NULL;
}

const char *
mq_session_get_path (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->path : NULL;
}

const char *
mq_session_get_name (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->name;
}

const char *
mq_session_get_zone (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->zone : NULL;
}

const char *
mq_session_get_currency (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->currency : NULL;
}

gboolean
mq_session_is_read_only (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), TRUE);

  return self->state == NULL || self->state->read_only;
}

const char *
mq_session_get_holder (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->holder : NULL;
}

gint32
mq_session_get_newest_day (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), MQ_DAY_MISSING);

  return self->state != NULL ? self->state->newest_day : MQ_DAY_MISSING;
}

gint64
mq_session_get_rows (MqSession *self, MqKind kind)
{
  g_return_val_if_fail (MQ_IS_SESSION (self) && kind < MQ_N_KINDS, 0);

  return self->state != NULL ? self->state->rows[kind] : 0;
}

const char *
mq_session_get_value (MqSession *self, const char *name)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? g_hash_table_lookup (self->state->values, name) : NULL;
}

void
mq_session_set_value (MqSession *self, const char *name, const char *value)
{
  Keeping *keeping;
  Kept    *kept;

  g_return_if_fail (MQ_IS_SESSION (self) && value != NULL);

  if (self->state == NULL || g_strcmp0 (mq_session_get_value (self, name), value) == 0)
    return;
  g_hash_table_replace (self->state->values, g_strdup (name), g_strdup (value));
  if (self->state->read_only)
    return;
  g_hash_table_replace (self->unsaved, g_strdup (name), g_strdup (value));
  kept = g_new0 (Kept, 1);
  kept->session = g_object_ref (self);
  kept->name = g_strdup (name);
  kept->value = g_strdup (value);
  keeping = g_new0 (Keeping, 1);
  keeping->name = g_strdup (name);
  keeping->value = g_strdup (value);
  mq_store_run (self->store, keep_value, keeping, free_keeping, NULL, NULL, kept_cb, kept);
}

MqTable *
mq_session_get_segments (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->segments : NULL;
}

void
mq_session_set_segments (MqSession *self, MqTable *segments)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MQ_IS_SESSION (self));

  if (self->state == NULL)
    return;
  mq_table_ref (segments);
  g_clear_pointer (&self->state->segments, mq_table_unref);
  self->state->segments = segments;
  g_signal_emit (self, signals[SIGNAL_SEGMENTS_CHANGED], 0);
  if (!forget_segment (self))
    return;
  text = mq_scope_choice_to_text (&self->scope);
  mq_session_set_value (self, MQ_SCOPE_VALUE, text);
  g_signal_emit (self, signals[SIGNAL_SCOPE_CHANGED], 0);
}

const MqScopeChoice *
mq_session_get_scope (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return &self->scope;
}

void
mq_session_set_scope (MqSession *self, const MqScopeChoice *scope)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MQ_IS_SESSION (self));

  if (mq_scope_choice_equal (&self->scope, scope))
    return;
  mq_scope_choice_copy (&self->scope, scope);
  text = mq_scope_choice_to_text (&self->scope);
  mq_session_set_value (self, MQ_SCOPE_VALUE, text);
  g_signal_emit (self, signals[SIGNAL_SCOPE_CHANGED], 0);
}

void
mq_session_fill_scope (MqSession *self, GVariantDict *settings)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  mq_scope_choice_fill (&self->scope, mq_session_get_newest_day (self), settings);
}

GListModel *
mq_session_get_jobs (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->jobs);
}

void
mq_session_add_job (MqSession *self, MqJob *job)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  g_list_store_append (self->jobs, job);
}

void
mq_session_remove_job (MqSession *self, MqJob *job)
{
  guint position;

  g_return_if_fail (MQ_IS_SESSION (self));

  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);
}

void
mq_session_cancel_jobs (MqSession *self)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (MqJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      mq_job_cancel (job);
    }
}

void
mq_session_tell_import (MqSession *self, gint64 number)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, number);
}

void
mq_session_fail (MqSession *self, const char *title, const char *message)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  g_signal_emit (self, signals[SIGNAL_FAILED], 0, title, message);
}

gboolean
mq_session_has_import (MqSession *self, gint64 number)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), FALSE);

  for (guint i = 0; self->state != NULL && i < self->state->imports->len; i++)
    {
      if (g_array_index (self->state->imports, gint64, i) == number)
        return TRUE;
    }
  return FALSE;
}
