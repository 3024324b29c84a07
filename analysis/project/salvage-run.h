/* salvage-run.h: a run of a damaged project, read a chunk at a time, and its rows of one import as a staged run. */

#pragma once

#include "project/run-reader.h"
#include "project/run-writer.h"

G_BEGIN_DECLS

typedef struct _MqSalvagedRun MqSalvagedRun;

/* What could not be read is told to lost(), once each. NULL if nothing of it can be used. */
typedef void (*MqLostFunc) (const MqRunInfo *info, const char *column, gsize first, gsize n, const char *what, gpointer data);

/* db: a connection that does not ask for the checksums of pages, for chunks have their own. info: (borrowed) */
MqSalvagedRun *mq_salvaged_run_read (MqDb *db, const MqRunInfo *info, MqLostFunc lost, gpointer data);
void           mq_salvaged_run_free (MqSalvagedRun *self);
/* (transfer full) NULL without error if it has no row of the import. */
MqStagedRun *mq_salvaged_run_stage (const MqSalvagedRun *self, gint64 import, MqSpill *spill, const MqRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSalvagedRun, mq_salvaged_run_free)

G_END_DECLS
