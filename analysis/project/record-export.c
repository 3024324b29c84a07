/* record-export.c: the live records of a kind as CSV, so that importing it again gives the same dataset: headers are names that
 * the importer knows, identifiers are verbatim, times are wall clock in the project's zone at their own precision.
 *
 * Several imports of the same customer leave a record each. Where all have the same keys, those of the newest import are
 * written, the last of them with what the older ones still say. */

#include "config.h"
#include "project/project.h"

#include <string.h>

#include "base/decimal.h"
#include "base/money.h"
#include "base/strings.h"
#include "base/strings.h"
#include "base/table.h"
#include "project/dataset-private.h"
#include "project/record-key.h"

#define FLUSH_BYTES (256 * 1024)
#define MAX_KEYS 256 /* on one record */
#define KEY_PREFIX "key."
#define NO_PERSON G_MAXUINT

/* One column of the file: a kind of key or a column of the dataset. */
typedef struct
{
  char           *header;              /* (owned) */
  char           *key_kind;            /* (owned) (nullable) */
  guint           occurrence;          /* of the key kind on one record, from 0 */
  const MqColumn *column;              /* (nullable) */
  const MqColumn *precision;           /* (nullable) of times */
  const MqColumn *attribute;           /* (nullable) of customers: by person, as resolved over their records */
  const MqColumn *attribute_precision; /* (nullable) */
} Field;

/* How keys of a kind were written in a column of their file, where that is not as the key is. */
typedef struct
{
  const char     *key_kind;
  const MqColumn *column;
} RawKeys;

typedef struct
{
  MqDataset      *dataset; /* (owned) */
  MqKind          kind;
  gboolean        for_spreadsheet;
  const MqFacts  *facts;
  const MqColumn *keys;
  const MqColumn *currency; /* (nullable) */
  const MqColumn *imports;  /* (nullable) of customers */
  GPtrArray      *fields;   /* (owned) (element-type Field) */
  GArray         *raws;     /* (owned) (element-type RawKeys) */
  GString        *scratch;  /* (owned) */
  GString        *out;      /* (owned) */
} Exporter;

static void
free_field (gpointer data)
{
  Field *field = data;

  g_free (field->header);
  g_free (field->key_kind);
  g_free (field);
}

static void
clear_exporter (Exporter *exporter)
{
  g_clear_pointer (&exporter->dataset, mq_dataset_unref);
  g_clear_pointer (&exporter->fields, g_ptr_array_unref);
  g_clear_pointer (&exporter->raws, g_array_unref);
  if (exporter->scratch != NULL)
    g_string_free (exporter->scratch, TRUE);
  if (exporter->out != NULL)
    g_string_free (exporter->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exporter, clear_exporter)

static gboolean
is_missing_token (const char *text)
{
  static const char *const tokens[] = { "NA", "N/A", "#N/A", "NULL", "null", "-", "--", "—", "——", "\\N", "(not set)", "(none)", "无" };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (strcmp (text, tokens[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
needs_quotes (const char *text, gsize length)
{
  if (length == 0 || strpbrk (text, ",\"\r\n") != NULL || is_missing_token (text))
    return TRUE;
  return g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]);
}

/* A text that already wears a guard gets one more in any case, as the importer takes one off. */
static void
append_text (const Exporter *exporter, const char *text)
{
  GString *out = exporter->out;
  gsize    length = strlen (text);
  gboolean guard = mq_text_count_guards (text, length) >= (exporter->for_spreadsheet ? 0 : 1);
  gboolean quote = needs_quotes (text, length);

  if (quote)
    g_string_append_c (out, '"');
  if (guard)
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  if (quote)
    g_string_append_c (out, '"');
}

static void
append_offset (GString *out, int seconds)
{
  int minutes = ABS (seconds) / 60;

  g_string_append_printf (out, "%c%02d:%02d", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* Wall clock; with its offset in the hour that the clock shows twice, where the wall clock alone means the first. */
static void
append_time (const Exporter *exporter, gint64 instant, gint64 precision)
{
  const MqZone    *zone = mq_dataset_zone (exporter->dataset);
  gint64           usec;
  gint32           day = mq_zone_day (zone, instant, &usec);
  g_autofree char *date = mq_day_format (day);
  gint64           second = usec / MQ_SECOND;
  gint64           fraction = usec % MQ_SECOND;

  g_string_append (exporter->out, date);
  if (precision == MQ_PRECISION_DAY && mq_zone_day_start (zone, day) == instant)
    return;
  g_string_append_printf (exporter->out, " %02d:%02d", (int) (second / 3600), (int) (second / 60 % 60));
  if (precision != MQ_PRECISION_MINUTE || second % 60 != 0 || fraction != 0)
    g_string_append_printf (exporter->out, ":%02d", (int) (second % 60));
  if (fraction != 0)
    g_string_append_printf (exporter->out, ".%06d", (int) fraction);
  if (mq_zone_instant (zone, day, usec) != instant)
    append_offset (exporter->out, mq_zone_offset (zone, instant));
}

/* A row in another currency than the project's was read with that currency's digits. */
static int
find_money_digits (const Exporter *exporter, gsize row, int project_digits)
{
  const MqColumn *currency = exporter->currency;
  int             digits = -1;

  if (currency != NULL && currency->codes != NULL && currency->codes[row] != MQ_CODE_MISSING)
    digits = mq_currency_digits (mq_strings_get (currency->strings, currency->codes[row]));
  return digits >= 0 ? digits : project_digits;
}

static void
append_value (const Exporter *exporter, const MqColumn *column, const MqColumn *precision, gsize row)
{
  gint64           value = column->values[row];
  g_autofree char *day = NULL;
  char             buffer[32];

  if (value == MQ_VALUE_MISSING)
    return;
  switch (column->type)
    {
    case MQ_VALUE_TIME:
      append_time (exporter, value, precision != NULL ? precision->values[row] : MQ_PRECISION_SECOND);
      break;
    case MQ_VALUE_DAY:
      day = mq_day_format ((gint32) CLAMP (value, G_MININT32, G_MAXINT32));
      g_string_append (exporter->out, day);
      break;
    case MQ_VALUE_MONEY:
      g_string_append_len (exporter->out, buffer, mq_money_write (value, find_money_digits (exporter, row, column->scale), buffer));
      break;
    case MQ_VALUE_DECIMAL:
    case MQ_VALUE_INTEGER:
    case MQ_VALUE_TEXT:
      g_string_append_len (exporter->out, buffer, mq_decimal_write (value, column->scale, buffer));
      break;
    }
}

/* The text of a column of raw keys on a row; NULL if there is none. makes: whether it makes a key, which is in scratch. */
static const char *
get_raw (const Exporter *exporter, const RawKeys *raw, const char *key_kind, gsize row, gboolean *makes)
{
  const char *text;

  if (!g_str_equal (raw->key_kind, key_kind) || raw->column->codes[row] == MQ_CODE_MISSING)
    return NULL;
  text = mq_strings_get (raw->column->strings, raw->column->codes[row]);
  g_string_truncate (exporter->scratch, 0);
  *makes = mq_record_key_append (exporter->scratch, key_kind, text, strlen (text));
  return text;
}

/* Which of the keys that the scratch holds is this one; -1: none. */
static int
find_slice (const Exporter *exporter, MqKeySlice slice)
{
  MqKeySlice made[MAX_KEYS];
  guint      n = mq_record_key_split (exporter->scratch->str, exporter->scratch->len, made, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    if (made[i].length == slice.length && memcmp (made[i].start, slice.start, slice.length) == 0)
      return (int) i;
  return -1;
}

/* The key as it was written; of several that were one cell the first is that cell, and the others stand in it. */
static void
append_slice (const Exporter *exporter, const char *key_kind, MqKeySlice slice, gsize row)
{
  gsize            length;
  const char      *value = mq_key_slice_value (slice, &length);
  g_autofree char *text = g_strndup (value, length);

  for (guint i = 0; i < exporter->raws->len; i++)
    {
      gboolean    makes;
      const char *raw = get_raw (exporter, &g_array_index (exporter->raws, RawKeys, i), key_kind, row, &makes);
      int         place = raw != NULL && makes ? find_slice (exporter, slice) : -1;

      if (place < 0)
        continue;
      if (place == 0)
        append_text (exporter, raw);
      return;
    }
  append_text (exporter, text);
}

/* What stood in a column of keys and is none. */
static void
append_no_key (const Exporter *exporter, const char *key_kind, guint occurrence, gsize row)
{
  for (guint i = 0; i < exporter->raws->len; i++)
    {
      gboolean    makes;
      const char *raw = get_raw (exporter, &g_array_index (exporter->raws, RawKeys, i), key_kind, row, &makes);

      if (raw == NULL || makes || occurrence-- > 0)
        continue;
      append_text (exporter, raw);
      return;
    }
}

/* The key of the field's kind on a row, if it has one. */
static void
append_key (const Exporter *exporter, const Field *field, const MqKeySlice *slices, guint n, gsize row)
{
  guint seen = 0;

  for (guint i = 0; i < n; i++)
    {
      char buffer[256];

      if (!g_str_equal (mq_key_slice_kind (slices[i], buffer, sizeof buffer), field->key_kind) || seen++ != field->occurrence)
        continue;
      append_slice (exporter, field->key_kind, slices[i], row);
      return;
    }
  append_no_key (exporter, field->key_kind, field->occurrence - seen, row);
}

static guint
split_row_keys (const Exporter *exporter, gsize row, MqKeySlice *slices)
{
  guint32 code = exporter->keys->codes[row];

  if (code == MQ_CODE_MISSING)
    return 0;
  return mq_record_key_split (mq_strings_get (exporter->keys->strings, code), mq_strings_get_length (exporter->keys->strings, code), slices, MAX_KEYS);
}

static void
append_cell (const Exporter *exporter, const MqColumn *column, const MqColumn *precision, gsize row)
{
  if (column->codes == NULL)
    append_value (exporter, column, precision, row);
  else if (column->codes[row] != MQ_CODE_MISSING)
    append_text (exporter, mq_strings_get (column->strings, column->codes[row]));
}

/* `person` is the one whose attributes stand for the row's, or NO_PERSON. */
static void
append_row (const Exporter *exporter, gsize row, guint person)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = split_row_keys (exporter, row, slices);
  gsize      start = exporter->out->len;

  for (guint i = 0; i < exporter->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (exporter->fields, i);

      if (i > 0)
        g_string_append_c (exporter->out, ',');
      if (field->column == NULL)
        append_key (exporter, field, slices, n, row);
      else if (person != NO_PERSON && field->attribute != NULL)
        append_cell (exporter, field->attribute, field->attribute_precision, person);
      else
        append_cell (exporter, field->column, field->precision, row);
    }
  /* A row of nothing at all in a file of one column would be a blank line, which is no record. */
  if (exporter->out->len == start)
    g_string_append (exporter->out, "\"\"");
  g_string_append_c (exporter->out, '\n');
}

static int
compare_key_fields_cb (gconstpointer a, gconstpointer b)
{
  const Field *x = *(const Field *const *) a;
  const Field *y = *(const Field *const *) b;
  int          priority = mq_key_priority (x->key_kind) - mq_key_priority (y->key_kind);
  int          order = priority != 0 ? priority : strcmp (x->key_kind, y->key_kind);

  return order != 0 ? order : (int) x->occurrence - (int) y->occurrence;
}

static gboolean
has_key_field (const Exporter *exporter, const char *key_kind, guint occurrence)
{
  for (guint i = 0; i < exporter->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (exporter->fields, i);

      if (field->occurrence == occurrence && g_str_equal (field->key_kind, key_kind))
        return TRUE;
    }
  return FALSE;
}

static char *
make_key_header (const char *key_kind, guint occurrence)
{
  const char *prefix = mq_key_is_builtin (key_kind) ? "" : KEY_PREFIX;

  return occurrence == 0 ? g_strconcat (prefix, key_kind, NULL) : g_strdup_printf ("%s%s (%u)", prefix, key_kind, occurrence + 1);
}

static void
add_key_field (Exporter *exporter, const char *key_kind, guint occurrence)
{
  Field *field;

  if (g_str_equal (key_kind, "contact") || has_key_field (exporter, key_kind, occurrence))
    return;
  field = g_new0 (Field, 1);
  field->header = make_key_header (key_kind, occurrence);
  field->key_kind = g_strdup (key_kind);
  field->occurrence = occurrence;
  g_ptr_array_add (exporter->fields, field);
}

/* A contact of its own has no key in the file: its content makes it again. */
static void
add_key_fields_of (Exporter *exporter, const char *text, gsize length)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (text, length, slices, MAX_KEYS);
  char       last[256] = "";
  guint      occurrence = 0;

  for (guint i = 0; i < n; i++)
    {
      char        buffer[256];
      const char *key_kind = mq_key_slice_kind (slices[i], buffer, sizeof buffer);

      occurrence = g_str_equal (key_kind, last) ? occurrence + 1 : 0;
      g_strlcpy (last, key_kind, sizeof last);
      add_key_field (exporter, key_kind, occurrence);
    }
}

/* The columns "#raw:phone", "#raw:phone (2)" … of a kind of key. */
static gboolean
add_raws (Exporter *exporter, const char *key_kind, const MqRun *run, GError **error)
{
  for (guint k = 0; k < MAX_KEYS; k++)
    {
      g_autofree char *name = k == 0 ? g_strconcat (MQ_COLUMN_RAW, key_kind, NULL) : g_strdup_printf (MQ_COLUMN_RAW "%s (%u)", key_kind, k + 1);
      RawKeys          raw = { key_kind, NULL };

      if (!mq_dataset_has_column (exporter->dataset, exporter->kind, name))
        return TRUE;
      raw.column = mq_dataset_column (exporter->dataset, exporter->kind, name, run, error);
      if (raw.column == NULL)
        return FALSE;
      if (raw.column->codes == NULL) /* not one of ours */
        continue;
      g_array_append_val (exporter->raws, raw);
      if (mq_strings_length (raw.column->strings) > 0)
        add_key_field (exporter, key_kind, k);
    }
  return TRUE;
}

static gboolean
add_all_raws (Exporter *exporter, const MqRun *run, GError **error)
{
  static const char *const kinds[] = { "phone", "email" };

  exporter->raws = g_array_new (FALSE, FALSE, sizeof (RawKeys));
  exporter->scratch = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!add_raws (exporter, kinds[i], run, error))
      return FALSE;
  return TRUE;
}

static void
add_key_fields (Exporter *exporter)
{
  guint n = mq_strings_length (exporter->keys->strings);

  for (guint i = 0; i < n; i++)
    add_key_fields_of (exporter, mq_strings_get (exporter->keys->strings, i), mq_strings_get_length (exporter->keys->strings, i));
  g_ptr_array_sort (exporter->fields, compare_key_fields_cb);
}

/* A property goes by the name it had in its file, unless the importer would take that for a field or a key. */
static char *
make_header (MqKind kind, const char *name)
{
  const char      *own = strchr (name, ':');
  g_autofree char *key = own != NULL ? mq_key_find_header (own + 1) : NULL;

  if (own == NULL || own[1] == '\0' || mq_kind_find_field (kind, own + 1) != NULL || key != NULL)
    return g_strdup (name);
  return g_strdup (own + 1);
}

/* What the person's records come to. */
static gboolean
find_attribute (Exporter *exporter, Field *field, const char *name, const char *precision, const MqRun *run, GError **error)
{
  g_autoptr (GError) failure = NULL;

  field->attribute = mq_dataset_attribute (exporter->dataset, name, run, &failure);
  if (failure == NULL && field->precision != NULL)
    field->attribute_precision = mq_dataset_attribute (exporter->dataset, precision, run, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
add_field (Exporter *exporter, const char *name, const MqRun *run, GError **error)
{
  g_autofree char *precision = g_strconcat (name, MQ_PRECISION_SUFFIX, NULL);
  const MqColumn  *column = mq_dataset_column (exporter->dataset, exporter->kind, name, run, error);
  Field           *field;

  if (column == NULL)
    return FALSE;
  field = g_new0 (Field, 1);
  field->header = make_header (exporter->kind, name);
  field->column = column;
  g_ptr_array_add (exporter->fields, field);
  if (g_str_equal (name, "currency"))
    exporter->currency = column;
  if (column->type == MQ_VALUE_TIME && mq_dataset_has_column (exporter->dataset, exporter->kind, precision))
    {
      field->precision = mq_dataset_column (exporter->dataset, exporter->kind, precision, run, error);
      if (field->precision == NULL)
        return FALSE;
    }
  return exporter->kind != MQ_KIND_CUSTOMERS || find_attribute (exporter, field, name, precision, run, error);
}

/* Fields in the contract's order, then properties by name. */
static gboolean
add_fields (Exporter *exporter, const MqRun *run, GError **error)
{
  g_auto (GStrv) names = mq_dataset_columns (exporter->dataset, exporter->kind);
  guint          n_fields;
  const MqField *fields = mq_kind_fields (exporter->kind, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (g_strv_contains ((const char *const *) names, fields[i].name) && !add_field (exporter, fields[i].name, run, error))
      return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (mq_kind_find_field (exporter->kind, names[i]) == NULL && !add_field (exporter, names[i], run, error))
      return FALSE;
  return TRUE;
}

static gboolean
flush (Exporter *exporter, GOutputStream *stream, const MqRun *run, GError **error)
{
  gboolean ok = g_output_stream_write_all (stream, exporter->out->str, exporter->out->len, NULL, run != NULL ? run->cancellable : NULL, error);

  g_string_truncate (exporter->out, 0);
  return ok;
}

/* The newest of several imports that the person's records, all of the same keys, come from; 0: all records count. */
static gint64
find_newest_import (const Exporter *exporter, gsize first, gsize last)
{
  const gint64  *imports = exporter->imports->values;
  const guint32 *keys = exporter->keys->codes;

  for (gsize row = first + 1; row < last; row++)
    if (keys[row] != keys[first])
      return 0;
  return imports[first] != imports[last - 1] ? imports[last - 1] : 0;
}

/* The records of a person are in the order of their imports. */
static void
append_customer (const Exporter *exporter, guint person)
{
  gsize  first = exporter->facts->offsets[person];
  gsize  last = exporter->facts->offsets[person + 1];
  gint64 newest = first < last ? find_newest_import (exporter, first, last) : 0;

  for (gsize row = first; row < last; row++)
    if (newest == 0 || exporter->imports->values[row] == newest)
      append_row (exporter, row, newest != 0 && row == last - 1 ? person : NO_PERSON);
}

static gboolean
write_customers (Exporter *exporter, GOutputStream *stream, const MqRun *run, GError **error)
{
  for (guint person = 0; person < exporter->facts->n_persons; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      append_customer (exporter, person);
      if (exporter->out->len >= FLUSH_BYTES && !flush (exporter, stream, run, error))
        return FALSE;
    }
  return flush (exporter, stream, run, error);
}

static void
write_header (Exporter *exporter)
{
  for (guint i = 0; i < exporter->fields->len; i++)
    {
      if (i > 0)
        g_string_append_c (exporter->out, ',');
      append_text (exporter, ((Field *) g_ptr_array_index (exporter->fields, i))->header);
    }
  g_string_append_c (exporter->out, '\n');
}

static gboolean
write_rows (Exporter *exporter, GOutputStream *stream, const MqRun *run, GError **error)
{
  for (gsize row = 0; row < exporter->facts->n_rows; row++)
    {
      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      append_row (exporter, row, NO_PERSON);
      if (exporter->out->len >= FLUSH_BYTES && !flush (exporter, stream, run, error))
        return FALSE;
    }
  return flush (exporter, stream, run, error);
}

gboolean
mq_project_export (MqProject *self, MqKind kind, gboolean for_spreadsheet, GOutputStream *out, const MqRun *run, GError **error)
{
  g_auto (Exporter) exporter = { .kind = kind, .for_spreadsheet = for_spreadsheet };

  exporter.dataset = mq_project_load (self, run, error);
  if (exporter.dataset == NULL)
    return FALSE;
  exporter.facts = mq_dataset_facts (exporter.dataset, kind, run, error);
  if (exporter.facts == NULL)
    return FALSE;
  if (exporter.facts->n_rows == 0)
    return TRUE;
  exporter.keys = mq_dataset_column (exporter.dataset, kind, MQ_COLUMN_KEY, run, error);
  if (exporter.keys == NULL)
    return FALSE;
  exporter.fields = g_ptr_array_new_with_free_func (free_field);
  exporter.out = g_string_sized_new (FLUSH_BYTES + 65536);
  if (!add_all_raws (&exporter, run, error))
    return FALSE;
  add_key_fields (&exporter);
  if (!add_fields (&exporter, run, error))
    return FALSE;
  write_header (&exporter);
  if (kind != MQ_KIND_CUSTOMERS)
    return write_rows (&exporter, out, run, error);
  exporter.imports = mq_dataset_column (exporter.dataset, kind, MQ_COLUMN_IMPORT, run, error);
  return exporter.imports != NULL && write_customers (&exporter, out, run, error);
}
