/* project.c: a project file's life: create, open, close, and its small values. */

#include "config.h"

#include "project/project-private.h"

#include "base/civil-time.h"
#include "base/interactive.h"
#include "base/money.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VALUE_PREFIX "value:"

G_DEFINE_QUARK (mq_project_error, mq_project_error)

static gboolean
read_text (MqDb *db, const char *name, char **value, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT value FROM project WHERE name = ?", error);
  gboolean      row;

  *value = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (!mq_db_step (db, statement, &row, error))
    return FALSE;
  if (row)
    *value = g_strdup (mq_db_text (statement, 0));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
write_text (MqDb *db, const char *name, const char *value, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, value != NULL ? "INSERT INTO project (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2" : "DELETE FROM project WHERE name = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (value != NULL)
    sqlite3_bind_text (statement, 2, value, -1, SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

static gboolean
check_settings (const char *zone, const char *currency, GError **error)
{
  if (mq_zone_get (zone, NULL) == NULL)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("There is no time zone “%s”. Give a name such as Asia/Shanghai."), zone);
      return FALSE;
    }
  if (mq_currency_digits (currency) < 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("“%s” is no currency code. Give three letters such as CNY."), currency);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_settings (MqProject *self, GError **error)
{
  g_autofree char *revision = NULL;
  g_autofree char *page_check = NULL;
  g_autofree char *name = g_filename_display_basename (self->path);
  gboolean         good;

  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->currency, g_free);
  if (!mq_db_begin_read (self->db, error))
    return FALSE;
  good = read_text (self->db, "zone", &self->zone, error) && read_text (self->db, "currency", &self->currency, error) && read_text (self->db, "revision", &revision, error) && read_text (self->db, "page_check", &page_check, error);
  /* A header that hides the checksums of the pages is damaged. */
  if (page_check != NULL && !mq_db_has_page_check (self->db))
    g_clear_pointer (&revision, g_free);
  mq_db_rollback (self->db);
  if (!good)
    return FALSE;
  if (self->zone != NULL && self->currency != NULL && revision != NULL && check_settings (self->zone, self->currency, NULL))
    {
      self->revision = g_ascii_strtoll (revision, NULL, 10);
      return TRUE;
    }
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file %s is damaged: its settings cannot be read. Use a backup copy."), name);
  return FALSE;
}

static char *
resolve_path (const char *path, GError **error)
{
  char            *real = realpath (path, NULL);
  g_autofree char *name = g_filename_display_name (path);
  char            *copy;

  if (real == NULL || g_file_test (real, G_FILE_TEST_IS_DIR))
    {
      if (real == NULL && errno == ENOENT)
        g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING, _ ("There is no project %s. Check the name, or create it."), name);
      else
        g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NOT_PROJECT, _ ("%s is not a Marquetry project. Choose another file."), name);
      free (real);
      return NULL;
    }
  copy = g_strdup (real);
  free (real);
  return copy;
}

static void
free_project (MqProject *self)
{
  g_clear_pointer (&self->db, mq_db_close_quietly);
  g_clear_pointer (&self->lock, mq_lock_free);
  g_free (self->path);
  g_free (self->holder);
  g_free (self->zone);
  g_free (self->currency);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqProject, free_project)

/* A writer that was killed may leave a journal that only a writer can play back. */
static gboolean
open_mended (MqProject *self, GError **error)
{
  g_autoptr (MqLock) lock = NULL;
  g_autofree char *holder = NULL;
  MqDb            *db;

  lock = mq_lock_take (self->path, &holder, NULL);
  db = lock != NULL ? mq_db_open (self->path, TRUE, FALSE, NULL) : NULL;
  if (db == NULL || !mq_db_close (db, NULL))
    return FALSE;
  self->db = mq_db_open (self->path, FALSE, FALSE, NULL);
  return self->db != NULL && read_settings (self, NULL);
}

static gboolean
open_read (MqProject *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  self->db = mq_db_open (self->path, FALSE, FALSE, &local);
  if (self->db != NULL && read_settings (self, &local))
    return TRUE;
  g_clear_pointer (&self->db, mq_db_close_quietly);
  if (g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY) && open_mended (self, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
open_write (MqProject *self, GError **error)
{
  if (access (self->path, W_OK) != 0)
    {
      g_autofree char *name = g_filename_display_basename (self->path);

      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY, _ ("The project file %s cannot be written: %s."), name, g_strerror (errno));
      return FALSE;
    }
  self->lock = mq_lock_take (self->path, &self->holder, error);
  if (self->lock == NULL)
    return FALSE;
  self->db = mq_db_open (self->path, TRUE, FALSE, error);
  if (self->db != NULL && read_settings (self, error))
    {
      g_autoptr (GError) local = NULL;

      if (!mq_project_finish_erasure (self, &local))
        g_debug ("an erasure waits to be finished: %s", local->message);
      return TRUE;
    }
  g_clear_pointer (&self->db, mq_db_close_quietly);
  g_clear_pointer (&self->lock, mq_lock_free);
  return FALSE;
}

/* The file under a name of its own, complete before it gets the one asked for: a process that is killed leaves no half
 * project. */
static gboolean
make_file (const char *path, const char *zone, const char *currency, GError **error)
{
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  MqDb            *db = mq_db_open (path, TRUE, TRUE, error);
  gboolean         good;

  if (db == NULL)
    return FALSE;
  good = mq_db_exec (db, error, "BEGIN") && write_text (db, "zone", zone, error) && write_text (db, "currency", currency, error) && write_text (db, "revision", "1", error) && write_text (db, "created", time, error) && mq_db_exec (db, error, "COMMIT");
  return mq_db_close (db, good ? error : NULL) && good;
}

void
mq_project_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
move_into_place (const char *from, const char *to, GError **error)
{
  g_autofree char *name = g_filename_display_name (to);

  if (link (from, to) == 0)
    {
      g_unlink (from);
      mq_project_sync_folder (to);
      return TRUE;
    }
  /* Some file systems have no hard links; the check and the move are two steps there. */
  if (errno != EEXIST && !g_file_test (to, G_FILE_TEST_EXISTS) && g_rename (from, to) == 0)
    {
      mq_project_sync_folder (to);
      return TRUE;
    }
  g_set_error (error, MQ_PROJECT_ERROR, errno == EEXIST ? MQ_PROJECT_ERROR_EXISTS : MQ_PROJECT_ERROR_FAILED, _ ("The project %s cannot be created: %s."), name, g_strerror (errno));
  return FALSE;
}

MqProject *
mq_project_create (const char *path, const char *zone, const char *currency, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *draft = g_strdup_printf ("%s.new-XXXXXX", path);
  gboolean         good;
  int              fd;

  if (!check_settings (zone, currency, error))
    return NULL;
  if (!mq_currency_is_known (currency))
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("“%s” is no currency code. Give three letters such as CNY."), currency);
      return NULL;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS, _ ("%s is there already. Choose another name."), name);
      return NULL;
    }
  fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY, _ ("The project %s cannot be created: %s."), name, g_strerror (errno));
      return NULL;
    }
  close (fd);
  good = make_file (draft, zone, currency, error) && move_into_place (draft, path, error);
  if (!good)
    {
      g_unlink (draft);
      return NULL;
    }
  return mq_project_open (path, MQ_OPEN_WRITE, error);
}

MqProject *
mq_project_open (const char *path, MqOpenMode mode, GError **error)
{
  g_autoptr (MqProject) self = g_new0 (MqProject, 1);
  g_autoptr (GError) local = NULL;

  mq_assert_may_block ();
  self->path = resolve_path (path, error);
  if (self->path == NULL)
    return NULL;
  if (mode == MQ_OPEN_READ)
    return open_read (self, error) ? g_steal_pointer (&self) : NULL;
  if (open_write (self, &local))
    return g_steal_pointer (&self);
  if (mode == MQ_OPEN_WRITE_OR_READ && (g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_LOCKED) || g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY)))
    return open_read (self, error) ? g_steal_pointer (&self) : NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
mq_project_close (MqProject *self, GError **error)
{
  gboolean good = mq_db_close (g_steal_pointer (&self->db), error);

  free_project (self);
  return good;
}

const char *
mq_project_path (MqProject *self)
{
  return self->path;
}

gboolean
mq_project_is_read_only (MqProject *self)
{
  return self->lock == NULL;
}

const char *
mq_project_holder (MqProject *self)
{
  return self->holder;
}

const char *
mq_project_zone (MqProject *self)
{
  return self->zone;
}

const char *
mq_project_currency (MqProject *self)
{
  return self->currency;
}

gint64
mq_project_revision (MqProject *self)
{
  return self->revision;
}

gboolean
mq_project_begin_write (MqProject *self, gboolean is_first, GError **error)
{
  if (self->lock != NULL)
    return is_first ? mq_db_begin_growing (self->db, error) : mq_db_begin (self->db, error);
  if (self->holder != NULL)
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY, _ ("The project is open read-only: %s writes to it."), self->holder);
  else
    g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY, _ ("The project is open read-only."));
  return FALSE;
}

gboolean
mq_project_end_write (MqProject *self, gboolean good, GError **error)
{
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, self->revision + 1);

  good = good && write_text (self->db, "revision", revision, error) && mq_db_commit (self->db, error);
  if (good)
    self->revision++;
  else
    mq_db_rollback (self->db);
  return good;
}

void
mq_project_trim (MqProject *self)
{
  if (!mq_db_exec (self->db, NULL, "PRAGMA incremental_vacuum"))
    g_debug ("incremental_vacuum: %s", sqlite3_errmsg (mq_db_handle (self->db)));
}

char *
mq_project_get_value (MqProject *self, const char *name, GError **error)
{
  g_autofree char *full = g_strconcat (VALUE_PREFIX, name, NULL);
  char            *value;

  return read_text (self->db, full, &value, error) ? value : NULL;
}

GHashTable *
mq_project_list_values (MqProject *self, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *statement = mq_db_prepare (self->db, "SELECT substr (name, length (?1) + 1), value FROM project WHERE substr (name, 1, length (?1)) = ?1", error);
  gboolean      row;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, VALUE_PREFIX, -1, SQLITE_STATIC);
  while (mq_db_step (self->db, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&values);
      g_hash_table_insert (values, g_strdup (mq_db_text (statement, 0)), g_strdup (mq_db_text (statement, 1)));
    }
  return NULL;
}

gboolean
mq_project_set_value (MqProject *self, const char *name, const char *value, GError **error)
{
  g_autofree char *full = g_strconcat (VALUE_PREFIX, name, NULL);

  if (!mq_project_begin_write (self, FALSE, error))
    return FALSE;
  /* A value is not data: the revision stays. */
  if (write_text (self->db, full, value, error) && mq_db_commit (self->db, error))
    return TRUE;
  mq_db_rollback (self->db);
  return FALSE;
}
