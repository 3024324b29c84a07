/* draft-builder.h: imports for tests, made row by row and without a CSV file. Aborts on any error. */

#pragma once

#include "project/import-draft.h"
#include "project/project.h"

typedef struct _DraftBuilder DraftBuilder;

DraftBuilder *draft_builder_new (MqKind kind);
/* Columns first, then rows. Returns the column's index. */
guint draft_builder_add_column (DraftBuilder *self, const char *name, MqValueType type, int scale);
/* keys: "phone=13800000000 email=a@b.de" in order of priority; "" is anonymous. All cells are missing at first. */
void draft_builder_add_row (DraftBuilder *self, const char *keys);
/* Cells of the row added last. */
void draft_builder_set (DraftBuilder *self, guint column, gint64 value);
void draft_builder_set_text (DraftBuilder *self, guint column, const char *text);
/* The rows cut into n_runs equal parts, each sorted as an importer does; lines count from 2. Frees the builder. */
MqImportDraft *draft_builder_finish (DraftBuilder *self, guint n_runs);

/* Finishes and commits; returns the import's number. */
gint64 draft_builder_commit (DraftBuilder *self, MqProject *project, MqImportOutcome *outcome /* (nullable) */);

/* The record key of `keys` as above. g_free. */
char *draft_record_key (const char *keys);
