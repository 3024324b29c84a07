/* run-writer.h: from sorted columns to a staged run. A run is the rows of one import (or a part of it, where the file
 * is larger than the memory budget) sorted by (record key, time, line): immutable, self-contained (its own
 * dictionaries, sorted by bytes), known by its columns. Chunks go to a spill as they are made: memory of a fixed size,
 * then an unlinked temporary file; the project file is not touched before the commit. Not thread-safe; one
 * writer a thread. */

#pragma once

#include "base/run.h"
#include "base/strings.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

typedef struct _MqSpill MqSpill; /* of one import: up to 96 MiB in memory, the rest in an unlinked temporary file */

MqSpill *mq_spill_new (GError **error);
void     mq_spill_free (MqSpill *self);

typedef struct _MqStagedRun MqStagedRun;
typedef struct _MqRunWriter MqRunWriter;

/* Fills out[0..n) with the column's values of the run's rows [start, start + n): called once a chunk, in order. Text
 * columns give codes into the column's sorted dictionary. */
typedef void (*MqColumnFill) (gpointer data, gsize start, guint n, gint64 *out);

MqRunWriter *mq_run_writer_new (MqSpill *spill, MqKind kind, gsize n_rows);
void         mq_run_writer_free (MqRunWriter *self);
/* The columns "#key" and "#line" and, but for customers, "time" (spend: "date") must be among them; "#import" is added
 * at the commit. `label` is the file's own header for the column (for people and for export). strings: the sorted
 * dictionary (text columns) or NULL. scale: digits of MONEY and DECIMAL. */
gboolean mq_run_writer_add_column (MqRunWriter *self, const char *name, const char *label, MqValueType type, int scale, MqStrings *strings /* (nullable) (borrowed) */, MqColumnFill fill, gpointer data, const MqRun *run, GError **error);
/* The same in steps, for columns that are filled side by side: the column's index (-1 with error), then all its rows in
 * order, MQ_CHUNK_ROWS at a time but for the last. */
int          mq_run_writer_begin_column (MqRunWriter *self, const char *name, const char *label, MqValueType type, int scale, MqStrings *strings /* (nullable) (borrowed) */, GError **error);
gboolean     mq_run_writer_append (MqRunWriter *self, guint column, const gint64 *values, guint n, GError **error);
MqStagedRun *mq_run_writer_finish (MqRunWriter *self, GError **error); /* (transfer full); frees the writer */
void         mq_staged_run_free (MqStagedRun *self);
gsize        mq_staged_run_n_rows (const MqStagedRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSpill, mq_spill_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqRunWriter, mq_run_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqStagedRun, mq_staged_run_free)

G_END_DECLS
