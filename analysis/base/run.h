/* run.h: what every long computation is handed: how to stop, where to report, how many threads. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Progress is pulled (at 10 Hz, by whoever shows it), never pushed: a worker only stores to atomics. */
typedef struct
{
  gint64      done;  /* atomic; in units of `total`, mostly bytes */
  gint64      total; /* atomic; 0 while unknown */
  const char *stage; /* atomic; untranslated static text (N_()), e.g. "Reading"; NULL at first */
} MqProgress;

/* Borrowed by the callee for the length of the call. A NULL MqRun means: not cancellable, no progress, all threads. */
typedef struct
{
  GCancellable *cancellable; /* (nullable) (borrowed) */
  MqProgress   *progress;    /* (nullable) (borrowed) */
  guint         n_threads;   /* 0: as many as there are processors */
} MqRun;

/* FALSE with G_IO_ERROR_CANCELLED once the run was cancelled. Call it at least every 4,096 rows. Any thread. */
gboolean mq_run_check (const MqRun *run, GError **error);
guint    mq_run_threads (const MqRun *run);
void     mq_run_stage (const MqRun *run, const char *stage, gint64 total);
void     mq_run_advance (const MqRun *run, gint64 done); /* adds `done` */

/* Work on the items [first, last) of a list of `n`; `slice` counts the slices from 0 in item order, so that results
 * stored by slice can be merged in an order that does not depend on the number of threads. */
typedef gboolean (*MqSliceFunc) (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error);

/* Cuts n items into slices of `grain` items and calls func on each, on up to mq_run_threads() worker threads at nice 10
 * (the caller's thread waits; with one thread or one slice it does the work itself). The cut depends on n and grain only. Stops at the first error, which is returned: of
 * several the one of the lowest slice. n == 0 is TRUE without a call. */
gboolean mq_run_parallel (const MqRun *run, gsize n, gsize grain, MqSliceFunc func, gpointer data, GError **error);

G_END_DECLS
