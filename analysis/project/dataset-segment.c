/* dataset-segment.c: the customers of a saved segment, and a dataset of their records alone. Whoever has one of the segment's
 * keys is in it, so a customer stays there when an import brings another key that becomes the first. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dictionary.h"
#include "base/table.h"
#include "project/record-key.h"
#include "project/saved-segments.h"

#define MAX_KEYS 256 /* on one record */
#define MAX_PARTS 4  /* restricted datasets that are kept */

static MqDictionary *
index_texts (const MqStrings *texts)
{
  MqDictionary *index = mq_dictionary_new ();

  for (guint i = 0; i < mq_strings_length (texts); i++)
    mq_dictionary_add (index, mq_strings_get (texts, i), mq_strings_get_length (texts, i));
  return index;
}

static guint32
get_person (const MqPersons *persons, guint key)
{
  return persons->person_of_key != NULL ? persons->person_of_key[key] : key - persons->first;
}

static gboolean
has_any_key (const MqPersons *persons, guint key, const MqDictionary *wanted)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (mq_strings_get (persons->keys, key), mq_strings_get_length (persons->keys, key), slices, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    if (mq_dictionary_find (wanted, slices[i].start, slices[i].length) >= 0)
      return TRUE;
  return FALSE;
}

/* Who keeps a number gets the next one: the order of persons stays. */
static gboolean
renumber (MqPersons *self, const MqStrings *labels, const guint8 *members, GError **error)
{
  g_autofree guint32 *numbers = mq_dataset_alloc (self->n_persons, sizeof *numbers, error);
  guint               n_keys = mq_strings_length (self->keys);
  g_autofree guint32 *person_of_key = numbers != NULL ? mq_dataset_alloc (n_keys, sizeof *person_of_key, error) : NULL;
  g_autoptr (MqStringsBuilder) own = mq_strings_builder_new ();
  guint n = 0;

  if (person_of_key == NULL)
    return FALSE;
  for (guint person = 0; person < self->n_persons; person++)
    {
      numbers[person] = members[person] != 0 ? n++ : MQ_PERSON_OUTSIDE;
      if (members[person] != 0)
        mq_strings_builder_add (own, mq_strings_get (labels, person), mq_strings_get_length (labels, person));
    }
  for (guint key = 0; key < n_keys; key++)
    {
      guint32 person = key < self->first ? MQ_CODE_MISSING : get_person (self, key);

      person_of_key[key] = person == MQ_CODE_MISSING ? MQ_PERSON_OUTSIDE : numbers[person];
    }
  g_free (self->person_of_key);
  self->person_of_key = g_steal_pointer (&person_of_key);
  g_clear_pointer (&self->labels, mq_strings_unref);
  self->labels = mq_strings_builder_finish (g_steal_pointer (&own));
  self->n_persons = n;
  self->is_part = TRUE;
  return TRUE;
}

/* How each person is printed. (transfer full) */
static MqStrings *
make_labels (const MqPersons *self)
{
  MqStringsBuilder *builder;

  if (self->labels != NULL)
    return mq_strings_ref (self->labels);
  builder = mq_strings_builder_new ();
  for (guint key = self->first; key < mq_strings_length (self->keys); key++)
    {
      MqKeySlice  slice = { mq_strings_get (self->keys, key), mq_strings_get_length (self->keys, key) };
      gsize       length;
      const char *text = mq_key_slice_value (slice, &length);

      mq_strings_builder_add (builder, text, length);
    }
  return mq_strings_builder_finish (builder);
}

/* The ranges of the whole stay: they say what counts as now. */
static gboolean
copy_ranges (MqDataset *part, MqDataset *whole, const MqRun *run, GError **error)
{
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      g_autoptr (GError) local = NULL;
      MqTimeRange *range = &part->ranges[kind];

      range->known = mq_dataset_range (whole, (MqKind) kind, &range->first, &range->last, run, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static void
copy_kind (MqDatasetKind *to, const MqDatasetKind *from, guint n)
{
  *to = *from;
  to->runs = g_memdup2 (from->runs, n * sizeof *from->runs);
  to->bases = g_memdup2 (from->bases, n * sizeof *from->bases);
  to->replaced = g_memdup2 (from->replaced, n * sizeof *from->replaced);
  to->masks = g_ptr_array_ref (from->masks);
}

/* (transfer full) of keys */
static MqDataset *
make_part (MqDataset *whole, MqStrings *keys, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) part = mq_dataset_new ();
  const char *hash = mq_dataset_hash (whole, run, error);

  part->members = keys;
  part->path = g_strdup (whole->path);
  part->project_name = g_strdup (whole->project_name);
  part->currency = g_strdup (whole->currency);
  part->values = g_hash_table_ref (whole->values);
  part->zone = whole->zone;
  part->revision = whole->revision;
  part->hash = g_strdup (hash);
  part->runs = g_ptr_array_ref (whole->runs);
  part->statuses = g_array_ref (whole->statuses);
  part->traits = g_array_ref (whole->traits);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    copy_kind (&part->kinds[kind], &whole->kinds[kind], whole->runs->len + 1);
  return hash != NULL && copy_ranges (part, whole, run, error) ? g_steal_pointer (&part) : NULL;
}

static gboolean
equal_texts (const MqStrings *a, const MqStrings *b)
{
  guint n = mq_strings_length (a);

  if (n != mq_strings_length (b) || mq_strings_bytes (a) != mq_strings_bytes (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (mq_strings_get (a, i), mq_strings_get (b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* The part that is kept with these keys, or NULL. (transfer full) Under the lock. */
static MqDataset *
find_part (MqDataset *self, const MqStrings *keys)
{
  for (GList *at = self->parts; at != NULL; at = at->next)
    {
      MqDataset *part = at->data;

      if (!equal_texts (part->members, keys))
        continue;
      self->parts = g_list_remove_link (self->parts, at);
      self->parts = g_list_concat (at, self->parts);
      return mq_dataset_ref (part);
    }
  return NULL;
}

/* The one that is to be forgotten, or NULL. Under the lock. */
static MqDataset *
keep_part (MqDataset *self, MqDataset *part)
{
  GList     *last;
  MqDataset *gone;

  self->parts = g_list_prepend (self->parts, mq_dataset_ref (part));
  if (g_list_length (self->parts) <= MAX_PARTS)
    return NULL;
  last = g_list_last (self->parts);
  gone = last->data;
  self->parts = g_list_delete_link (self->parts, last);
  return gone;
}

void
mq_dataset_forget_parts (MqDataset *self)
{
  GList *parts;

  g_mutex_lock (&self->lock);
  parts = g_steal_pointer (&self->parts);
  g_mutex_unlock (&self->lock);
  g_list_free_full (parts, (GDestroyNotify) mq_dataset_unref);
}

static MqStrings *
read_keys (MqDataset *self, const char *segment, GError **error)
{
  g_autoptr (MqDb) db = mq_dataset_connect (self, error);

  return db != NULL ? mq_segment_read_keys (db, segment, error) : NULL;
}

static int
compare_slices_cb (gconstpointer a, gconstpointer b)
{
  const MqKeySlice *x = a, *y = b;

  return mq_bytes_compare (x->start, x->length, y->start, y->length);
}

/* The smallest key of each person that is wanted: the one it is printed by. (element-type MqKeySlice) by person, start NULL */
static MqKeySlice *
find_first_keys (const MqPersons *persons, const guint8 *wanted, GError **error)
{
  MqKeySlice *first = mq_dataset_alloc0 (persons->n_persons, sizeof *first, error);

  for (guint key = persons->first; first != NULL && key < mq_strings_length (persons->keys); key++)
    {
      guint32    person = get_person (persons, key);
      MqKeySlice slices[MAX_KEYS];
      guint      n;

      if (person >= persons->n_persons || wanted[person] == 0)
        continue;
      n = mq_record_key_split (mq_strings_get (persons->keys, key), mq_strings_get_length (persons->keys, key), slices, MAX_KEYS);
      for (guint i = 0; i < n; i++)
        if (first[person].start == NULL || compare_slices_cb (&slices[i], &first[person]) < 0)
          first[person] = slices[i];
    }
  return first;
}

static MqStrings *
sort_keys (MqKeySlice *slices, guint n)
{
  MqStringsBuilder *builder = mq_strings_builder_new ();

  qsort (slices, n, sizeof *slices, compare_slices_cb);
  for (guint i = 0; i < n; i++)
    if (slices[i].start != NULL && (i == 0 || slices[i - 1].start == NULL || compare_slices_cb (&slices[i], &slices[i - 1]) != 0))
      mq_strings_builder_add (builder, slices[i].start, slices[i].length);
  return mq_strings_builder_finish (builder);
}

guint8 *
mq_persons_find_members (const MqPersons *self, const MqStrings *keys, const MqRun *run, GError **error)
{
  g_autoptr (MqDictionary) wanted = index_texts (keys);
  g_autofree guint8 *members = mq_dataset_alloc0 (self->n_persons, 1, error);

  for (guint key = self->first; members != NULL && key < mq_strings_length (self->keys); key++)
    {
      guint32 person = get_person (self, key);

      if (key % 4096 == 0 && !mq_run_check (run, error))
        return NULL;
      if (person < self->n_persons && members[person] == 0 && has_any_key (self, key, wanted))
        members[person] = 1;
    }
  return g_steal_pointer (&members);
}

gboolean
mq_persons_restrict (MqPersons *self, const MqStrings *keys, const MqRun *run, GError **error)
{
  g_autofree guint8 *members = mq_persons_find_members (self, keys, run, error);
  g_autoptr (MqStrings) labels = members != NULL ? make_labels (self) : NULL;

  return labels != NULL && renumber (self, labels, members, error);
}

MqDataset *
mq_dataset_restrict (MqDataset *self, const char *segment, const MqRun *run, GError **error)
{
  g_autoptr (MqStrings) keys = read_keys (self, segment, error);
  g_autoptr (MqDataset) part = NULL;
  g_autoptr (MqDataset) gone = NULL;

  if (keys == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  part = find_part (self, keys);
  g_mutex_unlock (&self->lock);
  if (part != NULL)
    return g_steal_pointer (&part);
  part = make_part (self, g_steal_pointer (&keys), run, error);
  if (part == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  gone = keep_part (self, part);
  g_mutex_unlock (&self->lock);
  return g_steal_pointer (&part);
}

guint8 *
mq_dataset_find_members (MqDataset *self, const char *segment, const MqRun *run, GError **error)
{
  g_autoptr (MqStrings) keys = read_keys (self, segment, error);
  const MqPersons *persons = keys != NULL ? mq_dataset_persons (self, run, error) : NULL;

  return persons != NULL ? mq_persons_find_members (persons, keys, run, error) : NULL;
}

MqStrings *
mq_dataset_keys_of_labels (MqDataset *self, const char *const *labels, gsize n, const MqRun *run, GError **error)
{
  const MqPersons *persons = mq_dataset_load_labels (self, run, error) ? mq_dataset_persons (self, run, error) : NULL;
  g_autoptr (MqDictionary) wanted = mq_dictionary_new ();
  g_autofree guint8     *members = persons != NULL ? mq_dataset_alloc0 (persons->n_persons, 1, error) : NULL;
  g_autofree MqKeySlice *keys = NULL;
  const MqStrings       *printed;

  if (members == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    mq_dictionary_add (wanted, labels[i], strlen (labels[i]));
  printed = mq_dataset_labels (self);
  for (guint person = 0; person < persons->n_persons; person++)
    members[person] = mq_dictionary_find (wanted, mq_strings_get (printed, person), mq_strings_get_length (printed, person)) >= 0;
  keys = find_first_keys (persons, members, error);
  return keys != NULL ? sort_keys (keys, persons->n_persons) : NULL;
}
