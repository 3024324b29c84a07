/* report-table.h: MqTableBlock, some columns of a table set for a width on paper: header, rows, hairlines. Columns that do
 * not fit go to a next block, which begins with the first column again. */

#pragma once

#include "chart/picture.h"
#include "chart/text.h"

G_BEGIN_DECLS

typedef struct _MqTableBlock MqTableBlock;

/* Sets as many of the columns (indices; the first is the row's name) as fit, from *next on, and moves *next behind them. */
MqTableBlock *mq_table_block_new (const MqTextKit *kit, const MqTheme *theme, MqTable *table, GArray *columns, guint *next, double width);
void          mq_table_block_free (MqTableBlock *self);
/* Of the header and `rows` rows from `first` on. */
double mq_table_block_height (const MqTableBlock *self, gsize first, gsize rows);
gsize  mq_table_block_n_rows (const MqTableBlock *self);
/* How many rows from `first` on stand under a header within this height. */
gsize mq_table_block_fit (const MqTableBlock *self, gsize first, double height);
void  mq_table_block_place (const MqTableBlock *self, MqPicture *picture, double x, double y, gsize first, gsize rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTableBlock, mq_table_block_free)

G_END_DECLS
