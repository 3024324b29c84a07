/* rewrite.h: rows of stored runs as one new staged run: compaction, and undo of an import inside a compacted run. */

#pragma once

#include "project/ledger.h"

G_BEGIN_DECLS

/* The rows `order` of parts of equal columns (same names, types and scales), in that order, "#import" included.
 * Dictionary entries that no row uses any more are left out. */
MqStagedRun *mq_rewrite_rows (MqSpill *spill, const MqLedger *ledger, const MqRowRef *order, gsize n_rows, const MqRun *run, GError **error);

/* Rows that stay (not MQ_ROW_GONE) of the parts, sorted by (record key, time, import, line) as runs are. (transfer full)
 * NULL with error. */
MqRowRef *mq_rewrite_sort (const MqLedger *ledger, const guint *parts, guint n_parts, gsize *n_rows, const MqRun *run, GError **error);

/* Equal for parts that may become one: names, types and scales. (transfer full) */
char *mq_rewrite_signature (const MqLedgerPart *part);

G_END_DECLS
