/* db-look.c: is this file a project, and one that this version made? A file is looked at before anything else through a
 * connection that takes no lock and plays back no journal, so that a file that is refused stays as it is, byte for byte. */

#include "config.h"

#include "project/db-private.h"

#include "project/project.h"
#include "project/schema.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define COPY_LENGTH (1 << 20)

typedef struct
{
  char *name;
  char *sql; /* (nullable) */
} SchemaObject;

static void
schema_object_free (SchemaObject *object)
{
  g_free (object->name);
  g_free (object->sql);
  g_free (object);
}

gboolean
mq_db_read_pragma (sqlite3 *handle, const char *sql, gint64 *value)
{
  sqlite3_stmt *statement = NULL;
  gboolean      good = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW;

  if (good)
    *value = sqlite3_column_int64 (statement, 0);
  return sqlite3_finalize (statement) == SQLITE_OK && good;
}

/* (element-type SchemaObject), sorted by name */
static GPtrArray *
read_schema (sqlite3 *handle)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) schema_object_free);
  sqlite3_stmt *statement = NULL;
  gboolean      good = sqlite3_prepare_v2 (handle, "SELECT type || ' ' || name, sql FROM sqlite_schema ORDER BY 1", -1, &statement, NULL) == SQLITE_OK;
  int           code = SQLITE_DONE;

  while (good && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      SchemaObject *object = g_new0 (SchemaObject, 1);

      object->name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      object->sql = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      g_ptr_array_add (objects, object);
    }
  good = sqlite3_finalize (statement) == SQLITE_OK && good && code == SQLITE_DONE;
  return good ? g_steal_pointer (&objects) : NULL;
}

/* Made once: a file is looked at whenever columns are loaded. */
static const GPtrArray *
get_own_schema (void)
{
  static GPtrArray *objects;
  static gsize      once;

  if (g_once_init_enter (&once))
    {
      sqlite3 *handle = NULL;

      if (sqlite3_open (":memory:", &handle) == SQLITE_OK && sqlite3_exec (handle, mq_schema_sql, NULL, NULL, NULL) == SQLITE_OK)
        objects = read_schema (handle);
      sqlite3_close (handle);
      g_once_init_leave (&once, 1);
    }
  return objects;
}

/* What a file has only since something was put there. */
static gboolean
may_be_absent (const SchemaObject *object)
{
  return g_str_equal (object->name, "table " MQ_SEGMENT_TABLE);
}

static gboolean
compare_schema (const GPtrArray *found, const GPtrArray *own)
{
  guint at = 0;

  for (guint i = 0; i < own->len; i++)
    {
      const SchemaObject *a = at < found->len ? g_ptr_array_index (found, at) : NULL;
      const SchemaObject *b = g_ptr_array_index (own, i);

      if (a != NULL && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->sql, b->sql) == 0)
        at++;
      else if (!may_be_absent (b))
        return FALSE;
    }
  return at == found->len;
}

const char *
mq_db_own_sql (const char *object)
{
  const GPtrArray *own = get_own_schema ();

  for (guint i = 0; own != NULL && i < own->len; i++)
    if (g_strcmp0 (((const SchemaObject *) own->pdata[i])->name, object) == 0)
      return ((const SchemaObject *) own->pdata[i])->sql;
  return NULL;
}

gboolean
mq_db_check_file (sqlite3 *handle, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GPtrArray) found = NULL;
  const GPtrArray *own = get_own_schema ();
  gint64           application, version;

  if (!mq_db_read_pragma (handle, "PRAGMA application_id", &application) || !mq_db_read_pragma (handle, "PRAGMA user_version", &version))
    {
      mq_db_set_error_of (handle, path, error);
      return FALSE;
    }
  if (application != MQ_APPLICATION_ID || version < 1)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NOT_PROJECT, _ ("%s is not a Marquetry project. Choose another file."), name);
      return FALSE;
    }
  if (version > MQ_SCHEMA_VERSION)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FUTURE, _ ("The project file %s was written by a newer version of Marquetry. Open it with that version."), name);
      return FALSE;
    }
  found = read_schema (handle);
  if (found == NULL)
    {
      mq_db_set_error_of (handle, path, error);
      return FALSE;
    }
  if (own != NULL && compare_schema (found, own))
    return TRUE;
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_HOSTILE, _ ("The project file %s has tables or code in it that Marquetry does not make. It is left alone; use a copy you trust."), name);
  return FALSE;
}

/* A connection that takes no lock, plays back no journal and makes no -shm. It does not ask for the checksums of pages
 * either: what another program altered is to be named as that. */
static sqlite3 *
connect_immutable (const char *path, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);

  return mq_db_connect (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, FALSE, error);
}

/* Through SQLite: to close another descriptor of the file would drop its locks. */
static gboolean
copy_database (sqlite3 *handle, const char *to)
{
  g_autofree guint8 *buffer = g_malloc (COPY_LENGTH);
  sqlite3_file      *file = NULL;
  sqlite3_int64      length = 0;
  int                fd = g_open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean           good = fd >= 0;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  good = good && file != NULL && file->pMethods->xFileSize (file, &length) == SQLITE_OK;
  for (sqlite3_int64 at = 0; good && at < length; at += COPY_LENGTH)
    {
      int part = MIN (length - at, COPY_LENGTH);

      good = file->pMethods->xRead (file, buffer, part, at) == SQLITE_OK && write (fd, buffer, part) == part;
    }
  return g_close (fd, NULL) && good;
}

static gboolean
copy_journal (const char *path, const char *to, const char *suffix)
{
  g_autofree char *journal = g_strconcat (path, suffix, NULL);
  g_autofree char *copy = g_strconcat (to, suffix, NULL);
  g_autoptr (GFile) from_file = g_file_new_for_path (journal);
  g_autoptr (GFile) to_file = g_file_new_for_path (copy);

  return !g_file_test (journal, G_FILE_TEST_EXISTS) || g_file_copy (from_file, to_file, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL);
}

static void
remove_copy (const char *folder, const char *copy)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (copy, suffixes[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
has_journal (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *journal = g_strconcat (path, suffixes[i], NULL);
      GStatBuf         info;

      if (g_stat (journal, &info) == 0 && info.st_size > 0)
        return TRUE;
    }
  return FALSE;
}

/* A crash may leave a file that is whole only once its journal is played back: that is tried on a copy. FALSE without error
 * where no copy can be made. */
static gboolean
look_at_copy (sqlite3 *handle, const char *path, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("marquetry-XXXXXX", NULL);
  g_autofree char *copy = folder != NULL ? g_build_filename (folder, "copy", NULL) : NULL;
  sqlite3         *mended = NULL;
  gboolean         good;

  if (folder == NULL)
    return FALSE;
  good = copy_database (handle, copy) && copy_journal (path, copy, "-wal") && copy_journal (path, copy, "-journal");
  if (good)
    mended = mq_db_connect (copy, SQLITE_OPEN_READWRITE, FALSE, NULL);
  good = mended != NULL && mq_db_check_file (mended, path, error);
  sqlite3_close (mended);
  remove_copy (folder, copy);
  return good;
}

gboolean
mq_db_look (const char *path, GError **error)
{
  sqlite3 *handle = connect_immutable (path, error);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  gboolean good;

  if (handle == NULL)
    return FALSE;
  good = mq_db_check_file (handle, path, &first) || (has_journal (path) && look_at_copy (handle, path, &second));
  sqlite3_close (handle);
  if (!good)
    g_propagate_error (error, second != NULL ? g_steal_pointer (&second) : g_steal_pointer (&first));
  return good;
}
