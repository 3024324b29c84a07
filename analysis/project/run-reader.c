/* run-reader.c: runs as they are stored. Blobs are read on the caller's thread, batch by batch; decoding takes several. */

#include "config.h"

#include "project/run-reader.h"

#include "project/chunk.h"
#include "project/project.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BATCH 16 /* chunks: enough to share out, few enough that their bytes stay in the cache */
#define MAX_CHUNK_LENGTH (2 * 1024 * 1024)
#define MAX_COLUMNS 4096

typedef struct
{
  gsize    start; /* row */
  guint    n_rows;
  gsize    offset; /* in Batch.bytes */
  gsize    length;
  gboolean is_good;
} BatchChunk;

typedef struct
{
  const MqRunColumn *column; /* (borrowed) */
  GByteArray        *bytes;  /* (owned) */
  guint              n;
  BatchChunk         chunks[BATCH];
  gint64            *values; /* (nullable) (borrowed) */
  guint32           *codes;  /* (nullable) (borrowed) */
} Batch;

static void
run_column_free (MqRunColumn *column)
{
  g_free (column->name);
  g_free (column->label);
  g_free (column);
}

/* (transfer full) the number of the run's import, or of the first and last one. */
static char *
name_imports (const MqRunInfo *info)
{
  if (info->first_import == info->last_import)
    return g_strdup_printf ("%" G_GINT64_FORMAT, info->first_import);
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, info->first_import, info->last_import);
}

void
mq_run_set_damaged (const MqRunInfo *info, const MqRunColumn *column, gsize first, gsize n, GError **error)
{
  g_autofree char *import = name_imports (info);

  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: import %s, rows %zu to %zu, column %s of %s cannot be read. Use a backup copy, or undo the import."), import, (size_t) first + 1, (size_t) (first + n), column->name, mq_kind_name (info->kind));
}

void
mq_run_set_lacking (const MqRunInfo *info, const char *name, GError **error)
{
  g_autofree char *import = name_imports (info);

  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: import %s has no column %s. Use a backup copy, or undo the import."), import, name);
}

/* Damage that SQLite found gets its place. */
static void
pass_error (GError *local, const MqRunInfo *info, const MqRunColumn *column, gsize first, gsize n, GError **error)
{
  if (g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED))
    {
      mq_run_set_damaged (info, column, first, n, error);
      g_error_free (local);
    }
  else
    g_propagate_error (error, local);
}

static gboolean
check_codes (const guint32 *codes, guint n, guint n_strings)
{
  guint32 greatest = 0;

  /* Missing is the greatest code: one more is zero. */
  for (guint i = 0; i < n; i++)
    greatest = MAX (greatest, codes[i] + 1);
  return greatest <= n_strings;
}

static gboolean
decode_chunk_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Batch        *batch = data;
  BatchChunk   *chunk = &batch->chunks[first];
  const guint8 *bytes = batch->bytes->data + chunk->offset;

  if (batch->values != NULL)
    chunk->is_good = mq_chunk_decode (bytes, chunk->length, chunk->n_rows, batch->values + chunk->start, error);
  else
    chunk->is_good = mq_chunk_decode_codes (bytes, chunk->length, chunk->n_rows, batch->codes + chunk->start, error);
  if (chunk->is_good && batch->codes != NULL && !check_codes (batch->codes + chunk->start, chunk->n_rows, batch->column->n_strings))
    {
      chunk->is_good = FALSE;
      g_set_error_literal (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED, "");
    }
  return chunk->is_good;
}

static gboolean
decode_batch (const MqRunInfo *info, Batch *batch, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const BatchChunk *chunk = batch->chunks;

  if (!mq_run_parallel (run, batch->n, 1, decode_chunk_cb, batch, &local))
    {
      while (chunk->is_good)
        chunk++;
      if (g_error_matches (local, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED))
        mq_run_set_damaged (info, batch->column, chunk->start, chunk->n_rows, error);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  batch->n = 0;
  g_byte_array_set_size (batch->bytes, 0);
  return TRUE;
}

static void
add_to_batch (Batch *batch, sqlite3_stmt *statement, gsize start, guint n_rows)
{
  BatchChunk *chunk = &batch->chunks[batch->n++];

  chunk->start = start;
  chunk->n_rows = n_rows;
  chunk->offset = batch->bytes->len;
  chunk->length = sqlite3_column_bytes (statement, 1);
  chunk->is_good = FALSE;
  g_byte_array_append (batch->bytes, sqlite3_column_blob (statement, 1), chunk->length);
}

static gboolean
read_chunks (MqDb *db, const MqRunInfo *info, Batch *batch, const MqRun *run, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT rows, data FROM chunk WHERE run = ? AND position = ? ORDER BY sequence", error);
  g_autoptr (GError) local = NULL;
  gsize    start = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int (statement, 2, batch->column->position);
  while (mq_db_step (db, statement, &row, &local))
    {
      gsize n_rows = MIN (MQ_CHUNK_ROWS, info->n_rows - start);

      if (!row && start == info->n_rows)
        return decode_batch (info, batch, run, error);
      if (!row || n_rows == 0 || sqlite3_column_int64 (statement, 0) != (gint64) n_rows || sqlite3_column_blob (statement, 1) == NULL || sqlite3_column_bytes (statement, 1) > MAX_CHUNK_LENGTH)
        {
          mq_run_set_damaged (info, batch->column, start, MAX (n_rows, 1), error);
          break;
        }
      add_to_batch (batch, statement, start, n_rows);
      start += n_rows;
      if (batch->n == BATCH && !decode_batch (info, batch, run, error))
        break;
    }
  sqlite3_reset (statement);
  if (local != NULL)
    pass_error (g_steal_pointer (&local), info, batch->column, start, MIN (MQ_CHUNK_ROWS, info->n_rows - start), error);
  return FALSE;
}

static MqRunColumn *
read_column (sqlite3_stmt *statement)
{
  MqRunColumn *column = g_new0 (MqRunColumn, 1);

  column->position = sqlite3_column_int (statement, 0);
  column->name = g_strdup (mq_db_text (statement, 1));
  column->label = g_strdup (mq_db_text (statement, 2));
  column->type = sqlite3_column_int (statement, 3);
  column->scale = sqlite3_column_int (statement, 4);
  column->n_strings = CLAMP (sqlite3_column_int64 (statement, 5), 0, G_MAXUINT32 - 1);
  return column;
}

static gboolean
check_column (const MqRunInfo *info, const MqRunColumn *column)
{
  return column->position == info->columns->len - 1 && column->position < MAX_COLUMNS && *column->name != '\0' && column->type <= MQ_VALUE_DAY && column->scale >= 0 && column->scale <= 18;
}

/* Where the statistics of a column are damaged, the others can be read all the same. */
static gboolean
read_statistics (MqDb *db, const MqRunInfo *info, MqRunColumn *column, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT min(minimum) FILTER (WHERE missing < rows), max(maximum) FILTER (WHERE missing < rows), sum(missing), count(*) FROM chunk WHERE run = ? AND position = ?", error);
  g_autoptr (GError) local = NULL;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int (statement, 2, column->position);
  column->maximum = -1;
  if (!mq_db_step (db, statement, &row, &local))
    {
      column->is_damaged = g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED);
      column->missing = 1;
      if (!column->is_damaged)
        g_propagate_error (error, g_steal_pointer (&local));
      return column->is_damaged;
    }
  if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
    {
      column->minimum = sqlite3_column_int64 (statement, 0);
      column->maximum = sqlite3_column_int64 (statement, 1);
    }
  column->missing = sqlite3_column_int64 (statement, 2);
  column->n_chunks = sqlite3_column_int64 (statement, 3);
  sqlite3_reset (statement);
  return TRUE;
}

static void
set_list_damaged (GError **error)
{
  g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: its list of runs is wrong. Use a backup copy."));
}

/* A number of rows asks for memory: some column has to have chunks for so many. */
static gboolean
check_rows (const MqRunInfo *info, GError **error)
{
  gboolean backed = info->n_rows == 0;

  for (guint i = 0; i < info->columns->len; i++)
    {
      const MqRunColumn *column = g_ptr_array_index (info->columns, i);

      backed |= column->is_damaged || column->n_chunks >= (gint64) ((info->n_rows - 1) / MQ_CHUNK_ROWS + 1);
    }
  if (!backed)
    set_list_damaged (error);
  return backed;
}

static gboolean
read_all_statistics (MqDb *db, MqRunInfo *info, GError **error)
{
  for (guint i = 0; i < info->columns->len; i++)
    if (!read_statistics (db, info, info->columns->pdata[i], error))
      return FALSE;
  return check_rows (info, error);
}

static gboolean
read_columns (MqDb *db, MqRunInfo *info, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT position, name, label, type, scale, strings FROM run_column WHERE run = ? ORDER BY position", error);
  gboolean      row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  while (mq_db_step (db, statement, &row, error))
    {
      MqRunColumn *column;

      if (!row)
        return read_all_statistics (db, info, error);
      column = read_column (statement);
      g_ptr_array_add (info->columns, column);
      if (!check_column (info, column))
        {
          mq_run_set_damaged (info, column, 0, info->n_rows, error);
          sqlite3_reset (statement);
          return FALSE;
        }
    }
  return FALSE;
}

static MqRunInfo *
read_info (sqlite3_stmt *statement)
{
  MqRunInfo *info = g_new0 (MqRunInfo, 1);

  info->id = sqlite3_column_int64 (statement, 0);
  info->kind = sqlite3_column_int (statement, 1);
  info->first_import = sqlite3_column_int64 (statement, 2);
  info->last_import = sqlite3_column_int64 (statement, 3);
  info->n_rows = CLAMP (sqlite3_column_int64 (statement, 4), 0, G_MAXUINT32 - 1);
  info->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) run_column_free);
  return info;
}

GPtrArray *
mq_runs_list (MqDb *db, MqKind kind, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_run_info_free);
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT id, kind, first_import, last_import, rows FROM run WHERE kind = ?1 OR ?1 = ?2 ORDER BY first_import, id", error);
  gboolean      row = TRUE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, kind);
  sqlite3_bind_int (statement, 2, MQ_N_KINDS);
  while (row)
    {
      if (!mq_db_step (db, statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (runs, read_info (statement));
    }
  for (guint i = 0; i < runs->len; i++)
    {
      MqRunInfo *info = g_ptr_array_index (runs, i);

      if (info->kind >= MQ_N_KINDS)
        {
          set_list_damaged (error);
          return NULL;
        }
      if (!read_columns (db, info, error))
        return NULL;
    }
  return g_steal_pointer (&runs);
}

void
mq_run_info_free (MqRunInfo *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self);
}

const MqRunColumn *
mq_run_info_find (const MqRunInfo *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const MqRunColumn *column = g_ptr_array_index (self->columns, i);

      if (strcmp (column->name, name) == 0)
        return column;
    }
  return NULL;
}

gboolean
mq_run_read_values (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, gint64 *values, const MqRun *run, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Batch batch = { .column = column, .bytes = bytes, .values = values };

  return read_chunks (db, info, &batch, run, error);
}

gboolean
mq_run_read_codes (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, guint32 *codes, const MqRun *run, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Batch batch = { .column = column, .bytes = bytes, .codes = codes };

  return read_chunks (db, info, &batch, run, error);
}

MqStrings *
mq_run_read_strings (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT dictionary FROM run_column WHERE run = ? AND position = ?", error);
  g_autoptr (MqStrings) strings = NULL;
  g_autoptr (GError) local = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int (statement, 2, column->position);
  if (!mq_db_step (db, statement, &row, &local))
    {
      pass_error (g_steal_pointer (&local), info, column, 0, info->n_rows, error);
      return NULL;
    }
  if (row)
    strings = mq_strings_decode (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0), &local);
  sqlite3_reset (statement);
  if (strings != NULL && mq_strings_length (strings) == column->n_strings)
    return g_steal_pointer (&strings);
  if (g_error_matches (local, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_VERSION))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    mq_run_set_damaged (info, column, 0, info->n_rows, error);
  return NULL;
}
