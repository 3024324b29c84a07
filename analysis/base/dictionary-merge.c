/* dictionary-merge.c: the texts of each dictionary by their first fifteen bytes as numbers, sorted byte by byte from the
 * last (a radix sort, which compares nothing; only longer texts that begin alike have to be compared), then merged. A
 * dictionary whose texts came in order, as numbers of orders do, is merged as it stands, without any memory. */

#include "base/dictionary.h"

#include <stdlib.h>
#include <string.h>

#define KEY_BYTES 16
#define LONG 0xff

/* Big-endian: bytes 0 to 7 of the text, bytes 8 to 14 and the length (LONG above 15), so that the order of keys is that of
 * texts, the shorter first. */
typedef struct
{
  guint64 high;
  guint64 low;
  guint32 code;
} Item;

/* One dictionary on the way through its texts in order. */
typedef struct
{
  const MqDictionary *dictionary;
  Item               *items; /* (owned) (nullable) sorted; NULL: the codes are in order */
  guint               n;
  guint               at;
  Item                item; /* the one at `at` */
} Cursor;

static inline Item
make_item (const char *text, gsize length)
{
  char bytes[KEY_BYTES] = "";
  Item item = { 0 };

  memcpy (bytes, text, MIN (length, KEY_BYTES - 1));
  bytes[KEY_BYTES - 1] = length < KEY_BYTES ? (char) length : (char) LONG;
  memcpy (&item.high, bytes, 8);
  memcpy (&item.low, bytes + 8, 8);
  item.high = GUINT64_FROM_BE (item.high);
  item.low = GUINT64_FROM_BE (item.low);
  return item;
}

static inline Item
read_item (const MqDictionary *dictionary, guint32 code)
{
  gsize       length;
  const char *text = mq_dictionary_get (dictionary, code, &length);
  Item        item = make_item (text, length);

  item.code = code;
  return item;
}

static inline gboolean
is_long (const Item *item)
{
  return (item->low & 0xff) == LONG;
}

static int
compare_texts (const MqDictionary *a, guint32 x, const MqDictionary *b, guint32 y)
{
  gsize       x_length, y_length;
  const char *x_text = mq_dictionary_get (a, x, &x_length);
  const char *y_text = mq_dictionary_get (b, y, &y_length);

  return mq_bytes_compare (x_text, x_length, y_text, y_length);
}

static inline int
compare_items (const MqDictionary *a, const Item *x, const MqDictionary *b, const Item *y)
{
  if (x->high != y->high)
    return x->high < y->high ? -1 : 1;
  if (x->low != y->low)
    return x->low < y->low ? -1 : 1;
  return is_long (x) ? compare_texts (a, x->code, b, y->code) : 0;
}

static int
compare_items_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_items (data, a, data, b);
}

static inline guint
byte_of (const Item *item, guint byte)
{
  return (byte < 8 ? item->low >> (8 * byte) : item->high >> (8 * (byte - 8))) & 0xff;
}

/* One pass, stable. FALSE if all have the same byte there: nothing was moved. */
static gboolean
sort_by_byte (const Item *from, gsize n, guint byte, Item *to)
{
  gsize starts[256] = { 0 };
  gsize sum = 0;

  for (gsize i = 0; i < n; i++)
    starts[byte_of (&from[i], byte)]++;
  if (starts[byte_of (&from[0], byte)] == n)
    return FALSE;
  for (guint i = 0; i < 256; i++)
    {
      gsize count = starts[i];

      starts[i] = sum;
      sum += count;
    }
  for (gsize i = 0; i < n; i++)
    to[starts[byte_of (&from[i], byte)]++] = from[i];
  return TRUE;
}

static gboolean
is_sorted (const MqDictionary *dictionary)
{
  guint n = mq_dictionary_length (dictionary);
  Item  last, next;

  for (guint code = 0; code < n; code++, last = next)
    {
      next = read_item (dictionary, code);
      if (code > 0 && compare_items (dictionary, &last, dictionary, &next) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Long texts that begin alike, wherever they stand. (GLib's sort aborts where it has no memory; this one does without.) */
static void
sort_long_texts (const MqDictionary *dictionary, Item *items, gsize n)
{
  for (gsize first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && items[first].high == items[end].high && items[first].low == items[end].low;)
        end++;
      if (end - first > 1)
        qsort_r (items + first, end - first, sizeof (Item), compare_items_cb, (gpointer) dictionary);
    }
}

/* NULL: no memory. */
static Item *
sort_items (const MqDictionary *dictionary)
{
  guint n = mq_dictionary_length (dictionary);
  Item *items = g_try_new (Item, n);
  Item *spare = g_try_new (Item, n);

  if (items == NULL || spare == NULL)
    {
      g_free (items);
      g_free (spare);
      return NULL;
    }
  for (guint code = 0; code < n; code++)
    items[code] = read_item (dictionary, code);
  for (guint byte = 0; byte < KEY_BYTES; byte++)
    if (sort_by_byte (items, n, byte, spare))
      {
        Item *sorted = spare;

        spare = items;
        items = sorted;
      }
  g_free (spare);
  sort_long_texts (dictionary, items, n);
  return items;
}

static gboolean
begin_cursor (Cursor *self, const MqDictionary *dictionary)
{
  gboolean sorted = is_sorted (dictionary);

  self->dictionary = dictionary;
  self->n = mq_dictionary_length (dictionary);
  self->at = 0;
  self->items = sorted ? NULL : sort_items (dictionary);
  if (self->n > 0)
    self->item = self->items != NULL ? self->items[0] : read_item (dictionary, 0);
  return sorted || self->items != NULL;
}

static inline void
step_cursor (Cursor *self)
{
  if (++self->at < self->n)
    self->item = self->items != NULL ? self->items[self->at] : read_item (self->dictionary, self->at);
}

/* The cursor whose text comes first, or NULL at the end. */
static inline Cursor *
find_first (Cursor *cursors, guint n)
{
  Cursor *first = NULL;

  for (guint i = 0; i < n; i++)
    if (cursors[i].at < cursors[i].n && (first == NULL || compare_items (cursors[i].dictionary, &cursors[i].item, first->dictionary, &first->item) < 0))
      first = &cursors[i];
  return first;
}

static inline gsize
append_text (const Cursor *cursor, char *to)
{
  const Item *item = &cursor->item;
  gsize       length = item->low & 0xff;
  guint64     words[2] = { GUINT64_TO_BE (item->high), GUINT64_TO_BE (item->low) };
  const char *text = (const char *) words;

  if (is_long (item))
    text = mq_dictionary_get (cursor->dictionary, item->code, &length);
  memcpy (to, text, length);
  to[length] = '\0';
  return length + 1;
}

/* Of all texts, doubles too, with a NUL each. */
static gsize
measure_texts (MqDictionary *const *dictionaries, guint n, gsize *n_texts)
{
  gsize bytes = 0;

  *n_texts = 0;
  for (guint i = 0; i < n; i++)
    {
      bytes += mq_dictionary_text_bytes (dictionaries[i]) + mq_dictionary_length (dictionaries[i]);
      *n_texts += mq_dictionary_length (dictionaries[i]);
    }
  return bytes;
}

static gboolean
begin_merge (MqDictionary *const *dictionaries, guint n, Cursor *cursors, guint32 **remaps)
{
  for (guint i = 0; i < n; i++)
    {
      remaps[i] = g_try_new (guint32, MAX (mq_dictionary_length (dictionaries[i]), 1));
      if (remaps[i] == NULL || !mq_dictionary_is_whole (dictionaries[i]) || !begin_cursor (&cursors[i], dictionaries[i]))
        return FALSE;
    }
  return TRUE;
}

/* Returns how many texts there are. */
static guint
merge_texts (Cursor *cursors, guint n, guint64 *offsets, char *bytes, guint32 **remaps)
{
  guint   rank = 0;
  Cursor *last = NULL;
  Item    last_item = { 0 };
  Cursor *next;

  offsets[0] = 0;
  while ((next = find_first (cursors, n)) != NULL)
    {
      if (last == NULL || compare_items (last->dictionary, &last_item, next->dictionary, &next->item) != 0)
        {
          offsets[rank + 1] = offsets[rank] + append_text (next, bytes + offsets[rank]);
          rank++;
        }
      remaps[next - cursors][next->item.code] = rank - 1;
      last = next;
      last_item = next->item;
      step_cursor (next);
    }
  return rank;
}

/* Where there is no memory to make it smaller it stays as it is. */
static gpointer
shrink (gpointer memory, gsize size)
{
  gpointer smaller = g_try_realloc (memory, size);

  return smaller != NULL ? smaller : memory;
}

MqStrings *
mq_dictionary_merge (MqDictionary *const *dictionaries, guint n, guint32 **remaps)
{
  g_autofree Cursor  *cursors = g_new0 (Cursor, MAX (n, 1));
  g_autofree guint64 *offsets = NULL;
  g_autofree char    *bytes = NULL;
  gsize               n_texts;
  gsize               room = measure_texts (dictionaries, n, &n_texts);
  guint               rank = 0;

  memset (remaps, 0, n * sizeof *remaps);
  if (begin_merge (dictionaries, n, cursors, remaps))
    {
      offsets = g_try_new (guint64, n_texts + 1);
      bytes = g_try_malloc (room + 1);
    }
  if (offsets != NULL && bytes != NULL)
    rank = merge_texts (cursors, n, offsets, bytes, remaps);
  for (guint i = 0; i < n; i++)
    g_free (cursors[i].items);
  if (offsets != NULL && bytes != NULL)
    {
      gsize n_bytes = offsets[rank] + 1;

      return mq_strings_new_take (rank, shrink (g_steal_pointer (&offsets), ((gsize) rank + 1) * sizeof *offsets), shrink (g_steal_pointer (&bytes), n_bytes));
    }
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&remaps[i], g_free);
  return NULL;
}
