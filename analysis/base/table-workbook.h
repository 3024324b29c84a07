/* table-workbook.h: a table as a workbook (.xlsx) for people: one sheet named after the table, translated titles with the
 * unit (currency, zone, days or hours or seconds), numbers as numbers, days and times as dates in the table's zone. */

#pragma once

#include "base/run.h"
#include "base/table.h"

G_BEGIN_DECLS

/* See sheet-writer.h for how the file appears, limits and errors. Any thread that may block. */
gboolean mq_table_write_workbook (const MqTable *table, const char *path, const MqRun *run, GError **error);

G_END_DECLS
