/* mood-word-cache.h: words that were met before, with what their grams add up to: a language has few words, and says them
 * often. One thread's. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_QUIRK_NONE,
  MQ_QUIRK_MORE, /* a comparative */
  MQ_QUIRK_WORSE,
  MQ_QUIRK_NOR,
} MqMoodQuirk;

/* 32 bytes: two in a line of the processor's cache. */
typedef struct
{
  guint64 hash;
  gint16  sums[MQ_MOOD_COLUMNS]; /* of its grams; at most MQ_MOOD_WORD_GRAMS of 127 */
  guint8  n;                     /* how many; 0: nothing is here */
  guint8  kind : 5;              /* MqWordKind */
  guint8  quirk : 3;             /* MqMoodQuirk */
  guint8  leads;                 /* bits: pairs of words that it begins */
  guint8  follows;               /* that it ends */
} MqMoodWord;

G_STATIC_ASSERT (sizeof (MqMoodWord) == 32);

struct _MqMoodWordCache
{
  MqMoodWord        *words;                 /* (owned) */
  const MqMoodModel *model;                 /* (borrowed) */
  gint32             sums[MQ_MOOD_COLUMNS]; /* of the words added since the last reset */
  gsize              n;                     /* grams of those */
};

void mq_mood_word_cache_init (MqMoodWordCache *self, const MqMoodModel *model);
void mq_mood_word_cache_clear (MqMoodWordCache *self);

#define MQ_MOOD_WORD_CACHE_BITS 16

/* Two places: who comes newly takes the second, who comes again the first. */
static inline MqMoodWord *
mq_mood_word_cache_pair (const MqMoodWordCache *self, guint64 hash)
{
  return &self->words[(hash ^ hash >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (64 - MQ_MOOD_WORD_CACHE_BITS) << 1];
}

/* Makes the word that is not there yet; (transfer none) until the next call. */
const MqMoodWord *mq_mood_word_cache_find (MqMoodWordCache *self, const guint16 *word, gsize n, guint64 hash);

static inline void
mq_mood_word_cache_add (MqMoodWordCache *self, const MqMoodWord *word)
{
  for (guint k = 0; k < MQ_MOOD_COLUMNS; k++)
    self->sums[k] += word->sums[k];
  self->n += word->n;
}

/* What a word is by itself: everything but sums and n. hash: its mq_mood_hash_word(). */
void mq_mood_word_read (MqMoodWord *self, const guint16 *word, gsize n, guint64 hash);

G_END_DECLS
