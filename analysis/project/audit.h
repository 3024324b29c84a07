/* audit.h: what was done to a project, kept in it: rows "audit:NUMBER" of its settings. Never whom it was about, never a
 * value. Inside a write transaction. */

#pragma once

#include "project/db.h"

G_BEGIN_DECLS

/* action: of a closed list (import, undo, erase); time: instant; import: its number, 0 if it is about none. */
gboolean mq_audit_add (MqDb *db, const char *action, gint64 time, gint64 import, gint64 rows, GError **error);

G_END_DECLS
