/* table-view.h: MqTableView shows an MqTable: the exact figures, sortable, selectable, to be copied (Ctrl+C). */

#pragma once

#include <adwaita.h>

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_TYPE_TABLE_VIEW (mq_table_view_get_type ())
G_DECLARE_FINAL_TYPE (MqTableView, mq_table_view, MQ, TABLE_VIEW, AdwBin)

/* Signal "row-activated" (guint64 row of the table). */
GtkWidget *mq_table_view_new (void);
MqTable   *mq_table_view_get_table (MqTableView *self); /* (transfer none) (nullable) */
/* The columns stay, with their widths and sorting, while the new table has the same ones. `label` is what a screen
 * reader calls the table. */
void mq_table_view_set_table (MqTableView *self, MqTable *table /* (transfer none) (nullable) */, const char *label);
/* Shows only these rows (element-type guint32) (transfer full); NULL: all. */
void  mq_table_view_take_subset (MqTableView *self, GArray *rows);
guint mq_table_view_get_n_shown (MqTableView *self);

G_END_DECLS
