/* mask.c: masks in the project file: for every 65,536 pairs a chunk of rows and a chunk of old rows, each after its
 * length in four bytes. */

#include "config.h"

#include "project/run-reader.h"

#include "project/chunk.h"
#include "project/project.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_part (GByteArray *out, const guint32 *rows, guint n, gint64 *values)
{
  MqChunkStatistics statistics;
  guint             start = out->len;
  guint32           length = 0;

  for (guint i = 0; i < n; i++)
    values[i] = rows[i];
  g_byte_array_append (out, (const guint8 *) &length, sizeof length);
  mq_chunk_encode (values, n, out, &statistics);
  length = GUINT32_TO_LE (out->len - start - (guint) sizeof length);
  memcpy (out->data + start, &length, sizeof length);
}

static gboolean
read_part (const guint8 **at, const guint8 *end, guint n, guint32 *rows)
{
  guint32 length;

  if (end - *at < (gssize) sizeof length)
    return FALSE;
  memcpy (&length, *at, sizeof length);
  *at += sizeof length;
  length = GUINT32_FROM_LE (length);
  if (length > end - *at || !mq_chunk_decode_codes (*at, length, n, rows, NULL))
    return FALSE;
  *at += length;
  return TRUE;
}

static gboolean
decode_mask (MqMask *mask, const guint8 *data, gsize length)
{
  const guint8 *end;

  if (data == NULL) /* as SQLite has it where nothing stands */
    data = (const guint8 *) "";
  end = data + length;
  /* A pair of chunks takes more than 32 bytes, so the count cannot ask for memory that no data stands for. */
  if (mask->n / MQ_CHUNK_ROWS > length / 32)
    return FALSE;
  mask->rows = g_try_new (guint32, mask->n + 1);
  mask->old_rows = g_try_new (guint32, mask->n + 1);
  if (mask->rows == NULL || mask->old_rows == NULL)
    return FALSE;
  for (gsize start = 0; start < mask->n; start += MQ_CHUNK_ROWS)
    {
      guint n = MIN (MQ_CHUNK_ROWS, mask->n - start);

      if (!read_part (&data, end, n, mask->rows + start) || !read_part (&data, end, n, mask->old_rows + start))
        return FALSE;
    }
  return data == end;
}

/* Rows must be rows of the runs the mask names, and rows ascend. */
static gboolean
check_mask (const MqMask *mask, gint64 n_rows, gint64 n_old_rows)
{
  for (gsize i = 0; i < mask->n; i++)
    if (mask->rows[i] >= n_rows || mask->old_rows[i] >= n_old_rows || (i > 0 && mask->rows[i] <= mask->rows[i - 1]))
      return FALSE;
  return TRUE;
}

GPtrArray *
mq_masks_read (MqDb *db, MqKind kind, GError **error)
{
  g_autoptr (GPtrArray) masks = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_mask_free);
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT mask.run, mask.old_run, pairs, data, a.rows, b.rows FROM mask JOIN run AS a ON a.id = mask.run JOIN run AS b ON b.id = mask.old_run WHERE a.kind = ? ORDER BY mask.id", error);
  gboolean      row;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, kind);
  while (mq_db_step (db, statement, &row, error))
    {
      MqMask *mask;

      if (!row)
        return g_steal_pointer (&masks);
      mask = g_new0 (MqMask, 1);
      g_ptr_array_add (masks, mask);
      mask->run = sqlite3_column_int64 (statement, 0);
      mask->old_run = sqlite3_column_int64 (statement, 1);
      mask->n = MAX (sqlite3_column_int64 (statement, 2), 0);
      if (!decode_mask (mask, sqlite3_column_blob (statement, 3), sqlite3_column_bytes (statement, 3)) || !check_mask (mask, sqlite3_column_int64 (statement, 4), sqlite3_column_int64 (statement, 5)))
        {
          sqlite3_reset (statement);
          g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: what replaces what in %s cannot be read. Use a backup copy."), mq_kind_name (kind));
          return NULL;
        }
    }
  return NULL;
}

gboolean
mq_mask_write (MqDb *db, const MqMask *mask, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree gint64 *values = g_new (gint64, MIN (mask->n, MQ_CHUNK_ROWS) + 1);
  sqlite3_stmt      *statement = mq_db_prepare (db, "INSERT INTO mask (run, old_run, pairs, data) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  for (gsize start = 0; start < mask->n; start += MQ_CHUNK_ROWS)
    {
      guint n = MIN (MQ_CHUNK_ROWS, mask->n - start);

      append_part (out, mask->rows + start, n, values);
      append_part (out, mask->old_rows + start, n, values);
    }
  sqlite3_bind_int64 (statement, 1, mask->run);
  sqlite3_bind_int64 (statement, 2, mask->old_run);
  sqlite3_bind_int64 (statement, 3, mask->n);
  sqlite3_bind_blob64 (statement, 4, out->data, out->len, SQLITE_STATIC);
  return mq_db_run (db, statement, error);
}

void
mq_mask_free (MqMask *self)
{
  g_free (self->rows);
  g_free (self->old_rows);
  g_free (self);
}
