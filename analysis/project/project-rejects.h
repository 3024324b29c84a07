/* project-rejects.h: the rejected rows of an import as they stood, under its header: a file to be corrected and imported
 * alone. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

/* (transfer full); NULL with error. Blocks. */
char *mq_project_rejects_text (MqProject *self, gint64 import, GError **error);

G_END_DECLS
