/* salvage.c: a damaged project read in spite of its damage, and its imports made again. */

#include "config.h"

#include "project/salvage.h"

#include "project/chunk.h"
#include "project/db-private.h"
#include "project/project-private.h"
#include "project/salvage-run.h"
#include "project/saved-segments.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_GAP 100000

typedef struct
{
  MqDb           *checked;   /* (owned) (nullable) asks for the checksums of pages */
  MqDb           *unchecked; /* (owned) */
  MqProject      *target;    /* (owned) (nullable) */
  MqTableBuilder *lost;      /* (owned) */
  GPtrArray      *infos;     /* (owned) (element-type MqRunInfo) */
  const MqRun    *run;
} Salvage;

static void
clear_salvage (Salvage *self)
{
  g_clear_pointer (&self->checked, mq_db_close_quietly);
  g_clear_pointer (&self->unchecked, mq_db_close_quietly);
  g_clear_pointer (&self->lost, mq_table_builder_free);
  g_clear_pointer (&self->infos, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Salvage, clear_salvage)

static void
add_lost (Salvage *self, gint64 import, const char *kind, const char *column, gint64 first, gint64 last, const char *what)
{
  mq_table_builder_append (self->lost);
  mq_table_builder_set_integer (self->lost, 0, import);
  mq_table_builder_set_text (self->lost, 1, kind);
  mq_table_builder_set_text (self->lost, 2, column);
  mq_table_builder_set_integer (self->lost, 3, first);
  mq_table_builder_set_integer (self->lost, 4, last);
  mq_table_builder_set_text (self->lost, 5, what);
}

static void
lost_cb (const MqRunInfo *info, const char *column, gsize first, gsize n, const char *what, gpointer data)
{
  add_lost (data, info->first_import, mq_kind_name (info->kind), column, first + 1, first + n, what);
}

static void
lost_nothing_cb (const MqRunInfo *info, const char *column, gsize first, gsize n, const char *what, gpointer data)
{
}

static MqTableBuilder *
make_lost (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("lost", NULL, NULL);

  mq_table_builder_add_column (builder, "import", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "column", N_ ("Column"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "first", N_ ("First Row"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "last", N_ ("Last Row"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "what", N_ ("Lost"), MQ_COLUMN_TERM);
  return builder;
}

/* Calls func for each row that can be read; where the verified way ends early, again without asking for page checksums, and
 * what was read then may be wrong: that is said. FALSE where that fails as well. */
typedef void (*RowFunc) (Salvage *self, sqlite3_stmt *statement, gpointer data);

static gboolean
read_rows (MqDb *db, Salvage *self, const char *sql, gint64 number, RowFunc func, gpointer data)
{
  sqlite3_stmt *statement = mq_db_prepare (db, sql, NULL);
  gboolean      row = TRUE;

  if (statement == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, number);
  while (mq_db_step (db, statement, &row, NULL))
    {
      if (!row)
        return TRUE;
      func (self, statement, data);
    }
  return FALSE;
}

static void
count_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
}

static void
each_row (Salvage *self, const char *sql, const char *what, gint64 number, RowFunc func, gpointer data)
{
  /* The first pass only finds out whether it can be read to its end. */
  if (self->checked != NULL && read_rows (self->checked, self, sql, number, count_cb, NULL))
    {
      read_rows (self->checked, self, sql, number, func, data);
      return;
    }
  add_lost (self, number, NULL, NULL, G_MININT64, G_MININT64, what);
  read_rows (self->unchecked, self, sql, number, func, data);
}

static void
setting_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  GHashTable *settings = data;
  const char *name = (const char *) sqlite3_column_text (statement, 0);
  const char *value = (const char *) sqlite3_column_text (statement, 1);

  if (name != NULL && value != NULL && g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL))
    g_hash_table_insert (settings, g_strdup (name), g_strdup (value));
}

static gboolean
make_target (Salvage *self, const char *to, GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char    *zone, *currency;
  GHashTableIter iter;
  gpointer       name, value;

  each_row (self, "SELECT name, value FROM project", N_ ("settings"), 0, setting_cb, settings);
  zone = g_hash_table_lookup (settings, "zone");
  currency = g_hash_table_lookup (settings, "currency");
  self->target = mq_project_create (to, zone != NULL ? zone : "UTC", currency != NULL ? currency : "XXX", error);
  if (self->target == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_has_prefix (name, "value:") && !mq_project_set_value (self->target, (const char *) name + strlen ("value:"), value, error))
      return FALSE;
  return TRUE;
}

/* Numbers that were undone, or are lost, are not given again. */
static gboolean
skip_numbers (Salvage *self, gint64 number, GError **error)
{
  static const char sql[] = "WITH RECURSIVE gap (n) AS (SELECT coalesce (max (number), 0) + 1 FROM import UNION ALL SELECT n + 1 FROM gap WHERE n + 1 < ?1)"
                            " INSERT INTO import (number, kind, file_name, file_size, sha256, time, mapping, amount_of, refund_is_net, rows_read, stored, updated, unchanged, rejected, undone)"
                            " SELECT n, 0, '', 0, '', 0, '{}', 0, 0, 0, 0, 0, 0, 0, 1 FROM gap WHERE n < ?1 LIMIT ?2";
  sqlite3_stmt     *statement;

  if (!mq_project_begin_write (self->target, FALSE, error))
    return FALSE;
  statement = mq_db_prepare (self->target->db, sql, error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, number);
      sqlite3_bind_int64 (statement, 2, MAX_GAP);
    }
  return mq_project_end_write (self->target, statement != NULL && mq_db_run (self->target->db, statement, error), error);
}

static void
import_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  GPtrArray     *drafts = data;
  gint64         kind = sqlite3_column_int64 (statement, 1);
  MqImportDraft *draft;

  if (kind < 0 || kind >= MQ_N_KINDS)
    return;
  draft = mq_import_draft_new (kind);
  draft->file_name = g_strdup (mq_db_text (statement, 2));
  draft->file_size = sqlite3_column_int64 (statement, 3);
  draft->sha256 = g_strdup (mq_db_text (statement, 4));
  draft->time = sqlite3_column_int64 (statement, 5);
  draft->mapping = g_strdup (mq_db_text (statement, 6));
  draft->amount_of = sqlite3_column_int (statement, 7);
  draft->refund_is_net = sqlite3_column_int (statement, 8);
  /* Until it is made again, rows_read holds the import's number. */
  draft->rows_read = sqlite3_column_int64 (statement, 0);
  g_ptr_array_add (drafts, draft);
}

static void
reject_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  MqReject *reject = g_new0 (MqReject, 1);

  reject->line = sqlite3_column_int64 (statement, 0);
  reject->column = sqlite3_column_int64 (statement, 1);
  reject->reason = g_strdup (mq_db_text (statement, 2));
  reject->text = g_strdup (mq_db_text (statement, 3));
  g_ptr_array_add (data, reject);
}

static void
there_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* A segment whose customers cannot be read is lost. */
static void
segment_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  const char *name = (const char *) sqlite3_column_text (statement, 0);
  const char *source = (const char *) sqlite3_column_text (statement, 1);
  g_autoptr (MqStrings) keys = mq_strings_decode (sqlite3_column_blob (statement, 3), (gsize) sqlite3_column_bytes (statement, 3), NULL);

  if (name == NULL || source == NULL || keys == NULL || !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (source, -1, NULL))
    add_lost (self, 0, NULL, NULL, G_MININT64, G_MININT64, N_ ("segments"));
  else
    g_ptr_array_add (data, mq_saved_segment_new (name, source, sqlite3_column_int64 (statement, 2), keys));
}

static gboolean
copy_segments (Salvage *self, GError **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_saved_segment_free);
  gboolean there = FALSE;

  each_row (self, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '" MQ_SEGMENT_TABLE "'", N_ ("segments"), 0, there_cb, &there);
  if (!there)
    return TRUE;
  each_row (self, "SELECT name, source, time, keys FROM segment ORDER BY name", N_ ("segments"), 0, segment_cb, segments);
  for (guint i = 0; i < segments->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (!mq_project_save_segment (self->target, segments->pdata[i], &local) && !g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static void
status_cb (Salvage *self, sqlite3_stmt *statement, gpointer data)
{
  MqStatusCount *count = g_new0 (MqStatusCount, 1);

  count->text = g_strdup (mq_db_text (statement, 0));
  count->status = CLAMP (sqlite3_column_int (statement, 1), MQ_STATUS_UNKNOWN, MQ_N_STATUSES - 1);
  count->given = sqlite3_column_int (statement, 2);
  g_ptr_array_add (data, count);
}

static gboolean
add_runs (Salvage *self, MqImportDraft *draft, gint64 number, gint64 *rows, GError **error)
{
  for (guint i = 0; i < self->infos->len; i++)
    {
      const MqRunInfo *info = self->infos->pdata[i];
      g_autoptr (MqSalvagedRun) salvaged = NULL;
      g_autoptr (GError) local = NULL;
      MqStagedRun *staged;

      if (info->kind != draft->kind || number < info->first_import || number > info->last_import)
        continue;
      /* Told once: with the first import of the run. */
      salvaged = mq_salvaged_run_read (self->unchecked, info, number == info->first_import ? lost_cb : lost_nothing_cb, self);
      staged = salvaged != NULL ? mq_salvaged_run_stage (salvaged, number, draft->spill, self->run, &local) : NULL;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (staged == NULL)
        continue;
      *rows += mq_staged_run_n_rows (staged);
      g_ptr_array_add (draft->runs, staged);
    }
  return TRUE;
}

static gboolean
make_import (Salvage *self, MqImportDraft *draft, GError **error)
{
  gint64          number = draft->rows_read, rows = 0;
  MqImportOutcome outcome;

  if (!mq_run_check (self->run, error) || (draft->spill = mq_spill_new (error)) == NULL || !add_runs (self, draft, number, &rows, error) || !skip_numbers (self, number, error))
    return FALSE;
  each_row (self, "SELECT line, column, reason, text FROM reject WHERE import = ? ORDER BY line, rowid", N_ ("rejected rows"), number, reject_cb, draft->rejects);
  each_row (self, "SELECT text, status, given FROM status WHERE import = ? ORDER BY text", N_ ("meanings of statuses"), number, status_cb, draft->statuses);
  draft->rows_read = rows + draft->rejects->len;
  return mq_project_commit_import (self->target, draft, FALSE, &outcome, self->run, error);
}

static gboolean
make_imports (Salvage *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_draft_free);
  g_autoptr (GPtrArray) statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_status_count_free);

  each_row (self, "SELECT number, kind, file_name, file_size, sha256, time, mapping, amount_of, refund_is_net FROM import WHERE undone = 0 ORDER BY number", N_ ("imports"), 0, import_cb, drafts);
  for (guint i = 0; i < drafts->len; i++)
    if (!make_import (self, drafts->pdata[i], error))
      return FALSE;
  each_row (self, "SELECT text, status, given FROM status WHERE import = 0 ORDER BY text", N_ ("meanings of statuses"), 0, status_cb, statuses);
  for (guint i = 0; i < statuses->len; i++)
    {
      const MqStatusCount *count = statuses->pdata[i];

      if (!mq_project_set_status (self->target, count->text, count->status, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_source (Salvage *self, const char *path, GError **error)
{
  g_autoptr (GError) first = NULL;

  self->checked = mq_db_open (path, FALSE, FALSE, NULL);
  self->unchecked = mq_db_open_damaged (path, error);
  if (self->unchecked == NULL)
    return FALSE;
  if (self->checked != NULL)
    self->infos = mq_runs_list (self->checked, MQ_N_KINDS, &first);
  if (self->infos != NULL)
    return TRUE;
  add_lost (self, 0, NULL, NULL, G_MININT64, G_MININT64, N_ ("list of runs"));
  self->infos = mq_runs_list (self->unchecked, MQ_N_KINDS, error);
  return self->infos != NULL;
}

gboolean
mq_project_salvage (const char *path, const char *to, MqTable **lost, const MqRun *run, GError **error)
{
  g_auto (Salvage) self = { .lost = make_lost (), .run = run };
  gboolean good;

  mq_run_stage (run, N_ ("Reading"), 0);
  if (!open_source (&self, path, error))
    return FALSE;
  good = make_target (&self, to, error);
  if (self.target == NULL)
    return FALSE;
  good = good && make_imports (&self, error) && copy_segments (&self, error);
  good = mq_project_close (g_steal_pointer (&self.target), good ? error : NULL) && good;
  if (!good)
    {
      g_unlink (to);
      return FALSE;
    }
  *lost = mq_table_builder_finish (g_steal_pointer (&self.lost));
  return TRUE;
}
