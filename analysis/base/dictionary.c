/* dictionary.c: open addressing over slots of 16 bytes. A text of at most 11 bytes stands wholly in its slot, so that
 * looking up a known value (the case that import is made of) touches one line of memory. */

#include "base/dictionary.h"

#include "base/big-memory.h"
#include "base/number-texts.h"
#include "base/room.h"

#include <string.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define INLINE_LENGTH 11
#define LONG_MARK 0xffu
#define FIRST_SLOTS 64
#define HUGE_PAGE (2u << 20)
#define SMALL_SLOTS 2048
#define LARGE_SLOTS (1 << 20)
#define MANY (1 << 20) /* texts */
#define AHEAD 32

/* What tells texts apart: up to 11 bytes the text and its length; above, a hash and the length's low bits, and the
 * text has to be compared. */
typedef struct
{
  guint64 a;
  guint32 b;
} Key;

typedef struct
{
  guint64 a;
  guint32 b;
  guint32 code; /* plus one; 0: free */
} Slot;

struct _MqDictionary
{
  Slot    *slots; /* (owned) */
  gsize    mask;  /* number of slots - 1 */
  guint    n;
  gsize    room;    /* entries that `offsets` has place for, the end counted */
  guint32 *offsets; /* (owned) n + 1 */
  char    *bytes;   /* (owned) */
  gsize    bytes_room;

  MqNumberTexts numbers;
  guint64       found; /* by number */
  gboolean      no_numbers;
  gboolean      failed; /* there was no memory: nothing is added any more */
};

/* One of a group of texts to look up. */
typedef struct
{
  guint   index; /* in the group */
  guint64 hash;
  Key     key;
} Lookup;

static guint64 seeds[2];

static void
make_seeds (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  if (getrandom (seeds, sizeof seeds, GRND_NONBLOCK) != sizeof seeds)
    for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
      seeds[i] = (guint64) g_random_int () << 32 | g_random_int ();
  g_once_init_leave (&once, 1);
}

/* A large table is hit at random: on huge pages a look-up costs one miss instead of two. NULL: no memory. */
static Slot *
allocate_slots (gsize n)
{
  gsize bytes = n * sizeof (Slot);
  void *slots = NULL;

  if (bytes < HUGE_PAGE || posix_memalign (&slots, HUGE_PAGE, bytes) != 0)
    return g_try_new0 (Slot, n);
  mq_big_hint (slots, bytes);
  return memset (slots, 0, bytes);
}

static inline guint64
load_8 (const char *text)
{
  guint64 value;

  memcpy (&value, text, sizeof value);
  return value;
}

static inline guint32
load_4 (const char *text)
{
  guint32 value;

  memcpy (&value, text, sizeof value);
  return value;
}

/* Of four bytes and more the first four, the last four, and the three in the middle that these may leave: one path for
 * most texts, for their lengths cannot be foreseen. */
static inline Key
make_short_key (const char *text, gsize length)
{
  if (G_LIKELY (length >= 4))
    return (Key){ load_4 (text) | (guint64) load_4 (text + length - 4) << 32, (GUINT32_FROM_LE (load_4 (text + (length - 4) / 2)) & 0xffffff00u) | (guint32) length };
  if (length > 0)
    return (Key){ (guint64) (guint8) text[0] | (guint64) (guint8) text[length / 2] << 8 | (guint64) (guint8) text[length - 1] << 16, length };
  return (Key){ 0, 0 };
}

/* Of a short key the two halves of a product with secret factors, as in wyhash; of a long text XXH3. */
static inline guint64
make_key (const char *text, gsize length, Key *key)
{
  unsigned __int128 product;
  guint64           hash;

  if (length > INLINE_LENGTH)
    {
      hash = XXH3_64bits_withSeed (text, length, seeds[0]);
      *key = (Key){ hash, (guint32) length << 8 | LONG_MARK };
      return hash;
    }
  *key = make_short_key (text, length);
  product = (unsigned __int128) (key->a ^ seeds[0]) * (((guint64) key->b << 32 | key->b) ^ seeds[1]);
  return (guint64) product ^ (guint64) (product >> 64);
}

static inline gboolean
has_text (const MqDictionary *self, guint32 code, const char *text, gsize length)
{
  return self->offsets[code + 1] - self->offsets[code] == length && memcmp (self->bytes + self->offsets[code], text, length) == 0;
}

/* The slot that has the text, or the free one where it belongs. */
static inline Slot *
find_slot (const MqDictionary *self, const char *text, gsize length, guint64 hash, Key key)
{
  gsize at = hash & self->mask;

  for (;; at = (at + 1) & self->mask)
    {
      Slot *slot = &self->slots[at];

      if (slot->code == 0)
        return slot;
      if (slot->a == key.a && slot->b == key.b && (length <= INLINE_LENGTH || has_text (self, slot->code - 1, text, length)))
        return slot;
    }
}

static void
grow_slots (MqDictionary *self)
{
  gsize n_slots = 2 * (self->mask + 1);
  Slot *slots = allocate_slots (n_slots);

  self->failed = slots == NULL;
  if (slots == NULL)
    return;
  g_free (self->slots);
  self->slots = slots;
  self->mask = n_slots - 1;
  for (guint code = 0; code < self->n; code++)
    {
      const char *text = self->bytes + self->offsets[code];
      gsize       length = self->offsets[code + 1] - self->offsets[code];
      Key         key;
      gsize       at = make_key (text, length, &key) & self->mask;

      while (self->slots[at].code != 0)
        at = (at + 1) & self->mask;
      self->slots[at] = (Slot){ key.a, key.b, code + 1 };
    }
}

static gboolean
make_text_room (MqDictionary *self, gsize length)
{
  if (!self->failed)
    self->failed = length > G_MAXUINT32 - self->offsets[self->n] || !mq_make_room (&self->bytes, &self->bytes_room, (gsize) self->offsets[self->n] + length, 1) || !mq_make_room (&self->offsets, &self->room, (gsize) self->n + 2, sizeof (guint32));
  return !self->failed;
}

static inline void
append_text (MqDictionary *self, const char *text, gsize length)
{
  guint32 end = self->offsets[self->n];

  memcpy (self->bytes + end, text, length);
  self->offsets[++self->n] = end + (guint32) length;
}

/* A large table may be fuller: what it saves in memory is more than what a longer search costs. */
static inline gboolean
is_crowded (const MqDictionary *self)
{
  return (self->mask < LARGE_SLOTS ? 2 : 1.5) * self->n > self->mask;
}

static inline guint32
add_key (MqDictionary *self, const char *text, gsize length, guint64 hash, Key key)
{
  Slot *slot = find_slot (self, text, length, hash, key);

  if (slot->code != 0)
    return slot->code - 1;
  if (G_UNLIKELY (length > self->bytes_room - self->offsets[self->n] || self->n + 1 >= self->room || self->failed) && !make_text_room (self, length))
    return 0;
  *slot = (Slot){ key.a, key.b, self->n + 1 };
  append_text (self, text, length);
  if (is_crowded (self))
    grow_slots (self);
  return self->n - 1;
}

/* Of numbers that come once each, such as those of orders, there is nothing to know. */
static void
forget_numbers (MqDictionary *self)
{
  mq_number_texts_clear (&self->numbers);
  self->no_numbers = TRUE;
}

/* A text that is no number that is known. */
static guint32
add_number (MqDictionary *self, const MqText *text, guint32 number, const Lookup *lookup)
{
  guint32 code = add_key (self, text->text, text->length, lookup->hash, lookup->key);

  if (number != MQ_NUMBER_TEXT_NONE && self->n >= MANY && self->found < self->n / 2)
    forget_numbers (self);
  else if (number != MQ_NUMBER_TEXT_NONE)
    mq_number_texts_note (&self->numbers, number, code, self->n);
  else if (self->mask >= SMALL_SLOTS && self->numbers.digits == 0 && !self->no_numbers && code + 1 == self->n && text->length > 0)
    mq_number_texts_learn (&self->numbers, text->text, text->length);
  return code;
}

MqDictionary *
mq_dictionary_new (void)
{
  MqDictionary *self = g_new0 (MqDictionary, 1);

  make_seeds ();
  self->slots = g_new0 (Slot, FIRST_SLOTS);
  self->mask = FIRST_SLOTS - 1;
  self->room = FIRST_SLOTS / 2 + 1;
  self->offsets = g_new0 (guint32, self->room);
  self->bytes_room = 512;
  self->bytes = g_malloc (self->bytes_room);
  return self;
}

void
mq_dictionary_free (MqDictionary *self)
{
  g_free (self->slots);
  g_free (self->offsets);
  g_free (self->bytes);
  mq_number_texts_clear (&self->numbers);
  g_free (self);
}

guint32
mq_dictionary_add (MqDictionary *self, const char *text, gsize length)
{
  Key     key;
  guint64 hash = make_key (text, length, &key);

  return add_key (self, text, length, hash, key);
}

/* In a small table nothing has to be fetched ahead, and no number is worth to be told. Takes texts up to the first after which the table is small no more;
 * returns how many. */
static guint
add_to_small (MqDictionary *self, const MqText *texts, guint n, guint32 *codes)
{
  guint i;

  for (i = 0; i < n && self->mask < SMALL_SLOTS; i++)
    {
      Lookup lookup;
      Slot  *slot;

      codes[i] = MQ_TEXT_NONE;
      if (texts[i].text == NULL)
        continue;
      lookup.hash = make_key (texts[i].text, texts[i].length, &lookup.key);
      slot = find_slot (self, texts[i].text, texts[i].length, lookup.hash, lookup.key);
      codes[i] = slot->code != 0 ? slot->code - 1 : add_key (self, texts[i].text, texts[i].length, lookup.hash, lookup.key);
    }
  return i;
}

/* What is known of texts that are numbers is found in an array; only what is not there is hashed. Returns how many are
 * unknown. */
static inline guint
find_numbers (const MqDictionary *self, const MqText *group, guint count, guint32 *numbers, guint32 *codes)
{
  const MqNumberTexts *form = &self->numbers;
  guint                unknown = 0;

  for (guint i = 0; i < count; i++)
    {
      numbers[i] = group[i].text != NULL && form->digits > 0 ? mq_number_texts_number (form, group[i].text, group[i].length) : MQ_NUMBER_TEXT_NONE;
      if (numbers[i] < form->room)
        __builtin_prefetch (&form->known[numbers[i]]);
    }
  for (guint i = 0; i < count; i++)
    {
      codes[i] = numbers[i] < form->room ? form->known[numbers[i]] - 1 : MQ_TEXT_NONE;
      unknown += codes[i] == MQ_TEXT_NONE;
    }
  return unknown;
}

/* What is to be looked at is fetched ahead for a group of texts, first of the array, then of the slots. */
static void
add_group (MqDictionary *self, const MqText *group, guint count, guint32 *codes)
{
  Lookup  lookups[AHEAD];
  guint32 numbers[AHEAD];
  guint   unknown = 0;

  unknown = find_numbers (self, group, count, numbers, codes);
  self->found += count - unknown;
  if (unknown == 0)
    return;
  unknown = 0;
  for (guint i = 0; i < count; i++)
    {
      Lookup *lookup = &lookups[unknown];

      if (codes[i] != MQ_TEXT_NONE || group[i].text == NULL)
        continue;
      lookup->index = i;
      lookup->hash = make_key (group[i].text, group[i].length, &lookup->key);
      __builtin_prefetch (&self->slots[lookup->hash & self->mask]);
      unknown++;
    }
  for (guint i = 0; i < unknown; i++)
    codes[lookups[i].index] = add_number (self, &group[lookups[i].index], numbers[lookups[i].index], &lookups[i]);
}

void
mq_dictionary_add_all (MqDictionary *self, const MqText *texts, guint n, guint32 *codes)
{
  guint start = add_to_small (self, texts, n, codes);

  for (; start < n; start += AHEAD)
    add_group (self, texts + start, MIN (AHEAD, n - start), codes + start);
}

gint64
mq_dictionary_find (const MqDictionary *self, const char *text, gsize length)
{
  Key     key;
  guint64 hash = make_key (text, length, &key);

  return (gint64) find_slot (self, text, length, hash, key)->code - 1;
}

gboolean
mq_dictionary_is_whole (const MqDictionary *self)
{
  return !self->failed;
}

guint
mq_dictionary_length (const MqDictionary *self)
{
  return self->n;
}

const char *
mq_dictionary_get (const MqDictionary *self, guint32 code, gsize *length)
{
  *length = self->offsets[code + 1] - self->offsets[code];
  return self->bytes + self->offsets[code];
}

gsize
mq_dictionary_text_bytes (const MqDictionary *self)
{
  return self->offsets[self->n];
}

void
mq_dictionary_seal (MqDictionary *self)
{
  g_clear_pointer (&self->slots, g_free);
  mq_number_texts_clear (&self->numbers);
}

gsize
mq_dictionary_bytes (const MqDictionary *self)
{
  return sizeof *self + (self->slots != NULL ? self->mask + 1 : 0) * sizeof (Slot) + self->room * sizeof (guint32) + self->bytes_room + self->numbers.room * sizeof *self->numbers.known;
}
