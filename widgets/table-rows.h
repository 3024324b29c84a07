/* table-rows.h: MqTableRows, the rows of an MqTable as a GListModel. A row's object (MqTableRow) is made when GTK asks for
 * it, never one a row; the rows shown and their order are an array of row numbers. */

#pragma once

#include <gio/gio.h>

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_TYPE_TABLE_ROW (mq_table_row_get_type ())
G_DECLARE_FINAL_TYPE (MqTableRow, mq_table_row, MQ, TABLE_ROW, GObject)

MqTable *mq_table_row_get_table (MqTableRow *self); /* (transfer none) */
gsize    mq_table_row_get_row (MqTableRow *self);   /* of the table, whatever the order shown */

#define MQ_TYPE_TABLE_ROWS (mq_table_rows_get_type ())
G_DECLARE_FINAL_TYPE (MqTableRows, mq_table_rows, MQ, TABLE_ROWS, GObject)

MqTableRows *mq_table_rows_new (MqTable *table /* (nullable) */);
/* Shows these rows (element-type guint32) in this order; NULL: all, as the table has them. (transfer full) */
void mq_table_rows_take_subset (MqTableRows *self, GArray *rows);
/* Sorts what is shown by a column: numbers by value, terms as people read them, text by bytes; missing values last,
 * equal ones in the table's order. column -1: the table's order. */
void mq_table_rows_sort (MqTableRows *self, int column, gboolean descending);

G_END_DECLS
