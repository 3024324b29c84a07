/* import-list.h: the lists of imports and of rejected rows as a page shows them, read on the store thread. */

#pragma once

#include "jobs/job-queue.h"

G_BEGIN_DECLS

/* Newest first: number file kind rows stored updated unchanged rejected time; `kind` as people call it. */
void     mq_import_list_start (MqStore *store, GAsyncReadyCallback callback, gpointer user_data);
MqTable *mq_import_list_finish (GAsyncResult *result, GError **error); /* (transfer full) */

/* The rejected rows of one import: line column reason text. */
void     mq_reject_list_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data);
MqTable *mq_reject_list_finish (GAsyncResult *result, GError **error); /* (transfer full) */

/* The rejected rows of an import as a text to be corrected: see mq_project_rejects_text(). (transfer full) */
void  mq_reject_text_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data);
char *mq_reject_text_finish (GAsyncResult *result, GError **error);

G_END_DECLS
