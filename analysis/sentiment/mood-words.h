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

/* Before the first of the questions below; any thread, any number of times. */
void mq_mood_words_prepare (void);

#define MQ_MOOD_WORD_LONGEST 8

/* By place and character: the lengths (bit n - 1: n characters) of the Chinese words that have it first, second, third. */
extern guint8 mq_mood_word_places[3][65536] __attribute__ ((visibility ("hidden")));

/* Of the lengths the longest that is a word. */
MqWordKind mq_mood_word_find (const guint16 *text, guint lengths, guint *length);

/* The longest word of the list that begins at `text` (lower case, traditional characters folded; two more units can be
 * read after the n-th), of `n` > 0 characters at most. Its length goes to `length`; MQ_WORD_NONE: there is none. */
static inline MqWordKind
mq_mood_word_chinese (const guint16 *text, gsize n, guint *length)
{
  guint lengths = mq_mood_word_places[0][text[0]];

  if (lengths == 0)
    return MQ_WORD_NONE;
  lengths &= (mq_mood_word_places[1][text[1]] | 1) & (mq_mood_word_places[2][text[2]] | 3);
  if (n < MQ_MOOD_WORD_LONGEST)
    lengths &= (1u << n) - 1;
  return lengths != 0 ? mq_mood_word_find (text, lengths, length) : MQ_WORD_NONE;
}

/* One English word, in lower case; the apostrophe is '. */
MqWordKind mq_mood_word_english (const guint16 *text, gsize n);

/* Lists of one kind, with blanks between: for the trainer's made-up phrases. */
const char *mq_mood_words (MqWordKind kind, gboolean chinese);

G_END_DECLS
