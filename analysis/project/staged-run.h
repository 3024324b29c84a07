/* staged-run.h: what is inside a staged run; for the run writer, matching and the commit only. */

#pragma once

#include "project/chunk.h"
#include "project/run-reader.h"
#include "project/run-writer.h"

G_BEGIN_DECLS

/* A piece of the spill. */
typedef struct
{
  gint64 offset;
  gsize  length;
} MqSpillPiece;

typedef struct
{
  MqSpillPiece      piece;
  MqChunkStatistics statistics;
} MqStagedChunk;

typedef struct
{
  char        *name;
  char        *label;
  MqValueType  type;
  int          scale;
  gboolean     has_dictionary;
  MqSpillPiece dictionary;
  guint        n_strings;
  GArray      *chunks; /* (owned) (element-type MqStagedChunk) */
} MqStagedColumn;

struct _MqStagedRun
{
  MqSpill   *spill; /* (borrowed) outlives the run */
  MqKind     kind;
  gsize      n_rows;
  GPtrArray *columns; /* (owned) (element-type MqStagedColumn) */
};

/* The piece where it lies, or in `buffer`, until that is used again or the spill is freed. Any thread. */
const guint8 *mq_spill_get (MqSpill *self, MqSpillPiece piece, GByteArray *buffer, GError **error);
gboolean      mq_spill_write (MqSpill *self, const guint8 *data, gsize length, MqSpillPiece *piece, GError **error);

G_END_DECLS
