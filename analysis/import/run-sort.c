/* run-sort.c: a counting sort by the rank of the record key, then small sorts by time inside a key; rows come in line
 * order and both sorts are stable, so equal times stay in line order. Keys and times come sorted out of that; the other columns are moved a word's worth
 * at a time. */

#include "config.h"

#include "import/run-sort.h"

#include "base/big-memory.h"
#include "base/room.h"
#include "import/column-group.h"
#include "project/chunk.h"
#include "project/record-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK 4096
#define KEYS_A_SLICE 16384

typedef struct
{
  const MqRowPlan    *plan;
  MqRunState         *state;
  GPtrArray          *blocks; /* (borrowed) */
  MqRowReader *const *readers;
  guint               n_readers;
  const MqRun        *run;
  gsize               n_rows;
  guint32            *rows;   /* (owned) sorted */
  guint32            *starts; /* (owned) where each key's rows begin, and their number */
} Sort;

typedef struct
{
  gint64  time;
  guint32 row;
} TimedRow;

typedef struct
{
  const MqPacked *times;
  const guint32  *starts;
  guint32        *rows;
  MqPacked       *sorted; /* the times in sorted order */
} TimeSort;

typedef struct
{
  const guint32 *starts;
  guint          key;
} KeyFill;

/* A group with what is known of its columns while it is written. */
typedef struct
{
  MqColumnGroup group;
  int           indexes[MQ_GROUP_COLUMNS];  /* in the run writer */
  MqStrings    *statuses[MQ_GROUP_COLUMNS]; /* (owned) (nullable) of the column "status" of orders */
} Group;

static void
free_remaps (guint32 **remaps, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (remaps[i]);
  g_free (remaps);
}

static MqStrings *
merge_texts (const Sort *self, guint target, guint32 ***remaps, GError **error)
{
  g_autofree MqDictionary **dictionaries = g_new0 (MqDictionary *, self->n_readers);
  MqStrings                *strings;

  *remaps = g_new0 (guint32 *, self->n_readers);
  for (guint i = 0; i < self->n_readers; i++)
    dictionaries[i] = mq_row_reader_dictionary (self->readers[i], target);
  strings = mq_dictionary_merge (dictionaries, self->n_readers, *remaps);
  if (strings == NULL)
    mq_fail_memory (error);
  return strings;
}

/* Their texts are merged and their codes mapped. */
static void
drop_dictionaries (const Sort *self, guint target)
{
  for (guint i = 0; i < self->n_readers; i++)
    mq_row_reader_drop_dictionary (self->readers[i], target);
}

/* Range over the blocks; a column without any value has base MQ_VALUE_MISSING. */
static void
find_range (const Sort *self, guint target, gint64 *base, gint64 *last, gint64 *divisor, gboolean *missing)
{
  *base = G_MAXINT64;
  *last = G_MININT64;
  *divisor = G_MAXINT64;
  *missing = FALSE;
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const MqStagedBlock *block = g_ptr_array_index (self->blocks, i);
      const MqPacked      *column = &block->columns[target];

      *missing |= column->width != 0 || column->base == MQ_VALUE_MISSING;
      if (column->base == MQ_VALUE_MISSING)
        continue;
      *base = MIN (*base, column->base);
      *last = MAX (*last, column->last);
      *divisor = MIN (*divisor, column->divisor);
    }
  if (*base > *last)
    *base = *last = MQ_VALUE_MISSING;
  if (*divisor == G_MAXINT64)
    *divisor = 1;
}

static void
remap_values (gint64 *values, gsize n, const guint32 *remap)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean missing = values[i] == MQ_VALUE_MISSING;
      guint32  code = remap[missing ? 0 : values[i]];

      values[i] = missing ? MQ_VALUE_MISSING : (gint64) code;
    }
}

static gboolean
flatten (const Sort *self, guint target, guint32 *const *remaps, guint n_strings, MqPacked *flat, GError **error)
{
  gint64   values[CHUNK];
  gint64   base, last, divisor;
  gboolean missing;
  gsize    at = 0;

  find_range (self, target, &base, &last, &divisor, &missing);
  if (remaps != NULL && base != MQ_VALUE_MISSING)
    {
      base = 0;
      last = MAX (n_strings, 1) - 1;
    }
  if (!mq_packed_init_range (flat, self->n_rows, base, last, divisor, missing))
    return mq_fail_memory (error);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      MqStagedBlock *block = g_ptr_array_index (self->blocks, i);

      if (!mq_run_check (self->run, error))
        return FALSE;
      for (gsize start = 0; start < block->n_rows; start += CHUNK)
        {
          gsize n = MIN (CHUNK, block->n_rows - start);

          mq_packed_read (&block->columns[target], start, values, n);
          if (remaps != NULL)
            remap_values (values, n, remaps[block->reader]);
          mq_packed_write (flat, at, values, n);
          at += n;
        }
      mq_packed_clear (&block->columns[target]);
    }
  return TRUE;
}

/* The raw key cells of one combination as a record key; "" for none that identifies anybody. */
static void
make_record_key (const Sort *self, const char *raw, gsize length, GString *key)
{
  const GArray *keys = self->plan->keys;
  const char   *end = raw + length;

  g_string_truncate (key, 0);
  if (length > 0 && raw[0] == MQ_RAW_CONTACT)
    {
      mq_record_key_append (key, "contact", raw + 1, length - 1);
      return;
    }
  for (guint i = 0; i < keys->len; i++)
    {
      const char *stop = keys->len > 1 ? memchr (raw, MQ_RAW_SEPARATOR, end - raw) : NULL;

      if (stop == NULL)
        stop = end;
      if (stop > raw)
        mq_record_key_append (key, g_array_index (keys, MqRowOp, i).use->name + strlen ("key."), raw, stop - raw);
      raw = stop < end ? stop + 1 : end;
    }
}

/* With one kind of key the record keys mostly come out in order, for the raw cells are: then they need no sorting. NULL: they do
 * not, or there is no memory. */
static MqStrings *
make_sorted_keys (const Sort *self, const MqStrings *raws, guint32 *ranks)
{
  g_autoptr (MqStringsBuilder) builder = mq_strings_builder_new ();
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) last = g_string_new (NULL);

  for (guint i = 0; i < mq_strings_length (raws); i++)
    {
      make_record_key (self, mq_strings_get (raws, i), mq_strings_get_length (raws, i), key);
      if (i > 0 && mq_bytes_compare (last->str, last->len, key->str, key->len) >= 0)
        return NULL;
      if (!mq_strings_builder_try_add (builder, key->str, key->len))
        return NULL;
      ranks[i] = i;
      g_string_truncate (last, 0);
      g_string_append_len (last, key->str, key->len);
    }
  return mq_strings_builder_finish (g_steal_pointer (&builder));
}

/* The same of keys in any order. */
static MqStrings *
sort_record_keys (const Sort *self, const MqStrings *raws, guint32 *ranks)
{
  g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree guint32 *remap = NULL;
  guint               n = mq_strings_length (raws);
  MqStrings          *keys;

  for (guint i = 0; i < n; i++)
    {
      make_record_key (self, mq_strings_get (raws, i), mq_strings_get_length (raws, i), key);
      ranks[i] = mq_dictionary_add (dictionary, key->str, key->len);
    }
  keys = mq_dictionary_merge (&dictionary, 1, &remap);
  for (guint i = 0; i < n && keys != NULL; i++)
    ranks[i] = remap[ranks[i]];
  return keys;
}

/* NULL with error. */
static MqStrings *
make_record_keys (const Sort *self, const MqStrings *raws, guint32 **ranks, GError **error)
{
  g_autofree guint32 *codes = g_try_new (guint32, MAX (mq_strings_length (raws), 1));
  MqStrings          *keys = codes != NULL ? make_sorted_keys (self, raws, codes) : NULL;

  if (keys == NULL && codes != NULL)
    keys = sort_record_keys (self, raws, codes);
  if (keys == NULL)
    mq_fail_memory (error);
  *ranks = g_steal_pointer (&codes);
  return keys;
}

/* Wholly equal rows without a key are contacts of their own: the second of a kind gets " 2" behind its hash. */
static guint32
name_contact (const Sort *self, MqDictionary *raws, const char *text, gsize length)
{
  MqRunState      *state = self->state;
  guint32          code = mq_dictionary_add (state->contacts, text, length);
  g_autofree char *name = NULL;

  state->failed |= !mq_make_room (&state->contact_counts, &state->contact_room, (gsize) code + 1, sizeof *state->contact_counts);
  if (state->failed)
    return 0;
  if (code == state->n_contacts)
    state->contact_counts[state->n_contacts++] = 0;
  if (++state->contact_counts[code] == 1)
    return mq_dictionary_add (raws, text, length);
  name = g_strdup_printf ("%.*s %u", (int) length, text, state->contact_counts[code]);
  return mq_dictionary_add (raws, name, strlen (name));
}

static gboolean
name_contacts_of (const Sort *self, MqStagedBlock *block, MqDictionary *raws)
{
  MqDictionary      *own = mq_row_reader_dictionary (self->readers[block->reader], MQ_TARGET_KEY);
  g_autofree gint64 *codes = g_try_new (gint64, block->n_rows);

  if (codes == NULL)
    return FALSE;
  mq_packed_read (&block->columns[MQ_TARGET_KEY], 0, codes, block->n_rows);
  for (guint i = 0; i < block->n_rows; i++)
    {
      gsize       length;
      const char *text = mq_dictionary_get (own, codes[i], &length);

      if (length > 0 && text[0] == MQ_RAW_CONTACT)
        codes[i] = name_contact (self, raws, text, length);
      else
        codes[i] = mq_dictionary_add (raws, text, length);
    }
  mq_packed_clear (&block->columns[MQ_TARGET_KEY]);
  return mq_packed_init (&block->columns[MQ_TARGET_KEY], codes, block->n_rows, FALSE, NULL);
}

/* With contacts all keys go through one dictionary, in the order of the file; so all readers have its remap. */
static MqStrings *
merge_contacts (const Sort *self, guint32 ***remaps, GError **error)
{
  g_autoptr (MqDictionary) raws = mq_dictionary_new ();
  g_autofree guint32 *remap = NULL;
  MqStrings          *strings = NULL;
  gboolean            ok = TRUE;

  *remaps = g_new0 (guint32 *, self->n_readers);
  for (guint i = 0; i < self->blocks->len && ok; i++)
    ok = name_contacts_of (self, g_ptr_array_index (self->blocks, i), raws);
  if (ok && !self->state->failed && mq_dictionary_is_whole (self->state->contacts))
    strings = mq_dictionary_merge (&raws, 1, &remap);
  for (guint i = 0; i < self->n_readers && strings != NULL; i++)
    {
      (*remaps)[i] = g_try_new (guint32, MAX (mq_strings_length (strings), 1));
      if ((*remaps)[i] == NULL)
        g_clear_pointer (&strings, mq_strings_unref);
      else
        memcpy ((*remaps)[i], remap, mq_strings_length (strings) * sizeof *remap);
    }
  if (strings == NULL)
    mq_fail_memory (error);
  return strings;
}

/* The column "#key" as ranks into the sorted record keys. */
static MqStrings *
flatten_keys (const Sort *self, MqPacked *flat, GError **error)
{
  g_autoptr (MqStrings) raws = NULL;
  g_autoptr (MqStrings) keys = NULL;
  g_autofree guint32 *ranks = NULL;
  guint32           **remaps = NULL;
  gboolean            ok;

  raws = self->state->kind == MQ_KIND_CUSTOMERS ? merge_contacts (self, &remaps, error) : merge_texts (self, MQ_TARGET_KEY, &remaps, error);
  keys = raws != NULL ? make_record_keys (self, raws, &ranks, error) : NULL;
  for (guint i = 0; i < self->n_readers && keys != NULL; i++)
    {
      guint n = self->state->kind == MQ_KIND_CUSTOMERS ? mq_strings_length (raws) : mq_dictionary_length (mq_row_reader_dictionary (self->readers[i], MQ_TARGET_KEY));

      for (guint code = 0; code < n; code++)
        remaps[i][code] = ranks[remaps[i][code]];
    }
  drop_dictionaries (self, MQ_TARGET_KEY);
  ok = keys != NULL && flatten (self, MQ_TARGET_KEY, remaps, mq_strings_length (keys), flat, error);
  free_remaps (remaps, self->n_readers);
  return ok ? g_steal_pointer (&keys) : NULL;
}

static guint32 *
count_keys (const Sort *self, const MqPacked *keys, guint n_keys)
{
  gint64   values[CHUNK];
  guint32 *starts = g_try_new0 (guint32, (gsize) n_keys + 2);

  if (starts == NULL)
    return NULL;
  for (gsize start = 0; start < self->n_rows; start += CHUNK)
    {
      gsize n = MIN (CHUNK, self->n_rows - start);

      mq_packed_read (keys, start, values, n);
      for (gsize i = 0; i < n; i++)
        starts[values[i] + 2]++;
    }
  for (guint i = 2; i < n_keys + 2; i++)
    starts[i] += starts[i - 1];
  return starts;
}

/* Afterwards starts[k] is where key k begins. */
static void
place_rows (const Sort *self, const MqPacked *keys, guint32 *starts)
{
  gint64 values[CHUNK];

  for (gsize start = 0; start < self->n_rows; start += CHUNK)
    {
      gsize n = MIN (CHUNK, self->n_rows - start);

      mq_packed_read (keys, start, values, n);
      for (gsize i = 0; i < n; i++)
        self->rows[starts[values[i] + 1]++] = start + i;
    }
}

static int
compare_timed_cb (gconstpointer a, gconstpointer b)
{
  const TimedRow *x = a;
  const TimedRow *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static void
insert_sorted (TimedRow *items, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      TimedRow item = items[i];
      gsize    k = i;

      for (; k > 0 && compare_timed_cb (&items[k - 1], &item) > 0; k--)
        items[k] = items[k - 1];
      items[k] = item;
    }
}

static gboolean
is_sorted (const TimedRow *items, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (items[i - 1].time > items[i].time)
      return FALSE;
  return TRUE;
}

static void
sort_items (TimedRow *items, gsize n)
{
  if (is_sorted (items, n))
    return;
  if (n <= 32)
    insert_sorted (items, n);
  else
    qsort (items, n, sizeof *items, compare_timed_cb);
}

/* FALSE: there is no memory. */
static gboolean
sort_group (const TimeSort *sort, gsize first, gsize n, TimedRow **items, gint64 **times, gsize *room)
{
  gsize     items_room = *room;
  TimedRow *item;
  gint64   *time;

  if (!mq_make_room (items, &items_room, n, sizeof **items) || !mq_make_room (times, room, n, sizeof **times))
    return FALSE;
  item = *items;
  time = *times;
  mq_packed_gather (sort->times, sort->rows + first, n, time);
  for (gsize i = 0; i < n; i++)
    item[i] = (TimedRow){ time[i], sort->rows[first + i] };
  sort_items (item, n);
  for (gsize i = 0; i < n; i++)
    {
      sort->rows[first + i] = item[i].row;
      time[i] = item[i].time;
    }
  mq_packed_write (sort->sorted, first, time, n);
  return TRUE;
}

static gboolean
sort_times_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const TimeSort      *sort = data;
  g_autofree TimedRow *items = NULL;
  g_autofree gint64   *times = NULL;
  gsize                room = 0;

  for (gsize key = first; key < last; key++)
    if (!sort_group (sort, sort->starts[key], sort->starts[key + 1] - sort->starts[key], &items, &times, &room))
      return mq_fail_memory (error);
  return TRUE;
}

/* keys are freed, times become sorted. */
static gboolean
sort_rows (Sort *self, MqPacked *keys, guint n_keys, MqPacked *times, GError **error)
{
  MqPacked sorted;
  TimeSort sort = { times, NULL, NULL, &sorted };
  gboolean ok;

  self->starts = count_keys (self, keys, n_keys);
  self->rows = mq_big_try_alloc (self->n_rows * sizeof (guint32));
  if (self->starts == NULL || self->rows == NULL)
    return mq_fail_memory (error);
  place_rows (self, keys, self->starts);
  mq_packed_clear (keys);
  if (times == NULL)
    return mq_run_check (self->run, error);
  sort.starts = self->starts;
  sort.rows = self->rows;
  if (!mq_packed_init_like (&sorted, times))
    return mq_fail_memory (error);
  ok = mq_run_parallel (self->run, n_keys, KEYS_A_SLICE, sort_times_cb, &sort, error);
  mq_packed_clear (times);
  *times = sorted;
  return ok;
}

static void
fill_keys_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  KeyFill *fill = data;

  for (gsize row = start; row < start + n; row++)
    {
      while (fill->starts[fill->key + 1] <= row)
        fill->key++;
      out[row - start] = fill->key;
    }
}

static void
fill_times_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  mq_packed_read (data, start, out, n);
}

static void
count_statuses (const Sort *self, const gint64 *values, gsize n, const MqStrings *strings)
{
  g_autofree gint64 *counts = g_new0 (gint64, mq_strings_length (strings) + 1);

  for (gsize i = 0; i < n; i++)
    if (values[i] != MQ_VALUE_MISSING)
      counts[values[i]]++;
  for (guint i = 0; i < mq_strings_length (strings); i++)
    if (counts[i] > 0)
      mq_run_state_count_status (self->state, mq_strings_get (strings, i), counts[i]);
}

static gboolean
is_left_out (const MqTarget *target, const MqGroupColumn *column)
{
  return target->only_if_used && column->width == 0 && (column->base == 0 || column->base == MQ_VALUE_MISSING);
}

static void
clear_group (const Sort *self, Group *group)
{
  for (guint i = 0; i < group->group.n; i++)
    {
      if (group->group.columns[i].remaps != NULL)
        free_remaps (group->group.columns[i].remaps, self->n_readers);
      g_clear_pointer (&group->statuses[i], mq_strings_unref);
    }
  mq_column_group_clear (&group->group);
}

static gboolean
append_rows (const Sort *self, MqRunWriter *writer, const Group *group, const guint64 *words, guint n, gint64 *values, GError **error)
{
  for (guint i = 0; i < group->group.n; i++)
    {
      mq_column_group_extract (&group->group, i, words, n, values);
      if (group->statuses[i] != NULL)
        count_statuses (self, values, n, group->statuses[i]);
      if (!mq_run_writer_append (writer, group->indexes[i], values, n, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes the group and makes it empty. */
static gboolean
write_group (const Sort *self, MqRunWriter *writer, Group *group, GError **error)
{
  g_autofree guint64 *words = g_new (guint64, MQ_CHUNK_ROWS);
  g_autofree gint64  *values = g_new (gint64, MQ_CHUNK_ROWS);

  if (!mq_run_check (self->run, error))
    return FALSE;
  if (!mq_column_group_pack (&group->group, self->blocks))
    return mq_fail_memory (error);
  for (gsize start = 0; start < self->n_rows; start += MQ_CHUNK_ROWS)
    {
      guint n = MIN (MQ_CHUNK_ROWS, self->n_rows - start);

      mq_column_group_gather (&group->group, self->rows + start, n, words);
      if (!mq_run_check (self->run, error) || !append_rows (self, writer, group, words, n, values, error))
        return FALSE;
    }
  clear_group (self, group);
  return TRUE;
}

/* strings: (transfer full) (nullable) */
static gboolean
add_to_group (const Sort *self, MqRunWriter *writer, Group *group, const MqGroupColumn *column, MqStrings *strings, GError **error)
{
  const MqTarget *target = g_ptr_array_index (self->plan->targets, column->target);
  g_autoptr (MqStrings) owned = strings;
  guint at;

  if (!mq_column_group_add (&group->group, column))
    {
      if (!write_group (self, writer, group, error))
        return FALSE;
      mq_column_group_add (&group->group, column);
    }
  at = group->group.n - 1;
  group->indexes[at] = mq_run_writer_begin_column (writer, target->name, target->label, target->type, target->scale, strings, error);
  if (strings != NULL && self->state->kind == MQ_KIND_ORDERS && strcmp (target->name, "status") == 0)
    group->statuses[at] = g_steal_pointer (&owned);
  return group->indexes[at] >= 0;
}

static gboolean
write_column (const Sort *self, MqRunWriter *writer, Group *group, guint index, GError **error)
{
  const MqTarget *target = g_ptr_array_index (self->plan->targets, index);
  MqGroupColumn   column = { .target = index };
  MqStrings      *strings = NULL;
  gint64          last;
  gboolean        missing;

  find_range (self, index, &column.base, &last, &column.divisor, &missing);
  if (target->type == MQ_VALUE_TEXT)
    {
      strings = merge_texts (self, index, &column.remaps, error);
      if (strings == NULL)
        {
          free_remaps (column.remaps, self->n_readers);
          return FALSE;
        }
      drop_dictionaries (self, index);
      if (column.base != MQ_VALUE_MISSING)
        {
          column.base = 0;
          last = MAX (mq_strings_length (strings), 1) - 1;
        }
    }
  column.width = mq_packed_width (column.base, last, column.divisor, missing);
  if (is_left_out (target, &column))
    return TRUE;
  return add_to_group (self, writer, group, &column, strings, error);
}

/* All but keys and time. */
static gboolean
write_others (const Sort *self, MqRunWriter *writer, GError **error)
{
  Group    group = { 0 };
  gboolean ok = TRUE;

  for (guint i = MQ_TARGET_LINE; i < self->plan->targets->len && ok; i++)
    if ((int) i != self->plan->time_target)
      ok = write_column (self, writer, &group, i, error);
  if (ok && group.group.n > 0)
    ok = write_group (self, writer, &group, error);
  clear_group (self, &group);
  return ok;
}

static gboolean
write_filled (const Sort *self, MqRunWriter *writer, guint index, MqStrings *strings, MqColumnFill fill, gpointer data, GError **error)
{
  const MqTarget *target = g_ptr_array_index (self->plan->targets, index);

  return mq_run_writer_add_column (writer, target->name, target->label, target->type, target->scale, strings, fill, data, self->run, error);
}

static gboolean
write_sorted (Sort *self, MqRunWriter *writer, MqPacked *keys, MqPacked *times, GError **error)
{
  g_autoptr (MqStrings) strings = flatten_keys (self, keys, error);
  int     time = self->plan->time_target;
  KeyFill fill = { NULL, 0 };

  if (strings == NULL)
    return FALSE;
  if (time >= 0 && !flatten (self, time, NULL, 0, times, error))
    return FALSE;
  if (!sort_rows (self, keys, mq_strings_length (strings), time >= 0 ? times : NULL, error))
    return FALSE;
  fill.starts = self->starts;
  if (!write_filled (self, writer, MQ_TARGET_KEY, strings, fill_keys_cb, &fill, error))
    return FALSE;
  if (time >= 0 && !write_filled (self, writer, time, NULL, fill_times_cb, times, error))
    return FALSE;
  mq_packed_clear (times);
  return write_others (self, writer, error);
}

void
mq_run_state_init (MqRunState *self, MqKind kind)
{
  self->kind = kind;
  self->contacts = mq_dictionary_new ();
  self->statuses = mq_dictionary_new ();
  self->status_counts = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
mq_run_state_clear (MqRunState *self)
{
  g_clear_pointer (&self->contacts, mq_dictionary_free);
  g_clear_pointer (&self->contact_counts, g_free);
  g_clear_pointer (&self->statuses, mq_dictionary_free);
  g_clear_pointer (&self->status_counts, g_array_unref);
}

void
mq_run_state_count_status (MqRunState *self, const char *text, gint64 rows)
{
  guint32 code = mq_dictionary_add (self->statuses, text, strlen (text));
  gint64  zero = 0;

  if (code >= self->status_counts->len)
    g_array_append_val (self->status_counts, zero);
  g_array_index (self->status_counts, gint64, code) += rows;
}

MqStagedRun *
mq_run_sort (const MqRowPlan *plan, MqRunState *state, GPtrArray *blocks, MqRowReader *const *readers, guint n_readers, MqSpill *spill, const MqRun *run, GError **error)
{
  Sort         self = { plan, state, blocks, readers, n_readers, run, 0, NULL, NULL };
  MqPacked     keys = { 0 };
  MqPacked     times = { 0 };
  MqRunWriter *writer;
  gboolean     ok;

  for (guint i = 0; i < blocks->len; i++)
    self.n_rows += ((const MqStagedBlock *) g_ptr_array_index (blocks, i))->n_rows;
  for (guint i = 0; i < n_readers; i++)
    mq_row_reader_seal_dictionaries (readers[i]);
  writer = mq_run_writer_new (spill, state->kind, self.n_rows);
  ok = write_sorted (&self, writer, &keys, &times, error);
  mq_packed_clear (&keys);
  mq_packed_clear (&times);
  mq_big_free (self.rows, self.n_rows * sizeof (guint32));
  g_free (self.starts);
  if (ok)
    return mq_run_writer_finish (writer, error);
  mq_run_writer_free (writer);
  return NULL;
}
