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

/* The longest word of the list that begins at `text` (lower case, traditional characters folded), of `n` characters at
 * most. Its length goes to `length`; MQ_WORD_NONE: there is none. */
MqWordKind mq_mood_word_chinese (const guint16 *text, gsize n, guint *length);
/* One English word, in lower case; the apostrophe is '. */
MqWordKind mq_mood_word_english (const guint16 *text, gsize n);

/* Lists of one kind, with blanks between: for the trainer's made-up phrases. */
const char *mq_mood_words (MqWordKind kind, gboolean chinese);

G_END_DECLS
