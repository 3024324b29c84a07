/* mood-words.h: the program's own list of words that say how somebody feels, Chinese (simplified) and English, with the
 * words that turn a feeling round. Written by hand; no published lexicon is in it. Immutable after the first use; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_WORD_NONE,
  MQ_WORD_POSITIVE,
  MQ_WORD_VERY_POSITIVE,
  MQ_WORD_NEGATIVE,
  MQ_WORD_VERY_NEGATIVE,
  MQ_WORD_NOT,       /* turns what follows round */
  MQ_WORD_COULD_NOT, /* with a comparative after it: "couldn't be happier" */
  MQ_WORD_BUT,       /* what follows weighs more */
  MQ_WORD_NOT_OVER,  /* looks like a negator and is none: 不但, 特别 */
} MqWordKind;

/* The first four of n units go into the hash, without a jump. */
static inline guint64
mq_mood_hash_four (guint64 hash, const guint16 *units, gsize n)
{
  guint64 four = units[0] | (guint64) units[1] << 16 | (guint64) units[2] << 32 | (guint64) units[3] << 48;
  guint64 all = -(guint64) (n >= 4), some = (G_GUINT64_CONSTANT (1) << 16 * (n % 4)) - 1;

  hash = (hash ^ (four & (all | some))) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
  return hash ^ hash >> 32;
}

/* Of n units; how long a word is, is what no processor foresees: up to eight there is no jump. Words are read with what stands
 * behind them, MQ_MOOD_BEHIND units from any of their own on (sentiment/mood-text.h): that does not count. */
static inline guint64
mq_mood_hash_word (const guint16 *word, gsize n)
{
  guint64 first = mq_mood_hash_four (G_GUINT64_CONSTANT (14695981039346656037), word, n), hash = mq_mood_hash_four (first, word + 4, n - 4);

  hash = first ^ ((first ^ hash) & -(guint64) (n > 4));
  for (; n > 8; n -= 4, word += 4)
    hash = mq_mood_hash_four (hash, word + 8, n - 8);
  return hash;
}

/* Before the first of the questions below; any thread, any number of times. */
void mq_mood_words_prepare (void);

#define MQ_MOOD_WORD_LONGEST 8

/* Of each character the lengths (bit n - 1: n characters) of the Chinese words that have it first, from bit 8 on second, from
 * bit 16 on third; from bit 24 on what it is by itself. */
extern guint32 mq_mood_word_places[65536] __attribute__ ((visibility ("hidden")));

/* Of the lengths the longest that is a word; *length is 0 if none is. `text` may be read as a word's. */
MqWordKind mq_mood_word_find (const guint16 *text, guint lengths, guint *length);

/* The lengths that a word could have by the places of its first three characters; 0: no word begins here. */
static inline guint
mq_mood_word_lengths (guint32 first, guint32 second, guint32 third)
{
  return first & (second >> 8 | 1) & (third >> 16 | 3) & 0xff;
}

/* The longest word of the list that begins at `text` (lower case, traditional characters folded), of `n` > 0 characters at most.
 * Its length goes to `length`; MQ_WORD_NONE: there is none. */
static inline MqWordKind
mq_mood_word_chinese (const guint16 *text, gsize n, guint *length)
{
  guint32 first = mq_mood_word_places[text[0]];
  guint   lengths = mq_mood_word_lengths (first, mq_mood_word_places[text[1]], mq_mood_word_places[text[2]]) & ((1u << MIN (n, MQ_MOOD_WORD_LONGEST)) - 1);

  if (lengths > 1)
    return mq_mood_word_find (text, lengths, length);
  *length = lengths;
  return lengths == 1 ? (MqWordKind) (first >> 24) : MQ_WORD_NONE;
}

/* One English word of n units, by its mq_mood_hash_word(): in lower case; the apostrophe is '. */
MqWordKind mq_mood_word_english (guint64 hash, gsize n);

/* Lists of one kind, with blanks between: for the trainer's made-up phrases. */
const char *mq_mood_words (MqWordKind kind, gboolean chinese);

G_END_DECLS
