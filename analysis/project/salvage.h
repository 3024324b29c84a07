/* salvage.h: what can still be read of a damaged project, as a new one. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

/* Reads `path` (which is not changed), whatever of it is damaged, and makes the project `to` of it: all imports again, in
 * their order and with their numbers, so that what replaces what is found anew. A cell that cannot be read is missing; a
 * row whose key, time, line or import cannot be read is left out. lost (out) (transfer full): table `lost` (import, kind,
 * column, first, last: rows of the run; what: of a closed English list), empty where nothing was lost. FALSE with error
 * where nothing can be made, and then no file is left. */
gboolean mq_project_salvage (const char *path, const char *to, MqTable **lost, const MqRun *run, GError **error);

G_END_DECLS
