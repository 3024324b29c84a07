/* tsan-glib.c: linked into tests under -Db_sanitize=thread only: tells ThreadSanitizer what GLib, which is not built with
 * it, orders: locks, conditions, queues, threads. Without it each hand-over through a GMutex, a bare futex, is reported. */

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* The function of the library that the one here stands before. */
#define REAL(name)                                                                   \
  static __typeof__ (name) *real_##name;                                             \
  __typeof__ (name)        *real = __atomic_load_n (&real_##name, __ATOMIC_ACQUIRE); \
  if (real == NULL)                                                                  \
    {                                                                                \
      real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name);                         \
      __atomic_store_n (&real_##name, real, __ATOMIC_RELEASE);                       \
    }

typedef struct
{
  GThreadFunc func;
  gpointer    data;
} Start;

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock)
  real (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock)
  __tsan_release (mutex);
  real (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  REAL (g_mutex_trylock)
  gboolean locked = real (mutex);

  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait)
  __tsan_release (mutex);
  real (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  REAL (g_cond_wait_until)
  gboolean woken;

  __tsan_release (mutex);
  woken = real (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return woken;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL (g_async_queue_push)
  __tsan_release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_pop)
  gpointer data = real (queue);

  __tsan_acquire (queue);
  return data;
}

/* A job of a pool: what its maker did comes before it runs. */
gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  REAL (g_thread_pool_push)
  __tsan_release (data);
  return real (pool, data, error);
}

/* A task's answer: what the worker did comes before the callback reads it. */
void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify result_destroy)
{
  REAL (g_task_return_pointer)
  __tsan_release (task);
  real (task, result, result_destroy);
}

void
g_task_return_error (GTask *task, GError *error)
{
  REAL (g_task_return_error)
  __tsan_release (task);
  real (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  REAL (g_task_propagate_pointer)
  __tsan_acquire (task);
  return real (task, error);
}

gpointer
g_task_get_task_data (GTask *task)
{
  REAL (g_task_get_task_data)
  __tsan_acquire (task);
  return real (task);
}

static gpointer
run_start (gpointer data)
{
  Start   *start = data;
  gpointer result;

  __tsan_acquire (start);
  result = start->func (start->data);
  __tsan_release (g_thread_self ());
  g_free (start);
  return result;
}

GThread *
g_thread_new (const char *name, GThreadFunc func, gpointer data)
{
  REAL (g_thread_new)
  Start *start = g_new0 (Start, 1);

  start->func = func;
  start->data = data;
  __tsan_release (start);
  return real (name, run_start, start);
}

gpointer
g_thread_join (GThread *thread)
{
  REAL (g_thread_join)
  gpointer result = real (thread);

  __tsan_acquire (thread);
  return result;
}
