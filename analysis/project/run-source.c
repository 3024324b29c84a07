/* run-source.c: columns of stored and staged runs, and the canonical hash of a value. */

#include "config.h"

#include "project/run-source.h"

#include "base/table.h"

#include <errno.h>
#include <string.h>

#define TAG_NUMBER G_GUINT64_CONSTANT (0x2d358dccaa6c78a5)
#define TAG_TIME G_GUINT64_CONSTANT (0x8bb84b93962eacc9)
#define TAG_DAY G_GUINT64_CONSTANT (0x4b33a62ed433d4a3)
#define ODD G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define GRAIN 65536
#define MAX_DIGITS 18

typedef struct
{
  MqValueType type;
  int         scale;
} ColumnShape;

typedef struct
{
  ColumnShape      shape;
  const gint64    *values;  /* (borrowed): codes of a text column */
  const MqHash128 *strings; /* (borrowed) (nullable) */
  guint            n_strings;
  MqHash128       *hashes; /* (borrowed) */
} HashWork;

static inline guint64
fold (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static inline MqHash128
hash_value (guint64 value, guint64 tag)
{
  return (MqHash128){ fold (value ^ tag, tag ^ ODD) + 1, fold (value + ODD, ODD ^ (tag << 1)) };
}

static inline MqHash128
hash_number (gint64 mantissa, int scale)
{
  while (scale > 0 && mantissa % 10 == 0)
    {
      mantissa /= 10;
      scale--;
    }
  return hash_value (mantissa, TAG_NUMBER + (guint64) scale * 2);
}

/* TRUE if the text is how a number is written plainly: no sign but -, no needless zero. */
static gboolean
parse_canonical (const char *text, gsize length, gint64 *mantissa, int *scale)
{
  gboolean negative = length > 0 && *text == '-';
  gsize    at = negative;
  gsize    start = at;
  gsize    point = 0;

  *mantissa = 0;
  for (; at < length; at++)
    if (text[at] == '.' && point == 0 && at > start)
      point = at;
    else if (g_ascii_isdigit (text[at]))
      *mantissa = *mantissa * 10 + (text[at] - '0');
    else
      return FALSE;
  *scale = point > 0 ? (int) (length - point) - 1 : 0;
  if (length == start || (point > 0 && (*scale == 0 || text[length - 1] == '0')))
    return FALSE;
  if (text[start] == '0' && length > start + 1 && text[start + 1] != '.')
    return FALSE;
  if (negative)
    *mantissa = -*mantissa;
  return !(negative && *mantissa == 0);
}

static MqHash128
hash_text (const char *text, gsize length)
{
  gint64    mantissa;
  int       scale;
  MqHash128 hash;

  if (length <= MAX_DIGITS && parse_canonical (text, length, &mantissa, &scale))
    return hash_number (mantissa, scale);
  hash = mq_hash128 (text, length);
  hash.low |= hash.low == 0 && hash.high == 0;
  return hash;
}

static MqHash128
hash_one (const HashWork *work, gint64 value)
{
  if (value == MQ_VALUE_MISSING)
    return (MqHash128){ 0, 0 };
  switch (work->shape.type)
    {
    case MQ_VALUE_TEXT:
      return work->strings[value];
    case MQ_VALUE_TIME:
      return hash_value (value, TAG_TIME);
    case MQ_VALUE_DAY:
      return hash_value (value, TAG_DAY);
    case MQ_VALUE_INTEGER:
    case MQ_VALUE_DECIMAL:
    case MQ_VALUE_MONEY:
    default:
      return hash_number (value, work->shape.scale);
    }
}

static gboolean
hash_rows_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const HashWork *work = data;

  for (gsize i = first; i < last; i++)
    work->hashes[i] = hash_one (work, work->values[i]);
  return TRUE;
}

static const MqStagedColumn *
find_staged (const MqStagedRun *staged, const char *name)
{
  for (guint i = 0; i < staged->columns->len; i++)
    {
      const MqStagedColumn *column = g_ptr_array_index (staged->columns, i);

      if (strcmp (column->name, name) == 0)
        return column;
    }
  return NULL;
}

static ColumnShape
find_shape (const MqRunSource *self, const char *name)
{
  if (self->staged != NULL)
    {
      const MqStagedColumn *column = find_staged (self->staged, name);

      return (ColumnShape){ column->type, column->scale };
    }
  else
    {
      const MqRunColumn *column = mq_run_info_find (self->info, name);

      return (ColumnShape){ column->type, column->type == MQ_VALUE_INTEGER ? 0 : column->scale };
    }
}

static gboolean
read_staged_values (const MqStagedRun *staged, const MqStagedColumn *column, gint64 *values, const MqRun *run, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  gsize start = 0;

  for (guint i = 0; i < column->chunks->len; i++)
    {
      const MqStagedChunk *chunk = &g_array_index (column->chunks, MqStagedChunk, i);
      const guint8        *data = mq_run_check (run, error) ? mq_spill_get (staged->spill, chunk->piece, buffer, error) : NULL;

      if (data == NULL || !mq_chunk_decode (data, chunk->piece.length, chunk->statistics.n_rows, values + start, error))
        return FALSE;
      start += chunk->statistics.n_rows;
    }
  return TRUE;
}

static gpointer
allocate (gsize n, gsize size, GError **error)
{
  gpointer memory = g_try_malloc_n (n + 1, size);

  if (memory == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
  return memory;
}

static gboolean
read_stored_values (const MqRunSource *self, const MqRunColumn *column, gint64 *values, const MqRun *run, GError **error)
{
  g_autofree guint32 *codes = NULL;

  if (column->type != MQ_VALUE_TEXT)
    return mq_run_read_values (self->db, self->info, column, values, run, error);
  /* Codes are checked against the dictionary. */
  codes = allocate (self->n_rows, sizeof *codes, error);
  if (codes == NULL || !mq_run_read_codes (self->db, self->info, column, codes, run, error))
    return FALSE;
  for (gsize i = 0; i < self->n_rows; i++)
    values[i] = codes[i] == MQ_CODE_MISSING ? MQ_VALUE_MISSING : codes[i];
  return TRUE;
}

MqRunSource
mq_run_source_stored (MqDb *db, const MqRunInfo *info)
{
  return (MqRunSource){ .db = db, .info = info, .n_rows = info->n_rows };
}

MqRunSource
mq_run_source_staged (const MqStagedRun *staged)
{
  return (MqRunSource){ .staged = staged, .n_rows = staged->n_rows };
}

MqHash128
mq_run_source_hash_integer (gint64 value)
{
  return hash_number (value, 0);
}

MqHash128
mq_run_source_hash_text (const char *text, gsize length)
{
  return hash_text (text, length);
}

gboolean
mq_run_source_has (const MqRunSource *self, const char *name)
{
  return self->staged != NULL ? find_staged (self->staged, name) != NULL : mq_run_info_find (self->info, name) != NULL;
}

gboolean
mq_run_source_find (const MqRunSource *self, const char *name, MqValueType *type, int *scale)
{
  ColumnShape shape;

  if (!mq_run_source_has (self, name))
    return FALSE;
  shape = find_shape (self, name);
  *type = shape.type;
  *scale = shape.scale;
  return TRUE;
}

void
mq_run_source_add_names (const MqRunSource *self, GHashTable *names)
{
  const GPtrArray *columns = self->staged != NULL ? self->staged->columns : self->info->columns;

  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = self->staged != NULL ? ((MqStagedColumn *) columns->pdata[i])->name : ((MqRunColumn *) columns->pdata[i])->name;

      if (strcmp (name, MQ_COLUMN_LINE) != 0 && strcmp (name, MQ_COLUMN_IMPORT) != 0)
        g_hash_table_add (names, g_strdup (name));
    }
}

gboolean
mq_run_source_range (const MqRunSource *self, const char *name, gint64 *first, gint64 *last)
{
  const MqRunColumn    *column = self->info != NULL ? mq_run_info_find (self->info, name) : NULL;
  const MqStagedColumn *staged = self->staged != NULL ? find_staged (self->staged, name) : NULL;

  *first = column != NULL ? column->minimum : G_MAXINT64;
  *last = column != NULL ? column->maximum : G_MININT64;
  if (staged == NULL)
    return column != NULL && column->missing == 0;
  for (guint i = 0; i < staged->chunks->len; i++)
    {
      const MqChunkStatistics *statistics = &g_array_index (staged->chunks, MqStagedChunk, i).statistics;

      if (statistics->n_missing > 0)
        return FALSE;
      *first = MIN (*first, statistics->minimum);
      *last = MAX (*last, statistics->maximum);
    }
  return TRUE;
}

/* A stored run may lack what every run has, where the file is damaged. */
static const MqRunColumn *
find_stored (const MqRunSource *self, const char *name, GError **error)
{
  const MqRunColumn *column = mq_run_info_find (self->info, name);

  if (column == NULL)
    mq_run_set_lacking (self->info, name, error);
  return column;
}

gint64 *
mq_run_source_values (const MqRunSource *self, const char *name, const MqRun *run, GError **error)
{
  const MqRunColumn *column = self->staged == NULL ? find_stored (self, name, error) : NULL;
  g_autofree gint64 *values = NULL;
  gboolean           good;

  if (self->staged == NULL && column == NULL)
    return NULL;
  values = allocate (self->n_rows, sizeof *values, error);
  if (values == NULL)
    return NULL;
  if (self->staged != NULL)
    good = read_staged_values (self->staged, find_staged (self->staged, name), values, run, error);
  else
    good = read_stored_values (self, column, values, run, error);
  return good ? g_steal_pointer (&values) : NULL;
}

MqStrings *
mq_run_source_strings (const MqRunSource *self, const char *name, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  const MqStagedColumn *column;
  const guint8         *data;

  if (self->staged == NULL)
    {
      const MqRunColumn *stored = find_stored (self, name, error);

      return stored != NULL ? mq_run_read_strings (self->db, self->info, stored, error) : NULL;
    }
  column = find_staged (self->staged, name);
  data = mq_spill_get (self->staged->spill, column->dictionary, buffer, error);
  return data != NULL ? mq_strings_decode (data, column->dictionary.length, error) : NULL;
}

MqHash128 *
mq_run_source_hashes (const MqRunSource *self, const char *name, const MqRun *run, GError **error)
{
  g_autofree gint64    *values = mq_run_source_values (self, name, run, error);
  g_autofree MqHash128 *hashes = values != NULL ? allocate (self->n_rows, sizeof *hashes, error) : NULL;
  g_autofree MqHash128 *string_hashes = NULL;
  HashWork              work = { 0 };

  if (hashes == NULL)
    return NULL;
  work.shape = find_shape (self, name);
  if (work.shape.type == MQ_VALUE_TEXT)
    {
      g_autoptr (MqStrings) strings = mq_run_source_strings (self, name, error);

      if (strings == NULL)
        return NULL;
      string_hashes = g_new (MqHash128, (gsize) mq_strings_length (strings) + 1);
      for (guint i = 0; i < mq_strings_length (strings); i++)
        string_hashes[i] = hash_text (mq_strings_get (strings, i), mq_strings_get_length (strings, i));
    }
  work.values = values;
  work.strings = string_hashes;
  work.hashes = hashes;
  return mq_run_parallel (run, self->n_rows, GRAIN, hash_rows_cb, &work, error) ? g_steal_pointer (&hashes) : NULL;
}
