/* mood-grams.h: the hash of an n-gram; shared by what reads Chinese, English and signs. */

#pragma once

#include <string.h>

#include "sentiment/mood-features.h"
#include "sentiment/mood-words.h"

G_BEGIN_DECLS

/* What kind of n-gram it is; part of the hash: never change a number. */
enum
{
  KIND_ONE = 1,
  KIND_TWO,
  KIND_THREE,
  KIND_FIRST,
  KIND_LAST,
  KIND_NOT_ONE,
  KIND_NOT_TWO,
  KIND_BUT_TWO,
  KIND_BRACKET,
  KIND_SIGN,
  KIND_SIGNS,
  KIND_WORD,
  KIND_WORDS,
  KIND_THREE_LETTERS,
  KIND_FOUR_LETTERS,
  KIND_FIVE_LETTERS,
  KIND_NOT_WORD,
  KIND_BUT_WORD,
  KIND_LISTED,
  KIND_FOREIGN_WORD,
};

/* How the listed words of a text add up. */
typedef struct
{
  int      balance;
  int      after_but; /* the balance since the last "but" */
  guint    hits;
  guint    hits_after_but;
  gboolean but;
} MqMoodTally;

/* What goes from word to word of an English clause; zeros at its begin. */
typedef struct
{
  guint    negators, reach;
  gboolean could_not;
  gboolean bare; /* the word before is a negator */
  gboolean has_before;
  guint8   leads;  /* of the word before */
  guint64  before; /* hash of the word before */
  gsize    before_first;
} MqMoodClause;

static inline guint32
mq_mood_hash_gram (guint table, guint kind, guint64 key)
{
  guint64 hash = (key ^ (guint64) kind << 56) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash ^= hash >> 29;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return table << 31 | (guint32) (hash >> 33);
}

/* The part of a word's hash that is a key: the kind takes the rest. */
#define MQ_MOOD_KEY(hash) ((hash) &G_GUINT64_CONSTANT (0x00ffffffffffffff))

/* Asks the processor for the gram's mark, which is looked at much later. */
static inline void
mq_mood_fetch (const MqMoodFeatures *self, guint32 gram)
{
  if (self->marks != NULL)
    __builtin_prefetch (self->marks + mq_mood_slot (gram));
}

static inline void
mq_mood_add_gram (MqMoodFeatures *self, guint32 gram, gsize first, gsize end)
{
  self->grams[self->n] = gram;
  mq_mood_fetch (self, gram);
  if (self->with_spans)
    self->spans[self->n] = (MqMoodSpan){ first, end };
  self->n++;
}

/* The characters at i and i + 1. */
static inline guint64
mq_mood_pair_at (const MqMoodFeatures *self, gsize i)
{
  return self->text.units[i] | (guint64) self->text.units[i + 1] << 16;
}

static inline gboolean
mq_mood_is_feeling (MqWordKind kind)
{
  return kind >= MQ_WORD_POSITIVE && kind <= MQ_WORD_VERY_NEGATIVE;
}

static inline int
mq_mood_sign_of (MqWordKind kind)
{
  return kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE ? 1 : -1;
}

/* A listed word [first, end) that feels, under `negators` negators. */
void mq_mood_count_feeling (MqMoodFeatures *self, MqMoodTally *tally, MqWordKind kind, guint negators, gsize first, gsize end);

/* A run of Chinese characters [first, end). */
void mq_mood_read_run (MqMoodFeatures *self, gsize first, gsize end, MqMoodTally *tally);
/* A word of an English text. */
void mq_mood_read_word (MqMoodFeatures *self, const MqMoodWordPlace *place, MqMoodClause *clause, MqMoodTally *tally);
void mq_mood_end_clause (MqMoodClause *clause, MqMoodTally *tally);

G_END_DECLS
