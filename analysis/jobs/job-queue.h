/* job-queue.h: work off the main thread, answered on it.
 * MqStore: one thread that owns the project's read-write connection; functions run in the order they were queued.
 * Worker: any blocking work that needs no connection, on a pool of nice 10.
 * MqRequest: "the newest answer only": a page asks again and again; a superseded request is cancelled at once and its
 * answer dropped even if it comes later.
 *
 * Asking functions are called on the thread whose main context shall run the callback. `data` is used on the other
 * thread only and freed there or here, so it must not hold widgets. A callback comes exactly once, also for a job that
 * was cancelled or dropped (G_IO_ERROR_CANCELLED). What a function answered counts, even if it was cancelled meanwhile:
 * an import that was committed is never reported as cancelled. */

#pragma once

#include "analysis.h"
#include "project/project.h"

G_BEGIN_DECLS

typedef struct _MqStore MqStore;

/* Runs on the store thread. NULL is failure and sets error; the result (transfer full) is freed with free_result if
 * nobody takes it. */
typedef gpointer (*MqStoreFunc) (MqProject *project /* (nullable): none open */, gpointer data, const MqRun *run, GError **error);

MqStore *mq_store_new (void);
void     mq_store_free (MqStore *self); /* waits for what runs, drops what is queued, closes the project; blocks */

/* Queued like all else; the project that was open before is closed first. */
void     mq_store_open (MqStore *self, const char *path, MqOpenMode mode, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void     mq_store_create (MqStore *self, const char *path, const char *zone, const char *currency, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void     mq_store_close (MqStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean mq_store_finish (MqStore *self, GAsyncResult *result, GError **error); /* of open, create and close */

/* `run` (nullable) is copied, its cancellable referenced; its progress must live until the callback. */
void     mq_store_run (MqStore *self, MqStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
gpointer mq_store_run_finish (MqStore *self, GAsyncResult *result, GError **error);

/* Runs on a worker; as MqStoreFunc otherwise. */
typedef gpointer (*MqWorkFunc) (gpointer data, const MqRun *run, GError **error);

void     mq_worker_run (MqWorkFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
gpointer mq_worker_run_finish (GAsyncResult *result, GError **error);

/* An analysis on a worker; settings need not be complete. `settings` (nullable) may be floating. */
void      mq_analysis_run_async (const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqResult *mq_analysis_run_finish (GAsyncResult *result, GError **error);

typedef struct _MqRequest MqRequest;
/* Called on the thread that asked (its main context), for the newest request only; result NULL with error on failure.
 * Never called for a cancelled request. Both are borrowed. */
typedef void (*MqAnswer) (MqResult *result, const GError *error, gpointer user_data);

MqRequest *mq_request_new (MqAnswer answer, gpointer user_data);
void       mq_request_free (MqRequest *self); /* cancels; no answer comes after it */
void       mq_request_ask (MqRequest *self, const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings);
void       mq_request_cancel (MqRequest *self);
gboolean   mq_request_is_busy (MqRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqStore, mq_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqRequest, mq_request_free)

G_END_DECLS
