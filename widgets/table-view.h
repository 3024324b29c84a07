/* table-view.h: MqTableView shows an MqTable: the exact figures, sortable, selectable, to be copied (Ctrl+C). */

#pragma once

#include <adwaita.h>

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_TYPE_TABLE_VIEW (mq_table_view_get_type ())
G_DECLARE_FINAL_TYPE (MqTableView, mq_table_view, MQ, TABLE_VIEW, AdwBin)

/* Signals "row-activated" (guint64 row of the table); "selection-changed". */
GtkWidget *mq_table_view_new (void);
MqTable   *mq_table_view_get_table (MqTableView *self); /* (transfer none) (nullable) */
/* The columns stay, with their widths and sorting, while the new table has the same ones. `label` is what a screen
 * reader calls the table. */
void mq_table_view_set_table (MqTableView *self, MqTable *table /* (transfer none) (nullable) */, const char *label);
/* Shows only these rows (element-type guint32) (transfer full); NULL: all. */
void  mq_table_view_take_subset (MqTableView *self, GArray *rows);
guint mq_table_view_get_n_shown (MqTableView *self);
/* TRUE if exactly one row is selected; `row` is of the table, whatever the order shown. */
gboolean mq_table_view_get_selected (MqTableView *self, gsize *row);
void     mq_table_view_select (MqTableView *self, gsize row); /* only this row */

G_END_DECLS
