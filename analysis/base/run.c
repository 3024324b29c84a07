/* run.c: cancelling, progress and cutting work into slices. The slices are handed out in order, so when slice k fails
 * all lower ones are under way and end; the lowest failing slice is the same for any number of threads. */

#include "base/run.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#define WORKER_NICE 10

typedef struct
{
  const MqRun *run; /* (borrowed) (nullable) */
  gsize        n;
  gsize        grain;
  gsize        n_slices;
  MqSliceFunc  func;
  gpointer     data;
  gsize        next;  /* atomic: the next slice to hand out */
  gsize        limit; /* atomic: slices from here on are not begun any more */
} Work;

typedef struct
{
  Work   *work;
  GError *error; /* (owned) (nullable): of the lowest slice that failed here */
  gsize   slice;
} Worker;

static void
lower_limit (Work *work, gsize slice)
{
  gsize limit = __atomic_load_n (&work->limit, __ATOMIC_RELAXED);

  while (slice < limit && !__atomic_compare_exchange_n (&work->limit, &limit, slice, FALSE, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    ;
}

static void
do_slices (Worker *worker)
{
  Work *work = worker->work;

  while (worker->error == NULL)
    {
      gsize slice = __atomic_fetch_add (&work->next, 1, __ATOMIC_ACQ_REL);
      gsize first = slice * work->grain;

      if (slice >= work->n_slices || slice >= __atomic_load_n (&work->limit, __ATOMIC_RELAXED))
        break;
      if (mq_run_check (work->run, &worker->error) &&
          work->func (slice, first, first + MIN (work->grain, work->n - first), work->data, work->run, &worker->error))
        continue;
      worker->slice = slice;
      lower_limit (work, slice);
    }
  __atomic_fetch_add (&work->next, 0, __ATOMIC_RELEASE);
}

static gpointer
worker_cb (gpointer data)
{
  /* On Linux the priority is the thread's; a lower one needs no right, so this cannot fail in a way that matters. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), WORKER_NICE);
  do_slices (data);
  return NULL;
}

static void
run_workers (Worker *workers, guint n)
{
  g_autofree GThread **threads = g_new0 (GThread *, n);

  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_try_new ("mq-worker", worker_cb, &workers[i], NULL);
  for (guint i = 0; i < n; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
  /* Does what is left where the system gave no thread at all. */
  if (workers[0].error == NULL)
    do_slices (&workers[0]);
}

static gboolean
take_lowest_error (Worker *workers, guint n, GError **error)
{
  Worker *lowest = NULL;

  for (guint i = 0; i < n; i++)
    if (workers[i].error != NULL && (lowest == NULL || workers[i].slice < lowest->slice))
      lowest = &workers[i];
  if (lowest == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&lowest->error));
  for (guint i = 0; i < n; i++)
    g_clear_error (&workers[i].error);
  return FALSE;
}

gboolean
mq_run_check (const MqRun *run, GError **error)
{
  return run == NULL || !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

guint
mq_run_threads (const MqRun *run)
{
  return run != NULL && run->n_threads > 0 ? run->n_threads : g_get_num_processors ();
}

void
mq_run_stage (const MqRun *run, const char *stage, gint64 total)
{
  if (run == NULL || run->progress == NULL)
    return;
  __atomic_store_n (&run->progress->done, 0, __ATOMIC_RELAXED);
  __atomic_store_n (&run->progress->total, total, __ATOMIC_RELAXED);
  __atomic_store_n (&run->progress->stage, stage, __ATOMIC_RELEASE);
}

void
mq_run_advance (const MqRun *run, gint64 done)
{
  if (run != NULL && run->progress != NULL)
    __atomic_fetch_add (&run->progress->done, done, __ATOMIC_RELAXED);
}

gboolean
mq_run_parallel (const MqRun *run, gsize n, gsize grain, MqSliceFunc func, gpointer data, GError **error)
{
  Work               work = { run, n, grain, 0, func, data, 0, G_MAXSIZE };
  g_autofree Worker *workers = NULL;
  guint              n_workers;

  g_return_val_if_fail (grain > 0, FALSE);

  if (n == 0)
    return TRUE;
  work.n_slices = (n - 1) / grain + 1;
  n_workers = MIN (mq_run_threads (run), work.n_slices);
  workers = g_new0 (Worker, n_workers);
  for (guint i = 0; i < n_workers; i++)
    workers[i].work = &work;
  if (n_workers == 1)
    do_slices (&workers[0]);
  else
    run_workers (workers, n_workers);
  __atomic_load_n (&work.next, __ATOMIC_ACQUIRE);
  return take_lowest_error (workers, n_workers, error);
}
