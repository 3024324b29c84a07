/* project-memory.h: the session's project among the recent ones, and the last one found again; both on a worker. Main thread. */

#pragma once

#include "session.h"

G_BEGIN_DECLS

/* Notes that the project is open and what it holds. */
void mq_project_memory_note (MqSession *session);

/* Path of the project opened last. (transfer full) (nullable): none, or it is gone */
void  mq_project_memory_find (GAsyncReadyCallback callback, gpointer user_data);
char *mq_project_memory_find_finish (GAsyncResult *result);

G_END_DECLS
