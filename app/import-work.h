/* import-work.h: MqImportWork, files imported one after the other, each from reading to its commit; it goes on whether its
 * dialog is there or not. Makes the project if none is open. Its job stands in the session's list meanwhile. A file that
 * cannot be imported does not keep the others from it.
 *
 * Signal "finished" (GPtrArray of MqImportedFile, nullable: cancelled before anything was stored; (transfer none)): once.
 * After commits the session is read again and tells "imported" of each. If nobody is connected to "finished" a failure goes
 * to the session's "failed". */

#pragma once

#include "import-job.h"
#include "job.h"
#include "session.h"

G_BEGIN_DECLS

/* What became of a file. */
typedef struct
{
  char           *name;    /* (owned) */
  MqImportOutcome outcome; /* if there is no error */
  char           *error;   /* (owned) (nullable) */
} MqImportedFile;

#define MQ_TYPE_IMPORT_WORK (mq_import_work_get_type ())
G_DECLARE_FINAL_TYPE (MqImportWork, mq_import_work, MQ, IMPORT_WORK, GObject)

/* Starts it. choices: (element-type MqImportChoice), at least one, copied; `name` is of the project if none is open.
 * (transfer full) */
MqImportWork *mq_import_work_start (MqSession *session, const GPtrArray *choices, const char *name);
MqJob        *mq_import_work_get_job (MqImportWork *self); /* (transfer none) */

G_END_DECLS
