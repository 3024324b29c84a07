/* session.c: the open project of a window. */

#include "config.h"

#include "session.h"

#define RFM_SETTINGS "page.rfm"

/* What the store thread tells about a project; made there, taken over here. */
typedef struct
{
  char      *path;     /* (owned) */
  char      *zone;     /* (owned) */
  char      *currency; /* (owned) */
  char      *holder;   /* (owned) (nullable) */
  char      *rfm;      /* (owned) (nullable) settings of RFM */
  gboolean   read_only;
  MqDataset *dataset; /* (owned) */
} ProjectState;

struct _MqSession
{
  GObject parent_instance;

  MqStore      *store; /* (owned) */
  ProjectState *state; /* (owned) (nullable) NULL: nothing open */
  char         *name;  /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqSession, mq_session, G_TYPE_OBJECT)

static void
free_state (ProjectState *state)
{
  g_free (state->path);
  g_free (state->zone);
  g_free (state->currency);
  g_free (state->holder);
  g_free (state->rfm);
  g_clear_pointer (&state->dataset, mq_dataset_unref);
  g_free (state);
}

/* Store thread. */
static gpointer
describe_project (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_project_load (project, run, error);
  ProjectState *state;

  if (dataset == NULL)
    return NULL;
  state = g_new0 (ProjectState, 1);
  state->path = g_strdup (mq_project_path (project));
  state->zone = g_strdup (mq_project_zone (project));
  state->currency = g_strdup (mq_project_currency (project));
  state->holder = g_strdup (mq_project_holder (project));
  state->rfm = mq_project_get_value (project, RFM_SETTINGS, NULL);
  state->read_only = mq_project_is_read_only (project);
  state->dataset = g_steal_pointer (&dataset);
  return state;
}

/* The file's name without its last suffix, as the program shows it. */
static char *
make_name (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  char            *dot = g_utf8_strrchr (base, -1, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_steal_pointer (&base);
}

/* (transfer full) of state. */
static void
set_state (MqSession *self, ProjectState *state)
{
  g_clear_pointer (&self->state, free_state);
  g_clear_pointer (&self->name, g_free);
  self->state = state;
  if (state != NULL)
    self->name = make_name (state->path);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Store thread. */
static gpointer
keep_rfm_settings (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  return mq_project_set_value (project, RFM_SETTINGS, data, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (mq_store_run_finish (NULL, result, &error) == NULL)
    g_message ("The settings of a page were not kept: %s", error->message);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  ProjectState *state = mq_store_run_finish (self->store, result, &error);

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
  mq_store_run (self->store, describe_project, NULL, NULL, (GDestroyNotify) free_state, NULL, described_cb, g_steal_pointer (&task));
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

  g_clear_pointer (&self->state, free_state);
  g_clear_pointer (&self->store, mq_store_free);
  g_free (self->name);

  G_OBJECT_CLASS (mq_session_parent_class)->finalize (object);
}

static void
mq_session_class_init (MqSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_session_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_session_init (MqSession *self)
{
  self->store = mq_store_new ();
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
  GTask *task;

  g_return_if_fail (MQ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  mq_store_run (self->store, describe_project, NULL, NULL, (GDestroyNotify) free_state, NULL, described_cb, task);
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

const char *
mq_session_get_rfm_settings (MqSession *self)
{
  g_return_val_if_fail (MQ_IS_SESSION (self), NULL);

  return self->state != NULL ? self->state->rfm : NULL;
}

void
mq_session_set_rfm_settings (MqSession *self, const char *text)
{
  g_return_if_fail (MQ_IS_SESSION (self));

  if (self->state == NULL || g_strcmp0 (self->state->rfm, text) == 0)
    return;
  g_free (self->state->rfm);
  self->state->rfm = g_strdup (text);
  if (!self->state->read_only)
    mq_store_run (self->store, keep_rfm_settings, g_strdup (text), g_free, NULL, NULL, kept_cb, NULL);
}
