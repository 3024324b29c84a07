/* project-private.h: the inside of MqProject, for the files project*.c only. */

#pragma once

#include "project/db.h"
#include "project/lock.h"
#include "project/project.h"

G_BEGIN_DECLS

struct _MqProject
{
  char   *path;   /* (owned) canonical */
  MqDb   *db;     /* (owned) */
  MqLock *lock;   /* (owned) (nullable) */
  char   *holder; /* (owned) (nullable) */
  char   *zone;
  char   *currency;
  gint64  revision;
};

/* READ_ONLY if it is; else BEGIN. is_first: there are no records yet that anybody could want to read meanwhile. */
gboolean mq_project_begin_write (MqProject *self, gboolean is_first, GError **error);
/* Counts the revision up and commits; on failure rolls back. */
gboolean mq_project_end_write (MqProject *self, gboolean good, GError **error);
/* Makes the name that a file has durable; where a file system cannot, it is as durable as that one makes it. */
void mq_project_sync_folder (const char *path);
/* Writes the file anew if an erasure was interrupted before that (erasure.c). */
gboolean mq_project_finish_erasure (MqProject *self, GError **error);
/* Gives free pages back to the file system; a failure changes nothing. */
void mq_project_trim (MqProject *self);

G_END_DECLS
