/* phrase-grams.c: a gram is the two that are one shorter, begun at the same place and at the next: a pair of numbers, whatever
 * its length. Only pairs of those that are frequent enough are looked up. */

#include "config.h"

#include "sentiment/phrase-grams.h"

#define MOST_WORDS 3
#define AHEAD 12 /* places that a pair is fetched before its use */

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

static inline guint64
key_of (guint32 one, guint32 other)
{
  return ((guint64) one + 1) << 32 | (other + 1);
}

static inline gsize
home_of (const Pairs *self, guint64 key)
{
  return key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 20 & (self->n_slots - 1);
}

static inline gsize
find_slot (const Pairs *self, guint64 key)
{
  gsize slot = home_of (self, key);

  while (self->slots[slot].key != 0 && self->slots[slot].key != key)
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static void
grow (Pairs *self)
{
  Pairs old = *self;

  self->n_slots = MAX (old.n_slots * 2, 65536);
  self->slots = g_new0 (Slot, self->n_slots);
  for (gsize i = 0; i < old.n_slots; i++)
    if (old.slots[i].key != 0)
      self->slots[find_slot (self, old.slots[i].key)] = old.slots[i];
  g_free (old.slots);
}

static inline void
count (MqGram *gram, guint32 owner)
{
  gram->count++;
  gram->comments += gram->last != owner + 1;
  gram->last = owner + 1;
}

static void
level_init (MqGramLevel *self, gsize n_tokens)
{
  self->at = g_new (guint32, MAX (n_tokens, 1));
  self->grams = g_array_new (FALSE, FALSE, sizeof (MqGram));
}

static guint32
add_gram (MqGramLevel *self, guint32 first)
{
  MqGram gram = { .first = first };

  g_array_append_val (self->grams, gram);
  return self->grams->len - 1;
}

static void
count_tokens (MqGramLevel *self, const MqPhraseTokens *tokens)
{
  g_autofree guint32 *gram_of = g_new (guint32, MQ_TOKEN_WORDS + tokens->n_words);

  for (gsize i = 0; i < MQ_TOKEN_WORDS + tokens->n_words; i++)
    gram_of[i] = MQ_GRAM_NONE;
  for (gsize i = 0; i < tokens->n; i++)
    {
      guint32 token = tokens->tokens[i], gram = gram_of[token];

      if (token != MQ_TOKEN_BREAK && gram == MQ_GRAM_NONE)
        gram = gram_of[token] = add_gram (self, i);
      self->at[i] = gram;
      if (gram != MQ_GRAM_NONE)
        count (&g_array_index (self->grams, MqGram, gram), tokens->owner[i]);
    }
}

static void
drop_rare (MqGramLevel *self, gsize n_tokens, guint least)
{
  for (gsize i = 0; i < n_tokens; i++)
    if (self->at[i] != MQ_GRAM_NONE && g_array_index (self->grams, MqGram, self->at[i]).comments < least)
      self->at[i] = MQ_GRAM_NONE;
}

/* Whether two neighbours go together in a gram of this length. */
static inline gboolean
fits (const MqPhraseTokens *tokens, gsize i, guint length)
{
  gboolean word = mq_token_is_word (tokens->tokens[i]);

  return word == mq_token_is_word (tokens->tokens[i + 1]) && (!word || length <= MOST_WORDS);
}

static gboolean
count_pairs (MqGramLevel *self, const MqGramLevel *shorter, guint length, const MqPhraseTokens *tokens, const MqRun *run, GError **error)
{
  Pairs    pairs = { NULL, 0, 0 };
  gboolean done = TRUE;

  grow (&pairs);
  for (gsize i = 0; i < tokens->n; i++)
    {
      guint32 one = shorter->at[i], other = i + 1 < tokens->n ? shorter->at[i + 1] : MQ_GRAM_NONE;
      guint64 key = key_of (one, other);
      Slot   *slot;

      if (i % 65536 == 0 && !(done = mq_run_check (run, error)))
        break;
      self->at[i] = MQ_GRAM_NONE;
      if (i + AHEAD + 1 < tokens->n)
        __builtin_prefetch (&pairs.slots[home_of (&pairs, key_of (shorter->at[i + AHEAD], shorter->at[i + AHEAD + 1]))]);
      if (one == MQ_GRAM_NONE || other == MQ_GRAM_NONE || !fits (tokens, i, length))
        continue;
      slot = &pairs.slots[find_slot (&pairs, key)];
      if (slot->key == 0)
        {
          *slot = (Slot){ key, add_gram (self, i) };
          self->at[i] = slot->gram;
          if (++pairs.n * 2 > pairs.n_slots)
            grow (&pairs);
        }
      else
        self->at[i] = slot->gram;
      count (&g_array_index (self->grams, MqGram, self->at[i]), tokens->owner[i]);
    }
  g_free (pairs.slots);
  return done;
}

gboolean
mq_phrase_grams_init (MqPhraseGrams *self, const MqPhraseTokens *tokens, guint least, const MqRun *run, GError **error)
{
  *self = (MqPhraseGrams){ .tokens = tokens };
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    {
      level_init (&self->levels[length], tokens->n);
      if (length == 1)
        count_tokens (&self->levels[length], tokens);
      else if (!count_pairs (&self->levels[length], &self->levels[length - 1], length, tokens, run, error))
        return FALSE;
      drop_rare (&self->levels[length], tokens->n, least);
    }
  return TRUE;
}

void
mq_phrase_grams_clear (MqPhraseGrams *self)
{
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    {
      g_clear_pointer (&self->levels[length].at, g_free);
      g_clear_pointer (&self->levels[length].grams, g_array_unref);
    }
}
