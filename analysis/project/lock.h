/* lock.h: the one writer of a project. A lock on the file "PROJECT.lock" beside it, which the kernel frees when the
 * process ends however it ends; the file names process and machine for those who come second. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MqLock MqLock;

/* NULL with MQ_PROJECT_ERROR_LOCKED if another holds it (holder: "pid 123 on host", (transfer full)), or
 * MQ_PROJECT_ERROR_READ_ONLY if the folder cannot be written. */
MqLock *mq_lock_take (const char *project_path, char **holder, GError **error);
void    mq_lock_free (MqLock *self); /* takes the file away */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqLock, mq_lock_free)

G_END_DECLS
