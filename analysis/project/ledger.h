/* ledger.h: MqLedger, what replaces what among the rows of one kind: the masks of a project laid out by row, for
 * matching, undo and compaction. Rows of a run that a later import replaced are masked; a row may replace one older row.
 * Everything happens in memory: nothing is written before all of it is known. */

#pragma once

#include "project/project.h"
#include "project/run-source.h"

G_BEGIN_DECLS

/* A row somewhere in the ledger; 0 is none. */
typedef guint64 MqRowRef;

static inline MqRowRef
mq_row_ref (guint part, guint32 row)
{
  return ((guint64) part + 1) << 32 | row;
}

static inline guint
mq_row_ref_part (MqRowRef ref)
{
  return (guint) (ref >> 32) - 1;
}

typedef enum
{
  MQ_ROW_LIVE,
  MQ_ROW_MASKED,
  MQ_ROW_GONE, /* of an import that is being undone */
} MqRowState;

/* A run and its rows' places in the ledger. */
typedef struct
{
  MqRunSource source;
  gint64      run;      /* id; 0 for a staged run */
  gint64      import;   /* 0: the rows are of several, see imports */
  gint64     *imports;  /* (owned) (nullable) */
  MqRowRef   *replaces; /* (owned) (nullable): none replaces */
  guint8     *states;   /* (owned) MqRowState */
} MqLedgerPart;

typedef struct
{
  MqKind     kind;
  GPtrArray *infos; /* (owned) (element-type MqRunInfo) */
  GPtrArray *parts; /* (owned) (element-type MqLedgerPart): stored runs in order of (first import, id), then staged ones */

  /* (owned) (nullable) customers, whose rows replace none: filled by matching where it is there: updated persons by column */
  GHashTable *changes;
} MqLedger;

MqLedger *mq_ledger_new (MqKind kind); /* of a project that is not there yet */
MqLedger *mq_ledger_load (MqDb *db, MqKind kind, const MqRun *run, GError **error);
void      mq_ledger_free (MqLedger *self);
void      mq_ledger_add_staged (MqLedger *self, const MqStagedRun *staged, gint64 import);

static inline MqLedgerPart *
mq_ledger_part (const MqLedger *self, guint index)
{
  return g_ptr_array_index (self->parts, index);
}

static inline gint64
mq_ledger_part_import (const MqLedgerPart *part, gsize row)
{
  return part->imports != NULL ? part->imports[row] : part->import;
}

gboolean mq_ledger_part_has (const MqLedgerPart *part, gint64 import); /* a row of that import */

/* Room for what the rows of a part replace; before mq_ledger_replace(). */
gboolean mq_ledger_make_room (MqLedger *self, guint part, GError **error);
void     mq_ledger_replace (MqLedger *self, guint part, guint32 row, guint old_part, guint32 old_row);

/* The column as it is seen: a row whose run lacks the column has the value of the row it replaced, and an order that
 * names nobody has the keys of the one it replaced. "NAME#precision" goes with NAME: where a run has NAME without it,
 * all is to the second.
 * hashes: one array a part, NULL before (free with g_free); only those of parts in `wanted` (nullable: all) are filled. */
gboolean mq_ledger_hash_column (MqLedger *self, const char *name, const gboolean *wanted, MqHash128 **hashes, const MqRun *run, GError **error);

/* The masks of the rows that `part` has, by old run; ids of staged parts must be set before. (element-type MqMask) */
GPtrArray *mq_ledger_masks (const MqLedger *self, guint part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqLedger, mq_ledger_free)

G_END_DECLS
