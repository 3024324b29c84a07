/* import-changes.c: the masks that an import would make tell its changes: each updated row is compared with the row it
 * would replace, field by field; sums are taken over the rows that are live without it and with it. */

#include "config.h"

#include "project/import-changes.h"

#include "project/project-private.h"

#include "base/money.h"
#include "base/table.h"
#include "project/ledger.h"
#include "project/match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_STEPS 65536

typedef struct
{
  __int128 before, after;
} Sum;

/* A column of numbers over all parts. */
typedef struct
{
  const char *name;
  MqValueType type;
  int         scale;  /* the most digits of any part */
  int        *scales; /* (owned) by part */
  gint64    **values; /* (owned) by part; NULL where the run lacks it */
  GHashTable *sums;   /* (owned) (element-type utf8 Sum) by currency; "" for what is no money */
} NumberColumn;

/* The currencies of rows. */
typedef struct
{
  gint64    **codes;   /* (owned) by part */
  MqStrings **strings; /* (owned) by part */
} Currencies;

typedef struct
{
  const MqLedger *ledger;
  gint64          import;
  const char     *currency; /* (borrowed) of the project */
  guint8        **was_live; /* (owned) by part: before the import */
} Trial;

static gboolean
is_new (const Trial *self, guint part, gsize row)
{
  return mq_ledger_part_import (mq_ledger_part (self->ledger, part), row) == self->import;
}

/* (element-type utf8): the columns of the parts, those of the import only or of all. */
static GList *
list_names (const Trial *self, gboolean of_import)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GList         *sorted = NULL;
  GHashTableIter iter;
  gpointer       name;

  for (guint i = 0; i < self->ledger->parts->len; i++)
    if (!of_import || mq_ledger_part_has (mq_ledger_part (self->ledger, i), self->import))
      mq_run_source_add_names (&mq_ledger_part (self->ledger, i)->source, names);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    sorted = g_list_prepend (sorted, g_strdup (name));
  return g_list_sort (sorted, (GCompareFunc) strcmp);
}

/* How many updated rows have another value in a column. */
static gboolean
count_changes (const Trial *self, const char *name, gint64 *changed, const MqRun *run, GError **error)
{
  guint       n = self->ledger->parts->len;
  MqHash128 **hashes = g_new0 (MqHash128 *, n + 1);
  gboolean    good = mq_ledger_hash_column ((MqLedger *) self->ledger, name, NULL, hashes, run, error);

  *changed = 0;
  for (guint i = 0; good && i < n; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (self->ledger, i);

      for (gsize row = 0; part->replaces != NULL && row < part->source.n_rows; row++)
        if (part->replaces[row] != 0 && is_new (self, i, row))
          {
            const MqHash128 *old = &hashes[mq_row_ref_part (part->replaces[row])][(guint32) part->replaces[row]];

            *changed += hashes[i][row].low != old->low || hashes[i][row].high != old->high;
          }
    }
  for (guint i = 0; i < n; i++)
    g_free (hashes[i]);
  g_free (hashes);
  return good;
}

/* The name that people and scripts know a column by. */
static char *
name_field (const char *name)
{
  if (strcmp (name, MQ_COLUMN_KEY) == 0)
    return g_strdup ("customer");
  if (g_str_has_prefix (name, MQ_COLUMN_RAW))
    return g_strconcat ("key.", name + strlen (MQ_COLUMN_RAW), NULL);
  return g_strdup (name);
}

static void
add_change (MqTableBuilder *builder, const char *name, gint64 rows)
{
  g_autofree char *field = name_field (name);

  if (rows == 0)
    return;
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, field);
  mq_table_builder_set_integer (builder, 1, rows);
}

static MqTable *
make_changes (const Trial *self, const MqRun *run, GError **error)
{
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("changes", NULL, NULL);
  GList   *names = list_names (self, TRUE);
  gboolean good = TRUE;

  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  for (GList *name = names; good && name != NULL; name = name->next)
    {
      gint64 changed = 0;

      if (self->ledger->changes != NULL)
        changed = GPOINTER_TO_SIZE (g_hash_table_lookup (self->ledger->changes, name->data));
      else
        good = count_changes (self, name->data, &changed, run, error);
      add_change (builder, name->data, changed);
    }
  g_list_free_full (names, g_free);
  return good ? mq_table_builder_finish (g_steal_pointer (&builder)) : NULL;
}

/* The row that a row has the column's value from. */
static MqRowRef
find_cell (const Trial *self, gint64 *const *values, MqRowRef ref)
{
  for (guint steps = 0; ref != 0 && steps < MAX_STEPS; steps++)
    {
      const MqLedgerPart *part = mq_ledger_part (self->ledger, mq_row_ref_part (ref));

      if (values[mq_row_ref_part (ref)] != NULL)
        return ref;
      ref = part->replaces != NULL ? part->replaces[(guint32) ref] : 0;
    }
  return 0;
}

static const char *
find_currency (const Trial *self, const Currencies *currencies, MqRowRef ref)
{
  MqRowRef at = find_cell (self, currencies->codes, ref);
  gint64   code = at != 0 ? currencies->codes[mq_row_ref_part (at)][(guint32) at] : MQ_VALUE_MISSING;

  return code != MQ_VALUE_MISSING ? mq_strings_get (currencies->strings[mq_row_ref_part (at)], code) : self->currency;
}

static gboolean
read_currencies (const Trial *self, Currencies *currencies, const MqRun *run, GError **error)
{
  guint n = self->ledger->parts->len;

  currencies->codes = g_new0 (gint64 *, n + 1);
  currencies->strings = g_new0 (MqStrings *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const MqRunSource *source = &mq_ledger_part (self->ledger, i)->source;
      MqValueType        type;
      int                scale;

      if (!mq_run_source_find (source, "currency", &type, &scale) || type != MQ_VALUE_TEXT)
        continue;
      currencies->strings[i] = mq_run_source_strings (source, "currency", error);
      currencies->codes[i] = currencies->strings[i] != NULL ? mq_run_source_values (source, "currency", run, error) : NULL;
      if (currencies->codes[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
clear_currencies (const Trial *self, Currencies *currencies)
{
  for (guint i = 0; currencies->codes != NULL && i < self->ledger->parts->len; i++)
    {
      g_free (currencies->codes[i]);
      g_clear_pointer (&currencies->strings[i], mq_strings_unref);
    }
  g_free (currencies->codes);
  g_free (currencies->strings);
}

/* FALSE if the column is no number in every run that has it. */
static gboolean
plan_number (const Trial *self, NumberColumn *column)
{
  gboolean number = TRUE;

  column->scales = g_new0 (int, self->ledger->parts->len + 1);
  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      MqValueType type;

      if (!mq_run_source_find (&mq_ledger_part (self->ledger, i)->source, column->name, &type, &column->scales[i]))
        continue;
      number = number && (type == MQ_VALUE_MONEY || type == MQ_VALUE_INTEGER || type == MQ_VALUE_DECIMAL);
      if (type == MQ_VALUE_INTEGER)
        column->scales[i] = 0;
      if (column->type != MQ_VALUE_MONEY)
        column->type = type;
      column->scale = MAX (column->scale, column->scales[i]);
    }
  return number;
}

static void
add_value (const Trial *self, NumberColumn *column, const Currencies *currencies, guint part, gsize row)
{
  MqRowRef    own = mq_row_ref (part, row);
  MqRowRef    at = find_cell (self, column->values, own);
  gint64      value = at != 0 ? column->values[mq_row_ref_part (at)][(guint32) at] : MQ_VALUE_MISSING;
  const char *currency = column->type == MQ_VALUE_MONEY ? find_currency (self, currencies, own) : "";
  __int128    scaled = value;
  Sum        *sum;

  if (value == MQ_VALUE_MISSING)
    return;
  /* Money has the digits of its currency, another number those of its run. */
  for (int i = column->type == MQ_VALUE_MONEY ? column->scale : column->scales[mq_row_ref_part (at)]; i < column->scale; i++)
    scaled *= 10;
  sum = g_hash_table_lookup (column->sums, currency);
  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (column->sums, g_strdup (currency), sum);
    }
  if (self->was_live[part] != NULL && self->was_live[part][row])
    sum->before += scaled;
  if (mq_ledger_part (self->ledger, part)->states[row] == MQ_ROW_LIVE)
    sum->after += scaled;
}

static char *
write_sum (__int128 value, int scale)
{
  gboolean negative = value < 0;
  GString *text = g_string_new (NULL);
  int      digits = 0;

  for (unsigned __int128 rest = negative ? -(unsigned __int128) value : (unsigned __int128) value; rest > 0 || digits <= scale; rest /= 10, digits++)
    {
      if (digits == scale && scale > 0)
        g_string_prepend_c (text, '.');
      g_string_prepend_c (text, '0' + (int) (rest % 10));
    }
  if (negative)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

static void
add_sums (const NumberColumn *column, MqTableBuilder *builder)
{
  GList *currencies = g_list_sort (g_hash_table_get_keys (column->sums), (GCompareFunc) strcmp);

  for (GList *currency = currencies; currency != NULL; currency = currency->next)
    {
      const Sum       *sum = g_hash_table_lookup (column->sums, currency->data);
      int              digits = column->type == MQ_VALUE_MONEY ? MAX (mq_currency_digits (currency->data), 0) : column->scale;
      g_autofree char *before = write_sum (sum->before, digits);
      g_autofree char *after = write_sum (sum->after, digits);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, column->name);
      mq_table_builder_set_text (builder, 1, column->type == MQ_VALUE_MONEY ? currency->data : NULL);
      mq_table_builder_set_text (builder, 2, before);
      mq_table_builder_set_text (builder, 3, after);
    }
  g_list_free (currencies);
}

static gboolean
sum_column (const Trial *self, const char *name, const Currencies *currencies, MqTableBuilder *builder, const MqRun *run, GError **error)
{
  guint        n = self->ledger->parts->len;
  NumberColumn column = { .name = name, .type = MQ_VALUE_INTEGER };
  gboolean     good = TRUE;
  gboolean     number = plan_number (self, &column);

  column.values = g_new0 (gint64 *, n + 1);
  column.sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; good && number && i < n; i++)
    if (mq_run_source_has (&mq_ledger_part (self->ledger, i)->source, name))
      good = (column.values[i] = mq_run_source_values (&mq_ledger_part (self->ledger, i)->source, name, run, error)) != NULL;
  for (guint i = 0; good && number && i < n; i++)
    for (gsize row = 0; row < mq_ledger_part (self->ledger, i)->source.n_rows; row++)
      if (mq_ledger_part (self->ledger, i)->states[row] == MQ_ROW_LIVE || self->was_live[i][row])
        add_value (self, &column, currencies, i, row);
  if (good)
    add_sums (&column, builder);
  for (guint i = 0; i < n; i++)
    g_free (column.values[i]);
  g_free (column.values);
  g_free (column.scales);
  g_hash_table_unref (column.sums);
  return good;
}

static MqTable *
make_sums (const Trial *self, const MqRun *run, GError **error)
{
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("sums", NULL, NULL);
  Currencies currencies = { NULL, NULL };
  GList     *names = self->ledger->kind != MQ_KIND_CUSTOMERS ? list_names (self, FALSE) : NULL;
  gboolean   good = read_currencies (self, &currencies, run, error);

  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "currency", N_ ("Currency"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "before", N_ ("Before"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "after", N_ ("After"), MQ_COLUMN_TEXT);
  for (GList *name = names; good && name != NULL; name = name->next)
    if (*(const char *) name->data != '#' && !g_str_has_suffix (name->data, MQ_PRECISION_SUFFIX))
      good = sum_column (self, name->data, &currencies, builder, run, error);
  clear_currencies (self, &currencies);
  g_list_free_full (names, g_free);
  return good ? mq_table_builder_finish (g_steal_pointer (&builder)) : NULL;
}

/* The rows that are live before the import. */
static guint8 **
copy_live (const MqLedger *ledger)
{
  guint8 **live = g_new0 (guint8 *, ledger->parts->len + 1);

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);

      live[i] = g_new0 (guint8, part->source.n_rows + 1);
      for (gsize row = 0; part->run != 0 && row < part->source.n_rows; row++)
        live[i][row] = part->states[row] == MQ_ROW_LIVE;
    }
  return live;
}

GPtrArray *
mq_import_changes (MqProject *project, const char *currency, MqImportDraft *draft, MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_table_unref);
  g_autoptr (MqLedger) ledger = project != NULL ? mq_ledger_load (project->db, draft->kind, run, error) : mq_ledger_new (draft->kind);
  Trial    trial = { ledger, G_MAXINT64, currency, NULL };
  MqTable *changes = NULL, *sums = NULL;

  *outcome = (MqImportOutcome){ 0 };
  if (ledger == NULL)
    return NULL;
  mq_run_stage (run, N_ ("Matching"), 0);
  for (guint i = 0; i < draft->runs->len; i++)
    mq_ledger_add_staged (ledger, g_ptr_array_index (draft->runs, i), trial.import);
  trial.was_live = copy_live (ledger);
  if (draft->kind == MQ_KIND_CUSTOMERS)
    ledger->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (mq_match_import (ledger, trial.import, outcome, run, error) && (changes = make_changes (&trial, run, error)) != NULL)
    {
      g_ptr_array_add (tables, changes);
      sums = make_sums (&trial, run, error);
    }
  if (sums != NULL)
    g_ptr_array_add (tables, sums);
  for (guint i = 0; i < ledger->parts->len; i++)
    g_free (trial.was_live[i]);
  g_free (trial.was_live);
  outcome->read = draft->rows_read;
  outcome->rejected = draft->rejects->len;
  return sums != NULL ? g_steal_pointer (&tables) : NULL;
}
