/* job-queue.h: work off the main thread, answered on it.
 * MqStore: one thread that owns the project's read-write connection; functions run in the order they were queued.
 * MqRequest: "the newest answer only": a page asks again and again; a superseded request is cancelled at once and its
 * answer dropped even if it comes later. */

#pragma once

#include "analysis.h"
#include "project/project.h"

G_BEGIN_DECLS

typedef struct _MqStore MqStore;

/* Runs on the store thread. Result (transfer full) goes to the callback through GTask. */
typedef gpointer (*MqStoreFunc) (MqProject *project /* (nullable): none open */, gpointer data, const MqRun *run, GError **error);

MqStore *mq_store_new (void);
void     mq_store_free (MqStore *self); /* waits for what runs, drops what is queued, closes the project */
/* The open project is handed over to the store thread and closed there. Opening is itself a queued function. */
void     mq_store_open (MqStore *self, const char *path, MqOpenMode mode, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mq_store_open_finish (MqStore *self, GAsyncResult *result, GError **error);
void     mq_store_run (MqStore *self, MqStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
gpointer mq_store_run_finish (MqStore *self, GAsyncResult *result, GError **error);

/* An analysis on a worker of nice 10. */
void      mq_analysis_run_async (const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqResult *mq_analysis_run_finish (GAsyncResult *result, GError **error);

typedef struct _MqRequest MqRequest;
/* Called on the thread that asked (its main context), for the newest request only; result NULL with error on failure. */
typedef void (*MqAnswer) (MqResult *result, const GError *error, gpointer user_data);

MqRequest *mq_request_new (MqAnswer answer, gpointer user_data);
void       mq_request_free (MqRequest *self); /* cancels; no answer comes after it */
void       mq_request_ask (MqRequest *self, const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings);
gboolean   mq_request_is_busy (MqRequest *self);

G_END_DECLS
