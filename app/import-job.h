/* import-job.h: the steps of an import, each off the main thread: plan, read, commit, undo. */

#pragma once

#include "import/importer.h"
#include "jobs/job-queue.h"

G_BEGIN_DECLS

/* What the dialog has settled. Copied by the functions below. */
typedef struct
{
  const char *path;
  MqKind      kind;
  GStrv       map;      /* (nullable) "field=#3", "field=" */
  const char *zone;     /* of the project */
  const char *currency; /* of the project */
} MqImportChoice;

void          mq_import_plan_start (const MqImportChoice *choice, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MqImportPlan *mq_import_plan_finish (GAsyncResult *result, GError **error); /* (transfer full) */

void           mq_import_read_start (const MqImportChoice *choice, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
MqImportDraft *mq_import_read_finish (GAsyncResult *result, GError **error); /* (transfer full) */

/* Takes the draft over. */
void             mq_import_commit_start (MqStore *store, MqImportDraft *draft, const MqRun *run, GAsyncReadyCallback callback, gpointer user_data);
MqImportOutcome *mq_import_commit_finish (MqStore *store, GAsyncResult *result, GError **error); /* (transfer full) g_free */

void     mq_import_undo_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data);
gboolean mq_import_undo_finish (MqStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
