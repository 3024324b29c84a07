/* store-thread.c: the one thread that owns the project's read-write connection. */

#include "config.h"

#include <gio/gio.h>

#include "jobs/job-queue.h"

typedef struct _StoreJob StoreJob;

/* Runs on the store thread; NULL is failure. */
typedef gpointer (*StorePerform) (MqStore *self, StoreJob *job, GError **error);

struct _StoreJob
{
  StorePerform perform;

  /* open and create */
  char      *path;     /* (owned) (nullable) */
  char      *zone;     /* (owned) (nullable) */
  char      *currency; /* (owned) (nullable) */
  MqOpenMode mode;

  /* run */
  MqStoreFunc    func;
  gpointer       data; /* (owned) by free_data */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  MqRun          run; /* its cancellable is owned by the task */
};

struct _MqStore
{
  GThread     *thread;   /* (owned) */
  GAsyncQueue *queue;    /* (owned) (element-type GTask), and the store itself as the mark of the end */
  MqProject   *project;  /* (owned) (nullable) touched by the store thread only */
  gint         stopping; /* atomic */
};

static void
free_job (gpointer data)
{
  StoreJob *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job->path);
  g_free (job->zone);
  g_free (job->currency);
  g_free (job);
}

static gpointer
perform_close (MqStore *self, StoreJob *job, GError **error)
{
  MqProject *project = g_steal_pointer (&self->project);

  if (project != NULL && !mq_project_close (project, error))
    return NULL;
  return self;
}

static gpointer
perform_open (MqStore *self, StoreJob *job, GError **error)
{
  if (perform_close (self, job, error) == NULL)
    return NULL;
  if (job->zone != NULL)
    self->project = mq_project_create (job->path, job->zone, job->currency, error);
  else
    self->project = mq_project_open (job->path, job->mode, error);
  return self->project != NULL ? self : NULL;
}

static gpointer
perform_function (MqStore *self, StoreJob *job, GError **error)
{
  return job->func (self->project, job->data, &job->run, error);
}

static void
perform_task (MqStore *self, GTask *task)
{
  StoreJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer result;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  result = job->perform (self, job, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gpointer
run_store (gpointer data)
{
  MqStore *self = data;
  g_autoptr (GError) error = NULL;
  gpointer item;

  while ((item = g_async_queue_pop (self->queue)) != self)
    {
      g_autoptr (GTask) task = item;

      if (g_atomic_int_get (&self->stopping))
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The project is being closed");
      else
        perform_task (self, task);
    }
  if (perform_close (self, NULL, &error) == NULL)
    g_warning ("The project could not be closed: %s", error->message);
  return NULL;
}

/* (transfer full) of job. */
static void
queue_job (MqStore *self, StoreJob *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, run_store);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, free_job);
  g_async_queue_push (self->queue, task);
}

MqStore *
mq_store_new (void)
{
  MqStore *self = g_new0 (MqStore, 1);

  self->queue = g_async_queue_new_full (g_object_unref);
  self->thread = g_thread_new ("store", run_store, self);
  return self;
}

void
mq_store_free (MqStore *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->stopping, 1);
  g_async_queue_push (self->queue, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}

void
mq_store_open (MqStore *self, const char *path, MqOpenMode mode, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  StoreJob *job = g_new0 (StoreJob, 1);

  job->perform = perform_open;
  job->path = g_strdup (path);
  job->mode = mode;
  queue_job (self, job, cancellable, callback, user_data);
}

void
mq_store_create (MqStore *self, const char *path, const char *zone, const char *currency, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  StoreJob *job = g_new0 (StoreJob, 1);

  job->perform = perform_open;
  job->path = g_strdup (path);
  job->zone = g_strdup (zone);
  job->currency = g_strdup (currency);
  queue_job (self, job, cancellable, callback, user_data);
}

void
mq_store_close (MqStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  StoreJob *job = g_new0 (StoreJob, 1);

  job->perform = perform_close;
  queue_job (self, job, NULL, callback, user_data);
}

gboolean
mq_store_finish (MqStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

void
mq_store_run (MqStore *self, MqStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data)
{
  StoreJob *job = g_new0 (StoreJob, 1);

  job->perform = perform_function;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  if (run != NULL)
    job->run = *run;
  queue_job (self, job, job->run.cancellable, callback, user_data);
}

gpointer
mq_store_run_finish (MqStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
