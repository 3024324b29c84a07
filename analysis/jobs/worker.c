/* worker.c: the pool of workers. They run at nice 10, so that a frame never waits for a figure. */

#include "config.h"

#include <gio/gio.h>
#include <sys/resource.h>

#include "jobs/job-queue.h"

#define WORKER_NICE 10

typedef struct
{
  MqWorkFunc     func;
  gpointer       data; /* (owned) by free_data */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  MqRun          run; /* its cancellable is owned by the task */
} WorkerJob;

static void
free_job (gpointer data)
{
  WorkerJob *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

/* Threads of the pool are its own, so the priority needs setting only once in each. On Linux it belongs to the thread. */
static void
lower_priority (void)
{
  static GPrivate lowered = G_PRIVATE_INIT (NULL);

  if (g_private_get (&lowered) != NULL)
    return;
  if (setpriority (PRIO_PROCESS, 0, WORKER_NICE) != 0)
    g_debug ("The worker keeps its priority");
  g_private_set (&lowered, &lowered);
}

static void
work (gpointer item, gpointer user_data)
{
  g_autoptr (GTask) task = item;
  WorkerJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer result;

  lower_priority ();
  if (g_cancellable_set_error_if_cancelled (job->run.cancellable, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  result = job->func (job->data, &job->run, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* At least two, so that a long import does not hold up a page. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    {
      GThreadPool *made = g_thread_pool_new (work, NULL, (int) MAX (2, g_get_num_processors ()), TRUE, NULL);

      g_once_init_leave (&pool, made);
    }
  return pool;
}

void
mq_worker_run (MqWorkFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data)
{
  WorkerJob *job = g_new0 (WorkerJob, 1);
  GTask     *task;

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  if (run != NULL)
    job->run = *run;
  task = g_task_new (NULL, job->run.cancellable, callback, user_data);
  g_task_set_source_tag (task, mq_worker_run);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, free_job);
  g_thread_pool_push (get_pool (), task, NULL);
}

gpointer
mq_worker_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mq_worker_run), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
