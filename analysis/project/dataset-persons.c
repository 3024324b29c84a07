/* dataset-persons.c: from record keys to persons.
 * The record keys of all runs are merged into one sorted list. Where every record carries a single key, that list is
 * the list of persons. Otherwise keys that stand on one record are joined by union-find, and persons are numbered by
 * their smallest key. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dictionary.h"
#include "base/table.h"
#include "project/merge-strings.h"
#include "project/record-key.h"

#define MAX_KEYS 256 /* on one record */

/* The key lists of all runs, flat. */
typedef struct
{
  guint       n;
  MqStrings **lists;  /* (owned) */
  guint8    **used;   /* (owned) NULL: all of them */
  guint32   **remaps; /* (owned) */
} KeyLists;

typedef struct
{
  MqDictionary *keys; /* (owned) every single key */
  gsize         n_slices;
  guint32      *slices;  /* (owned) key of each slice, record by record */
  gsize        *starts;  /* (owned) n_records + 1 */
  guint32      *parents; /* (owned) by key: union-find */
  guint32      *best;    /* (owned) by root: its smallest key */
} Joiner;

static void
clear_key_lists (KeyLists *lists)
{
  for (guint i = 0; i < lists->n; i++)
    {
      g_clear_pointer (&lists->lists[i], mq_strings_unref);
      g_free (lists->used[i]);
      g_free (lists->remaps[i]);
    }
  g_free (lists->lists);
  g_free (lists->used);
  g_free (lists->remaps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeyLists, clear_key_lists)

static void
clear_joiner (Joiner *joiner)
{
  g_clear_pointer (&joiner->keys, mq_dictionary_free);
  g_free (joiner->slices);
  g_free (joiner->starts);
  g_free (joiner->parents);
  g_free (joiner->best);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Joiner, clear_joiner)

static void
free_persons (gpointer data)
{
  MqPersons *self = data;

  g_clear_pointer (&self->keys, mq_strings_unref);
  g_clear_pointer (&self->labels, mq_strings_unref);
  g_free (self->person_of_key);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      for (guint i = 0; i < self->n_runs[kind]; i++)
        g_free (self->remaps[kind][i]);
      g_free (self->remaps[kind]);
    }
  g_free (self);
}

/* Marks the record keys that a live row has. */
static guint8 *
find_used_keys (MqDataset *self, MqDb *db, MqKind kind, guint index, guint n_keys, const MqRun *run, GError **error)
{
  const MqRunInfo    *info = self->kinds[kind].runs[index];
  g_autofree guint32 *codes = mq_dataset_alloc (info->n_rows, sizeof *codes, error);
  g_autofree guint8  *used = codes != NULL ? mq_dataset_alloc0 (n_keys, 1, error) : NULL;
  const guint8       *rows = NULL;

  if (used == NULL || !mq_dataset_key_rows (self, kind, &rows, run, error))
    return NULL;
  if (!mq_dataset_read_codes (db, info, MQ_COLUMN_KEY, codes, run, error))
    return NULL;
  rows += self->kinds[kind].bases[index];
  for (gsize row = 0; row < info->n_rows; row++)
    if (codes[row] != MQ_CODE_MISSING && rows[row] != 0)
      used[codes[row]] = 1;
  return g_steal_pointer (&used);
}

static gboolean
read_key_lists (MqDataset *self, MqDb *db, KeyLists *lists, const MqRun *run, GError **error)
{
  guint n_runs = self->runs->len;

  lists->lists = g_new0 (MqStrings *, n_runs + 1);
  lists->used = g_new0 (guint8 *, n_runs + 1);
  lists->remaps = g_new0 (guint32 *, n_runs + 1);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    for (guint i = 0; i < self->kinds[kind].n_runs; i++)
      {
        guint at = lists->n++;

        lists->lists[at] = mq_dataset_read_strings (db, self->kinds[kind].runs[i], MQ_COLUMN_KEY, error);
        if (lists->lists[at] == NULL || !mq_run_check (run, error))
          return FALSE;
        if (!self->kinds[kind].replaced[i])
          continue;
        lists->used[at] = find_used_keys (self, db, kind, i, mq_strings_length (lists->lists[at]), run, error);
        if (lists->used[at] == NULL)
          return FALSE;
      }
  return TRUE;
}

static gboolean
has_joint_records (const MqStrings *keys)
{
  guint n = mq_strings_length (keys);

  for (guint i = 0; i < n; i++)
    if (memchr (mq_strings_get (keys, i), MQ_KEY_SEPARATOR, mq_strings_get_length (keys, i)) != NULL)
      return TRUE;
  return FALSE;
}

static gsize
count_slices (const MqStrings *keys, guint first)
{
  guint n = mq_strings_length (keys);
  gsize count = 0;

  for (guint i = first; i < n; i++)
    {
      const char *text = mq_strings_get (keys, i);
      const char *end = text + mq_strings_get_length (keys, i);

      count++;
      for (const char *at = text; (at = memchr (at, MQ_KEY_SEPARATOR, end - at)) != NULL; at++)
        count++;
    }
  return count;
}

static guint32
find_root (guint32 *parents, guint32 key)
{
  while (parents[key] != key)
    {
      parents[key] = parents[parents[key]];
      key = parents[key];
    }
  return key;
}

static void
join_keys (guint32 *parents, guint32 a, guint32 b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  if (a < b)
    parents[b] = a;
  else
    parents[a] = b;
}

static void
add_record (Joiner *joiner, const char *text, gsize length)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (text, length, slices, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    {
      guint   known = mq_dictionary_length (joiner->keys);
      guint32 key = mq_dictionary_add (joiner->keys, slices[i].start, slices[i].length);

      if (key == known)
        joiner->parents[key] = key;
      if (i > 0)
        join_keys (joiner->parents, joiner->slices[joiner->n_slices - 1], key);
      joiner->slices[joiner->n_slices++] = key;
    }
}

static int
compare_keys (const MqDictionary *keys, guint32 a, guint32 b)
{
  gsize       a_length;
  gsize       b_length;
  const char *a_text = mq_dictionary_get (keys, a, &a_length);
  const char *b_text = mq_dictionary_get (keys, b, &b_length);

  return mq_bytes_compare (a_text, a_length, b_text, b_length);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_keys (user_data, *(const guint32 *) a, *(const guint32 *) b);
}

static gboolean
join_records (Joiner *joiner, const MqPersons *self, const MqRun *run, GError **error)
{
  guint n = mq_strings_length (self->keys);
  gsize n_slices = count_slices (self->keys, self->first);

  joiner->keys = mq_dictionary_new ();
  if ((joiner->slices = mq_dataset_alloc (n_slices, sizeof (guint32), error)) == NULL ||
      (joiner->parents = mq_dataset_alloc (n_slices, sizeof (guint32), error)) == NULL ||
      (joiner->best = mq_dataset_alloc (n_slices, sizeof (guint32), error)) == NULL ||
      (joiner->starts = mq_dataset_alloc (n + 1, sizeof (gsize), error)) == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (i % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      joiner->starts[i] = joiner->n_slices;
      if (i >= self->first)
        add_record (joiner, mq_strings_get (self->keys, i), mq_strings_get_length (self->keys, i));
    }
  joiner->starts[n] = joiner->n_slices;
  return TRUE;
}

static void
find_best_keys (Joiner *joiner)
{
  guint n = mq_dictionary_length (joiner->keys);

  for (guint key = 0; key < n; key++)
    {
      guint32 root = find_root (joiner->parents, key);

      /* A root is the least key of its set, so it is met first. */
      if (root == key || compare_keys (joiner->keys, key, joiner->best[root]) < 0)
        joiner->best[root] = key;
    }
}

/* Numbers the sets by their smallest key and names each after it. */
static gboolean
number_persons (Joiner *joiner, MqPersons *self, GError **error)
{
  guint               n_keys = mq_dictionary_length (joiner->keys);
  guint               n_records = mq_strings_length (self->keys);
  g_autofree guint32 *first_keys = mq_dataset_alloc (n_keys, sizeof (guint32), error);
  g_autofree guint32 *person_of_root = mq_dataset_alloc (n_keys, sizeof (guint32), error);
  g_autoptr (MqStringsBuilder) labels = mq_strings_builder_new ();

  self->person_of_key = mq_dataset_alloc (n_records, sizeof (guint32), error);
  if (first_keys == NULL || person_of_root == NULL || self->person_of_key == NULL)
    return FALSE;
  for (guint key = 0; key < n_keys; key++)
    if (joiner->parents[key] == key)
      first_keys[self->n_persons++] = joiner->best[key];
  g_qsort_with_data (first_keys, (int) self->n_persons, sizeof (guint32), compare_keys_cb, joiner->keys);
  for (guint person = 0; person < self->n_persons; person++)
    {
      MqKeySlice  slice;
      const char *value;
      gsize       length;

      person_of_root[find_root (joiner->parents, first_keys[person])] = person;
      slice.start = mq_dictionary_get (joiner->keys, first_keys[person], &slice.length);
      value = mq_key_slice_value (slice, &length);
      mq_strings_builder_add (labels, value, length);
    }
  for (guint i = 0; i < n_records; i++)
    self->person_of_key[i] = joiner->starts[i] == joiner->starts[i + 1] ? MQ_CODE_MISSING : person_of_root[find_root (joiner->parents, joiner->slices[joiner->starts[i]])];
  self->labels = mq_strings_builder_finish (g_steal_pointer (&labels));
  return TRUE;
}

static gboolean
resolve_persons (MqPersons *self, const MqRun *run, GError **error)
{
  g_auto (Joiner) joiner = { 0 };
  guint n = mq_strings_length (self->keys);

  self->first = n > 0 && mq_strings_get_length (self->keys, 0) == 0 ? 1 : 0;
  if (!has_joint_records (self->keys))
    {
      self->n_persons = n - self->first;
      return TRUE;
    }
  if (!join_records (&joiner, self, run, error))
    return FALSE;
  find_best_keys (&joiner);
  return number_persons (&joiner, self, error);
}

static void
take_remaps (MqPersons *self, MqDataset *dataset, KeyLists *lists)
{
  guint at = 0;

  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      self->n_runs[kind] = dataset->kinds[kind].n_runs;
      self->remaps[kind] = g_new0 (guint32 *, self->n_runs[kind] + 1);
      for (guint i = 0; i < self->n_runs[kind]; i++)
        self->remaps[kind][i] = g_steal_pointer (&lists->remaps[at++]);
    }
}

static gboolean
make_persons_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  g_autoptr (MqDb) db = mq_dataset_connect (dataset, error);
  g_auto (KeyLists) lists = { 0 };
  MqPersons *self;

  if (db == NULL || !read_key_lists (dataset, db, &lists, run, error))
    return FALSE;
  self = g_new0 (MqPersons, 1);
  self->keys = mq_strings_merge (lists.lists, lists.used, lists.n, lists.remaps, error);
  if (self->keys != NULL)
    take_remaps (self, dataset, &lists);
  if (self->keys == NULL || !resolve_persons (self, run, error) ||
      (dataset->members != NULL && !mq_persons_restrict (self, dataset->members, run, error)))
    {
      free_persons (self);
      return FALSE;
    }
  *value = self;
  return TRUE;
}

static gboolean
make_labels_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqPersons *persons = data;
  g_autoptr (MqStringsBuilder) labels = mq_strings_builder_new ();

  for (guint person = 0; person < persons->n_persons; person++)
    {
      MqKeySlice  slice;
      const char *text;
      gsize       length;

      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      slice.start = mq_strings_get (persons->keys, person + persons->first);
      slice.length = mq_strings_get_length (persons->keys, person + persons->first);
      text = mq_key_slice_value (slice, &length);
      mq_strings_builder_add (labels, text, length);
    }
  *value = mq_strings_builder_finish (g_steal_pointer (&labels));
  return TRUE;
}

const MqPersons *
mq_dataset_persons (MqDataset *self, const MqRun *run, GError **error)
{
  gpointer persons;

  return mq_dataset_slot (self, "persons", make_persons_cb, NULL, free_persons, &persons, run, error) ? persons : NULL;
}

guint
mq_dataset_n_persons (MqDataset *self, const MqRun *run, GError **error)
{
  const MqPersons *persons = mq_dataset_persons (self, run, error);

  return persons != NULL ? persons->n_persons : 0;
}

gboolean
mq_dataset_load_labels (MqDataset *self, const MqRun *run, GError **error)
{
  const MqPersons *persons = mq_dataset_persons (self, run, error);
  gpointer         labels;

  if (persons == NULL)
    return FALSE;
  return persons->labels != NULL || mq_dataset_slot (self, "labels", make_labels_cb, persons, (GDestroyNotify) mq_strings_unref, &labels, run, error);
}

const MqStrings *
mq_dataset_labels (MqDataset *self)
{
  const MqPersons *persons = mq_dataset_slot_peek (self, "persons");

  return persons != NULL && persons->labels != NULL ? persons->labels : mq_dataset_slot_peek (self, "labels");
}
