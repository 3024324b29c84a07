/* dataset-stored.c: one column over all stored rows of a kind, the runs one after the other: cast to the common type, text
 * codes brought to one sorted list. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/dictionary.h"
#include "base/room.h"
#include "base/table.h"
#include "project/merge-strings.h"
#include "project/value-text.h"

/* What one column is made with. */
typedef struct
{
  MqDataset           *dataset;
  MqDb                *db;
  const MqDatasetKind *layout;
  const char          *name;
  const char          *base; /* the column itself; of a "#precision" column the one it belongs to */
  MqValueType          type;
  int                  scale;
} Maker;

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
  for (guint i = 0; i < maker->layout->n_runs && is_number (maker->type); i++)
    {
      const MqRunColumn *column = mq_run_info_find (maker->layout->runs[i], maker->name);

      if (column != NULL && !fits_scale (column, maker->scale))
        maker->type = MQ_VALUE_TEXT;
    }
  if (!is_number (maker->type))
    maker->scale = 0;
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
      gboolean exact = !g_str_equal (maker->name, maker->base) && mq_run_info_find (info, maker->base) != NULL;

      fill_missing (values, info->n_rows, exact ? MQ_PRECISION_SECOND : MQ_VALUE_MISSING);
      return TRUE;
    }
  return mq_run_read_values (maker->db, info, column, values, run, error) && rescale_values (values, info->n_rows, scale_of (column), is_number (maker->type) ? maker->scale : scale_of (column), error);
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
  if (strings == NULL)
    {
      mq_fail_memory (error);
      return NULL;
    }
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
  if (strings == NULL || !mq_dataset_read_codes (maker->db, info, maker->name, codes, run, error))
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

static gboolean
read_all_values (const Maker *maker, MqStored *stored, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = maker->layout;

  stored->values = mq_dataset_alloc (layout->bases[layout->n_runs], sizeof (gint64), error);
  if (stored->values == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    if (!read_part (maker, layout->runs[i], stored->values + layout->bases[i], run, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_all_texts (const Maker *maker, MqStored *stored, const MqRun *run, GError **error)
{
  stored->codes = mq_dataset_alloc (maker->layout->bases[maker->layout->n_runs], sizeof (guint32), error);
  if (stored->codes == NULL)
    return FALSE;
  stored->strings = read_text (maker, stored->codes, run, error);
  return stored->strings != NULL;
}

char *
mq_column_base_name (const char *name)
{
  char *base = g_strdup (name);

  if (g_str_has_suffix (base, MQ_PRECISION_SUFFIX))
    base[strlen (base) - strlen (MQ_PRECISION_SUFFIX)] = '\0';
  return base;
}

void
mq_stored_clear (MqStored *self)
{
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->codes, g_free);
  g_clear_pointer (&self->strings, mq_strings_unref);
}

gboolean
mq_stored_drop_unused_texts (MqStored *self, gsize n, GError **error)
{
  guint               n_strings = mq_strings_length (self->strings);
  g_autofree guint8  *used = mq_dataset_alloc0 (n_strings, 1, error);
  g_autofree guint32 *remap = NULL;
  MqStrings          *strings;

  if (used == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (self->codes[i] != MQ_CODE_MISSING)
      used[self->codes[i]] = 1;
  if (memchr (used, 0, n_strings) == NULL)
    return TRUE;
  strings = mq_strings_merge (&self->strings, &used, 1, &remap, error);
  if (strings == NULL)
    return FALSE;
  recode (self->codes, n, remap);
  mq_strings_unref (self->strings);
  self->strings = strings;
  return TRUE;
}

gboolean
mq_dataset_read_stored_column (MqDataset *self, MqDb *db, MqKind kind, const char *name, MqStored *stored, const MqRun *run, GError **error)
{
  g_autofree char *base = mq_column_base_name (name);
  Maker            maker = { .dataset = self, .db = db, .layout = &self->kinds[kind], .name = name, .base = base };

  find_type (&maker);
  stored->type = maker.type;
  stored->scale = maker.scale;
  return maker.type == MQ_VALUE_TEXT ? read_all_texts (&maker, stored, run, error) : read_all_values (&maker, stored, run, error);
}
