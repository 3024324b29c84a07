/* mood-features.h: what the model sees of a text: its n-grams (by hash), and a few rows for how the word list's words
 * add up. The same for training, scoring and explaining.
 *
 * Chinese: n-grams of 1 to 3 characters inside a run of characters, pairs at the run's ends, [emoticons], pairs after a
 * negator, pairs after "but". Others: words, pairs of words, 3 to 5 characters of a word with its ends, words after a negator,
 * after "but". Both: signs and emoji alone and in pairs, words of the list. */

#pragma once

#include "sentiment/mood-text.h"

G_BEGIN_DECLS

/* The model knows some n-grams and no others: a gram's hash names a slot and what has to be marked there. The highest bit is the
 * table: Chinese, others. */
#define MQ_MOOD_SLOT_BITS 18
#define MQ_MOOD_N_SLOTS (2u << MQ_MOOD_SLOT_BITS)

static inline guint32
mq_mood_slot (guint32 gram)
{
  return gram >> (31 - MQ_MOOD_SLOT_BITS);
}

static inline guint8
mq_mood_mark (guint32 gram)
{
  return (guint8) (gram >> (23 - MQ_MOOD_SLOT_BITS));
}

/* A single Chinese character has a row of its own, beyond those of the slots: all zeros if the model does not know it. */
#define MQ_MOOD_ROW_OF_CHARACTER(unit) (MQ_MOOD_N_SLOTS + (unit))
#define MQ_MOOD_N_ROWS (MQ_MOOD_N_SLOTS + G_MAXUINT16 + 1)

#define MQ_MOOD_N_DENSE 40

/* The units that a gram was made of. */
typedef struct
{
  guint32 first; /* unit */
  guint32 end;
} MqMoodSpan;

/* A word of letters: units [first, end), and its hash. */
typedef struct
{
  guint32 first;
  guint32 end;
  guint64 hash;
} MqMoodWordPlace;

typedef struct _MqMoodWordCache MqMoodWordCache;

/* Reused from text to text; one a thread. */
typedef struct
{
  MqMoodText       text;
  guint32         *grams; /* (owned) n of them */
  MqMoodSpan      *spans; /* (owned) as many, only if asked for */
  gsize            n;
  gsize            allocated;
  MqMoodWordPlace *words; /* (owned) of a text that is not Chinese */
  gsize            words_allocated;
  guint8           dense[8]; /* rows of the small table */
  guint            n_dense;
  gboolean         chinese;
  gboolean         with_spans;

  /* When scoring, set before the first text; else NULL, and all is in the grams. */
  const guint8    *marks; /* (borrowed) of the model: grams' are fetched ahead of their use; single characters outside a negator's scope go to the rows */
  MqMoodWordCache *cache; /* (borrowed) what words always have is added to its sums instead of the grams */
  guint32         *rows;  /* (owned) n_rows of such characters, and room for those of the grams */
  gsize            n_rows;
} MqMoodFeatures;

void mq_mood_features_read (MqMoodFeatures *self, const char *text, gsize length);
void mq_mood_features_clear (MqMoodFeatures *self);

/* The grams that a word always has, at most MQ_MOOD_WORD_GRAMS. */
#define MQ_MOOD_WORD_MOST 24
#define MQ_MOOD_WORD_GRAMS (1 + 3 * (MQ_MOOD_WORD_MOST + 2))
guint mq_mood_word_grams (const guint16 *word, gsize n, guint64 hash, guint32 *grams, MqMoodSpan *spans /* (nullable) */);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqMoodFeatures, mq_mood_features_clear)

G_END_DECLS
