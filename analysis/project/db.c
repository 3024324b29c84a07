/* db.c: one hardened SQLite connection. */

#include "config.h"

#include "project/db-private.h"

#include "base/interactive.h"
#include "project/page-check.h"
#include "project/project.h"
#include "project/schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BUSY_MILLISECONDS 10000
#define CLOSE_TRIES 100
#define CLOSE_WAIT_MICROSECONDS 20000
#define MAX_PAGE 65536

struct _MqDb
{
  sqlite3    *handle;     /* (owned) */
  char       *path;       /* (owned) */
  GHashTable *statements; /* (owned) SQL to (owned) sqlite3_stmt */
  gboolean    write;
  gboolean    is_wal;
  gboolean    committed;  /* anything, since the file went to WAL here */
  guint8     *first_page; /* (owned) (nullable) of the file before it went to WAL here */
  int         page_size;
};

void
mq_db_set_error_of (sqlite3 *handle, const char *path, GError **error)
{
  int              code = sqlite3_errcode (handle) & 0xff;
  MqProjectError   kind = MQ_PROJECT_ERROR_FAILED;
  g_autofree char *name = g_filename_display_basename (path);

  switch (code)
    {
    case SQLITE_NOTADB:
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NOT_PROJECT, _ ("%s is not a Marquetry project. Choose another file."), name);
      return;
    case SQLITE_CORRUPT:
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file %s is damaged. Use a backup copy."), name);
      return;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_LOCKED, _ ("The project file %s is in use by another process. Try again when it is done."), name);
      return;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      kind = MQ_PROJECT_ERROR_READ_ONLY;
      break;
    default:
      break;
    }
  g_set_error (error, MQ_PROJECT_ERROR, kind, _ ("The project file %s cannot be used: %s."), name, sqlite3_errmsg (handle));
}

static void
harden (sqlite3 *handle)
{
  static const int off[] = {
    SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_WRITABLE_SCHEMA
  };

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    sqlite3_db_config (handle, off[i], 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (handle, SQLITE_LIMIT_SQL_LENGTH, 100000);
  sqlite3_limit (handle, SQLITE_LIMIT_COLUMN, 64);
  sqlite3_limit (handle, SQLITE_LIMIT_EXPR_DEPTH, 64);
  sqlite3_limit (handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
  sqlite3_limit (handle, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_extended_result_codes (handle, 1);
  sqlite3_busy_timeout (handle, BUSY_MILLISECONDS);
}

/* Readies a connection before it reads its first page. */
sqlite3 *
mq_db_connect (const char *path, int flags, gboolean is_checked, GError **error)
{
  sqlite3 *handle = NULL;
  int      code = sqlite3_open_v2 (path, &handle, flags | SQLITE_OPEN_NOMUTEX, is_checked ? mq_page_check_vfs () : NULL);

  if (code == SQLITE_OK)
    {
      harden (handle);
      code = sqlite3_exec (handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    }
  if (code == SQLITE_OK)
    return handle;
  mq_db_set_error_of (handle, path, error);
  sqlite3_close (handle);
  return NULL;
}

static gboolean
make_schema (MqDb *self, GError **error)
{
  int              reserved = MQ_PAGE_CHECK_BYTES;
  g_autofree char *sql = g_strdup_printf ("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = FULL;"
                                          "BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d;%s"
                                          "INSERT INTO project (name, value) VALUES ('page_check', '%d'); COMMIT",
                                          MQ_APPLICATION_ID,
                                          MQ_SCHEMA_VERSION,
                                          mq_schema_sql,
                                          MQ_PAGE_CHECK_BYTES);

  return mq_db_exec (self, error, "PRAGMA page_size = 8192") && sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved) == SQLITE_OK && mq_db_exec (self, error, sql);
}

static gboolean
read_is_wal (MqDb *self)
{
  sqlite3_stmt *statement = NULL;
  gboolean      is_wal = FALSE;

  if (sqlite3_prepare_v2 (self->handle, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    is_wal = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;
  sqlite3_finalize (statement);
  return is_wal;
}

static gboolean
switch_journal (MqDb *self, const char *sql, const char *expected)
{
  sqlite3_stmt *statement = NULL;
  gboolean      good = FALSE;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    good = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), expected) == 0;
  return sqlite3_finalize (statement) == SQLITE_OK && good;
}

static sqlite3_file *
get_file (MqDb *self)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file;
}

static gboolean
keep_first_page (MqDb *self, sqlite3_file *file)
{
  gint64 size;

  if (!mq_db_read_pragma (self->handle, "PRAGMA page_size", &size) || size > MAX_PAGE)
    return FALSE;
  g_free (self->first_page);
  self->first_page = g_malloc (size);
  self->page_size = size;
  return file->pMethods->xRead (file, self->first_page, size, 0) == SQLITE_OK;
}

/* A file goes to WAL only when something is to be written, for that changes its header. */
static gboolean
enter_wal (MqDb *self, GError **error)
{
  sqlite3_file *file = get_file (self);

  if (self->is_wal)
    return TRUE;
  if (file == NULL || !keep_first_page (self, file) || !switch_journal (self, "PRAGMA journal_mode = WAL", "wal"))
    {
      mq_db_set_error_of (self->handle, self->path, error);
      return FALSE;
    }
  self->is_wal = TRUE;
  self->committed = FALSE;
  return TRUE;
}

/* Going to WAL and back counts the file's change counter up even if nothing was committed in between: puts the first page
 * back, under an exclusive lock, so that a failed import leaves not one byte changed. */
static void
restore_first_page (MqDb *self)
{
  sqlite3_file *file = get_file (self);

  if (file == NULL || sqlite3_exec (self->handle, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
    return;
  if (file->pMethods->xWrite (file, self->first_page, self->page_size, 0) == SQLITE_OK)
    file->pMethods->xSync (file, SQLITE_SYNC_FULL);
  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* Readers hold a connection only while they load: it is waited for them, and for nothing else. */
static gboolean
is_waiting_for_readers (MqDb *self)
{
  int code = sqlite3_errcode (self->handle) & 0xff;

  return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE || code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

static gboolean
leave_wal (MqDb *self, GError **error)
{
  if (!self->is_wal)
    return TRUE;
  for (guint try = 0; self->is_wal && try < CLOSE_TRIES; try++)
    {
      if (try > 0)
        g_usleep (CLOSE_WAIT_MICROSECONDS);
      if (switch_journal (self, "PRAGMA journal_mode = DELETE", "delete"))
        self->is_wal = FALSE;
      else if (!is_waiting_for_readers (self))
        break;
    }
  if (self->is_wal)
    {
      mq_db_set_error_of (self->handle, self->path, error);
      return FALSE;
    }
  if (!self->committed)
    restore_first_page (self);
  return TRUE;
}

static void
free_db (MqDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self->first_page);
  g_free (self->path);
  g_free (self);
}

static void
finalize_cb (gpointer statement)
{
  sqlite3_finalize (statement);
}

MqDb *
mq_db_open (const char *path, gboolean write, gboolean create, GError **error)
{
  MqDb *self;
  int   flags = (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | (create ? SQLITE_OPEN_CREATE : 0);

  mq_assert_may_block ();
  if (!create && !mq_db_look (path, error))
    return NULL;
  self = g_new0 (MqDb, 1);
  self->path = g_strdup (path);
  self->write = write;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_cb);
  self->handle = mq_db_connect (path, flags, TRUE, error);
  if (self->handle == NULL || !(create ? make_schema (self, error) : mq_db_check_file (self->handle, path, error)))
    {
      free_db (self);
      return NULL;
    }
  if (write)
    {
      /* As FULL in WAL; in rollback mode the folder is synchronized too, when the journal is gone. */
      sqlite3_exec (self->handle, "PRAGMA synchronous = EXTRA", NULL, NULL, NULL);
      self->is_wal = read_is_wal (self);
      self->committed = self->is_wal;
    }
  return self;
}

MqDb *
mq_db_open_damaged (const char *path, GError **error)
{
  MqDb *self;

  if (!mq_db_look (path, error))
    return NULL;
  self = g_new0 (MqDb, 1);
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_cb);
  self->handle = mq_db_connect (path, SQLITE_OPEN_READONLY, FALSE, error);
  if (self->handle != NULL)
    return self;
  free_db (self);
  return NULL;
}

gboolean
mq_db_close (MqDb *self, GError **error)
{
  gboolean good;

  mq_assert_may_block ();
  g_hash_table_remove_all (self->statements);
  good = !self->write || leave_wal (self, error);
  free_db (self);
  return good;
}

void
mq_db_close_quietly (MqDb *self)
{
  mq_db_close (self, NULL);
}

sqlite3 *
mq_db_handle (MqDb *self)
{
  return self->handle;
}

gboolean
mq_db_has_page_check (MqDb *self)
{
  int reserved = -1;

  return sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved) == SQLITE_OK && reserved == MQ_PAGE_CHECK_BYTES;
}

gboolean
mq_db_exec (MqDb *self, GError **error, const char *sql)
{
  mq_assert_may_block ();
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  mq_db_set_error (self, error);
  return FALSE;
}

sqlite3_stmt *
mq_db_prepare (MqDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  mq_assert_may_block ();
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      mq_db_set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
mq_db_step (MqDb *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int code;

  mq_assert_may_block ();
  code = sqlite3_step (statement);
  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    mq_db_set_error (self, error);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

const char *
mq_db_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

gboolean
mq_db_run (MqDb *self, sqlite3_stmt *statement, GError **error)
{
  gboolean row;
  gboolean good = mq_db_step (self, statement, &row, error);

  sqlite3_reset (statement);
  return good;
}

gboolean
mq_db_begin (MqDb *self, GError **error)
{
  return enter_wal (self, error) && mq_db_exec (self, error, "BEGIN IMMEDIATE");
}

gboolean
mq_db_begin_growing (MqDb *self, GError **error)
{
  return mq_db_exec (self, error, "BEGIN IMMEDIATE");
}

gboolean
mq_db_commit (MqDb *self, GError **error)
{
  if (!mq_db_exec (self, error, "COMMIT"))
    return FALSE;
  self->committed = TRUE;
  return TRUE;
}

void
mq_db_rollback (MqDb *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
mq_db_begin_read (MqDb *self, GError **error)
{
  return mq_db_exec (self, error, "BEGIN") && mq_db_exec (self, error, "SELECT count(*) FROM project");
}

void
mq_db_set_error (MqDb *self, GError **error)
{
  mq_db_set_error_of (self->handle, self->path, error);
}
