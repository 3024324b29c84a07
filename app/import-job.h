/* import-job.h: the steps of an import, each off the main thread: look, plan, trial, read, commit, undo. */

#pragma once

#include "import-choice.h"
#include "import/import-look.h"
#include "import/importer.h"
#include "jobs/job-queue.h"
#include "orders/order-trial.h"

G_BEGIN_DECLS

/* Choices are copied. Every finish: (transfer full). */
void          mq_import_look_start (const MqImportChoice *choice, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqImportLook *mq_import_look_finish (GAsyncResult *result, GError **error);

void          mq_import_plan_start (const MqImportChoice *choice, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqImportPlan *mq_import_plan_finish (GAsyncResult *result, GError **error);

/* What the orders of all files come to (element-type MqImportChoice, at least one; only the files differ, and nothing of them is changed any more); of large files their beginnings. plan:
 * of the first. */
void          mq_import_trial_start (GPtrArray *choices, const MqImportPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqOrderTrial *mq_import_trial_finish (GAsyncResult *result, GError **error);

/* Reads the whole file; a mapping that worked is remembered. */
void           mq_import_read_start (const MqImportChoice *choice, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
MqImportDraft *mq_import_read_finish (GAsyncResult *result, GError **error);

/* Takes the draft over. */
void             mq_import_commit_start (MqStore *store, MqImportDraft *draft, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
MqImportOutcome *mq_import_commit_finish (MqStore *store, GAsyncResult *result, GError **error); /* g_free */

void     mq_import_undo_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data);
gboolean mq_import_undo_finish (MqStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
