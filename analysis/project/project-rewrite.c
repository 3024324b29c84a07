/* project-rewrite.c: runs for runs, with the masks carried over. */

#include "config.h"

#include "project/project-rewrite.h"

#include "project/run-store.h"

/* Rows of two runs by number. */
typedef struct
{
  guint32 row, old_row;
} Pair;

MqReplacement *
mq_replacement_new (void)
{
  MqReplacement *self = g_new0 (MqReplacement, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
mq_replacement_free (MqReplacement *self)
{
  g_array_unref (self->parts);
  g_free (self->order);
  g_clear_pointer (&self->staged, mq_staged_run_free);
  g_free (self);
}

gboolean
mq_replacement_stage (MqReplacement *self, MqSpill *spill, const MqLedger *ledger, const MqRun *run, GError **error)
{
  self->order = mq_rewrite_sort (ledger, (const guint *) (gpointer) self->parts->data, self->parts->len, &self->n_rows, run, error);
  if (self->order == NULL)
    return FALSE;
  if (self->n_rows > 0)
    self->staged = mq_rewrite_rows (spill, ledger, self->order, self->n_rows, run, error);
  return self->n_rows == 0 || self->staged != NULL;
}

static gboolean
store_replacement (MqDb *db, const MqLedger *ledger, MqReplacement *self, const MqRun *run, GError **error)
{
  gint64 first = G_MAXINT64;
  gint64 last = 0;

  if (self->staged == NULL)
    return TRUE;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      gint64 import = mq_ledger_part_import (mq_ledger_part (ledger, mq_row_ref_part (self->order[i])), (guint32) self->order[i]);

      first = MIN (first, import);
      last = MAX (last, import);
    }
  return mq_run_store (db, self->staged, 0, first, last, run, &self->run, error);
}

static void
map_rows (const MqLedger *ledger, GPtrArray *replacements, gint64 *runs, guint32 **rows)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    runs[i] = mq_ledger_part (ledger, i)->run;
  for (guint i = 0; i < replacements->len; i++)
    {
      const MqReplacement *replacement = replacements->pdata[i];

      for (guint j = 0; j < replacement->parts->len; j++)
        {
          guint part = g_array_index (replacement->parts, guint, j);

          runs[part] = replacement->run;
          rows[part] = g_new0 (guint32, mq_ledger_part (ledger, part)->source.n_rows + 1);
        }
      for (gsize row = 0; row < replacement->n_rows; row++)
        rows[mq_row_ref_part (replacement->order[row])][(guint32) replacement->order[row]] = row;
    }
}

static int
compare_pairs_cb (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  return x->row < y->row ? -1 : x->row > y->row;
}

/* Pairs of (run, old_run), keyed by both ids. */
static GArray *
find_pairs (GHashTable *masks, gint64 run, gint64 old_run)
{
  gint64  ids[2] = { run, old_run };
  GBytes *key = g_bytes_new (ids, sizeof ids);
  GArray *pairs = g_hash_table_lookup (masks, key);

  if (pairs == NULL)
    {
      pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
      g_hash_table_insert (masks, key, pairs);
    }
  else
    g_bytes_unref (key);
  return pairs;
}

static GHashTable *
collect_pairs (const MqLedger *ledger, const gint64 *runs, guint32 *const *rows)
{
  GHashTable *masks = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);
      GArray             *pairs = NULL;
      guint               last = G_MAXUINT;

      for (gsize row = 0; part->replaces != NULL && row < part->source.n_rows; row++)
        {
          MqRowRef ref = part->replaces[row];
          guint    old_part = mq_row_ref_part (ref);
          Pair     pair;

          if (ref == 0)
            continue;
          if (old_part != last)
            pairs = find_pairs (masks, runs[i], runs[old_part]);
          last = old_part;
          pair.row = rows[i] != NULL ? rows[i][row] : row;
          pair.old_row = rows[old_part] != NULL ? rows[old_part][(guint32) ref] : (guint32) ref;
          g_array_append_val (pairs, pair);
        }
    }
  return masks;
}

static gboolean
write_pairs (MqDb *db, GBytes *key, GArray *pairs, GError **error)
{
  const gint64       *ids = g_bytes_get_data (key, NULL);
  g_autofree guint32 *rows = g_new (guint32, pairs->len);
  g_autofree guint32 *old_rows = g_new (guint32, pairs->len);
  MqMask              mask = { ids[0], ids[1], pairs->len, rows, old_rows };

  g_array_sort (pairs, compare_pairs_cb);
  for (guint i = 0; i < pairs->len; i++)
    {
      rows[i] = g_array_index (pairs, Pair, i).row;
      old_rows[i] = g_array_index (pairs, Pair, i).old_row;
    }
  return mq_mask_write (db, &mask, error);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  const gint64 *x = g_bytes_get_data (*(GBytes *const *) a, NULL);
  const gint64 *y = g_bytes_get_data (*(GBytes *const *) b, NULL);

  if (x[0] != y[0])
    return x[0] < y[0] ? -1 : 1;
  return x[1] < y[1] ? -1 : x[1] > y[1];
}

static gboolean
write_masks (MqDb *db, const MqLedger *ledger, GPtrArray *replacements, GError **error)
{
  g_autofree gint64   *runs = g_new0 (gint64, ledger->parts->len + 1);
  g_autofree guint32 **rows = g_new0 (guint32 *, ledger->parts->len + 1);
  g_autoptr (GHashTable) masks = NULL;
  g_autofree gpointer *keys = NULL;
  gboolean             good = TRUE;
  guint                n;

  map_rows (ledger, replacements, runs, rows);
  masks = collect_pairs (ledger, runs, rows);
  keys = g_hash_table_get_keys_as_array (masks, &n);
  qsort (keys, n, sizeof *keys, compare_keys_cb);
  for (guint i = 0; good && i < n; i++)
    good = write_pairs (db, keys[i], g_hash_table_lookup (masks, keys[i]), error);
  for (guint i = 0; i < ledger->parts->len; i++)
    g_free (rows[i]);
  return good;
}

static gboolean
delete_masks (MqDb *db, MqKind kind, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "DELETE FROM mask WHERE run IN (SELECT id FROM run WHERE kind = ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, kind);
  return mq_db_run (db, statement, error);
}

static gboolean
delete_parts (MqDb *db, const MqLedger *ledger, const MqReplacement *self, GError **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (!mq_run_delete (db, mq_ledger_part (ledger, g_array_index (self->parts, guint, i))->run, error))
      return FALSE;
  return TRUE;
}

gboolean
mq_replacements_write (MqDb *db, const MqLedger *ledger, GPtrArray *replacements, const MqRun *run, GError **error)
{
  if (!delete_masks (db, ledger->kind, error))
    return FALSE;
  for (guint i = 0; i < replacements->len; i++)
    if (!mq_run_check (run, error) || !store_replacement (db, ledger, replacements->pdata[i], run, error))
      return FALSE;
  if (!write_masks (db, ledger, replacements, error))
    return FALSE;
  for (guint i = 0; i < replacements->len; i++)
    if (!delete_parts (db, ledger, replacements->pdata[i], error))
      return FALSE;
  return mq_run_check (run, error);
}
