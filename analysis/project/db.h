/* db.h: one SQLite connection, opened hardened (METHODS of ARCHITECTURE: defensive, no trusted schema, no triggers or views,
 * cell_size_check, limits). Errors become MQ_PROJECT_ERROR. One thread at a time. */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define MQ_APPLICATION_ID 0x4d71757a /* "Mquz" */
#define MQ_SCHEMA_VERSION 1

#define MQ_SEGMENT_TABLE "segment" /* files made before there were segments lack it */

typedef struct _MqDb MqDb;

/* create: makes the file (0600) with the schema; else checks application_id, user_version and the schema against what
 * we make. Read-only connections take no lock beyond the statement. */
MqDb *mq_db_open (const char *path, gboolean write, gboolean create, GError **error);
/* Read-only, without the checksums of pages: what it reads has to be checked otherwise. */
MqDb *mq_db_open_damaged (const char *path, GError **error);
/* write: checkpoints and goes back to a rollback journal (one file, no -wal). Frees even on failure. */
gboolean mq_db_close (MqDb *self, GError **error);

sqlite3 *mq_db_handle (MqDb *self);
gboolean mq_db_has_page_check (MqDb *self); /* whether pages carry checksums */
gboolean mq_db_exec (MqDb *self, GError **error, const char *sql);
/* A cached prepared statement, reset and unbound; borrowed until the next call with the same text. */
sqlite3_stmt *mq_db_prepare (MqDb *self, const char *sql, GError **error);
/* TRUE with *row TRUE on a row, FALSE at the end. */
gboolean mq_db_step (MqDb *self, sqlite3_stmt *statement, gboolean *row, GError **error);
/* The text in a column of the row, until the next step; "" for NULL, which a file that was tampered with may have anywhere. */
const char *mq_db_text (sqlite3_stmt *statement, int column);
gboolean    mq_db_run (MqDb *self, sqlite3_stmt *statement, GError **error); /* step once, reset */

gboolean mq_db_begin (MqDb *self, GError **error); /* IMMEDIATE */
/* For what makes a small file large: pages that a transaction adds need no journal, so in rollback mode they are written
 * once, and not to the WAL first. Readers wait until it is committed. */
gboolean mq_db_begin_growing (MqDb *self, GError **error);
gboolean mq_db_commit (MqDb *self, GError **error);
void     mq_db_rollback (MqDb *self);
gboolean mq_db_begin_read (MqDb *self, GError **error); /* a snapshot: DEFERRED, with a first read done */
void     mq_db_set_error (MqDb *self, GError **error);  /* from sqlite3_errmsg */

/* The SQL of a part of the schema as we make it: "table segment". (nullable) */
const char *mq_db_own_sql (const char *object);

void mq_db_close_quietly (MqDb *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqDb, mq_db_close_quietly)

G_END_DECLS
