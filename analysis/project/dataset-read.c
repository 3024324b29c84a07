/* dataset-read.c: columns of runs on their way into a dataset. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>

#include "base/table.h"
#include "project/chunk.h"

static const MqRunColumn *
find_column (const MqRunInfo *info, const char *name, GError **error)
{
  const MqRunColumn *column = mq_run_info_find (info, name);

  if (column == NULL)
    mq_run_set_lacking (info, name, error);
  return column;
}

/* Whether all codes are indexes or missing. */
static gboolean
are_codes (const guint32 *codes, guint n, guint n_strings)
{
  guint32 most = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, codes[i] + 1);
  return most <= n_strings;
}

static gboolean
make_replaced_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = data;
  guint8              *rows = mq_dataset_alloc0 (layout->bases[layout->n_runs], 1, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < layout->masks->len; i++)
    {
      const MqMask *mask = g_ptr_array_index (layout->masks, i);
      guint8       *old = rows + layout->bases[mq_dataset_kind_find_run (layout, mask->old_run)];

      for (gsize j = 0; j < mask->n; j++)
        old[mask->old_rows[j]] = 1;
    }
  *value = rows;
  return TRUE;
}

MqStrings *
mq_dataset_read_strings (MqDb *db, const MqRunInfo *info, const char *name, GError **error)
{
  const MqRunColumn *column = find_column (info, name, error);

  return column != NULL ? mq_run_read_strings (db, info, column, error) : NULL;
}

gboolean
mq_dataset_read_codes (MqDb *db, const MqRunInfo *info, const char *name, guint32 *codes, const MqRun *run, GError **error)
{
  const MqRunColumn *column = find_column (info, name, error);

  return column != NULL && mq_run_read_codes (db, info, column, codes, run, error);
}

gboolean
mq_dataset_visit_codes (MqDb *db, const MqRunInfo *info, const char *name, guint n_strings, MqVisitCodes visit, gpointer data, const MqRun *run, GError **error)
{
  const MqRunColumn  *column = find_column (info, name, error);
  g_autofree guint32 *codes = g_new (guint32, MQ_CHUNK_ROWS);
  sqlite3_stmt       *statement = column != NULL ? mq_db_prepare (db, "SELECT data FROM chunk WHERE run = ? AND position = ? ORDER BY sequence", error) : NULL;
  gsize               start = 0;
  gboolean            row = TRUE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int64 (statement, 2, column->position);
  while (start < info->n_rows)
    {
      guint n = (guint) MIN (MQ_CHUNK_ROWS, info->n_rows - start);

      if (!mq_run_check (run, error) || !mq_db_step (db, statement, &row, error))
        break;
      if (!row || !mq_chunk_decode_codes (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0), n, codes, NULL) || !are_codes (codes, n, n_strings))
        {
          mq_run_set_damaged (info, column, start, n, error);
          break;
        }
      visit (codes, n, data);
      start += n;
    }
  sqlite3_reset (statement);
  return start == info->n_rows;
}

gboolean
mq_dataset_read_values (MqDb *db, const MqRunInfo *info, const char *name, gint64 *values, const MqRun *run, GError **error)
{
  const MqRunColumn *column = find_column (info, name, error);

  return column != NULL && mq_run_read_values (db, info, column, values, run, error);
}

gint64 *
mq_dataset_read_stored (MqDataset *self, MqDb *db, MqKind kind, const char *name, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  g_autofree gint64   *values = mq_dataset_alloc (layout->bases[layout->n_runs], sizeof (gint64), error);

  if (values == NULL)
    return NULL;
  for (guint i = 0; i < layout->n_runs; i++)
    {
      const MqRunInfo *info = layout->runs[i];
      gint64          *part = values + layout->bases[i];

      if (mq_run_info_find (info, name) == NULL)
        for (gsize row = 0; row < info->n_rows; row++)
          part[row] = MQ_VALUE_MISSING;
      else if (!mq_dataset_read_values (db, info, name, part, run, error))
        return NULL;
    }
  return g_steal_pointer (&values);
}

gboolean
mq_dataset_replaced_rows (MqDataset *self, MqKind kind, const guint8 **rows, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  g_autofree char     *slot = g_strdup_printf ("replaced %s", mq_kind_name (kind));
  gpointer             value = NULL;

  *rows = NULL;
  if (layout->masks->len == 0)
    return TRUE;
  if (!mq_dataset_slot (self, slot, make_replaced_cb, &mq_dataset_holder (self)->kinds[kind], g_free, &value, run, error))
    return FALSE;
  *rows = value;
  return TRUE;
}
