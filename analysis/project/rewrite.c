/* rewrite.c: columns of several parts through one run writer. */

#include "config.h"

#include "project/rewrite.h"

#include "base/table.h"
#include "project/merge-strings.h"

#include <errno.h>
#include <string.h>

/* One column while it is rewritten. */
typedef struct
{
  const MqLedger *ledger; /* (borrowed) */
  const MqRowRef *order;  /* (borrowed) */
  gsize           n_rows;
  gint64        **values; /* (owned) by part, NULL for parts that are not among the rows */
  guint32       **remaps; /* (owned) by part (nullable) */
} Column;

typedef struct
{
  MqRowRef ref;
  guint32  key; /* in the merged list of record keys */
  gint64   time;
  gint64   import;
  gint64   line;
} SortRow;

static gboolean *
find_parts (const MqLedger *ledger, const MqRowRef *order, gsize n_rows)
{
  gboolean *taken = g_new0 (gboolean, ledger->parts->len + 1);

  for (gsize i = 0; i < n_rows; i++)
    taken[mq_row_ref_part (order[i])] = TRUE;
  return taken;
}

static void
clear_column (Column *self)
{
  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      g_free (self->values[i]);
      g_free (self->remaps[i]);
    }
  g_free (self->values);
  g_free (self->remaps);
}

static void
fill_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  const Column *self = data;

  for (guint i = 0; i < n; i++)
    {
      MqRowRef ref = self->order[start + i];
      guint    part = mq_row_ref_part (ref);
      gint64   value = self->values[part][(guint32) ref];

      out[i] = value == MQ_VALUE_MISSING || self->remaps[part] == NULL ? value : self->remaps[part][value];
    }
}

static void
mark_used (const Column *self, guint8 **used)
{
  for (gsize i = 0; i < self->n_rows; i++)
    {
      MqRowRef ref = self->order[i];
      gint64   code = self->values[mq_row_ref_part (ref)][(guint32) ref];

      if (code != MQ_VALUE_MISSING)
        used[mq_row_ref_part (ref)][code] = 1;
    }
}

static void
free_lists (MqStrings **lists, guint8 **used, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&lists[i], mq_strings_unref);
      g_free (used[i]);
    }
  g_free (lists);
  g_free (used);
}

/* One dictionary of what the rows use, and how each part's codes are written in it. */
static MqStrings *
merge_dictionaries (Column *self, const char *name, const gboolean *taken, GError **error)
{
  guint       n = self->ledger->parts->len;
  MqStrings **lists = g_new0 (MqStrings *, n + 1);
  guint8    **used = g_new0 (guint8 *, n + 1);
  MqStrings  *merged = NULL;
  gboolean    good = TRUE;

  for (guint i = 0; good && i < n; i++)
    {
      if (taken[i])
        lists[i] = mq_run_source_strings (&mq_ledger_part (self->ledger, i)->source, name, error);
      else
        lists[i] = mq_strings_builder_finish (mq_strings_builder_new ());
      good = lists[i] != NULL;
      if (good)
        used[i] = g_new0 (guint8, (gsize) mq_strings_length (lists[i]) + 1);
    }
  if (good)
    {
      mark_used (self, used);
      merged = mq_strings_merge (lists, used, n, self->remaps, error);
    }
  free_lists (lists, used, n);
  return merged;
}

static gboolean
rewrite_column (MqRunWriter *writer, Column *self, const MqRunColumn *like, const gboolean *taken, const MqRun *run, GError **error)
{
  g_autoptr (MqStrings) strings = NULL;

  for (guint i = 0; i < self->ledger->parts->len; i++)
    if (taken[i] && (self->values[i] = mq_run_source_values (&mq_ledger_part (self->ledger, i)->source, like->name, run, error)) == NULL)
      return FALSE;
  if (like->type == MQ_VALUE_TEXT && (strings = merge_dictionaries (self, like->name, taken, error)) == NULL)
    return FALSE;
  return mq_run_writer_add_column (writer, like->name, like->label, like->type, like->scale, strings, fill_cb, self, run, error);
}

MqStagedRun *
mq_rewrite_rows (MqSpill *spill, const MqLedger *ledger, const MqRowRef *order, gsize n_rows, const MqRun *run, GError **error)
{
  g_autofree gboolean *taken = find_parts (ledger, order, n_rows);
  g_autoptr (MqRunWriter) writer = mq_run_writer_new (spill, ledger->kind, n_rows);
  const GPtrArray *columns = mq_ledger_part (ledger, mq_row_ref_part (order[0]))->source.info->columns;

  for (guint i = 0; i < columns->len; i++)
    {
      Column   column = { ledger, order, n_rows, NULL, NULL };
      gboolean good;

      column.values = g_new0 (gint64 *, ledger->parts->len + 1);
      column.remaps = g_new0 (guint32 *, ledger->parts->len + 1);
      good = rewrite_column (writer, &column, columns->pdata[i], taken, run, error);
      clear_column (&column);
      if (!good)
        return NULL;
    }
  return mq_run_writer_finish (g_steal_pointer (&writer), error);
}

static int
compare_rows_cb (const void *a, const void *b)
{
  const SortRow *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  return x->ref < y->ref ? -1 : x->ref > y->ref;
}

static gboolean
add_rows (const MqLedger *ledger, guint index, const guint32 *remap, SortRow *rows, gsize *n_rows, const MqRun *run, GError **error)
{
  const MqLedgerPart *part = mq_ledger_part (ledger, index);
  const char         *time = ledger->kind == MQ_KIND_SPEND ? "date" : "time";
  g_autofree gint64  *keys = mq_run_source_values (&part->source, MQ_COLUMN_KEY, run, error);
  g_autofree gint64  *lines = keys != NULL ? mq_run_source_values (&part->source, MQ_COLUMN_LINE, run, error) : NULL;
  g_autofree gint64  *times = NULL;

  if (lines == NULL)
    return FALSE;
  if (mq_run_source_has (&part->source, time) && (times = mq_run_source_values (&part->source, time, run, error)) == NULL)
    return FALSE;
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (part->states[row] != MQ_ROW_GONE)
      rows[(*n_rows)++] = (SortRow){ mq_row_ref (index, row), remap != NULL ? remap[keys[row]] : (guint32) keys[row], times != NULL ? times[row] : 0, mq_ledger_part_import (part, row), lines[row] };
  return TRUE;
}

static gsize
count_rows (const MqLedger *ledger, const guint *parts, guint n_parts)
{
  gsize n = 0;

  for (guint i = 0; i < n_parts; i++)
    n += mq_ledger_part (ledger, parts[i])->source.n_rows;
  return n;
}

static MqRowRef *
sort_rows (const MqLedger *ledger, const guint *parts, guint n_parts, guint32 *const *remaps, gsize *n_rows, const MqRun *run, GError **error)
{
  g_autofree SortRow *rows = g_try_new (SortRow, count_rows (ledger, parts, n_parts) + 1);
  MqRowRef           *order;

  *n_rows = 0;
  if (rows == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return NULL;
    }
  for (guint i = 0; i < n_parts; i++)
    if (!add_rows (ledger, parts[i], remaps[i], rows, n_rows, run, error))
      return NULL;
  qsort (rows, *n_rows, sizeof *rows, compare_rows_cb);
  order = g_try_new (MqRowRef, *n_rows + 1);
  if (order == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
  for (gsize i = 0; order != NULL && i < *n_rows; i++)
    order[i] = rows[i].ref;
  return order;
}

MqRowRef *
mq_rewrite_sort (const MqLedger *ledger, const guint *parts, guint n_parts, gsize *n_rows, const MqRun *run, GError **error)
{
  MqStrings **lists = g_new0 (MqStrings *, n_parts + 1);
  guint32   **remaps = g_new0 (guint32 *, n_parts + 1);
  g_autoptr (MqStrings) merged = NULL;
  gboolean  good = TRUE;
  MqRowRef *order = NULL;

  for (guint i = 0; good && i < n_parts; i++)
    good = (lists[i] = mq_run_source_strings (&mq_ledger_part (ledger, parts[i])->source, MQ_COLUMN_KEY, error)) != NULL;
  if (good)
    merged = mq_strings_merge (lists, NULL, n_parts, remaps, error);
  if (merged != NULL)
    order = sort_rows (ledger, parts, n_parts, remaps, n_rows, run, error);
  for (guint i = 0; i < n_parts; i++)
    {
      g_clear_pointer (&lists[i], mq_strings_unref);
      g_free (remaps[i]);
    }
  g_free (lists);
  g_free (remaps);
  return order;
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
mq_rewrite_signature (const MqLedgerPart *part)
{
  const GPtrArray *columns = part->source.info->columns;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GString *signature = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const MqRunColumn *column = columns->pdata[i];

      g_ptr_array_add (texts, g_strdup_printf ("%s\x1f%d\x1f%d\x1e", column->name, column->type, column->scale));
    }
  g_ptr_array_sort (texts, compare_texts_cb);
  for (guint i = 0; i < texts->len; i++)
    g_string_append (signature, texts->pdata[i]);
  return g_string_free (signature, FALSE);
}
