/* match.c: a join on the hash of the natural key. Every row that takes part becomes an entry (key hash, content hash,
 * place); entries are sorted by key, and each group of equal keys is paired. */

#include "config.h"

#include "project/match.h"

#include "project/match-customers.h"

#include <errno.h>
#include <string.h>

#define GRAIN 65536
#define BUCKET_BITS 10
#define N_BUCKETS (1 << BUCKET_BITS)
#define CHECK_EVERY 4096
#define K0 G_GUINT64_CONSTANT (0xa0761d6478bd642f)
#define K1 G_GUINT64_CONSTANT (0xe7037ed1a0b428db)
#define K2 G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3)
#define K3 G_GUINT64_CONSTANT (0x589965cc75374cc3)

typedef struct
{
  guint64 key[2];
  guint64 content;
  guint32 part; /* with NEW_FLAG */
  guint32 row;
} Entry;

#define NEW_FLAG (G_GUINT64_CONSTANT (1) << 31)

/* Where a row stands among those of its natural key. */
typedef struct
{
  const Entry *entry; /* (borrowed) */
  gint64       time;
  gint64       import;
  gint64       line;
} Place;

typedef struct
{
  MqLedger        *ledger; /* (borrowed) */
  gint64           import;
  MqImportOutcome *outcome; /* (borrowed) */
  gboolean        *wanted;  /* (owned) by part: has rows that take part */
  gsize           *starts;  /* (owned) by part: its first entry */
  Entry           *entries; /* (owned) */
  gsize            n;
  gint64         **times; /* (owned) by part, loaded when first needed */
  gint64         **lines;
  GArray          *news; /* (owned) (element-type Place) of one group */
  GArray          *olds;
} Match;

/* One column entering the hashes of one part's rows. */
typedef struct
{
  Entry           *entries;     /* (borrowed) the part's rows, all of them */
  const MqHash128 *hashes;      /* (borrowed) */
  const guint8    *with_order;  /* (borrowed) (nullable): rows that are keyed by their order */
  gboolean         keys_order;  /* the column is in the key of rows with an order_id */
  gboolean         keys_others; /* … of rows without */
  gboolean         is_content;
} Mix;

typedef struct
{
  Entry *entries;
  gsize *bounds; /* N_BUCKETS + 1 */
} Buckets;

static inline guint64
fold (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static gboolean
set_no_memory (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
  return FALSE;
}

static gboolean
mix_rows_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Mix *mix = data;

  for (gsize i = first; i < last; i++)
    {
      Entry    *entry = &mix->entries[i];
      MqHash128 hash = mix->hashes[i];

      if (mix->with_order != NULL && mix->with_order[i] ? mix->keys_order : mix->keys_others)
        {
          entry->key[0] = fold (entry->key[0] ^ hash.low ^ K0, hash.high ^ K1);
          entry->key[1] = fold (entry->key[1] ^ hash.high ^ K2, hash.low ^ K3);
        }
      if (mix->is_content)
        entry->content = fold (entry->content ^ hash.low ^ K2, hash.high ^ K0);
    }
  return TRUE;
}

static gboolean
contains (const char *const *names, const char *name)
{
  for (; *names != NULL; names++)
    if (strcmp (*names, name) == 0)
      return TRUE;
  return FALSE;
}

/* Whether no row of the import names anybody: then it says nothing about keys. */
static gboolean
names_nobody (const Match *self, gboolean *nobody, const MqRun *run, GError **error)
{
  MqHash128 empty = mq_run_source_hash_text ("", 0);

  *nobody = self->ledger->kind == MQ_KIND_ORDERS;
  for (guint i = 0; *nobody && i < self->ledger->parts->len; i++)
    {
      const MqLedgerPart   *part = mq_ledger_part (self->ledger, i);
      g_autofree MqHash128 *hashes = NULL;

      if (!mq_ledger_part_has (part, self->import))
        continue;
      hashes = mq_run_source_hashes (&part->source, MQ_COLUMN_KEY, run, error);
      if (hashes == NULL)
        return FALSE;
      for (gsize row = 0; *nobody && row < part->source.n_rows; row++)
        *nobody = mq_ledger_part_import (part, row) != self->import || (hashes[row].low == empty.low && hashes[row].high == empty.high);
    }
  return TRUE;
}

static gboolean
is_about_keys_cb (gpointer name, gpointer value, gpointer user_data)
{
  return strcmp (name, MQ_COLUMN_KEY) == 0 || g_str_has_prefix (name, MQ_COLUMN_RAW);
}

/* The columns of the import's own runs: what "wholly equal" is about. */
static GHashTable *
list_columns (const Match *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (self->ledger, i);

      if (mq_ledger_part_has (part, self->import))
        mq_run_source_add_names (&part->source, names);
    }
  return names;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* All columns that matter, sorted: the hash must not depend on the order of columns. (transfer container) */
static GPtrArray *
sort_names (const Match *self, GHashTable *content)
{
  GPtrArray               *names = g_ptr_array_new ();
  GHashTableIter           iter;
  gpointer                 name;
  static const char *const orders_key[] = { MQ_COLUMN_KEY, "shop", "order_id", "product", "time", NULL };
  const char *const       *key = self->ledger->kind == MQ_KIND_ORDERS ? orders_key : mq_kind_natural_key (self->ledger->kind);

  g_hash_table_iter_init (&iter, content);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  for (; *key != NULL; key++)
    if (!g_hash_table_contains (content, *key))
      g_ptr_array_add (names, (gpointer) *key);
  if (!g_hash_table_contains (content, MQ_COLUMN_KEY) && self->ledger->kind != MQ_KIND_ORDERS)
    g_ptr_array_add (names, (gpointer) MQ_COLUMN_KEY);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static Mix
plan_mix (MqKind kind, const char *name, GHashTable *content)
{
  gboolean is_key = contains (mq_kind_natural_key (kind), name);
  Mix      mix = { 0 };

  mix.is_content = g_hash_table_contains (content, name);
  if (kind == MQ_KIND_ORDERS)
    {
      mix.keys_order = is_key;
      mix.keys_others = strcmp (name, MQ_COLUMN_KEY) == 0 || strcmp (name, "time") == 0 || strcmp (name, "product") == 0;
    }
  else
    mix.keys_others = is_key || strcmp (name, MQ_COLUMN_KEY) == 0;
  return mix;
}

static void
free_hashes (MqHash128 **hashes, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (hashes[i]);
  g_free (hashes);
}

static gboolean
mix_column (Match *self, const char *name, GHashTable *content, guint8 *const *with_order, const MqRun *run, GError **error)
{
  guint       n_parts = self->ledger->parts->len;
  MqHash128 **hashes = g_new0 (MqHash128 *, n_parts + 1);
  Mix         mix = plan_mix (self->ledger->kind, name, content);
  gboolean    good = mq_ledger_hash_column (self->ledger, name, self->wanted, hashes, run, error);

  for (guint i = 0; good && i < n_parts; i++)
    if (self->wanted[i])
      {
        mix.entries = self->entries + self->starts[i];
        mix.hashes = hashes[i];
        mix.with_order = with_order[i];
        good = mq_run_parallel (run, mq_ledger_part (self->ledger, i)->source.n_rows, GRAIN, mix_rows_cb, &mix, error);
      }
  free_hashes (hashes, n_parts);
  return good;
}

/* Which rows have an order_id; for other kinds nothing. */
static gboolean
find_orders (Match *self, guint8 **with_order, const MqRun *run, GError **error)
{
  guint       n_parts = self->ledger->parts->len;
  MqHash128 **hashes;
  gboolean    good;

  if (self->ledger->kind != MQ_KIND_ORDERS)
    return TRUE;
  hashes = g_new0 (MqHash128 *, n_parts + 1);
  good = mq_ledger_hash_column (self->ledger, "order_id", self->wanted, hashes, run, error);
  for (guint i = 0; good && i < n_parts; i++)
    if (self->wanted[i])
      {
        gsize n = mq_ledger_part (self->ledger, i)->source.n_rows;

        with_order[i] = g_new (guint8, n + 1);
        for (gsize row = 0; row < n; row++)
          with_order[i][row] = hashes[i][row].low != 0 || hashes[i][row].high != 0;
        /* A row keyed by its order never meets one that is not. */
        for (gsize row = 0; row < n; row++)
          self->entries[self->starts[i] + row].key[0] = with_order[i][row];
      }
  free_hashes (hashes, n_parts);
  return good;
}

static gboolean
make_entries (Match *self, GError **error)
{
  guint n_parts = self->ledger->parts->len;
  gsize n = 0;

  self->starts = g_new0 (gsize, n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      self->starts[i] = n;
      n += self->wanted[i] ? mq_ledger_part (self->ledger, i)->source.n_rows : 0;
    }
  self->entries = g_try_new0 (Entry, n + 1);
  if (self->entries == NULL)
    return set_no_memory (error);
  self->n = n;
  return TRUE;
}

static gboolean
hash_entries (Match *self, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) content = list_columns (self);
  g_autoptr (GPtrArray) names = NULL;
  guint    n_parts = self->ledger->parts->len;
  guint8 **with_order = g_new0 (guint8 *, n_parts + 1);
  gboolean nobody;
  gboolean good = find_orders (self, with_order, run, error) && names_nobody (self, &nobody, run, error);

  if (good && nobody)
    g_hash_table_foreach_remove (content, is_about_keys_cb, NULL);
  names = sort_names (self, content);
  for (guint i = 0; good && i < names->len; i++)
    good = mix_column (self, names->pdata[i], content, with_order, run, error);
  for (guint i = 0; i < n_parts; i++)
    g_free (with_order[i]);
  g_free (with_order);
  return good;
}

/* Drops the rows that do not take part, and says where the others are. */
static void
place_entries (Match *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (self->ledger, i);

      for (gsize row = 0; self->wanted[i] && row < part->source.n_rows; row++)
        {
          gint64   import = mq_ledger_part_import (part, row);
          gboolean is_new = import == self->import;

          if (!is_new && (import > self->import || part->states[row] != MQ_ROW_LIVE))
            continue;
          self->entries[n] = self->entries[self->starts[i] + row];
          self->entries[n].part = i | (is_new ? NEW_FLAG : 0);
          self->entries[n++].row = row;
        }
    }
  self->n = n;
}

static inline guint
get_bucket (const Entry *entry)
{
  return entry->key[0] >> (64 - BUCKET_BITS);
}

/* In place: each entry is swapped to where it belongs until all are there. */
static void
distribute (Entry *entries, gsize n, gsize *bounds)
{
  g_autofree gsize *at = g_new (gsize, N_BUCKETS);

  memset (bounds, 0, (N_BUCKETS + 1) * sizeof *bounds);
  for (gsize i = 0; i < n; i++)
    bounds[get_bucket (&entries[i]) + 1]++;
  for (guint i = 0; i < N_BUCKETS; i++)
    bounds[i + 1] += bounds[i];
  memcpy (at, bounds, N_BUCKETS * sizeof *at);
  for (guint i = 0; i < N_BUCKETS; i++)
    while (at[i] < bounds[i + 1])
      {
        guint bucket = get_bucket (&entries[at[i]]);
        Entry swap = entries[at[bucket]];

        entries[at[bucket]] = entries[at[i]];
        entries[at[i]] = swap;
        at[bucket]++;
      }
}

static int
compare_entries (const void *a, const void *b)
{
  const Entry *x = a, *y = b;

  if (x->key[0] != y->key[0])
    return x->key[0] < y->key[0] ? -1 : 1;
  if (x->key[1] != y->key[1])
    return x->key[1] < y->key[1] ? -1 : 1;
  return 0;
}

static gboolean
sort_bucket_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Buckets *buckets = data;

  qsort (buckets->entries + buckets->bounds[first], buckets->bounds[first + 1] - buckets->bounds[first], sizeof (Entry), compare_entries);
  return TRUE;
}

static gboolean
sort_entries (Match *self, const MqRun *run, GError **error)
{
  g_autofree gsize *bounds = g_new (gsize, N_BUCKETS + 1);
  Buckets           buckets = { self->entries, bounds };

  distribute (self->entries, self->n, bounds);
  return mq_run_parallel (run, N_BUCKETS, 1, sort_bucket_cb, &buckets, error);
}

static gboolean
load_order (Match *self, guint index, const MqRun *run, GError **error)
{
  const MqLedgerPart *part = mq_ledger_part (self->ledger, index);
  const char         *time = self->ledger->kind == MQ_KIND_SPEND ? "date" : "time";

  if (self->lines[index] != NULL)
    return TRUE;
  self->lines[index] = mq_run_source_has (&part->source, MQ_COLUMN_LINE) ? mq_run_source_values (&part->source, MQ_COLUMN_LINE, run, error) : g_new0 (gint64, part->source.n_rows + 1);
  if (self->lines[index] == NULL)
    return FALSE;
  self->times[index] = mq_run_source_has (&part->source, time) ? mq_run_source_values (&part->source, time, run, error) : g_new0 (gint64, part->source.n_rows + 1);
  return self->times[index] != NULL;
}

static int
compare_places (const Place *x, const Place *y)
{
  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->entry->part != y->entry->part)
    return x->entry->part < y->entry->part ? -1 : 1;
  return x->entry->row < y->entry->row ? -1 : x->entry->row > y->entry->row;
}

static int
compare_places_cb (gconstpointer a, gconstpointer b)
{
  return compare_places (a, b);
}

static int
compare_contents_cb (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->entry->content != y->entry->content)
    return x->entry->content < y->entry->content ? -1 : 1;
  return compare_places (x, y);
}

static void
pair (Match *self, const Entry *new_entry, const Entry *old_entry)
{
  mq_ledger_replace (self->ledger, new_entry->part & ~NEW_FLAG, new_entry->row, old_entry->part, old_entry->row);
  if (new_entry->content == old_entry->content)
    self->outcome->unchanged++;
  else
    self->outcome->updated++;
}

static gboolean
add_place (Match *self, const Entry *entry, const MqRun *run, GError **error)
{
  guint index = entry->part & ~NEW_FLAG;
  Place place = { entry };

  if (!load_order (self, index, run, error))
    return FALSE;
  place.time = self->times[index][entry->row];
  place.line = self->lines[index][entry->row];
  place.import = mq_ledger_part_import (mq_ledger_part (self->ledger, index), entry->row);
  g_array_append_val (entry->part & NEW_FLAG ? self->news : self->olds, place);
  return TRUE;
}

/* Pairs equal contents and takes the pairs out of both lists, which are sorted by content. */
static void
pair_equal (Match *self)
{
  const Place *news = (const Place *) (gpointer) self->news->data;
  const Place *olds = (const Place *) (gpointer) self->olds->data;
  guint        i = 0, j = 0, n_news = 0, n_olds = 0;

  while (i < self->news->len || j < self->olds->len)
    if (j == self->olds->len || (i < self->news->len && news[i].entry->content < olds[j].entry->content))
      g_array_index (self->news, Place, n_news++) = news[i++];
    else if (i == self->news->len || olds[j].entry->content < news[i].entry->content)
      g_array_index (self->olds, Place, n_olds++) = olds[j++];
    else
      pair (self, news[i++].entry, olds[j++].entry);
  g_array_set_size (self->news, n_news);
  g_array_set_size (self->olds, n_olds);
}

static gboolean
match_group (Match *self, const Entry *entries, gsize n, const MqRun *run, GError **error)
{
  guint rest;

  g_array_set_size (self->news, 0);
  g_array_set_size (self->olds, 0);
  for (gsize i = 0; i < n; i++)
    if (!add_place (self, &entries[i], run, error))
      return FALSE;
  g_array_sort (self->news, compare_contents_cb);
  g_array_sort (self->olds, compare_contents_cb);
  pair_equal (self);
  g_array_sort (self->news, compare_places_cb);
  g_array_sort (self->olds, compare_places_cb);
  rest = MIN (self->news->len, self->olds->len);
  for (guint i = 0; i < rest; i++)
    pair (self, g_array_index (self->news, Place, i).entry, g_array_index (self->olds, Place, i).entry);
  self->outcome->stored += self->news->len - rest;
  return TRUE;
}

/* Most groups are one row, or an old and a new one. */
static gboolean
match_groups (Match *self, const MqRun *run, GError **error)
{
  gsize n_groups = 0;

  for (gsize start = 0, end; start < self->n; start = end)
    {
      const Entry *first = &self->entries[start];
      gsize        n_new = 0;

      if (n_groups++ % CHECK_EVERY == 0 && !mq_run_check (run, error))
        return FALSE;
      for (end = start; end < self->n && compare_entries (&self->entries[end], first) == 0; end++)
        n_new += (self->entries[end].part & NEW_FLAG) != 0;
      if (n_new == 0)
        continue;
      if (n_new == end - start)
        self->outcome->stored += n_new;
      else if (end - start == 2)
        {
          gboolean is_first = (first->part & NEW_FLAG) != 0;

          pair (self, &first[!is_first], &first[is_first]);
        }
      else if (!match_group (self, first, end - start, run, error))
        return FALSE;
    }
  return TRUE;
}

/* TRUE if no row of the two can have the same natural key: the time is in the key of all kinds but orders. */
static gboolean
are_apart (const MqLedgerPart *a, const MqLedgerPart *b, MqKind kind)
{
  const char *time = kind == MQ_KIND_SPEND ? "date" : "time";
  gint64      a_first, a_last, b_first, b_last;

  return kind != MQ_KIND_ORDERS && mq_run_source_range (&a->source, time, &a_first, &a_last) && mq_run_source_range (&b->source, time, &b_first, &b_last) && (a_last < b_first || b_last < a_first);
}

static gboolean
has_older (const MqLedgerPart *part, gint64 import)
{
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (mq_ledger_part_import (part, row) < import && part->states[row] == MQ_ROW_LIVE)
      return TRUE;
  return FALSE;
}

/* Fills wanted; FALSE if no older row can meet a new one. */
static gboolean
choose_parts (Match *self, gsize *n_new)
{
  guint                n_parts = self->ledger->parts->len;
  g_autofree gboolean *is_new = g_new0 (gboolean, n_parts + 1);
  g_autofree gboolean *is_old = g_new0 (gboolean, n_parts + 1);
  gboolean             any = FALSE;

  *n_new = 0;
  self->wanted = g_new0 (gboolean, n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (self->ledger, i);

      is_old[i] = has_older (part, self->import);
      is_new[i] = self->wanted[i] = mq_ledger_part_has (part, self->import);
      for (gsize row = 0; is_new[i] && row < part->source.n_rows; row++)
        *n_new += mq_ledger_part_import (part, row) == self->import;
    }
  for (guint i = 0; i < n_parts; i++)
    for (guint j = 0; j < n_parts && is_old[i]; j++)
      if (is_new[j] && (i == j || !are_apart (mq_ledger_part (self->ledger, i), mq_ledger_part (self->ledger, j), self->ledger->kind)))
        self->wanted[i] = any = TRUE;
  return any;
}

/* For what the import's rows replace. */
static gboolean
make_room (const Match *self, GError **error)
{
  for (guint i = 0; i < self->ledger->parts->len; i++)
    if (mq_ledger_part_has (mq_ledger_part (self->ledger, i), self->import) && !mq_ledger_make_room (self->ledger, i, error))
      return FALSE;
  return TRUE;
}

static void
clear_match (Match *self)
{
  for (guint i = 0; self->times != NULL && i < self->ledger->parts->len; i++)
    {
      g_free (self->times[i]);
      g_free (self->lines[i]);
    }
  g_free (self->times);
  g_free (self->lines);
  g_free (self->wanted);
  g_free (self->starts);
  g_free (self->entries);
  g_clear_pointer (&self->news, g_array_unref);
  g_clear_pointer (&self->olds, g_array_unref);
}

gboolean
mq_match_import (MqLedger *ledger, gint64 import, MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  Match    self = { .ledger = ledger, .import = import, .outcome = outcome };
  gsize    n_new;
  gboolean good = TRUE;

  outcome->stored = outcome->updated = outcome->unchanged = 0;
  if (ledger->kind == MQ_KIND_CUSTOMERS)
    return mq_match_customers (ledger, import, outcome, run, error);
  if (!choose_parts (&self, &n_new))
    outcome->stored = n_new;
  else if (!make_room (&self, error))
    good = FALSE;
  else
    {
      self.times = g_new0 (gint64 *, ledger->parts->len + 1);
      self.lines = g_new0 (gint64 *, ledger->parts->len + 1);
      self.news = g_array_new (FALSE, FALSE, sizeof (Place));
      self.olds = g_array_new (FALSE, FALSE, sizeof (Place));
      good = make_entries (&self, error) && hash_entries (&self, run, error);
      if (good)
        place_entries (&self);
      good = good && sort_entries (&self, run, error) && match_groups (&self, run, error);
    }
  clear_match (&self);
  return good;
}
