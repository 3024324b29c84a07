/* dataset-columns.c: columns of facts.
 * From a single run in order a column is decoded straight into its array. From several runs it is first put together
 * over all stored rows - cast to the common type, text codes into one sorted dictionary, cells that a newer version of
 * a row does not speak of taken from the version it replaces - and then gathered in the order of the live rows. */

#include "config.h"
#include "project/dataset-private.h"

#include <string.h>

#define GRAIN 65536 /* rows of a parallel slice */

typedef struct
{
  MqKind      kind;
  const char *name;
} Request;

typedef struct
{
  MqColumn column;
  MqStored stored; /* (owned) what `column` points into */
} Column;

/* A stored row and a row that it replaces. */
typedef struct
{
  guint32 row;
  guint32 old;
  gint64  import; /* of row */
  gint64  old_import;
} Update;

static void
free_column (gpointer data)
{
  Column *self = data;

  mq_stored_clear (&self->stored);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Column, free_column)

static int
compare_updates_cb (gconstpointer a, gconstpointer b)
{
  const Update *x = a;
  const Update *y = b;

  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  if (x->old_import != y->old_import)
    return x->old_import < y->old_import ? -1 : 1;
  return x->old < y->old ? -1 : x->old > y->old;
}

/* All updates of a kind, what happened first before what happened later. */
static gboolean
make_updates_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = data;
  MqKind               kind = (MqKind) (layout - self->kinds);
  g_autoptr (MqDb) db = mq_dataset_connect (self, error);
  g_autofree gint64 *imports = db != NULL ? mq_dataset_read_stored (self, db, kind, MQ_COLUMN_IMPORT, run, error) : NULL;
  GArray            *updates;

  if (imports == NULL)
    return FALSE;
  updates = g_array_new (FALSE, FALSE, sizeof (Update));
  for (guint i = 0; i < layout->masks->len; i++)
    {
      const MqMask *mask = g_ptr_array_index (layout->masks, i);
      gsize         base = layout->bases[mq_dataset_kind_find_run (layout, mask->run)];
      gsize         old_base = layout->bases[mq_dataset_kind_find_run (layout, mask->old_run)];

      for (gsize j = 0; j < mask->n; j++)
        {
          Update update = { (guint32) (base + mask->rows[j]), (guint32) (old_base + mask->old_rows[j]), 0, 0 };

          update.import = imports[update.row];
          update.old_import = imports[update.old];
          g_array_append_val (updates, update);
        }
    }
  g_array_sort (updates, compare_updates_cb);
  *value = updates;
  return TRUE;
}

/* A row that names nobody has no keys of its own, nor how they were written. */
static gboolean
find_own_keys (MqDataset *self, MqKind kind, const char *name, guint8 **own, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  const guint8        *keys;

  *own = NULL;
  if (!mq_dataset_own_keys (self, kind, &keys, run, error))
    return FALSE;
  if (keys == NULL)
    return TRUE;
  *own = mq_dataset_alloc0 (layout->bases[layout->n_runs], 1, error);
  if (*own == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    if (mq_run_info_find (layout->runs[i], name) != NULL)
      memcpy (*own + layout->bases[i], keys + layout->bases[i], layout->runs[i]->n_rows);
  return TRUE;
}

/* Which stored rows have a cell of the column of their own; NULL without error if nothing can be inherited. */
static gboolean
find_own_cells (const MqDatasetKind *layout, const char *name, guint8 **own, GError **error)
{
  g_autofree char *base = mq_column_base_name (name);
  gboolean         all = TRUE;

  *own = NULL;
  for (guint i = 0; i < layout->n_runs; i++)
    all = all && mq_run_info_find (layout->runs[i], base) != NULL;
  if (all || layout->masks->len == 0)
    return TRUE;
  *own = mq_dataset_alloc0 (layout->bases[layout->n_runs], 1, error);
  if (*own == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    if (mq_run_info_find (layout->runs[i], base) != NULL)
      memset (*own + layout->bases[i], 1, layout->runs[i]->n_rows);
  return TRUE;
}

typedef struct
{
  const guint32  *order;
  const MqStored *from;
  MqStored       *to;
} Gather;

static gboolean
gather_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Gather *gather = data;

  if (!mq_run_check (run, error))
    return FALSE;
  if (gather->from->values != NULL)
    for (gsize i = first; i < last; i++)
      gather->to->values[i] = gather->from->values[gather->order[i]];
  else
    for (gsize i = first; i < last; i++)
      gather->to->codes[i] = gather->from->codes[gather->order[i]];
  return TRUE;
}

/* From stored rows to live rows in their order. */
static gboolean
gather_rows (MqStored *from, const MqRowOrder *order, MqStored *to, const MqRun *run, GError **error)
{
  gsize  n = order->facts.n_rows;
  Gather gather = { order->order, from, to };

  if (from->values != NULL)
    to->values = mq_dataset_alloc (n, sizeof (gint64), error);
  else
    to->codes = mq_dataset_alloc (n, sizeof (guint32), error);
  if (to->values == NULL && to->codes == NULL)
    return FALSE;
  to->strings = g_steal_pointer (&from->strings);
  if (!mq_run_parallel (run, n, GRAIN, gather_cb, &gather, error))
    return FALSE;
  return to->codes == NULL || mq_stored_drop_unused_texts (to, n, error);
}

static gboolean
inherit_stored (MqDataset *self, const Request *request, MqStored *stored, const MqRun *run, GError **error)
{
  gpointer cells = stored->values != NULL ? (gpointer) stored->values : stored->codes;
  gsize    size = stored->values != NULL ? sizeof (gint64) : sizeof (guint32);

  return mq_dataset_inherit (self, request->kind, request->name, cells, size, run, error);
}

static gboolean
make_column_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const Request *request = data;
  g_autoptr (Column) self = g_new0 (Column, 1);
  g_autoptr (MqDb) db = NULL;
  g_auto (MqStored) stored = { 0 };
  const MqRowOrder *order = mq_dataset_row_order (dataset, request->kind, run, error);

  if (order == NULL || (db = mq_dataset_connect (dataset, error)) == NULL)
    return FALSE;
  if (!mq_dataset_read_stored_column (dataset, db, request->kind, request->name, &stored, run, error))
    return FALSE;
  self->column = (MqColumn){ .type = stored.type, .scale = stored.scale, .n = order->facts.n_rows };
  if (order->order == NULL)
    {
      self->stored = stored;
      stored = (MqStored){ 0 };
    }
  else if (!inherit_stored (dataset, request, &stored, run, error) || !gather_rows (&stored, order, &self->stored, run, error))
    return FALSE;
  self->column.values = self->stored.values;
  self->column.codes = self->stored.codes;
  self->column.strings = self->stored.strings;
  *value = g_steal_pointer (&self);
  return TRUE;
}

/* From what is known of the chunks: right only where no row is replaced. FALSE if all are missing. */
static gboolean
find_stored_range (const MqDatasetKind *layout, const char *name, gint64 *first, gint64 *last)
{
  gboolean found = FALSE;

  for (guint i = 0; i < layout->n_runs; i++)
    {
      const MqRunColumn *column = mq_run_info_find (layout->runs[i], name);

      if (column == NULL || column->minimum > column->maximum)
        continue;
      *first = found ? MIN (*first, column->minimum) : column->minimum;
      *last = found ? MAX (*last, column->maximum) : column->maximum;
      found = TRUE;
    }
  return found;
}

static gboolean
is_known (const MqDatasetKind *layout, const char *name)
{
  for (guint i = 0; i < layout->n_runs; i++)
    {
      const MqRunColumn *column = mq_run_info_find (layout->runs[i], name);

      if (column != NULL && column->is_damaged)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_live_range (const MqColumn *column, gint64 *first, gint64 *last)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < column->n; i++)
    {
      if (column->values[i] == MQ_VALUE_MISSING)
        continue;
      *first = found ? MIN (*first, column->values[i]) : column->values[i];
      *last = found ? MAX (*last, column->values[i]) : column->values[i];
      found = TRUE;
    }
  return found;
}

static gboolean
is_data_column (const MqDatasetKind *layout, const char *name)
{
  g_autofree char *base = NULL;

  if (name[0] == '#')
    return FALSE;
  if (!g_str_has_suffix (name, MQ_PRECISION_SUFFIX))
    return TRUE;
  base = g_strndup (name, strlen (name) - strlen (MQ_PRECISION_SUFFIX));
  for (guint i = 0; i < layout->n_runs; i++)
    if (mq_run_info_find (layout->runs[i], base) != NULL)
      return FALSE;
  return TRUE;
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

gboolean
mq_dataset_inherit (MqDataset *self, MqKind kind, const char *name, gpointer cells, gsize size, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  g_autofree char     *slot = g_strdup_printf ("updates %s", mq_kind_name (kind));
  g_autofree guint8   *own = NULL;
  gpointer             value;
  const GArray        *updates;

  if ((g_str_equal (name, MQ_COLUMN_KEY) || g_str_has_prefix (name, MQ_COLUMN_RAW)) && !find_own_keys (self, kind, name, &own, run, error))
    return FALSE;
  if (own == NULL && !find_own_cells (layout, name, &own, error))
    return FALSE;
  if (own == NULL)
    return TRUE;
  if (!mq_dataset_slot (self, slot, make_updates_cb, layout, (GDestroyNotify) g_array_unref, &value, run, error))
    return FALSE;
  updates = value;
  for (guint i = 0; i < updates->len; i++)
    {
      const Update *update = &g_array_index (updates, Update, i);

      if (own[update->row] == 1 || own[update->old] == 0)
        continue;
      own[update->row] = 2;
      memcpy ((char *) cells + update->row * size, (char *) cells + update->old * size, size);
    }
  return TRUE;
}

gboolean
mq_dataset_has_column (MqDataset *self, MqKind kind, const char *name)
{
  const MqDatasetKind *layout = &self->kinds[kind];

  for (guint i = 0; i < layout->n_runs; i++)
    if (mq_run_info_find (layout->runs[i], name) != NULL)
      return TRUE;
  return FALSE;
}

char **
mq_dataset_columns (MqDataset *self, MqKind kind)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) distinct = g_ptr_array_new ();

  for (guint i = 0; i < layout->n_runs; i++)
    for (guint j = 0; j < layout->runs[i]->columns->len; j++)
      {
        const MqRunColumn *column = g_ptr_array_index (layout->runs[i]->columns, j);

        if (is_data_column (layout, column->name))
          g_ptr_array_add (names, column->name);
      }
  g_ptr_array_sort (names, compare_names_cb);
  for (guint i = 0; i < names->len; i++)
    if (i == 0 || strcmp (names->pdata[i], names->pdata[i - 1]) != 0)
      g_ptr_array_add (distinct, g_strdup (names->pdata[i]));
  g_ptr_array_add (distinct, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&distinct), FALSE);
}

const MqColumn *
mq_dataset_column (MqDataset *self, MqKind kind, const char *name, const MqRun *run, GError **error)
{
  const Request    request = { kind, name };
  g_autofree char *slot = NULL;
  gpointer         column;

  if (!mq_dataset_has_column (self, kind, name))
    return NULL;
  slot = g_strdup_printf ("column %s %s", mq_kind_name (kind), name);
  if (!mq_dataset_slot (self, slot, make_column_cb, &request, free_column, &column, run, error))
    return NULL;
  return &((Column *) column)->column;
}

gboolean
mq_dataset_range (MqDataset *self, MqKind kind, gint64 *first, gint64 *last, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  const char          *name = mq_kind_time_column (kind);
  gboolean             found = FALSE;

  if (self->members != NULL)
    {
      *first = self->ranges[kind].first;
      *last = self->ranges[kind].last;
      return self->ranges[kind].known;
    }
  if (name == NULL || !mq_dataset_has_column (self, kind, name))
    return FALSE;
  if (layout->masks->len == 0 && is_known (layout, name))
    found = find_stored_range (layout, name, first, last);
  else
    {
      const MqColumn *column = mq_dataset_column (self, kind, name, run, error);

      found = column != NULL && find_live_range (column, first, last);
    }
  if (found && kind == MQ_KIND_SPEND)
    {
      *first = mq_zone_day_start (self->zone, (gint32) *first);
      *last = mq_zone_day_start (self->zone, (gint32) *last);
    }
  return found;
}
