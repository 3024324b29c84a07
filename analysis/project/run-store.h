/* run-store.h: writing runs into the project file, inside the caller's transaction. */

#pragma once

#include "project/db.h"
#include "project/staged-run.h"

G_BEGIN_DECLS

/* Copies a staged run. import > 0: adds the column "#import" with that number in every row; 0: the run has one, and
 * first and last say what is in it. */
gboolean mq_run_store (MqDb *db, const MqStagedRun *staged, gint64 import, gint64 first_import, gint64 last_import, const MqRun *run, gint64 *id, GError **error);
gboolean mq_run_delete (MqDb *db, gint64 id, GError **error); /* its masks go with it */

G_END_DECLS
