/* import-head-private.h: what the files of the import's beginning share: import-head.c (reading, deciding), import-header.c (the
 * row of headers and what the columns are), import-orders.c (what only all rows of orders can tell). */

#pragma once

#include "import/import-head.h"

G_BEGIN_DECLS

/* Takes the block. */
void mq_import_head_hold (MqImportHead *self, GBytes *bytes, gint64 first_line);
/* Takes a translated sentence. */
void mq_import_head_warn (MqImportHead *self, char *sentence);

/* Finds the header and sets header_line, known and mapping. */
gboolean mq_import_head_map (MqImportHead *self, GError **error);
/* Of orders, from all rows of the file: statuses, whose amount it is, refunds, what is carried from line to line. */
gboolean mq_import_head_decide_orders (MqImportHead *self, const MqRun *run, GError **error);

G_END_DECLS
