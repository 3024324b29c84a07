/* column-group.h: columns that travel from the order of the file into the sorted order together. Their codes share a
 * word of 8 bytes a row, so that fetching a row from wherever it stands misses the cache once, not once a column. */

#pragma once

#include "import/staging.h"

G_BEGIN_DECLS

#define MQ_GROUP_COLUMNS 16

/* A column of a group: what MqPacked says of the range, and where its code stands in the word. */
typedef struct
{
  guint     target; /* index in the plan and in the staged blocks */
  gint64    base;
  gint64    divisor;
  guint8    width;  /* bytes, as in MqPacked */
  guint8    shift;  /* bits */
  guint32 **remaps; /* (owned by the caller) (nullable) one a reader: its codes to the run's */
} MqGroupColumn;

typedef struct
{
  MqGroupColumn columns[MQ_GROUP_COLUMNS];
  guint         n;
  guint         bytes; /* of the word that are taken */
  gsize         n_rows;
  guint64      *words; /* (owned) (nullable) one a row, in the order of the file; NULL before mq_column_group_pack() */
} MqColumnGroup;

/* FALSE: no room, the column begins another group. */
gboolean mq_column_group_add (MqColumnGroup *self, const MqGroupColumn *column);
/* blocks: (element-type MqStagedBlock); the group's columns of them are freed. FALSE if there is no memory. */
gboolean mq_column_group_pack (MqColumnGroup *self, GPtrArray *blocks);
/* The words of these rows, then from them the values of a column: index is the column's in the group. */
void mq_column_group_gather (const MqColumnGroup *self, const guint32 *rows, gsize n, guint64 *words);
void mq_column_group_extract (const MqColumnGroup *self, guint index, const guint64 *words, gsize n, gint64 *values);
/* Without columns again. */
void mq_column_group_clear (MqColumnGroup *self);

G_END_DECLS
