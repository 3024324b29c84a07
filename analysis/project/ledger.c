/* ledger.c: masks by row. */

#include "config.h"

#include "project/ledger.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define GRAIN 65536

typedef struct
{
  const MqLedger   *ledger; /* (borrowed) */
  MqHash128 *const *direct; /* (borrowed) by part; NULL where the run lacks the column */
  guint             part;
  MqHash128        *hashes; /* (borrowed) */
} Walk;

static void
ledger_part_free (MqLedgerPart *part)
{
  g_free (part->imports);
  g_free (part->replaces);
  g_free (part->states);
  g_free (part);
}

static MqLedgerPart *
add_part (MqLedger *self, MqRunSource source, gint64 run, gint64 import)
{
  MqLedgerPart *part = g_new0 (MqLedgerPart, 1);

  part->source = source;
  part->run = run;
  part->import = import;
  part->states = g_new0 (guint8, source.n_rows + 1);
  g_ptr_array_add (self->parts, part);
  return part;
}

static gint
find_part (const MqLedger *self, gint64 run)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (mq_ledger_part (self, i)->run == run)
      return i;
  return -1;
}

static gboolean
add_mask (MqLedger *self, const MqMask *mask, GError **error)
{
  gint part = find_part (self, mask->run);
  gint old_part = find_part (self, mask->old_run);

  if (part < 0 || old_part < 0)
    {
      g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: its list of runs is wrong. Use a backup copy."));
      return FALSE;
    }
  if (!mq_ledger_make_room (self, part, error))
    return FALSE;
  for (gsize i = 0; i < mask->n; i++)
    mq_ledger_replace (self, part, mask->rows[i], old_part, mask->old_rows[i]);
  return TRUE;
}

/* Whether `name` is the precision of a column that the run has: then it never comes from an older row. */
static gboolean
is_own_precision (const MqRunSource *source, const char *name)
{
  g_autofree char *base = NULL;

  if (!g_str_has_suffix (name, MQ_PRECISION_SUFFIX))
    return FALSE;
  base = g_strndup (name, strlen (name) - strlen (MQ_PRECISION_SUFFIX));
  return mq_run_source_has (source, base);
}

/* All missing. */
static MqHash128 *
allocate_hashes (gsize n, GError **error)
{
  MqHash128 *hashes = g_try_new0 (MqHash128, n + 1);

  if (hashes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
  return hashes;
}

static MqHash128
walk_back (const Walk *walk, guint32 row)
{
  MqRowRef ref = mq_row_ref (walk->part, row);
  gsize    steps = 0;

  while (ref != 0)
    {
      const MqLedgerPart *part = mq_ledger_part (walk->ledger, mq_row_ref_part (ref));

      if (walk->direct[mq_row_ref_part (ref)] != NULL)
        return walk->direct[mq_row_ref_part (ref)][(guint32) ref];
      /* A damaged file may hold a ring. */
      if (part->replaces == NULL || steps++ > G_MAXUINT16)
        break;
      ref = part->replaces[(guint32) ref];
    }
  return (MqHash128){ 0, 0 };
}

/* The key as it is seen: a row that names nobody has those of the row it replaces. */
static MqHash128
walk_back_key (const Walk *walk, guint32 row)
{
  MqHash128 nobody = mq_run_source_hash_text ("", 0);
  MqRowRef  ref = mq_row_ref (walk->part, row);
  MqHash128 hash = nobody;

  for (gsize steps = 0; ref != 0 && steps <= G_MAXUINT16; steps++)
    {
      const MqLedgerPart *part = mq_ledger_part (walk->ledger, mq_row_ref_part (ref));

      hash = walk->direct[mq_row_ref_part (ref)][(guint32) ref];
      if (hash.low != nobody.low || hash.high != nobody.high || part->replaces == NULL)
        break;
      ref = part->replaces[(guint32) ref];
    }
  return hash;
}

static gboolean
walk_keys_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Walk *walk = data;

  for (gsize row = first; row < last; row++)
    walk->hashes[row] = walk_back_key (walk, row);
  return TRUE;
}

static gboolean
walk_rows_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Walk *walk = data;

  for (gsize row = first; row < last; row++)
    walk->hashes[row] = walk_back (walk, row);
  return TRUE;
}

static gboolean
fill_absent (MqLedger *self, guint index, MqHash128 *const *direct, MqHash128 **hashes, const MqRun *run, GError **error)
{
  const MqLedgerPart *part = mq_ledger_part (self, index);
  Walk                walk = { self, direct, index, NULL };

  *hashes = allocate_hashes (part->source.n_rows, error);
  if (*hashes == NULL)
    return FALSE;
  walk.hashes = *hashes;
  if (part->replaces == NULL)
    return TRUE;
  return mq_run_parallel (run, part->source.n_rows, GRAIN, walk_rows_cb, &walk, error);
}

static gboolean
fill_keys (MqLedger *self, guint index, MqHash128 *const *direct, MqHash128 **hashes, const MqRun *run, GError **error)
{
  gsize n = mq_ledger_part (self, index)->source.n_rows;
  Walk  walk = { self, direct, index, allocate_hashes (n, error) };

  *hashes = walk.hashes;
  return walk.hashes != NULL && mq_run_parallel (run, n, GRAIN, walk_keys_cb, &walk, error);
}

/* Only orders meet by something else than their keys. */
static gboolean
has_other_keys (const MqLedger *self, const char *name)
{
  gboolean replaces = FALSE;

  for (guint i = 0; i < self->parts->len; i++)
    replaces |= mq_ledger_part (self, i)->replaces != NULL;
  return replaces && self->kind == MQ_KIND_ORDERS && strcmp (name, MQ_COLUMN_KEY) == 0;
}

static gboolean
needs_walk (const MqLedger *self, const char *name, const gboolean *wanted)
{
  if (has_other_keys (self, name))
    return TRUE;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (self, i);

      if ((wanted == NULL || wanted[i]) && part->replaces != NULL && !mq_run_source_has (&part->source, name) && !is_own_precision (&part->source, name))
        return TRUE;
    }
  return FALSE;
}

/* To the second and "nothing said" are the same. */
static void
fold_precision (const MqLedger *self, MqHash128 **hashes)
{
  static const MqHash128 none = { 0, 0 };
  MqHash128              second = mq_run_source_hash_integer (0);

  for (guint i = 0; i < self->parts->len; i++)
    for (gsize row = 0; hashes[i] != NULL && row < mq_ledger_part (self, i)->source.n_rows; row++)
      if (hashes[i][row].low == second.low && hashes[i][row].high == second.high)
        hashes[i][row] = none;
}

MqLedger *
mq_ledger_new (MqKind kind)
{
  MqLedger *self = g_new0 (MqLedger, 1);

  self->kind = kind;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) ledger_part_free);
  return self;
}

MqLedger *
mq_ledger_load (MqDb *db, MqKind kind, const MqRun *run, GError **error)
{
  g_autoptr (MqLedger) self = mq_ledger_new (kind);
  g_autoptr (GPtrArray) masks = NULL;

  self->infos = mq_runs_list (db, kind, error);
  if (self->infos == NULL)
    return NULL;
  for (guint i = 0; i < self->infos->len; i++)
    {
      const MqRunInfo *info = g_ptr_array_index (self->infos, i);
      gboolean         is_one = info->first_import == info->last_import;
      MqLedgerPart    *part = add_part (self, mq_run_source_stored (db, info), info->id, is_one ? info->first_import : 0);

      if (!is_one && (part->imports = mq_run_source_values (&part->source, MQ_COLUMN_IMPORT, run, error)) == NULL)
        return NULL;
    }
  masks = mq_masks_read (db, kind, error);
  if (masks == NULL)
    return NULL;
  for (guint i = 0; i < masks->len; i++)
    if (!add_mask (self, g_ptr_array_index (masks, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

void
mq_ledger_free (MqLedger *self)
{
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->infos, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_free (self);
}

void
mq_ledger_add_staged (MqLedger *self, const MqStagedRun *staged, gint64 import)
{
  add_part (self, mq_run_source_staged (staged), 0, import);
}

gboolean
mq_ledger_part_has (const MqLedgerPart *part, gint64 import)
{
  if (part->imports == NULL)
    return part->import == import;
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (part->imports[row] == import)
      return TRUE;
  return FALSE;
}

gboolean
mq_ledger_make_room (MqLedger *self, guint part_index, GError **error)
{
  MqLedgerPart *part = mq_ledger_part (self, part_index);

  if (part->replaces == NULL)
    part->replaces = g_try_new0 (MqRowRef, part->source.n_rows + 1);
  if (part->replaces == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
  return part->replaces != NULL;
}

void
mq_ledger_replace (MqLedger *self, guint part_index, guint32 row, guint old_part, guint32 old_row)
{
  mq_ledger_part (self, part_index)->replaces[row] = mq_row_ref (old_part, old_row);
  mq_ledger_part (self, old_part)->states[old_row] = MQ_ROW_MASKED;
}

gboolean
mq_ledger_hash_column (MqLedger *self, const char *name, const gboolean *wanted, MqHash128 **hashes, const MqRun *run, GError **error)
{
  gboolean               walk = needs_walk (self, name, wanted);
  gboolean               keys = has_other_keys (self, name);
  g_autofree MqHash128 **direct = g_new0 (MqHash128 *, self->parts->len + 1);
  gboolean               good = TRUE;

  for (guint i = 0; good && i < self->parts->len; i++)
    {
      const MqRunSource *source = &mq_ledger_part (self, i)->source;

      if (!walk && wanted != NULL && !wanted[i])
        continue;
      if (mq_run_source_has (source, name))
        direct[i] = mq_run_source_hashes (source, name, run, error);
      else if (is_own_precision (source, name))
        direct[i] = allocate_hashes (source->n_rows, error);
      else
        continue;
      good = direct[i] != NULL;
    }
  for (guint i = 0; good && i < self->parts->len; i++)
    if ((wanted == NULL || wanted[i]) && keys)
      good = fill_keys (self, i, direct, &hashes[i], run, error);
    else if ((wanted == NULL || wanted[i]) && direct[i] == NULL)
      good = fill_absent (self, i, direct, &hashes[i], run, error);
  for (guint i = 0; i < self->parts->len; i++)
    if (good && !keys && direct[i] != NULL && (wanted == NULL || wanted[i]))
      hashes[i] = direct[i];
    else
      g_free (direct[i]);
  if (good && g_str_has_suffix (name, MQ_PRECISION_SUFFIX))
    fold_precision (self, hashes);
  return good;
}

GPtrArray *
mq_ledger_masks (const MqLedger *self, guint index)
{
  const MqLedgerPart *part = mq_ledger_part (self, index);
  GPtrArray          *masks = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_mask_free);
  g_autofree gsize   *counts = g_new0 (gsize, self->parts->len);
  g_autofree MqMask **by_part = g_new0 (MqMask *, self->parts->len);

  if (part->replaces == NULL)
    return masks;
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (part->replaces[row] != 0)
      counts[mq_row_ref_part (part->replaces[row])]++;
  for (guint i = 0; i < self->parts->len; i++)
    if (counts[i] > 0)
      {
        MqMask *mask = by_part[i] = g_new0 (MqMask, 1);

        mask->run = part->run;
        mask->old_run = mq_ledger_part (self, i)->run;
        mask->rows = g_new (guint32, counts[i]);
        mask->old_rows = g_new (guint32, counts[i]);
        g_ptr_array_add (masks, mask);
      }
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (part->replaces[row] != 0)
      {
        MqMask *mask = by_part[mq_row_ref_part (part->replaces[row])];

        mask->rows[mask->n] = row;
        mask->old_rows[mask->n++] = (guint32) part->replaces[row];
      }
  return masks;
}
