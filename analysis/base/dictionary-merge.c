/* dictionary-merge.c: all texts of several dictionaries by their first fifteen bytes as numbers, sorted byte by byte from
 * the last (a radix sort, which compares nothing); only longer texts that begin alike have to be compared. Equal ones are
 * neighbours then. */

#include "base/dictionary.h"

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
  guint32 dictionary;
} Item;

typedef struct
{
  MqDictionary *const *dictionaries;
  Item                *items;
  gsize                n;
} Texts;

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

static void
list_items (Texts *self, guint n)
{
  gsize at = 0;

  for (guint i = 0; i < n; i++)
    for (guint code = 0; code < mq_dictionary_length (self->dictionaries[i]); code++)
      {
        gsize       length;
        const char *text = mq_dictionary_get (self->dictionaries[i], code, &length);

        self->items[at] = make_item (text, length);
        self->items[at].code = code;
        self->items[at].dictionary = i;
        at++;
      }
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

/* Numbers of orders often are in order in the file. */
static gboolean
are_sorted (const Item *items, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (items[i - 1].high > items[i].high || (items[i - 1].high == items[i].high && items[i - 1].low > items[i].low))
      return FALSE;
  return TRUE;
}

static void
sort_by_keys (Texts *self)
{
  Item *spare;

  if (are_sorted (self->items, self->n))
    return;
  spare = g_new (Item, self->n);
  for (guint byte = 0; byte < KEY_BYTES; byte++)
    if (sort_by_byte (self->items, self->n, byte, spare))
      {
        Item *sorted = spare;

        spare = self->items;
        self->items = sorted;
      }
  g_free (spare);
}

static inline gboolean
has_same_key (const Item *a, const Item *b)
{
  return a->high == b->high && a->low == b->low;
}

static inline gboolean
is_long (const Item *item)
{
  return (item->low & 0xff) == LONG;
}

static gint
compare_texts_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Texts *self = data;
  const Item  *x = a;
  const Item  *y = b;
  gsize        x_length, y_length;
  const char  *x_text = mq_dictionary_get (self->dictionaries[x->dictionary], x->code, &x_length);
  const char  *y_text = mq_dictionary_get (self->dictionaries[y->dictionary], y->code, &y_length);

  return mq_bytes_compare (x_text, x_length, y_text, y_length);
}

/* Long texts that begin alike, wherever they stand. */
static void
sort_long_texts (Texts *self)
{
  for (gsize first = 0, end; first < self->n; first = end)
    {
      for (end = first + 1; end < self->n && has_same_key (&self->items[first], &self->items[end]);)
        end++;
      if (end - first > 1 && is_long (&self->items[first]))
        g_qsort_with_data (self->items + first, end - first, sizeof (Item), compare_texts_cb, self);
    }
}

static inline gboolean
is_same_text (Texts *self, gsize a, gsize b)
{
  const Item *x = &self->items[a];
  const Item *y = &self->items[b];

  return has_same_key (x, y) && (!is_long (x) || compare_texts_cb (x, y, self) == 0);
}

static inline gsize
append_text (const Texts *self, const Item *item, char *to)
{
  gsize       length = item->low & 0xff;
  const char *text;
  guint64     words[2] = { GUINT64_TO_BE (item->high), GUINT64_TO_BE (item->low) };

  if (!is_long (item))
    {
      memcpy (to, words, length);
      to[length] = '\0';
      return length + 1;
    }
  text = mq_dictionary_get (self->dictionaries[item->dictionary], item->code, &length);
  memcpy (to, text, length);
  to[length] = '\0';
  return length + 1;
}

static gsize
measure (const Texts *self, guint n)
{
  gsize bytes = 0;

  for (guint i = 0; i < n; i++)
    for (guint code = 0; code < mq_dictionary_length (self->dictionaries[i]); code++)
      {
        gsize length;

        mq_dictionary_get (self->dictionaries[i], code, &length);
        bytes += length + 1;
      }
  return bytes;
}

MqStrings *
mq_dictionary_merge (MqDictionary *const *dictionaries, guint n, guint32 **remaps)
{
  Texts    self = { dictionaries, NULL, 0 };
  guint64 *offsets;
  char    *bytes;
  guint    rank = 0;

  for (guint i = 0; i < n; i++)
    {
      remaps[i] = g_new (guint32, MAX (mq_dictionary_length (dictionaries[i]), 1));
      self.n += mq_dictionary_length (dictionaries[i]);
    }
  self.items = g_new (Item, MAX (self.n, 1));
  list_items (&self, n);
  sort_by_keys (&self);
  sort_long_texts (&self);
  offsets = g_new0 (guint64, self.n + 1);
  bytes = g_malloc (measure (&self, n) + 1);
  for (gsize i = 0; i < self.n; i++)
    {
      if (i == 0 || !is_same_text (&self, i - 1, i))
        {
          offsets[rank + 1] = offsets[rank] + append_text (&self, &self.items[i], bytes + offsets[rank]);
          rank++;
        }
      remaps[self.items[i].dictionary][self.items[i].code] = rank - 1;
    }
  g_free (self.items);
  return mq_strings_new_take (rank, g_renew (guint64, offsets, (gsize) rank + 1), g_realloc (bytes, offsets[rank] + 1));
}
