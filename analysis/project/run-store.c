/* run-store.c: from the spill into the tables run, run_column and chunk. */

#include "config.h"

#include "project/run-store.h"

typedef struct
{
  MqDb       *db;     /* (borrowed) */
  GByteArray *buffer; /* (borrowed) */
  gint64      run;
} Target;

static gboolean
insert_run (MqDb *db, const MqStagedRun *staged, gint64 first_import, gint64 last_import, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "INSERT INTO run (kind, first_import, last_import, rows) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, staged->kind);
  sqlite3_bind_int64 (statement, 2, first_import);
  sqlite3_bind_int64 (statement, 3, last_import);
  sqlite3_bind_int64 (statement, 4, staged->n_rows);
  if (!mq_db_run (db, statement, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (mq_db_handle (db));
  return TRUE;
}

static gboolean
insert_column (Target *target, guint position, const MqStagedColumn *column, const guint8 *dictionary, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (target->db, "INSERT INTO run_column (run, position, name, label, type, scale, strings, dictionary) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, target->run);
  sqlite3_bind_int (statement, 2, position);
  sqlite3_bind_text (statement, 3, column->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, column->label, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 5, column->type);
  sqlite3_bind_int (statement, 6, column->scale);
  sqlite3_bind_int64 (statement, 7, column->n_strings);
  if (dictionary != NULL)
    sqlite3_bind_blob64 (statement, 8, dictionary, column->dictionary.length, SQLITE_STATIC);
  return mq_db_run (target->db, statement, error);
}

static gboolean
insert_chunk (Target *target, guint position, guint sequence, const MqChunkStatistics *statistics, const guint8 *data, gsize length, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (target->db, "INSERT INTO chunk (run, position, sequence, rows, missing, minimum, maximum, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, target->run);
  sqlite3_bind_int (statement, 2, position);
  sqlite3_bind_int (statement, 3, sequence);
  sqlite3_bind_int64 (statement, 4, statistics->n_rows);
  sqlite3_bind_int64 (statement, 5, statistics->n_missing);
  sqlite3_bind_int64 (statement, 6, statistics->minimum);
  sqlite3_bind_int64 (statement, 7, statistics->maximum);
  sqlite3_bind_blob64 (statement, 8, data, length, SQLITE_STATIC);
  return mq_db_run (target->db, statement, error);
}

static gboolean
copy_column (Target *target, const MqStagedRun *staged, guint position, const MqRun *run, GError **error)
{
  const MqStagedColumn *column = g_ptr_array_index (staged->columns, position);
  const guint8         *dictionary = NULL;

  if (column->has_dictionary && (dictionary = mq_spill_get (staged->spill, column->dictionary, target->buffer, error)) == NULL)
    return FALSE;
  if (!insert_column (target, position, column, dictionary, error))
    return FALSE;
  for (guint i = 0; i < column->chunks->len; i++)
    {
      const MqStagedChunk *chunk = &g_array_index (column->chunks, MqStagedChunk, i);
      const guint8        *data = mq_run_check (run, error) ? mq_spill_get (staged->spill, chunk->piece, target->buffer, error) : NULL;

      if (data == NULL || !insert_chunk (target, position, i, &chunk->statistics, data, chunk->piece.length, error))
        return FALSE;
      mq_run_advance (run, chunk->piece.length);
    }
  return TRUE;
}

static gboolean
add_import_column (Target *target, const MqStagedRun *staged, gint64 import, GError **error)
{
  MqStagedColumn     column = { .name = (char *) MQ_COLUMN_IMPORT, .label = (char *) "", .type = MQ_VALUE_INTEGER };
  g_autofree gint64 *values = g_new (gint64, MQ_CHUNK_ROWS);
  guint              position = staged->columns->len;
  guint              sequence = 0;

  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = import;
  if (!insert_column (target, position, &column, NULL, error))
    return FALSE;
  for (gsize start = 0; start < staged->n_rows; start += MQ_CHUNK_ROWS)
    {
      MqChunkStatistics statistics;

      g_byte_array_set_size (target->buffer, 0);
      mq_chunk_encode (values, MIN (MQ_CHUNK_ROWS, staged->n_rows - start), target->buffer, &statistics);
      if (!insert_chunk (target, position, sequence++, &statistics, target->buffer->data, target->buffer->len, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mq_run_store (MqDb *db, const MqStagedRun *staged, gint64 import, gint64 first_import, gint64 last_import, const MqRun *run, gint64 *id, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  Target target = { db, buffer, 0 };

  if (!insert_run (db, staged, first_import, last_import, &target.run, error))
    return FALSE;
  for (guint i = 0; i < staged->columns->len; i++)
    if (!copy_column (&target, staged, i, run, error))
      return FALSE;
  *id = target.run;
  return import == 0 || add_import_column (&target, staged, import, error);
}

gboolean
mq_run_delete (MqDb *db, gint64 id, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "DELETE FROM run WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return mq_db_run (db, statement, error);
}
