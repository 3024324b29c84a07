/* phrase-grams.c: a gram is the two that are one shorter, begun at the same place and at the next: a pair of numbers, whatever
 * its length. Only places of grams that are frequent enough are kept, and only pairs of neighbouring places are looked up.
 * Most of those are rare: they are counted first in a few cells, many to a cell, and what is in a cell that stays low is rare. */

#include "config.h"

#include "sentiment/phrase-grams.h"

#define MOST_WORDS 3
#define NONE G_MAXUINT32

/* Open hashing of pairs. */
typedef struct
{
  guint64 key; /* the two numbers + 1 each; 0: free */
  guint32 gram;
} Slot;

typedef struct
{
  Slot *slots; /* (owned) */
  gsize n_slots;
  gsize n;
} Pairs;

/* How often pairs are there, at least the ones that it matters of. */
typedef struct
{
  guint8 *cells; /* (owned) up to `enough` */
  guint   shift;
  guint8  enough;
} Sketch;

static inline guint64
key_of (guint32 one, guint32 other)
{
  return ((guint64) one + 1) << 32 | (other + 1);
}

static inline guint64
hash_key (guint64 key)
{
  return (key ^ key >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

static inline gsize
find_slot (const Pairs *self, guint64 key)
{
  gsize slot = hash_key (key) >> 20 & (self->n_slots - 1);

  while (self->slots[slot].key != 0 && self->slots[slot].key != key)
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static void
grow (Pairs *self)
{
  Pairs old = *self;

  self->n_slots = MAX (old.n_slots * 2, 4096);
  self->slots = g_new0 (Slot, self->n_slots);
  for (gsize i = 0; i < old.n_slots; i++)
    if (old.slots[i].key != 0)
      self->slots[find_slot (self, old.slots[i].key)] = old.slots[i];
  g_free (old.slots);
}

/* Few enough cells that they stay near, so many that what is rare fills none. */
static void
sketch_init (Sketch *self, gsize n_places, guint least)
{
  guint bits = CLAMP (g_bit_storage (n_places / least * 4), 12, 24);

  self->cells = g_new0 (guint8, (gsize) 1 << bits);
  self->shift = 64 - bits;
  self->enough = MIN (least, G_MAXUINT8);
}

static inline void
sketch_add (Sketch *self, guint64 key)
{
  guint8 *cell = &self->cells[hash_key (key) >> self->shift];

  *cell += *cell < self->enough;
}

static inline gboolean
sketch_has (const Sketch *self, guint64 key)
{
  return self->cells[hash_key (key) >> self->shift] == self->enough;
}

static inline void
count (MqGram *gram, guint32 owner)
{
  gram->count++;
  gram->comments += gram->last != owner + 1;
  gram->last = owner + 1;
}

static guint32
add_gram (MqGramLevel *self, guint32 first, guint32 left, guint32 right)
{
  MqGram gram = { .first = first, .left = left, .right = right };

  g_array_append_val (self->grams, gram);
  return self->grams->len - 1;
}

static inline void
add_place (MqGramLevel *self, guint32 token, guint32 gram)
{
  self->places[self->n_places++] = (MqGramPlace){ token, gram };
}

static void
level_init (MqGramLevel *self, gsize most_places)
{
  self->grams = g_array_new (FALSE, FALSE, sizeof (MqGram));
  self->places = g_new (MqGramPlace, most_places + 1);
}

/* Keeps the grams that are in enough comments. (transfer full) by the number that each had: its number now; NONE */
static guint32 *
drop_rare (MqGramLevel *self, guint least)
{
  guint32 *number = g_new (guint32, MAX (self->grams->len, 1));
  guint    n = 0;

  for (guint i = 0; i < self->grams->len; i++)
    {
      const MqGram gram = g_array_index (self->grams, MqGram, i);

      number[i] = gram.comments >= least ? n : NONE;
      if (gram.comments >= least)
        g_array_index (self->grams, MqGram, n++) = gram;
    }
  g_array_set_size (self->grams, n);
  return number;
}

static void
end_places (MqGramLevel *self)
{
  self->places = g_renew (MqGramPlace, self->places, self->n_places + 1);
  self->places[self->n_places] = (MqGramPlace){ NONE, NONE };
}

static void
find_tokens (MqGramLevel *self, guint least, const MqPhraseTokens *tokens)
{
  gsize               n_tokens = MQ_TOKEN_WORDS + (gsize) tokens->n_words;
  g_autofree guint32 *gram_of = g_new (guint32, n_tokens);
  g_autofree guint32 *number = NULL;

  for (gsize i = 0; i < n_tokens; i++)
    gram_of[i] = NONE;
  for (gsize i = 0; i < tokens->n; i++)
    {
      guint32 token = tokens->tokens[i];

      if (token == MQ_TOKEN_BREAK)
        continue;
      if (gram_of[token] == NONE)
        gram_of[token] = add_gram (self, i, NONE, NONE);
      count (&g_array_index (self->grams, MqGram, gram_of[token]), tokens->owner[i]);
    }
  number = drop_rare (self, least);
  for (gsize i = 0; i < n_tokens; i++)
    gram_of[i] = gram_of[i] != NONE ? number[gram_of[i]] : NONE;
  for (gsize i = 0; i < tokens->n; i++)
    if (gram_of[tokens->tokens[i]] != NONE)
      add_place (self, i, gram_of[tokens->tokens[i]]);
  end_places (self);
}

static void
drop_places (MqGramLevel *self, const guint32 *number)
{
  gsize n_places = self->n_places;

  self->n_places = 0;
  for (gsize i = 0; i < n_places; i++)
    if (number[self->places[i].gram] != NONE)
      add_place (self, self->places[i].token, number[self->places[i].gram]);
  end_places (self);
}

/* Whether a gram of this length begins at a place of the shorter ones: its key; else 0. */
static inline guint64
read_pair (const MqPhraseTokens *tokens, const MqGramPlace *place, guint length)
{
  const guint32 *token = tokens->tokens + place->token;
  gboolean       word = mq_token_is_word (token[0]);

  if (place[1].token != place->token + 1 || word != mq_token_is_word (token[1]) || (word && length > MOST_WORDS))
    return 0;
  return key_of (place->gram, place[1].gram);
}

static gboolean
sketch_pairs (Sketch *sketch, const MqGramLevel *shorter, guint length, const MqPhraseTokens *tokens, const MqRun *run, GError **error)
{
  for (gsize i = 0; i < shorter->n_places; i++)
    {
      guint64 key = read_pair (tokens, &shorter->places[i], length);

      if (i % 65536 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (key != 0)
        sketch_add (sketch, key);
    }
  return TRUE;
}

static gboolean
count_pairs (MqGramLevel *self, const Sketch *sketch, const MqGramLevel *shorter, guint length, const MqPhraseTokens *tokens, const MqRun *run, GError **error)
{
  Pairs    pairs = { NULL, 0, 0 };
  gboolean done = TRUE;

  grow (&pairs);
  for (gsize i = 0; i < shorter->n_places; i++)
    {
      const MqGramPlace *place = &shorter->places[i];
      guint64            key = read_pair (tokens, place, length);
      Slot              *slot;

      if (i % 65536 == 0 && !(done = mq_run_check (run, error)))
        break;
      if (key == 0 || !sketch_has (sketch, key))
        continue;
      slot = &pairs.slots[find_slot (&pairs, key)];
      if (slot->key == 0)
        {
          *slot = (Slot){ key, add_gram (self, place->token, place->gram, place[1].gram) };
          if (++pairs.n * 2 > pairs.n_slots)
            {
              grow (&pairs);
              slot = &pairs.slots[find_slot (&pairs, key)];
            }
        }
      add_place (self, place->token, slot->gram);
      count (&g_array_index (self->grams, MqGram, slot->gram), tokens->owner[place->token]);
    }
  g_free (pairs.slots);
  return done;
}

static gboolean
find_pairs (MqGramLevel *self, const MqGramLevel *shorter, guint length, guint least, const MqPhraseTokens *tokens, const MqRun *run, GError **error)
{
  g_autofree guint32 *number = NULL;
  Sketch              sketch;
  gboolean            done;

  sketch_init (&sketch, shorter->n_places, least);
  done = sketch_pairs (&sketch, shorter, length, tokens, run, error) && count_pairs (self, &sketch, shorter, length, tokens, run, error);
  g_free (sketch.cells);
  if (!done)
    return FALSE;
  number = drop_rare (self, least);
  drop_places (self, number);
  return TRUE;
}

gboolean
mq_phrase_grams_init (MqPhraseGrams *self, const MqPhraseTokens *tokens, guint least, const MqRun *run, GError **error)
{
  *self = (MqPhraseGrams){ .tokens = tokens };
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    {
      MqGramLevel *level = &self->levels[length];

      level_init (level, length == 1 ? tokens->n : level[-1].n_places);
      if (length == 1)
        find_tokens (level, least, tokens);
      else if (!find_pairs (level, level - 1, length, least, tokens, run, error))
        return FALSE;
    }
  return TRUE;
}

void
mq_phrase_grams_clear (MqPhraseGrams *self)
{
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    {
      g_clear_pointer (&self->levels[length].places, g_free);
      g_clear_pointer (&self->levels[length].grams, g_array_unref);
    }
}

guint32
mq_phrase_grams_count (const MqPhraseGrams *self, const MqGram *gram, guint length, guint from, guint part)
{
  for (; from > 0; from--)
    gram = &g_array_index (self->levels[--length].grams, MqGram, gram->right);
  while (length > part)
    gram = &g_array_index (self->levels[--length].grams, MqGram, gram->left);
  return gram->count;
}
