/* dataset-columns.c: columns of facts.
 * From a single run in order a column is decoded straight into its array. From several runs it is first put together
 * over all stored rows - cast to the common type, text codes into one sorted dictionary, cells that a newer version of
 * a row does not speak of taken from the version it replaces - and then gathered in the order of the live rows. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/dictionary.h"
#include "base/table.h"
#include "project/merge-strings.h"
#include "project/value-text.h"

#define GRAIN 65536 /* rows of a parallel slice */

typedef struct
{
  MqKind      kind;
  const char *name;
} Request;

typedef struct
{
  MqColumn   column;
  gint64    *values;  /* (owned) (nullable) */
  guint32   *codes;   /* (owned) (nullable) */
  MqStrings *strings; /* (owned) (nullable) */
} Column;

/* A stored row and a row that it replaces. */
typedef struct
{
  guint32 row;
  guint32 old;
  gint64  import; /* of row */
  gint64  old_import;
} Update;

/* What one column is made with. */
typedef struct
{
  MqDataset           *dataset;
  MqDb                *db;
  MqKind               kind;
  const MqDatasetKind *layout;
  const MqRowOrder    *order;
  const char          *name;
  char                *base; /* (owned) the column itself; of a "#precision" column the one it belongs to */
  MqValueType          type;
  int                  scale;
} Maker;

static void
free_column (gpointer data)
{
  Column *self = data;

  g_free (self->values);
  g_free (self->codes);
  g_clear_pointer (&self->strings, mq_strings_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Column, free_column)

static void
clear_maker (Maker *maker)
{
  g_clear_pointer (&maker->db, mq_db_close_quietly);
  g_free (maker->base);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, clear_maker)

static gboolean
is_number (MqValueType type)
{
  return type == MQ_VALUE_INTEGER || type == MQ_VALUE_DECIMAL || type == MQ_VALUE_MONEY;
}

static int
scale_of (const MqRunColumn *column)
{
  return column->type == MQ_VALUE_INTEGER ? 0 : column->scale;
}

static gboolean
fits_scale (const MqRunColumn *column, int scale)
{
  gint64 mantissa;

  if (column->minimum > column->maximum)
    return TRUE;
  return mq_decimal_rescale ((MqDecimal){ column->minimum, scale_of (column) }, scale, &mantissa) &&
         mq_decimal_rescale ((MqDecimal){ column->maximum, scale_of (column) }, scale, &mantissa);
}

/* The least general type that all runs have in common: integer < decimal < text; money only among money. */
static void
find_type (Maker *maker)
{
  gboolean first = TRUE;

  for (guint i = 0; i < maker->layout->n_runs; i++)
    {
      const MqRunColumn *column = mq_run_info_find (maker->layout->runs[i], maker->name);

      if (column == NULL)
        continue;
      if (first)
        maker->type = column->type;
      else if (maker->type != column->type)
        maker->type = is_number (maker->type) && is_number (column->type) ? MQ_VALUE_DECIMAL : MQ_VALUE_TEXT;
      maker->scale = MAX (maker->scale, is_number (column->type) ? scale_of (column) : 0);
      first = FALSE;
    }
  if (!is_number (maker->type))
    maker->scale = 0;
  for (guint i = 0; i < maker->layout->n_runs && is_number (maker->type); i++)
    {
      const MqRunColumn *column = mq_run_info_find (maker->layout->runs[i], maker->name);

      if (column != NULL && !fits_scale (column, maker->scale))
        maker->type = MQ_VALUE_TEXT;
    }
}

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

/* Which stored rows have a cell of the column of their own; NULL without error if nothing can be inherited. */
static gboolean
find_own_cells (const Maker *maker, guint8 **own, GError **error)
{
  const MqDatasetKind *layout = maker->layout;
  gboolean             all = TRUE;

  *own = NULL;
  for (guint i = 0; i < layout->n_runs; i++)
    all = all && mq_run_info_find (layout->runs[i], maker->base) != NULL;
  if (all || layout->masks->len == 0)
    return TRUE;
  *own = mq_dataset_alloc0 (layout->bases[layout->n_runs], 1, error);
  if (*own == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    if (mq_run_info_find (layout->runs[i], maker->base) != NULL)
      memset (*own + layout->bases[i], 1, layout->runs[i]->n_rows);
  return TRUE;
}

/* A row of an import without the column has the cell of the newest row it replaces that has one. */
static gboolean
inherit_cells (const Maker *maker, gint64 *values, guint32 *codes, const MqRun *run, GError **error)
{
  g_autofree char   *slot = g_strdup_printf ("updates %s", mq_kind_name (maker->kind));
  g_autofree guint8 *own = NULL;
  gpointer           updates;

  if (!find_own_cells (maker, &own, error))
    return FALSE;
  if (own == NULL)
    return TRUE;
  if (!mq_dataset_slot (maker->dataset, slot, make_updates_cb, maker->layout, (GDestroyNotify) g_array_unref, &updates, run, error))
    return FALSE;
  for (guint i = 0; i < ((GArray *) updates)->len; i++)
    {
      const Update *update = &g_array_index ((GArray *) updates, Update, i);

      if (own[update->row] == 1 || own[update->old] == 0)
        continue;
      own[update->row] = 2;
      if (values != NULL)
        values[update->row] = values[update->old];
      else
        codes[update->row] = codes[update->old];
    }
  return TRUE;
}

typedef struct
{
  const guint32 *order;
  const gint64  *values;
  const guint32 *codes;
  gint64        *out_values;
  guint32       *out_codes;
} Gather;

static gboolean
gather_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Gather *gather = data;

  if (!mq_run_check (run, error))
    return FALSE;
  if (gather->values != NULL)
    for (gsize i = first; i < last; i++)
      gather->out_values[i] = gather->values[gather->order[i]];
  else
    for (gsize i = first; i < last; i++)
      gather->out_codes[i] = gather->codes[gather->order[i]];
  return TRUE;
}

static void
fill_missing (gint64 *values, gsize n, gint64 value)
{
  for (gsize i = 0; i < n; i++)
    values[i] = value;
}

static gboolean
rescale_values (gint64 *values, gsize n, int from, int to, GError **error)
{
  if (from == to)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (values[i] != MQ_VALUE_MISSING && !mq_decimal_rescale ((MqDecimal){ values[i], from }, to, &values[i]))
      {
        g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("A column holds numbers beyond its stored limits. Restore the project from a backup copy."));
        return FALSE;
      }
  return TRUE;
}

/* One run's part of a column that is not text. */
static gboolean
read_part (const Maker *maker, const MqRunInfo *info, gint64 *values, const MqRun *run, GError **error)
{
  const MqRunColumn *column = mq_run_info_find (info, maker->name);

  if (column == NULL)
    {
      /* Times without a precision column are exact to the second. */
      gboolean exact = maker->name != maker->base && !g_str_equal (maker->name, maker->base) && mq_run_info_find (info, maker->base) != NULL;

      fill_missing (values, info->n_rows, exact ? MQ_PRECISION_SECOND : MQ_VALUE_MISSING);
      return TRUE;
    }
  return mq_run_read_values (maker->db, info, column, values, run, error) && rescale_values (values, info->n_rows, scale_of (column), is_number (maker->type) ? maker->scale : scale_of (column), error);
}

static gboolean
make_values (const Maker *maker, Column *self, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = maker->layout;
  gsize                n = layout->bases[layout->n_runs];
  g_autofree gint64   *values = mq_dataset_alloc (n, sizeof *values, error);
  Gather               gather = { .order = maker->order->order };

  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    if (!read_part (maker, layout->runs[i], values + layout->bases[i], run, error))
      return FALSE;
  if (gather.order == NULL)
    {
      self->values = g_steal_pointer (&values);
      return TRUE;
    }
  if (!inherit_cells (maker, values, NULL, run, error))
    return FALSE;
  self->values = mq_dataset_alloc (self->column.n, sizeof (gint64), error);
  gather.values = values;
  gather.out_values = self->values;
  return self->values != NULL && mq_run_parallel (run, self->column.n, GRAIN, gather_cb, &gather, error);
}

/* Numbers and times of a run as texts, for a column that is text elsewhere. */
static MqStrings *
convert_to_text (const Maker *maker, const MqRunInfo *info, const MqRunColumn *column, guint32 *codes, const MqRun *run, GError **error)
{
  g_autofree gint64 *values = mq_dataset_alloc (info->n_rows, sizeof *values, error);
  g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint32 *remap = NULL;
  MqDictionary       *dictionaries[1] = { dictionary };
  MqStrings          *strings;

  if (values == NULL || !mq_run_read_values (maker->db, info, column, values, run, error))
    return NULL;
  for (gsize i = 0; i < info->n_rows; i++)
    {
      if (i % 4096 == 0 && !mq_run_check (run, error))
        return NULL;
      g_string_truncate (text, 0);
      mq_value_append_text (text, column->type, scale_of (column), maker->dataset->zone, values[i]);
      codes[i] = values[i] == MQ_VALUE_MISSING ? MQ_CODE_MISSING : mq_dictionary_add (dictionary, text->str, text->len);
    }
  strings = mq_dictionary_merge (dictionaries, 1, &remap);
  for (gsize i = 0; i < info->n_rows; i++)
    if (codes[i] != MQ_CODE_MISSING)
      codes[i] = remap[codes[i]];
  return strings;
}

/* One run's part of a text column, in codes of the run's own list. */
static MqStrings *
read_text_part (const Maker *maker, const MqRunInfo *info, guint32 *codes, const MqRun *run, GError **error)
{
  const MqRunColumn *column = mq_run_info_find (info, maker->name);
  g_autoptr (MqStrings) strings = NULL;

  if (column == NULL)
    {
      memset (codes, 0xff, info->n_rows * sizeof *codes);
      return mq_strings_builder_finish (mq_strings_builder_new ());
    }
  if (column->type != MQ_VALUE_TEXT)
    return convert_to_text (maker, info, column, codes, run, error);
  strings = mq_run_read_strings (maker->db, info, column, error);
  if (strings == NULL || !mq_dataset_read_codes (maker->db, info, maker->name, mq_strings_length (strings), codes, run, error))
    return NULL;
  return g_steal_pointer (&strings);
}

static void
recode (guint32 *codes, gsize n, const guint32 *remap)
{
  if (remap != NULL)
    for (gsize i = 0; i < n; i++)
      if (codes[i] != MQ_CODE_MISSING)
        codes[i] = remap[codes[i]];
}

/* Reads all parts and brings them to one list. */
static MqStrings *
read_text (const Maker *maker, guint32 *codes, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = maker->layout;
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_strings_unref);
  g_autofree guint32 **remaps = g_new0 (guint32 *, layout->n_runs);
  MqStrings           *strings;

  for (guint i = 0; i < layout->n_runs; i++)
    {
      MqStrings *list = read_text_part (maker, layout->runs[i], codes + layout->bases[i], run, error);

      if (list == NULL)
        return NULL;
      g_ptr_array_add (lists, list);
    }
  strings = mq_strings_merge ((MqStrings *const *) lists->pdata, NULL, lists->len, remaps, error);
  for (guint i = 0; i < layout->n_runs; i++)
    {
      if (strings != NULL)
        recode (codes + layout->bases[i], layout->runs[i]->n_rows, remaps[i]);
      g_free (remaps[i]);
    }
  return strings;
}

/* Takes texts out of the list that stand on replaced rows only. */
static gboolean
drop_unused_texts (Column *self, GError **error)
{
  guint               n = mq_strings_length (self->strings);
  g_autofree guint8  *used = mq_dataset_alloc0 (n, 1, error);
  g_autofree guint32 *remap = NULL;
  MqStrings          *strings;

  if (used == NULL)
    return FALSE;
  for (gsize i = 0; i < self->column.n; i++)
    if (self->codes[i] != MQ_CODE_MISSING)
      used[self->codes[i]] = 1;
  if (memchr (used, 0, n) == NULL)
    return TRUE;
  strings = mq_strings_merge (&self->strings, &used, 1, &remap, error);
  if (strings == NULL)
    return FALSE;
  recode (self->codes, self->column.n, remap);
  mq_strings_unref (self->strings);
  self->strings = strings;
  return TRUE;
}

static gboolean
make_codes (const Maker *maker, Column *self, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = maker->layout;
  gsize                n = layout->bases[layout->n_runs];
  g_autofree guint32  *codes = mq_dataset_alloc (n, sizeof *codes, error);
  Gather               gather = { .order = maker->order->order };

  if (codes == NULL)
    return FALSE;
  self->strings = read_text (maker, codes, run, error);
  if (self->strings == NULL)
    return FALSE;
  if (gather.order == NULL)
    {
      self->codes = g_steal_pointer (&codes);
      return TRUE;
    }
  if (!inherit_cells (maker, NULL, codes, run, error))
    return FALSE;
  self->codes = mq_dataset_alloc (self->column.n, sizeof (guint32), error);
  gather.codes = codes;
  gather.out_codes = self->codes;
  return self->codes != NULL && mq_run_parallel (run, self->column.n, GRAIN, gather_cb, &gather, error) && drop_unused_texts (self, error);
}

static gboolean
make_column_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const Request *request = data;
  g_auto (Maker) maker = { .dataset = dataset, .kind = request->kind, .name = request->name };
  g_autoptr (Column) self = g_new0 (Column, 1);

  maker.layout = &dataset->kinds[request->kind];
  maker.order = mq_dataset_row_order (dataset, request->kind, run, error);
  if (maker.order == NULL || (maker.db = mq_dataset_connect (dataset, error)) == NULL)
    return FALSE;
  maker.base = g_strdup (request->name);
  if (g_str_has_suffix (maker.base, MQ_PRECISION_SUFFIX))
    maker.base[strlen (maker.base) - strlen (MQ_PRECISION_SUFFIX)] = '\0';
  find_type (&maker);

  self->column.n = maker.order->facts.n_rows;
  if (!(maker.type == MQ_VALUE_TEXT ? make_codes (&maker, self, run, error) : make_values (&maker, self, run, error)))
    return FALSE;
  self->column.type = maker.type;
  self->column.scale = maker.scale;
  self->column.values = self->values;
  self->column.codes = self->codes;
  self->column.strings = self->strings;
  *value = g_steal_pointer (&self);
  return TRUE;
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
