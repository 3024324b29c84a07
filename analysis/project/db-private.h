/* db-private.h: what db.c and db-look.c share. */

#pragma once

#include "project/db.h"

G_BEGIN_DECLS

/* A hardened connection, before it reads its first page. is_checked: with the checksums of its pages. */
sqlite3 *mq_db_connect (const char *path, int flags, gboolean is_checked, GError **error);
void     mq_db_set_error_of (sqlite3 *handle, const char *path, GError **error);

gboolean mq_db_read_pragma (sqlite3 *handle, const char *sql, gint64 *value);

/* Application, version and schema of an open file; `path` is for the message. */
gboolean mq_db_check_file (sqlite3 *handle, const char *path, GError **error);
/* The same of a file that is not open yet: leaves no trace, whatever it finds. */
gboolean mq_db_look (const char *path, GError **error);

G_END_DECLS
