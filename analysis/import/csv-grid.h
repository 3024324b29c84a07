/* csv-grid.h: MqCsvGrid, the cells of a block that is as plain as most are: a delimiter of one byte, no quotes, no NUL,
 * every record with the same number of cells and all lines ended alike (LF or CRLF). Such a block can be read column by
 * column. Any other is mq_csv_parse()'s. */

#pragma once

#include "import/csv-parser.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* (borrowed) the block */
  guint       n_columns;
  guint       n_records;
  guint       line_end; /* bytes of one: 1 or 2 */
  guint32    *ends;     /* offset behind each cell, record by record; of the one before the first so that it begins at 0 */
  guint32    *memory;   /* (owned) */
  gsize       room;     /* of ends */
} MqCsvGrid;

MqCsvGrid *mq_csv_grid_new (void);
void       mq_csv_grid_free (MqCsvGrid *self);

/* Lays out a block (which must outlive its use). FALSE: it is no grid of n_columns (at least 2). */
gboolean mq_csv_grid_read (MqCsvGrid *self, const MqCsvDialect *dialect, const char *text, gsize length, guint n_columns);

static inline guint32
mq_csv_grid_begin (const MqCsvGrid *self, guint record, guint column)
{
  const guint32 *end = self->ends + (gsize) record * self->n_columns + column;

  return end[-1] + (column == 0 ? self->line_end : 1);
}

static inline guint32
mq_csv_grid_end (const MqCsvGrid *self, guint record, guint column)
{
  return self->ends[(gsize) record * self->n_columns + column];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqCsvGrid, mq_csv_grid_free)

G_END_DECLS
