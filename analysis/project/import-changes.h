/* import-changes.h: what an import would change, before anything is written. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

/* The outcome of the draft, and two tables: `changes` (field, rows: updated rows in which the field has another value) and
 * `sums` (field, currency, before, after: over all records of the kind as they are seen; none for customers, whose
 * records are statements). Numbers that no record has are left out. project: NULL for one that is not there yet, whose
 * currency is given. (element-type MqTable) (transfer container) */
GPtrArray *mq_import_changes (MqProject *project, const char *currency, MqImportDraft *draft, MqImportOutcome *outcome, const MqRun *run, GError **error);

G_END_DECLS
