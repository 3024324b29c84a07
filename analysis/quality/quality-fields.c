/* quality-fields.c: fields counted, a list of texts at a time: each different text is checked once. */

#include "config.h"

#include "quality/quality-fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "project/record-key.h"

#define MAX_KEYS 16
#define FIRST_DAY (-25567) /* 1900-01-01 */

/* Where a column is counted. */
typedef struct
{
  MqDataset    *dataset; /* (borrowed) */
  MqKind        kind;
  gint32        as_of_day;
  gint64        records;
  const guint8 *is_record; /* (nullable) customers: which persons */
  const MqRun  *run;
} Base;

static MqQualityField *
new_field (const Base *base, const char *name, gboolean is_own)
{
  MqQualityField *field = g_new0 (MqQualityField, 1);

  field->kind = base->kind;
  field->name = g_strdup (name);
  field->records = base->records;
  field->oldest = field->newest = G_MININT64;
  field->is_own = is_own;
  return field;
}

static MqCheck
find_check (MqKind kind, const char *name, MqValueType type)
{
  static const struct
  {
    MqKind      kind;
    const char *name;
    MqCheck     check;
  } lists[] = {
    { MQ_KIND_CUSTOMERS, "gender", MQ_CHECK_GENDER },
    { MQ_KIND_ORDERS, "status", MQ_CHECK_ORDER_STATUS },
    { MQ_KIND_MESSAGES, "status", MQ_CHECK_MESSAGE_STATUS },
    { MQ_KIND_MESSAGES, "direction", MQ_CHECK_DIRECTION },
  };

  if (type == MQ_VALUE_DAY || type == MQ_VALUE_TIME)
    return MQ_CHECK_DATE;
  if (type != MQ_VALUE_TEXT)
    return MQ_CHECK_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i].kind == kind && strcmp (lists[i].name, name) == 0)
      return lists[i].check;
  return g_str_has_prefix (name, "attr:") ? mq_check_for_header (name + strlen ("attr:")) : MQ_CHECK_NONE;
}

static gboolean
check_text (MqDataset *dataset, MqCheck check, const char *text, gsize length)
{
  switch (check)
    {
    case MQ_CHECK_EMAIL:
      return mq_check_email (text, length);
    case MQ_CHECK_PHONE:
      return mq_check_phone (text, length);
    case MQ_CHECK_ORDER_STATUS:
      return mq_dataset_status (dataset, text) != MQ_STATUS_UNKNOWN;
    case MQ_CHECK_GENDER:
    case MQ_CHECK_MESSAGE_STATUS:
    case MQ_CHECK_DIRECTION:
      return mq_check_list (check, text);
    default:
      return FALSE;
    }
}

static void
add_text (const Base *base, MqQualityField *field, const char *text, gsize length, gint64 rows)
{
  field->filled += rows;
  field->distinct++;
  if (field->check == MQ_CHECK_NONE || !check_text (base->dataset, field->check, text, length))
    return;
  field->valid += rows;
  if (field->check == MQ_CHECK_EMAIL && mq_email_is_free (text, length))
    field->free_mail += rows;
}

static gboolean
counts (const Base *base, gsize row)
{
  return base->is_record == NULL || base->is_record[row];
}

/* How many rows have each text. */
static gint64 *
count_codes (const Base *base, const MqColumn *column, GError **error)
{
  g_autofree gint64 *rows = g_try_new0 (gint64, (gsize) mq_strings_length (column->strings) + 1);

  if (rows == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return NULL;
    }
  for (gsize row = 0; row < column->n; row++)
    {
      if (row % 4096 == 0 && !mq_run_check (base->run, error))
        return NULL;
      if (column->codes[row] != MQ_CODE_MISSING && counts (base, row))
        rows[column->codes[row]]++;
    }
  return g_steal_pointer (&rows);
}

static gboolean
measure_texts (const Base *base, MqQualityField *field, const MqColumn *column, GError **error)
{
  g_autofree gint64 *rows = count_codes (base, column, error);

  if (rows == NULL)
    return FALSE;
  for (guint code = 0; code < mq_strings_length (column->strings); code++)
    if (rows[code] > 0)
      add_text (base, field, mq_strings_get (column->strings, code), mq_strings_get_length (column->strings, code), rows[code]);
  return TRUE;
}

static int
compare_values_cb (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gint64
get_day (const Base *base, const MqColumn *column, gint64 value)
{
  return column->type == MQ_VALUE_TIME ? mq_zone_day (mq_dataset_zone (base->dataset), value, NULL) : value;
}

static gboolean
measure_values (const Base *base, MqQualityField *field, const MqColumn *column, GError **error)
{
  g_autofree gint64 *values = g_try_new (gint64, column->n + 1);
  gsize              n = 0;

  if (values == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return FALSE;
    }
  for (gsize row = 0; row < column->n; row++)
    if (column->values[row] != MQ_VALUE_MISSING && counts (base, row))
      values[n++] = column->values[row];
  if (!mq_run_check (base->run, error))
    return FALSE;
  qsort (values, n, sizeof *values, compare_values_cb);
  field->filled = n;
  for (gsize i = 0; i < n; i++)
    field->distinct += i == 0 || values[i] != values[i - 1];
  if (field->check != MQ_CHECK_DATE || n == 0)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    {
      gint64 day = get_day (base, column, values[i]);

      field->valid += day >= FIRST_DAY && day <= base->as_of_day;
    }
  field->oldest = get_day (base, column, values[0]);
  field->newest = get_day (base, column, values[n - 1]);
  return TRUE;
}

static const char *
get_display_name (const char *column)
{
  return g_str_has_prefix (column, "attr:") || g_str_has_prefix (column, "prop:") ? column + strlen ("attr:") : column;
}

static gboolean
add_column (const Base *base, const char *name, gboolean is_own, GPtrArray *fields, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column;
  MqQualityField *field;

  if (base->kind == MQ_KIND_CUSTOMERS)
    column = mq_dataset_attribute (base->dataset, name, base->run, &local);
  else
    column = mq_dataset_column (base->dataset, base->kind, name, base->run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  field = new_field (base, get_display_name (name), is_own);
  g_ptr_array_add (fields, field);
  if (column == NULL)
    return TRUE;
  field->check = find_check (base->kind, name, column->type);
  return column->codes != NULL ? measure_texts (base, field, column, error) : measure_values (base, field, column, error);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  const MqQualityField *x = *(const MqQualityField *const *) a, *y = *(const MqQualityField *const *) b;
  int                   order = mq_key_priority (x->name + strlen ("key.")) - mq_key_priority (y->name + strlen ("key."));

  return order != 0 ? order : strcmp (x->name, y->name);
}

static MqQualityField *
get_key_field (const Base *base, const char *kind, GHashTable *by_kind, GPtrArray *fields)
{
  MqQualityField *field = g_hash_table_lookup (by_kind, kind);

  if (field == NULL)
    {
      g_autofree char *name = g_strconcat ("key.", kind, NULL);

      field = new_field (base, name, TRUE);
      field->check = strcmp (kind, "email") == 0 ? MQ_CHECK_EMAIL : strcmp (kind, "phone") == 0 ? MQ_CHECK_PHONE
                                                                                                : MQ_CHECK_NONE;
      g_hash_table_insert (by_kind, g_strdup (kind), field);
      g_ptr_array_add (fields, field);
    }
  return field;
}

/* What a record's keys add to. */
typedef struct
{
  GPtrArray  *fields;  /* (borrowed) */
  GHashTable *by_kind; /* (owned) kind to MqQualityField */
  GHashTable *seen;    /* (owned) keys */
  GHashTable *counted; /* (owned) MqQualityField to the record that it counted last + 1 */
} Keys;

static void
clear_keys (Keys *keys)
{
  g_hash_table_unref (keys->by_kind);
  g_hash_table_unref (keys->seen);
  g_hash_table_unref (keys->counted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, clear_keys)

/* The keys of one kind count once for the record (of customers: the person) of that number. */
static void
add_keys (const Base *base, Keys *keys, const char *record_key, gsize length, gint64 rows, guint number)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (record_key, length, slices, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    {
      char            buffer[256];
      const char     *kind = mq_key_slice_kind (slices[i], buffer, sizeof buffer);
      gsize           value_length;
      const char     *value = mq_key_slice_value (slices[i], &value_length);
      MqQualityField *field;
      gint64          distinct;

      if (strcmp (kind, "contact") == 0)
        continue;
      field = get_key_field (base, kind, keys->by_kind, keys->fields);
      distinct = field->distinct;
      if (GPOINTER_TO_UINT (g_hash_table_lookup (keys->counted, field)) != number + 1)
        add_text (base, field, value, value_length, rows);
      g_hash_table_insert (keys->counted, field, GUINT_TO_POINTER (number + 1));
      field->distinct = distinct + g_hash_table_add (keys->seen, g_bytes_new (slices[i].start, slices[i].length));
    }
}

static gboolean
add_row_keys (const Base *base, Keys *keys, const MqColumn *column, GError **error)
{
  g_autofree gint64 *rows = count_codes (base, column, error);

  if (rows == NULL)
    return FALSE;
  for (guint code = 0; code < mq_strings_length (column->strings); code++)
    {
      if (code % 4096 == 0 && !mq_run_check (base->run, error))
        return FALSE;
      if (rows[code] > 0)
        add_keys (base, keys, mq_strings_get (column->strings, code), mq_strings_get_length (column->strings, code), rows[code], code);
    }
  return TRUE;
}

static gboolean
add_person_keys (const Base *base, Keys *keys, const MqFacts *facts, const MqColumn *column, GError **error)
{
  for (guint person = 0; person < facts->n_persons; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (base->run, error))
        return FALSE;
      for (gsize row = facts->offsets[person]; row < facts->offsets[person + 1]; row++)
        {
          guint32 code = column->codes[row];

          if (code != MQ_CODE_MISSING && (row == facts->offsets[person] || code != column->codes[row - 1]))
            add_keys (base, keys, mq_strings_get (column->strings, code), mq_strings_get_length (column->strings, code), 1, person);
        }
    }
  return TRUE;
}

static gboolean
add_key_fields (const Base *base, const MqFacts *facts, GPtrArray *fields, GError **error)
{
  const MqColumn *column = mq_dataset_column (base->dataset, base->kind, MQ_COLUMN_KEY, base->run, error);
  g_auto (Keys) keys = {
    fields,
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL),
    g_hash_table_new (NULL, NULL),
  };

  if (column == NULL || !(base->kind == MQ_KIND_CUSTOMERS ? add_person_keys (base, &keys, facts, column, error) : add_row_keys (base, &keys, column, error)))
    return FALSE;
  g_ptr_array_sort (fields, compare_keys_cb);
  return TRUE;
}

/* What not every record has to have: that it is empty says nothing about the data. */
static gboolean
is_optional (MqKind kind, const char *name)
{
  static const char *const always[] = { "campaign", "referrer", "remark", "tags", "refund", "discount", "shipping", "completed_time", "session", "template", "playbook", NULL };
  static const char *const events[] = { "order_id", "product", "amount", NULL };

  return g_strv_contains (always, name) || (kind == MQ_KIND_EVENTS && g_strv_contains (events, name));
}

static gboolean
add_columns (const Base *base, GPtrArray *fields, GError **error)
{
  guint          n;
  const MqField *own = mq_kind_fields (base->kind, &n);
  g_auto (GStrv) columns = mq_dataset_columns (base->dataset, base->kind);

  for (guint i = 0; i < n; i++)
    if (mq_dataset_has_column (base->dataset, base->kind, own[i].name) && !add_column (base, own[i].name, !is_optional (base->kind, own[i].name), fields, error))
      return FALSE;
  for (guint i = 0; columns[i] != NULL; i++)
    if (mq_kind_find_field (base->kind, columns[i]) == NULL && !add_column (base, columns[i], FALSE, fields, error))
      return FALSE;
  return TRUE;
}

/* Which persons have a customers record. */
static guint8 *
mark_persons (const MqFacts *facts, gint64 *n)
{
  guint8 *marks = g_new0 (guint8, (gsize) facts->n_persons + 1);

  *n = 0;
  for (guint person = 0; person < facts->n_persons; person++)
    {
      marks[person] = facts->offsets[person + 1] > facts->offsets[person];
      *n += marks[person];
    }
  return marks;
}

void
mq_quality_field_free (gpointer field)
{
  g_free (((MqQualityField *) field)->name);
  g_free (field);
}

GPtrArray *
mq_quality_fields (MqDataset *dataset, MqKind kind, gint32 as_of_day, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (mq_quality_field_free);
  const MqFacts     *facts = mq_dataset_facts (dataset, kind, run, error);
  g_autofree guint8 *marks = NULL;
  Base               base = { dataset, kind, as_of_day, 0, NULL, run };

  if (facts == NULL)
    return NULL;
  if (facts->n_rows == 0)
    return g_steal_pointer (&fields);
  base.records = facts->n_rows;
  if (kind == MQ_KIND_CUSTOMERS)
    base.is_record = marks = mark_persons (facts, &base.records);
  return add_key_fields (&base, facts, fields, error) && add_columns (&base, fields, error) ? g_steal_pointer (&fields) : NULL;
}

static MqQualityImport *
find_import (GArray *imports, gint64 number)
{
  MqQualityImport more = { number, 0, 0, 0 };
  guint           at;

  for (at = 0; at < imports->len; at++)
    {
      MqQualityImport *import = &g_array_index (imports, MqQualityImport, at);

      if (import->import == number)
        return import;
      if (import->import > number)
        break;
    }
  g_array_insert_val (imports, at, more);
  return &g_array_index (imports, MqQualityImport, at);
}

/* Rows of one import often stand together. */
static gboolean
add_cells (const MqColumn *column, const MqColumn *numbers, GArray *imports, const MqRun *run, GError **error)
{
  MqQualityImport *import = NULL;

  for (gsize row = 0; row < numbers->n; row++)
    {
      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (import == NULL || import->import != numbers->values[row])
        import = find_import (imports, numbers->values[row]);
      if (column == NULL)
        {
          import->rows++;
          continue;
        }
      import->cells++;
      import->filled += column->codes != NULL ? column->codes[row] != MQ_CODE_MISSING : column->values[row] != MQ_VALUE_MISSING;
    }
  return TRUE;
}

GArray *
mq_quality_imports (MqDataset *dataset, MqKind kind, const MqRun *run, GError **error)
{
  g_autoptr (GArray) imports = g_array_new (FALSE, FALSE, sizeof (MqQualityImport));
  const MqFacts  *facts = mq_dataset_facts (dataset, kind, run, error);
  const MqColumn *numbers;
  guint           n;
  const MqField  *own = mq_kind_fields (kind, &n);

  if (facts == NULL)
    return NULL;
  if (facts->n_rows == 0)
    return g_steal_pointer (&imports);
  numbers = mq_dataset_column (dataset, kind, MQ_COLUMN_IMPORT, run, error);
  if (numbers == NULL || !add_cells (NULL, numbers, imports, run, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      const MqColumn *column;

      if (!mq_dataset_has_column (dataset, kind, own[i].name))
        continue;
      column = mq_dataset_column (dataset, kind, own[i].name, run, error);
      if (column == NULL || !add_cells (column, numbers, imports, run, error))
        return NULL;
    }
  return g_steal_pointer (&imports);
}
