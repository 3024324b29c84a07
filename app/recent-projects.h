/* recent-projects.h: the projects that this person opened, wherever they lie, with what they held then; and those of the
 * program's folder. Kept in a small file beside that folder. Everything here reads or writes the disk: call it from a
 * worker; calls from several threads wait for each other. */

#pragma once

#include "project/record-kind.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char  *path;             /* (owned) */
  char  *name;             /* (owned) as shown */
  gint64 opened;           /* instant; 0: never opened here, `modified` stands for it */
  gint64 modified;         /* instant, of the file */
  gint64 size;             /* bytes */
  gint64 rows[MQ_N_KINDS]; /* when it was opened last */
} MqRecentProject;

MqRecentProject *mq_recent_project_new (const char *path);
void             mq_recent_project_free (MqRecentProject *self);

/* Those that are still there, the one opened last first. (transfer full) (element-type MqRecentProject) */
GPtrArray *mq_recent_projects_list (void);
/* Notes path, time of opening and rows of a project. A list that cannot be written is not worth an error: FALSE. */
gboolean mq_recent_projects_note (const MqRecentProject *project);

/* The name of a project as shown: of its file, without folder and suffix. (transfer full) */
char *mq_project_file_name (const char *path);

G_END_DECLS
