/* project-check.c: is everything readable and as it was written; and a copy of the whole project. */

#include "config.h"

#include "project/project-private.h"

#include "project/page-check.h"
#include "project/record-kind.h"
#include "project/run-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PAGES_A_STEP 512
#define BUSY_WAIT_MILLISECONDS 20

static gboolean
set_damaged (GError **error, const char *detail)
{
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged (%s). Use a backup copy."), detail);
  return FALSE;
}

static gboolean
check_database (MqDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, sql, error);
  gboolean      row;
  gboolean      good;

  if (statement == NULL || !mq_db_step (db, statement, &row, error))
    return FALSE;
  good = !row || g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  if (!good)
    set_damaged (error, (const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  return good;
}

/* What the index of chunks says about a column must be what the chunks hold: ranges are read from the index alone. */
static gboolean
compare_statistics (const MqRunInfo *info, const MqRunColumn *column, const gint64 *values)
{
  gint64 minimum = G_MAXINT64, maximum = G_MININT64, missing = 0;

  for (gsize row = 0; row < info->n_rows; row++)
    if (values[row] == MQ_VALUE_MISSING)
      missing++;
    else
      {
        minimum = MIN (minimum, values[row]);
        maximum = MAX (maximum, values[row]);
      }
  if (missing != column->missing)
    return FALSE;
  return missing == (gint64) info->n_rows ? column->maximum < column->minimum : minimum == column->minimum && maximum == column->maximum;
}

static gboolean
check_column (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, gint64 *values, const MqRun *run, GError **error)
{
  g_autofree char *detail = NULL;

  if (!mq_run_read_values (db, info, column, values, run, error))
    return FALSE;
  if (column->type == MQ_VALUE_TEXT)
    {
      g_autoptr (MqStrings) strings = mq_run_read_strings (db, info, column, error);

      if (strings == NULL)
        return FALSE;
    }
  if (compare_statistics (info, column, values) && (column->type != MQ_VALUE_TEXT || column->maximum < (gint64) column->n_strings))
    return TRUE;
  detail = g_strdup_printf ("import %d, column %s of %s", (int) info->first_import, column->name, mq_kind_name (info->kind));
  return set_damaged (error, detail);
}

static gboolean
check_run (MqDb *db, const MqRunInfo *info, const MqRun *run, GError **error)
{
  g_autofree gint64 *values = g_try_new (gint64, info->n_rows + 1);

  if (values == NULL)
    return set_damaged (error, "rows of a run");
  for (guint i = 0; i < info->columns->len; i++)
    if (!check_column (db, info, info->columns->pdata[i], values, run, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_records (MqDb *db, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) runs = mq_runs_list (db, MQ_N_KINDS, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    if (!check_run (db, runs->pdata[i], run, error))
      return FALSE;
  for (MqKind kind = 0; runs != NULL && kind < MQ_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) masks = mq_masks_read (db, kind, error);

      if (masks == NULL)
        return FALSE;
    }
  return runs != NULL;
}

gboolean
mq_project_check (MqProject *self, const MqRun *run, GError **error)
{
  mq_run_stage (run, N_ ("Checking"), 0);
  /* The records first: they name import and column, SQLite only its pages. */
  return check_records (self->db, run, error) && check_database (self->db, "PRAGMA integrity_check(1)", error) && check_database (self->db, "PRAGMA foreign_key_check", error);
}

static gboolean
copy_pages (MqProject *self, sqlite3 *to, const MqRun *run, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", mq_db_handle (self->db), "main");
  int             code = backup != NULL ? SQLITE_OK : sqlite3_errcode (to);

  while (backup != NULL && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED))
    {
      if (!mq_run_check (run, error))
        {
          sqlite3_backup_finish (backup);
          return FALSE;
        }
      code = sqlite3_backup_step (backup, PAGES_A_STEP);
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        sqlite3_sleep (BUSY_WAIT_MILLISECONDS);
    }
  if (backup != NULL && sqlite3_backup_finish (backup) == SQLITE_OK && code == SQLITE_DONE && sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The copy cannot be written: %s."), sqlite3_errstr (code));
  return FALSE;
}

static gboolean
copy_to (MqProject *self, const char *path, const MqRun *run, GError **error)
{
  sqlite3 *to = NULL;
  gboolean good = sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, mq_page_check_vfs ()) == SQLITE_OK;

  if (good)
    {
      mq_page_check_expect (mq_db_handle (self->db), to);
      good = copy_pages (self, to, run, error);
    }
  else
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The copy cannot be written: %s."), sqlite3_errmsg (to));
  return sqlite3_close (to) == SQLITE_OK && good;
}

gboolean
mq_project_backup (MqProject *self, const char *path, const MqRun *run, GError **error)
{
  g_autofree char *draft = g_strdup_printf ("%s.new-XXXXXX", path);
  g_autofree char *real = realpath (path, NULL);
  int              fd;
  gboolean         good;

  if (g_strcmp0 (real, self->path) == 0)
    {
      g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS, _ ("A project cannot be copied onto itself. Choose another name."));
      return FALSE;
    }
  fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The copy cannot be written: %s."), g_strerror (errno));
      return FALSE;
    }
  close (fd);
  good = copy_to (self, draft, run, error);
  if (good && g_rename (draft, path) != 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The copy cannot be written: %s."), g_strerror (errno));
      good = FALSE;
    }
  if (good)
    mq_project_sync_folder (path);
  else
    g_unlink (draft);
  return good;
}
