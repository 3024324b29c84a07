/* block-pool.c: a bounded queue and its workers. Blocks are taken in order, so when one fails all earlier ones are done
 * or under way: the lowest failing sequence does not depend on the number of threads. */

#include "import/block-pool.h"

#include <sys/resource.h>
#include <unistd.h>

#define WORKER_NICE 10
#define BLOCKS_A_WORKER 3

typedef struct
{
  GBytes *block; /* (owned) */
  gint64  first_line;
  guint   sequence;
} Job;

typedef struct
{
  MqBlockPool *pool; /* (borrowed) */
  guint        index;
} Worker;

struct _MqBlockPool
{
  MqBlockFunc func;
  gpointer    data;
  guint       n_workers;
  GThread   **threads; /* (owned) */
  Worker     *workers; /* (owned) */

  GMutex   mutex;
  GCond    changed;
  GQueue   waiting; /* (element-type Job) */
  guint    running;
  guint    pushed;
  gboolean closed;
  GError  *error;  /* (owned) (nullable) */
  guint    failed; /* sequence of `error` */
};

static void
free_job (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->block);
  g_free (job);
}

static Job *
take_job (MqBlockPool *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  while (!self->closed && (g_queue_is_empty (&self->waiting) || self->error != NULL))
    g_cond_wait (&self->changed, &self->mutex);
  job = self->closed ? NULL : g_queue_pop_head (&self->waiting);
  self->running += job != NULL;
  g_mutex_unlock (&self->mutex);
  return job;
}

static void
end_job (MqBlockPool *self, guint sequence, GError *error)
{
  g_mutex_lock (&self->mutex);
  self->running--;
  if (error != NULL && (self->error == NULL || sequence < self->failed))
    {
      g_clear_error (&self->error);
      self->error = error;
      self->failed = sequence;
    }
  else
    g_clear_error (&error);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static gpointer
work_cb (gpointer data)
{
  const Worker *worker = data;
  MqBlockPool  *self = worker->pool;
  Job          *job;

  setpriority (PRIO_PROCESS, (id_t) gettid (), WORKER_NICE);
  while ((job = take_job (self)) != NULL)
    {
      GError *error = NULL;

      self->func (worker->index, job->sequence, job->block, job->first_line, self->data, &error);
      end_job (self, job->sequence, error);
      free_job (job);
    }
  return NULL;
}

MqBlockPool *
mq_block_pool_new (guint n_workers, MqBlockFunc func, gpointer data)
{
  MqBlockPool *self = g_new0 (MqBlockPool, 1);

  self->func = func;
  self->data = data;
  self->n_workers = n_workers;
  self->threads = g_new0 (GThread *, n_workers);
  self->workers = g_new0 (Worker, n_workers);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  for (guint i = 0; i < n_workers; i++)
    {
      self->workers[i] = (Worker){ self, i };
      self->threads[i] = g_thread_new ("mq-import", work_cb, &self->workers[i]);
    }
  return self;
}

void
mq_block_pool_free (MqBlockPool *self)
{
  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->n_workers; i++)
    g_thread_join (self->threads[i]);
  g_queue_clear_full (&self->waiting, free_job);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->threads);
  g_free (self->workers);
  g_free (self);
}

gboolean
mq_block_pool_push (MqBlockPool *self, GBytes *block, gint64 first_line)
{
  Job     *job = g_new0 (Job, 1);
  gboolean ok;

  job->block = block;
  job->first_line = first_line;
  g_mutex_lock (&self->mutex);
  while (self->error == NULL && self->waiting.length + self->running >= BLOCKS_A_WORKER * self->n_workers)
    g_cond_wait (&self->changed, &self->mutex);
  job->sequence = self->pushed++;
  ok = self->error == NULL;
  g_queue_push_tail (&self->waiting, job);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return ok;
}

gboolean
mq_block_pool_drain (MqBlockPool *self, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  while (self->running > 0 || (self->error == NULL && !g_queue_is_empty (&self->waiting)))
    g_cond_wait (&self->changed, &self->mutex);
  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, g_error_copy (self->error));
  g_mutex_unlock (&self->mutex);
  return ok;
}
