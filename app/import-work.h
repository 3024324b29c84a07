/* import-work.h: MqImportWork, one import from reading to the commit; it goes on whether its dialog is there or not. Makes
 * the project if none is open. Its job stands in the session's list meanwhile.
 *
 * Signal "finished" (MqImportOutcome *, nullable; const GError *, nullable): once; both NULL: cancelled. After a commit the
 * session is read again and tells "imported". If nobody is connected to "finished" a failure goes to the session's
 * "failed". */

#pragma once

#include "import-job.h"
#include "job.h"
#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_WORK (mq_import_work_get_type ())
G_DECLARE_FINAL_TYPE (MqImportWork, mq_import_work, MQ, IMPORT_WORK, GObject)

/* Starts it. `choice` is copied; `name` is of the project if none is open. (transfer full) */
MqImportWork *mq_import_work_start (MqSession *session, const MqImportChoice *choice, const char *name);
MqJob        *mq_import_work_get_job (MqImportWork *self); /* (transfer none) */

G_END_DECLS
