/* dataset-hash.c: one hash over all live records, whatever the order of rows, imports and runs.
 * A row's hash is mixed from the sum of its cells' hashes; the dataset's is the sum of its rows'. A cell's hash comes from
 * kind, column name and value: never from codes, lines or import numbers, and of a number never from its scale or
 * whether a later import made the column text. Missing cells count for nothing, so an absent column is a column of
 * missing cells. Of customers what is hashed is the persons' resolved attributes. Kinds of which no row is replaced are
 * hashed block by block as they are decoded. */

#include "config.h"
#include "project/dataset-private.h"

#include <string.h>

#include "base/decimal.h"
#include "base/table.h"
#include "project/chunk.h"

#define BATCH 8       /* blocks read before they are hashed in parallel */
#define MAX_DIGITS 18 /* of a text that is hashed as a number */
#define TAG_NUMBER 0  /* plus the scale */
#define TAG_TIME 100
#define TAG_DAY 101

/* Odd constants without structure (digits of pi); stored nowhere, but hashes are printed: never change them. */
#define MIX_1 G_GUINT64_CONSTANT (0x243f6a8885a308d3)
#define MIX_2 G_GUINT64_CONSTANT (0x13198a2e03707345)
#define MIX_3 G_GUINT64_CONSTANT (0xa4093822299f31d1)
#define MIX_4 G_GUINT64_CONSTANT (0x082efa98ec4e6c89)

typedef struct
{
  const MqRunColumn *column; /* (nullable) */
  MqValueType        type;
  int                scale;
  MqHash128          seed; /* of kind and name */
  gboolean           is_precision;
  MqHash128         *texts; /* (owned) (nullable) by code */
  guint              n_texts;
} HashColumn;

/* The columns of one run that count. */
typedef struct
{
  guint       n;
  HashColumn *columns; /* (owned) */
} HashColumns;

typedef struct
{
  GByteArray *bytes;   /* (owned) the chunks, column by column */
  gsize      *offsets; /* (owned) n_columns + 1 */
  gsize       first;
  guint       n;
  MqHash128   sum;
} Block;

typedef struct
{
  const MqRunInfo   *info;
  const HashColumns *columns;
  MqHash128          seed; /* of the kind */
  Block              blocks[BATCH];
  guint              n_blocks;
} Batch;

static void
clear_columns (HashColumns *columns)
{
  for (guint i = 0; i < columns->n; i++)
    g_free (columns->columns[i].texts);
  g_free (columns->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HashColumns, clear_columns)

static void
clear_batch (Batch *batch)
{
  for (guint i = 0; i < BATCH; i++)
    {
      g_clear_pointer (&batch->blocks[i].bytes, g_byte_array_unref);
      g_free (batch->blocks[i].offsets);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, clear_batch)

static inline guint64
fold (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static inline MqHash128
mix (MqHash128 seed, guint64 a, guint64 b)
{
  return (MqHash128){ fold (a ^ seed.low ^ MIX_1, b ^ MIX_2), fold (a ^ seed.high ^ MIX_3, b ^ MIX_4) };
}

static inline void
add_hash (MqHash128 *sum, MqHash128 hash)
{
  sum->low += hash.low;
  sum->high += hash.high;
}

static inline MqHash128
hash_number (MqHash128 seed, gint64 mantissa, int scale)
{
  while (scale > 0 && mantissa % 10 == 0)
    {
      mantissa /= 10;
      scale--;
    }
  return mix (seed, (guint64) mantissa, TAG_NUMBER + scale);
}

/* A text as a number column would write it: no zeros that could be left out, no sign but a minus. */
static gboolean
read_number (const char *text, gsize length, MqDecimal *number)
{
  const char *digits = text + (text[0] == '-');
  const char *point = memchr (text, '.', length);

  if (length == 0 || length > MAX_DIGITS || !mq_decimal_parse_plain (text, length, number))
    return FALSE;
  if (!g_ascii_isdigit (digits[0]) || (digits[0] == '0' && g_ascii_isdigit (digits[1])))
    return FALSE;
  if (point != NULL && (point == text + length - 1 || text[length - 1] == '0'))
    return FALSE;
  return number->mantissa != 0 || text[0] != '-';
}

static MqHash128
hash_text (MqHash128 seed, const char *text, gsize length)
{
  MqHash128 hash;
  MqDecimal number;

  if (read_number (text, length, &number))
    return hash_number (seed, number.mantissa, number.scale);
  hash = mq_hash128 (text, length);
  return mix (seed, hash.low, hash.high);
}

static inline MqHash128
hash_value (const HashColumn *column, gint64 value)
{
  switch (column->type)
    {
    case MQ_VALUE_TEXT:
      return column->texts[value];
    case MQ_VALUE_TIME:
      return mix (column->seed, (guint64) value, TAG_TIME);
    case MQ_VALUE_DAY:
      return mix (column->seed, (guint64) value, TAG_DAY);
    case MQ_VALUE_DECIMAL:
    case MQ_VALUE_MONEY:
      return hash_number (column->seed, value, column->scale);
    case MQ_VALUE_INTEGER:
    default:
      /* Exact to the second is what no precision column says, too. */
      if (column->is_precision && value == MQ_PRECISION_SECOND)
        return (MqHash128){ 0, 0 };
      return hash_number (column->seed, value, 0);
    }
}

/* Adds the hashes of n cells to the rows' sums; FALSE if a code is out of range. */
static gboolean
add_cells (const HashColumn *column, const gint64 *values, guint n, MqHash128 *rows)
{
  for (guint i = 0; i < n; i++)
    {
      if (values[i] == MQ_VALUE_MISSING)
        continue;
      if (column->texts != NULL && (guint64) values[i] >= column->n_texts)
        return FALSE;
      add_hash (&rows[i], hash_value (column, values[i]));
    }
  return TRUE;
}

static inline MqHash128
finish_row (MqHash128 seed, MqHash128 row)
{
  return mix (seed, row.low, row.high ^ (row.high >> 29));
}

static MqHash128
make_seed (MqKind kind, const char *name)
{
  g_autofree char *text = g_strconcat (mq_kind_name (kind), "\x1f", name, NULL);

  return mq_hash128 (text, strlen (text));
}

static gboolean
hash_dictionary (const MqStrings *strings, HashColumn *column, GError **error)
{
  column->n_texts = mq_strings_length (strings);
  column->texts = mq_dataset_alloc (column->n_texts, sizeof (MqHash128), error);
  if (column->texts == NULL)
    return FALSE;
  for (guint i = 0; i < column->n_texts; i++)
    column->texts[i] = hash_text (column->seed, mq_strings_get (strings, i), mq_strings_get_length (strings, i));
  return TRUE;
}

static gboolean
prepare_column (MqDb *db, const MqRunInfo *info, const MqRunColumn *from, HashColumn *to, GError **error)
{
  g_autofree char *base = mq_column_base_name (from->name);
  g_autoptr (MqStrings) strings = NULL;

  to->column = from;
  to->type = from->type;
  to->scale = from->scale;
  to->seed = make_seed (info->kind, from->name);
  to->is_precision = !g_str_equal (base, from->name) && mq_run_info_find (info, base) != NULL;
  if (from->type != MQ_VALUE_TEXT)
    return TRUE;
  strings = mq_run_read_strings (db, info, from, error);
  return strings != NULL && hash_dictionary (strings, to, error);
}

static gboolean
prepare_columns (MqDb *db, const MqRunInfo *info, HashColumns *columns, GError **error)
{
  columns->columns = g_new0 (HashColumn, info->columns->len);
  for (guint i = 0; i < info->columns->len; i++)
    {
      const MqRunColumn *column = g_ptr_array_index (info->columns, i);

      if (g_str_equal (column->name, MQ_COLUMN_LINE) || g_str_equal (column->name, MQ_COLUMN_IMPORT))
        continue;
      if (!prepare_column (db, info, column, &columns->columns[columns->n++], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
hash_block_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Batch                *batch = data;
  Block                *block = &batch->blocks[first];
  g_autofree MqHash128 *rows = g_new0 (MqHash128, block->n);
  g_autofree gint64    *values = g_new (gint64, block->n);

  if (!mq_run_check (run, error))
    return FALSE;
  for (guint i = 0; i < batch->columns->n; i++)
    {
      const HashColumn *column = &batch->columns->columns[i];

      if (!mq_chunk_decode (block->bytes->data + block->offsets[i], block->offsets[i + 1] - block->offsets[i], block->n, values, NULL) ||
          !add_cells (column, values, block->n, rows))
        {
          mq_run_set_damaged (batch->info, column->column, block->first, block->n, error);
          return FALSE;
        }
    }
  block->sum = (MqHash128){ 0, 0 };
  for (guint i = 0; i < block->n; i++)
    add_hash (&block->sum, finish_row (batch->seed, rows[i]));
  return TRUE;
}

static gboolean
read_block_column (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, gsize sequence, Block *block, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT data FROM chunk WHERE run = ? AND position = ? AND sequence = ?", error);
  gboolean      row = FALSE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int64 (statement, 2, column->position);
  sqlite3_bind_int64 (statement, 3, (gint64) sequence);
  if (!mq_db_step (db, statement, &row, error))
    return FALSE;
  if (row)
    g_byte_array_append (block->bytes, sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  else
    mq_run_set_damaged (info, column, block->first, block->n, error);
  sqlite3_reset (statement);
  return row;
}

static gboolean
read_block (MqDb *db, Batch *batch, gsize sequence, GError **error)
{
  Block *block = &batch->blocks[batch->n_blocks++];

  block->first = sequence * MQ_CHUNK_ROWS;
  block->n = (guint) MIN (MQ_CHUNK_ROWS, batch->info->n_rows - block->first);
  if (block->bytes == NULL)
    block->bytes = g_byte_array_new ();
  if (block->offsets == NULL)
    block->offsets = g_new0 (gsize, batch->columns->n + 1);
  g_byte_array_set_size (block->bytes, 0);
  for (guint i = 0; i < batch->columns->n; i++)
    {
      if (!read_block_column (db, batch->info, batch->columns->columns[i].column, sequence, block, error))
        return FALSE;
      block->offsets[i + 1] = block->bytes->len;
    }
  return TRUE;
}

static gboolean
hash_run (MqDb *db, const MqRunInfo *info, MqHash128 *sum, const MqRun *run, GError **error)
{
  g_auto (HashColumns) columns = { 0 };
  g_auto (Batch) batch = { .info = info, .columns = &columns, .seed = make_seed (info->kind, "") };

  if (!prepare_columns (db, info, &columns, error))
    return FALSE;
  for (gsize sequence = 0; sequence * MQ_CHUNK_ROWS < info->n_rows;)
    {
      batch.n_blocks = 0;
      while (batch.n_blocks < BATCH && sequence * MQ_CHUNK_ROWS < info->n_rows)
        if (!read_block (db, &batch, sequence++, error))
          return FALSE;
      if (!mq_run_parallel (run, batch.n_blocks, 1, hash_block_cb, &batch, error))
        return FALSE;
      for (guint i = 0; i < batch.n_blocks; i++)
        add_hash (sum, batch.blocks[i].sum);
    }
  return TRUE;
}

/* The cells' hashes of one column over all stored rows, inherited ones included, added to the rows' sums. */
static gboolean
add_stored_column (MqDataset *self, MqDb *db, MqKind kind, const char *name, MqHash128 *cells, MqHash128 *rows, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  gsize                n = layout->bases[layout->n_runs];

  memset (cells, 0, n * sizeof *cells);
  for (guint i = 0; i < layout->n_runs; i++)
    {
      const MqRunInfo   *info = layout->runs[i];
      const MqRunColumn *column = mq_run_info_find (info, name);
      HashColumns        one = { 1, g_new0 (HashColumn, 1) };
      g_autofree gint64 *values = NULL;
      gboolean           ok;

      if (column != NULL)
        values = mq_dataset_alloc (info->n_rows, sizeof *values, error);
      ok = column == NULL || (values != NULL && prepare_column (db, info, column, one.columns, error) && mq_run_read_values (db, info, column, values, run, error));
      if (ok && column != NULL && !add_cells (one.columns, values, (guint) info->n_rows, cells + layout->bases[i]))
        {
          mq_run_set_damaged (info, column, 0, (guint) info->n_rows, error);
          ok = FALSE;
        }
      clear_columns (&one);
      if (!ok)
        return FALSE;
    }
  if (!mq_dataset_inherit (self, kind, name, cells, sizeof *cells, run, error))
    return FALSE;
  for (gsize row = 0; row < n; row++)
    add_hash (&rows[row], cells[row]);
  return TRUE;
}

/* The names that count of all runs of a kind. */
static GPtrArray *
list_names (const MqDatasetKind *layout)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < layout->n_runs; i++)
    for (guint j = 0; j < layout->runs[i]->columns->len; j++)
      {
        char *name = ((MqRunColumn *) g_ptr_array_index (layout->runs[i]->columns, j))->name;

        if (!g_str_equal (name, MQ_COLUMN_LINE) && !g_str_equal (name, MQ_COLUMN_IMPORT) && g_hash_table_add (seen, name))
          g_ptr_array_add (names, name);
      }
  return names;
}

/* A kind of which rows are replaced: whole columns, for what a row inherits may be anywhere. */
static gboolean
hash_updated_kind (MqDataset *self, MqDb *db, MqKind kind, MqHash128 *sum, const MqRun *run, GError **error)
{
  const MqDatasetKind  *layout = &self->kinds[kind];
  gsize                 n = layout->bases[layout->n_runs];
  g_autofree MqHash128 *cells = mq_dataset_alloc (n, sizeof *cells, error);
  g_autofree MqHash128 *rows = cells != NULL ? mq_dataset_alloc0 (n, sizeof *rows, error) : NULL;
  g_autoptr (GPtrArray) names = list_names (layout);
  const MqHash128 seed = make_seed (kind, "");
  const guint8   *replaced;

  if (rows == NULL || !mq_dataset_replaced_rows (self, kind, &replaced, run, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!add_stored_column (self, db, kind, names->pdata[i], cells, rows, run, error))
      return FALSE;
  for (gsize row = 0; row < n; row++)
    if (replaced[row] == 0)
      add_hash (sum, finish_row (seed, rows[row]));
  return TRUE;
}

/* The record keys that customers records carry, each once: who is there and which keys belong together. */
static gboolean
hash_customer_keys (MqDataset *self, const MqPersons *persons, MqHash128 *sum, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[MQ_KIND_CUSTOMERS];
  guint                n = mq_strings_length (persons->keys);
  g_autofree guint8   *used = mq_dataset_alloc0 (n, 1, error);
  const MqHash128      seed = make_seed (MQ_KIND_CUSTOMERS, MQ_COLUMN_KEY);

  if (used == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    {
      const guint32 *remap = persons->remaps[MQ_KIND_CUSTOMERS][i];
      guint          n_keys = mq_run_info_find (layout->runs[i], MQ_COLUMN_KEY)->n_strings;

      for (guint code = 0; code < n_keys; code++)
        if (remap == NULL || remap[code] != MQ_CODE_MISSING)
          used[remap != NULL ? remap[code] : code] = 1;
    }
  for (guint i = 0; i < n; i++)
    if (used[i] != 0)
      add_hash (sum, hash_text (seed, mq_strings_get (persons->keys, i), mq_strings_get_length (persons->keys, i)));
  return TRUE;
}

static gboolean
add_attribute (MqDataset *self, const char *name, MqHash128 *rows, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *base = mq_column_base_name (name);
  const MqColumn  *column = mq_dataset_attribute (self, name, run, &local);
  HashColumn       hash = { .seed = make_seed (MQ_KIND_CUSTOMERS, name) };

  if (column == NULL)
    {
      gboolean absent = local == NULL;

      if (!absent)
        g_propagate_error (error, g_steal_pointer (&local));
      return absent;
    }
  hash.type = column->type;
  hash.scale = column->scale;
  hash.is_precision = !g_str_equal (base, name);
  if (column->type == MQ_VALUE_TEXT && !hash_dictionary (column->strings, &hash, error))
    return FALSE;
  for (gsize i = 0; i < column->n; i++)
    if (column->codes != NULL && column->codes[i] != MQ_CODE_MISSING)
      add_hash (&rows[i], hash.texts[column->codes[i]]);
    else if (column->codes == NULL && column->values[i] != MQ_VALUE_MISSING)
      add_hash (&rows[i], hash_value (&hash, column->values[i]));
  g_free (hash.texts);
  return TRUE;
}

/* Customers records are assertions: what counts is what they come to, so that the same file twice is the same data. */
static gboolean
hash_customers (MqDataset *self, MqHash128 *sum, const MqRun *run, GError **error)
{
  const MqPersons *persons = mq_dataset_persons (self, run, error);
  g_autoptr (GPtrArray) names = list_names (&self->kinds[MQ_KIND_CUSTOMERS]);
  g_autofree MqHash128 *rows = persons != NULL ? mq_dataset_alloc0 (persons->n_persons, sizeof *rows, error) : NULL;
  const MqHash128       seed = make_seed (MQ_KIND_CUSTOMERS, "");
  const MqStrings      *labels;

  if (rows == NULL || !mq_dataset_load_labels (self, run, error) || !hash_customer_keys (self, persons, sum, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (*(const char *) names->pdata[i] != '#' && !add_attribute (self, names->pdata[i], rows, run, error))
      return FALSE;
  labels = mq_dataset_labels (self);
  for (guint i = 0; i < persons->n_persons; i++)
    {
      if (rows[i].low == 0 && rows[i].high == 0)
        continue;
      add_hash (&rows[i], hash_text (seed, mq_strings_get (labels, i), mq_strings_get_length (labels, i)));
      add_hash (sum, finish_row (seed, rows[i]));
    }
  return TRUE;
}

static gboolean
hash_kind (MqDataset *self, MqDb *db, MqKind kind, MqHash128 *sum, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];

  if (kind == MQ_KIND_CUSTOMERS && layout->n_runs > 0)
    return hash_customers (self, sum, run, error);
  if (layout->masks->len > 0)
    return hash_updated_kind (self, db, kind, sum, run, error);
  for (guint i = 0; i < layout->n_runs; i++)
    if (!hash_run (db, layout->runs[i], sum, run, error))
      return FALSE;
  return TRUE;
}

static gboolean
make_hash_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  g_autoptr (MqDb) db = mq_dataset_connect (self, error);
  MqHash128 sum = { 0, 0 };

  if (db == NULL)
    return FALSE;
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (!hash_kind (self, db, kind, &sum, run, error))
      return FALSE;
  *value = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", sum.high, sum.low);
  return TRUE;
}

const char *
mq_dataset_hash (MqDataset *self, const MqRun *run, GError **error)
{
  gpointer hash;

  if (self->hash != NULL)
    return self->hash;
  return mq_dataset_slot (self, "hash", make_hash_cb, NULL, g_free, &hash, run, error) ? hash : NULL;
}

gboolean
mq_project_keep_hash (MqProject *self, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_project_load (self, run, error);
  const char      *hash = dataset != NULL ? mq_dataset_hash (dataset, run, error) : NULL;
  g_autofree char *value = NULL;

  if (hash == NULL || dataset->hash != NULL)
    return hash != NULL;
  value = g_strdup_printf (MQ_HASH_VERSION " %" G_GINT64_FORMAT " %s", dataset->revision, hash);
  return mq_project_set_value (self, MQ_HASH_VALUE, value, error);
}
