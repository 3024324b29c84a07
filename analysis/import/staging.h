/* staging.h: what parsed rows are kept as until their run is written: columns packed a block at a time into 0, 1, 2, 4
 * or 8 bytes a value, text as codes of the thread's own dictionaries. About 20 bytes a row of an ordinary event file. */

#pragma once

#include "base/dictionary.h"
#include "base/slab.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

/* n values as code 0 for missing, else 1 + (value - base) / divisor; width 0: all values are `base`;
 * width 8: the values as they are. */
typedef struct
{
  gint64  base;
  gint64  last;    /* greatest value */
  gint64  divisor; /* of all values: a power of time units, or 1 */
  guint8  width;
  guint8 *data; /* (owned) (nullable) */
  gsize   size; /* of data, bytes */

  MqSlabChunk *chunk; /* (owned) (nullable) what data is part of */
} MqPacked;

/* A column that is stored. */
typedef struct
{
  char       *name;  /* (owned) "time", "#key" */
  char       *label; /* (owned) the file's own header, "" for what is derived */
  MqValueType type;
  int         scale;
  gboolean    only_if_used; /* precision: no column while all are MQ_PRECISION_SECOND */
} MqTarget;

#define MQ_TARGET_KEY 0  /* raw key cells, joined */
#define MQ_TARGET_LINE 1 /* physical line */

/* The rows of one block. */
typedef struct
{
  guint     reader; /* whose dictionaries the codes belong to */
  guint     n_rows;
  guint     n_columns;
  MqPacked *columns; /* (owned) one a target */
} MqStagedBlock;

/* time: values are instants, which mostly have a common divisor. slab: (nullable) where the data goes. FALSE if there is no
 * memory. */
gboolean mq_packed_init (MqPacked *self, const gint64 *values, gsize n, gboolean time, MqSlab *slab);
/* The same of codes of texts, one more than the code each; 0 is missing. */
gboolean mq_packed_init_codes (MqPacked *self, const guint32 *codes, gsize n, MqSlab *slab);
/* Room for n values of a known range, all missing at first. FALSE if there is no memory. divisor as above. */
gboolean mq_packed_init_range (MqPacked *self, gsize n, gint64 base, gint64 last, gint64 divisor, gboolean missing);
/* Room for as many values of the same range. FALSE if there is no memory. */
gboolean mq_packed_init_like (MqPacked *self, const MqPacked *other);
guint8   mq_packed_width (gint64 base, gint64 last, gint64 divisor, gboolean missing);
void     mq_packed_clear (MqPacked *self);
void     mq_packed_write (MqPacked *self, gsize start, const gint64 *values, gsize n);
void     mq_packed_read (const MqPacked *self, gsize start, gint64 *values, gsize n);
void     mq_packed_gather (const MqPacked *self, const guint32 *rows, gsize n, gint64 *values);
gsize    mq_packed_bytes (const MqPacked *self, gsize n);

MqStagedBlock *mq_staged_block_new (guint reader, guint n_rows, guint n_columns);
void           mq_staged_block_free (MqStagedBlock *self);

MqTarget *mq_target_new (const char *name, const char *label, MqValueType type, int scale);
void      mq_target_free (MqTarget *self);

G_END_DECLS
