/* erase-work.h: everything about a customer out of the open project (project/erasure.h), on its store thread and among the
 * window's jobs. Main thread. */

#pragma once

#include "project/erasure.h"
#include "session.h"

G_BEGIN_DECLS

/* What would go. customer: the key as lists show it. */
void       mq_erase_look_start (MqSession *session, const char *customer, GAsyncReadyCallback callback, gpointer user_data);
MqErasure *mq_erase_look_finish (MqSession *session, GAsyncResult *result, GError **error); /* g_free */

/* For good. When it answers the session was read again, whatever became of it; cancelled before the first change nothing
 * has gone. */
void     mq_erase_start (MqSession *session, const char *customer, GAsyncReadyCallback callback, gpointer user_data);
gboolean mq_erase_finish (MqSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
