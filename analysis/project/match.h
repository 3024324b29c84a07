/* match.h: which rows of an import replace which older ones (METHODS.md, "Re-import"). */

#pragma once

#include "project/ledger.h"

G_BEGIN_DECLS

/* Matches the rows of `import` that are in the ledger with the live rows of older imports, and enters what replaces what:
 * of one natural key first rows that are wholly equal over the columns of the import, then the others in order of
 * (time, import, line). Rows are compared as they are seen (see mq_ledger_hash_column()). Counts stored, updated and
 * unchanged of the outcome. Customers replace nothing: they are counted against the newest older assertions. */
gboolean mq_match_import (MqLedger *ledger, gint64 import, MqImportOutcome *outcome, const MqRun *run, GError **error);

G_END_DECLS
