/* project-rewrite.h: what undo and compaction share: parts of a ledger that become one new run, written with all masks
 * of the kind. For the files project-*.c only. */

#pragma once

#include "project/project-private.h"
#include "project/rewrite.h"

G_BEGIN_DECLS

/* A new run and the rows it is made of; staged NULL: the parts only go. */
typedef struct
{
  GArray      *parts; /* (owned) (element-type guint): parts of the ledger that go */
  MqRowRef    *order; /* (owned) (nullable) */
  gsize        n_rows;
  MqStagedRun *staged; /* (owned) (nullable) */
  gint64       run;    /* id, once stored */
} MqReplacement;

MqReplacement *mq_replacement_new (void);
void           mq_replacement_free (MqReplacement *self);
/* Sorts and stages the rows that stay; nothing is written to the project. */
gboolean mq_replacement_stage (MqReplacement *self, MqSpill *spill, const MqLedger *ledger, const MqRun *run, GError **error);

/* Inside a transaction: stores the new runs, deletes the old ones and writes every mask of the ledger anew. */
gboolean mq_replacements_write (MqDb *db, const MqLedger *ledger, GPtrArray *replacements, const MqRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqReplacement, mq_replacement_free)

G_END_DECLS
