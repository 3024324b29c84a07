/* project-info.c: what a project holds, as tables. */

#include "config.h"

#include "project/project-private.h"

#include "project/ledger.h"
#include "project/record-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST_SLOTS 1024
#define MAX_KEYS 64

/* Distinct 64-bit hashes, open addressing; 0 is "free". */
typedef struct
{
  guint64 *slots;
  gsize    n_slots;
  gsize    n;
} Distinct;

typedef struct
{
  gint64   filled;
  Distinct distinct;
} FieldCount;

/* The record keys of one part. */
typedef struct
{
  gint64    *codes;   /* (owned) by row */
  MqStrings *strings; /* (owned) */
  gint64    *rows;    /* (owned) by code */
  gboolean   has_nobody;
} PartKeys;

static void
distinct_insert (guint64 *slots, gsize n_slots, guint64 hash, gsize *n)
{
  gsize at = hash & (n_slots - 1);

  while (slots[at] != 0 && slots[at] != hash)
    at = (at + 1) & (n_slots - 1);
  *n += slots[at] == 0;
  slots[at] = hash;
}

static void
distinct_grow (Distinct *self)
{
  gsize    n_slots = self->n_slots == 0 ? FIRST_SLOTS : self->n_slots * 4;
  guint64 *slots = g_new0 (guint64, n_slots);
  gsize    n = 0;

  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i] != 0)
      distinct_insert (slots, n_slots, self->slots[i], &n);
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
}

static void
distinct_add (Distinct *self, guint64 hash)
{
  if (self->n * 2 >= self->n_slots)
    distinct_grow (self);
  distinct_insert (self->slots, self->n_slots, hash | (hash == 0), &self->n);
}

static void
field_count_free (FieldCount *count)
{
  g_free (count->distinct.slots);
  g_free (count);
}

static void
add_pair (MqTableBuilder *builder, const char *name, const char *value)
{
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, name);
  mq_table_builder_set_text (builder, 1, value);
}

static MqTable *
make_project_table (MqProject *self)
{
  MqTableBuilder  *builder = mq_table_builder_new ("project", NULL, NULL);
  g_autofree char *file = g_path_get_basename (self->path);
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, self->revision);
  g_autofree char *size = NULL;
  struct stat      info;

  size = g_strdup_printf ("%" G_GINT64_FORMAT, stat (self->path, &info) == 0 ? (gint64) info.st_size : (gint64) 0);
  mq_table_builder_add_column (builder, "name", N_ ("Name"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_TEXT);
  add_pair (builder, "file", name);
  add_pair (builder, "zone", self->zone);
  add_pair (builder, "currency", self->currency);
  add_pair (builder, "revision", revision);
  add_pair (builder, "size", size);
  return mq_table_builder_finish (builder);
}

static gboolean
count_imports (MqDb *db, MqKind kind, gint64 *n, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT count(*) FROM import WHERE undone = 0 AND kind = ?", error);
  gboolean      row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, kind);
  if (!mq_db_step (db, statement, &row, error))
    return FALSE;
  *n = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

/* From-to of the live rows. */
static gboolean
find_range (const MqLedger *ledger, gint64 *first, gint64 *last, const MqRun *run, GError **error)
{
  const char *name = ledger->kind == MQ_KIND_SPEND ? "date" : "time";

  *first = G_MAXINT64;
  *last = G_MININT64;
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);
      g_autofree gint64  *times = NULL;

      if (!mq_run_source_has (&part->source, name))
        continue;
      times = mq_run_source_values (&part->source, name, run, error);
      if (times == NULL)
        return FALSE;
      for (gsize row = 0; row < part->source.n_rows; row++)
        if (part->states[row] == MQ_ROW_LIVE && times[row] != MQ_VALUE_MISSING)
          {
            *first = MIN (*first, times[row]);
            *last = MAX (*last, times[row]);
          }
    }
  return TRUE;
}

static gboolean
add_kind_row (MqProject *self, MqTableBuilder *builder, const MqLedger *ledger, const MqRun *run, GError **error)
{
  const MqZone *zone = mq_zone_get (self->zone, NULL);
  gint64        imports, first, last, live = 0, masked = 0;

  if (!count_imports (self->db, ledger->kind, &imports, error) || !find_range (ledger, &first, &last, run, error))
    return FALSE;
  for (guint i = 0; i < ledger->parts->len; i++)
    for (gsize row = 0; row < mq_ledger_part (ledger, i)->source.n_rows; row++)
      if (mq_ledger_part (ledger, i)->states[row] == MQ_ROW_LIVE)
        live++;
      else
        masked++;
  if (first <= last && ledger->kind == MQ_KIND_SPEND)
    {
      first = mq_zone_day_start (zone, first);
      last = mq_zone_day_start (zone, last);
    }
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, mq_kind_name (ledger->kind));
  mq_table_builder_set_integer (builder, 1, imports);
  mq_table_builder_set_integer (builder, 2, live);
  mq_table_builder_set_integer (builder, 3, masked);
  if (first <= last)
    {
      mq_table_builder_set_integer (builder, 4, first);
      mq_table_builder_set_integer (builder, 5, last);
    }
  return TRUE;
}

static MqTableBuilder *
make_kinds_builder (MqProject *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("kinds", NULL, self->zone);

  mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "imports", N_ ("Imports"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "masked", N_ ("Replaced"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_TIME);
  return builder;
}

static MqTableBuilder *
make_fields_builder (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("fields", NULL, NULL);

  mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "type", N_ ("Type"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "filled", N_ ("Filled"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "distinct", N_ ("Distinct"), MQ_COLUMN_INTEGER);
  return builder;
}

static void
add_field_row (MqTableBuilder *builder, MqKind kind, const char *field, const char *type, const FieldCount *count)
{
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, mq_kind_name (kind));
  mq_table_builder_set_text (builder, 1, field);
  mq_table_builder_set_text (builder, 2, type);
  mq_table_builder_set_integer (builder, 3, count->filled);
  mq_table_builder_set_integer (builder, 4, count->distinct.n);
}

/* The least general type that all runs can be read as. */
static const char *
find_type (const MqLedger *ledger, const char *name)
{
  static const char *const names[] = { "text", "integer", "decimal", "money", "time", "day" };
  int                      type = -1;

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqRunColumn *column = mq_run_info_find (mq_ledger_part (ledger, i)->source.info, name);

      if (column == NULL || column->missing == (gint64) mq_ledger_part (ledger, i)->source.n_rows)
        continue;
      if (type == -1 || type == (int) column->type)
        type = column->type;
      else if (MAX (type, (int) column->type) == MQ_VALUE_DECIMAL && MIN (type, (int) column->type) == MQ_VALUE_INTEGER)
        type = MQ_VALUE_DECIMAL;
      else
        type = MQ_VALUE_TEXT;
    }
  return names[MAX (type, 0)];
}

static gboolean
count_field (MqLedger *ledger, const char *name, FieldCount *count, const MqRun *run, GError **error)
{
  g_autofree MqHash128 **hashes = g_new0 (MqHash128 *, ledger->parts->len + 1);
  gboolean               good = mq_ledger_hash_column (ledger, name, NULL, hashes, run, error);

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);

      for (gsize row = 0; good && row < part->source.n_rows; row++)
        if (part->states[row] == MQ_ROW_LIVE && (hashes[i][row].low != 0 || hashes[i][row].high != 0))
          {
            count->filled++;
            distinct_add (&count->distinct, hashes[i][row].low);
          }
      g_free (hashes[i]);
    }
  return good;
}

static void
count_keys (const char *record_key, gsize length, gint64 rows, GHashTable *counts)
{
  MqKeySlice keys[MAX_KEYS];
  guint      n = mq_record_key_split (record_key, length, keys, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    {
      char             buffer[128];
      g_autofree char *field = g_strconcat ("key.", mq_key_slice_kind (keys[i], buffer, sizeof buffer), NULL);
      FieldCount      *count = g_hash_table_lookup (counts, field);

      if (count == NULL)
        {
          count = g_new0 (FieldCount, 1);
          g_hash_table_insert (counts, g_steal_pointer (&field), count);
        }
      count->filled += rows;
      distinct_add (&count->distinct, mq_hash128 (keys[i].start, keys[i].length).low);
    }
}

static gboolean
read_part_keys (const MqLedgerPart *part, PartKeys *keys, const MqRun *run, GError **error)
{
  keys->codes = mq_run_source_values (&part->source, MQ_COLUMN_KEY, run, error);
  keys->strings = keys->codes != NULL ? mq_run_source_strings (&part->source, MQ_COLUMN_KEY, error) : NULL;
  if (keys->strings == NULL)
    return FALSE;
  keys->rows = g_new0 (gint64, (gsize) mq_strings_length (keys->strings) + 1);
  keys->has_nobody = mq_strings_length (keys->strings) > 0 && mq_strings_get_length (keys->strings, 0) == 0;
  return TRUE;
}

/* A live row counts for its keys; one that names nobody for those of the row it replaces. */
static void
count_row (const MqLedger *ledger, PartKeys *keys, MqRowRef ref)
{
  for (gsize steps = 0; ref != 0 && steps <= G_MAXUINT16; steps++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, mq_row_ref_part (ref));
      PartKeys           *own = &keys[mq_row_ref_part (ref)];
      gint64              code = own->codes[(guint32) ref];

      if (code != MQ_VALUE_MISSING && (code != 0 || !own->has_nobody))
        {
          own->rows[code]++;
          return;
        }
      ref = part->replaces != NULL ? part->replaces[(guint32) ref] : 0;
    }
}

static void
count_part_rows (const MqLedger *ledger, guint index, PartKeys *keys)
{
  const MqLedgerPart *part = mq_ledger_part (ledger, index);

  for (gsize row = 0; row < part->source.n_rows; row++)
    if (part->states[row] == MQ_ROW_LIVE)
      count_row (ledger, keys, mq_row_ref (index, row));
}

/* counts: "key.KIND" to FieldCount */
static gboolean
count_all_keys (const MqLedger *ledger, GHashTable *counts, const MqRun *run, GError **error)
{
  guint                n = ledger->parts->len;
  g_autofree PartKeys *keys = g_new0 (PartKeys, n + 1);
  gboolean             good = TRUE;

  for (guint i = 0; good && i < n; i++)
    good = read_part_keys (mq_ledger_part (ledger, i), &keys[i], run, error);
  for (guint i = 0; good && i < n; i++)
    count_part_rows (ledger, i, keys);
  for (guint i = 0; i < n; i++)
    {
      for (guint code = 0; good && code < mq_strings_length (keys[i].strings); code++)
        if (keys[i].rows[code] > 0)
          count_keys (mq_strings_get (keys[i].strings, code), mq_strings_get_length (keys[i].strings, code), keys[i].rows[code], counts);
      g_free (keys[i].codes);
      g_free (keys[i].rows);
      g_clear_pointer (&keys[i].strings, mq_strings_unref);
    }
  return good;
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
add_key_rows (MqLedger *ledger, MqTableBuilder *builder, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) field_count_free);
  g_autofree gpointer *names = NULL;
  guint                n;

  if (!count_all_keys (ledger, counts, run, error))
    return FALSE;
  names = g_hash_table_get_keys_as_array (counts, &n);
  qsort (names, n, sizeof *names, compare_names_cb);
  for (guint i = 0; i < n; i++)
    add_field_row (builder, ledger->kind, names[i], "text", g_hash_table_lookup (counts, names[i]));
  return TRUE;
}

/* Fields in the order of the contract, then properties by name. (transfer container) */
static GPtrArray *
list_fields (const MqLedger *ledger, GHashTable *names)
{
  GPtrArray     *fields = g_ptr_array_new ();
  GPtrArray     *others = g_ptr_array_new ();
  guint          n;
  const MqField *known = mq_kind_fields (ledger->kind, &n);
  GHashTableIter iter;
  gpointer       name;

  for (guint i = 0; i < ledger->parts->len; i++)
    mq_run_source_add_names (&mq_ledger_part (ledger, i)->source, names);
  for (guint i = 0; i < n; i++)
    if (g_hash_table_contains (names, known[i].name))
      g_ptr_array_add (fields, (gpointer) known[i].name);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (mq_kind_find_field (ledger->kind, name) == NULL && *(const char *) name != '#' && !g_str_has_suffix (name, MQ_PRECISION_SUFFIX))
      g_ptr_array_add (others, name);
  g_ptr_array_sort (others, compare_names_cb);
  g_ptr_array_extend_and_steal (fields, others);
  return fields;
}

static gboolean
add_field_rows (MqLedger *ledger, MqTableBuilder *builder, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) fields = list_fields (ledger, names);
  gboolean good = add_key_rows (ledger, builder, run, error);

  for (guint i = 0; good && i < fields->len; i++)
    {
      FieldCount count = { 0 };

      good = count_field (ledger, fields->pdata[i], &count, run, error);
      if (good)
        add_field_row (builder, ledger->kind, fields->pdata[i], find_type (ledger, fields->pdata[i]), &count);
      g_free (count.distinct.slots);
    }
  return good;
}

/* Damage is an answer here, not an error. */
static gboolean
make_integrity_table (MqProject *self, MqTable **table, const MqRun *run, GError **error)
{
  MqTableBuilder *builder;
  g_autoptr (GError) damage = NULL;

  if (!mq_project_check (self, run, &damage) && damage->domain == G_IO_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return FALSE;
    }
  builder = mq_table_builder_new ("integrity", NULL, NULL);
  mq_table_builder_add_column (builder, "check", N_ ("Check"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "result", N_ ("Result"), MQ_COLUMN_TEXT);
  add_pair (builder, "file", damage == NULL ? "ok" : damage->message);
  *table = mq_table_builder_finish (builder);
  return TRUE;
}

static gboolean
fill_kinds (MqProject *self, MqTableBuilder *kinds, MqTableBuilder *fields, const MqRun *run, GError **error)
{
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      g_autoptr (MqLedger) ledger = mq_ledger_load (self->db, kind, run, error);

      if (ledger == NULL)
        return FALSE;
      if (ledger->parts->len > 0 && (!add_kind_row (self, kinds, ledger, run, error) || !add_field_rows (ledger, fields, run, error)))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mq_project_info (MqProject *self, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_table_unref);
  g_autoptr (MqTableBuilder) kinds = make_kinds_builder (self);
  g_autoptr (MqTableBuilder) fields = make_fields_builder ();
  g_autoptr (GError) damage = NULL;
  MqTable *integrity;

  if (!fill_kinds (self, kinds, fields, run, &damage) && !g_error_matches (damage, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return NULL;
    }
  if (!make_integrity_table (self, &integrity, run, error))
    return NULL;
  g_ptr_array_add (tables, make_project_table (self));
  g_ptr_array_add (tables, mq_table_builder_finish (g_steal_pointer (&kinds)));
  g_ptr_array_add (tables, mq_table_builder_finish (g_steal_pointer (&fields)));
  g_ptr_array_add (tables, integrity);
  return g_steal_pointer (&tables);
}
