/* import-result.h: the rows that tell what became of the files of an import. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* files: (element-type MqImportedFile). Fills the list with sums and, of several files, a row each; returns how many rows
 * were rejected, and in `number` the first import that rejected any. */
gint64 mq_import_result_fill (GtkListBox *list, const GPtrArray *files, gint64 *number);

G_END_DECLS
