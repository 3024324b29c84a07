/* phrase-grams.h: MqPhraseGrams, every run of 1 to 5 Chinese characters, or 1 to 3 words, that enough comments have. */

#pragma once

#include "sentiment/phrase-tokens.h"

G_BEGIN_DECLS

#define MQ_GRAM_LONGEST 5
#define MQ_GRAM_NONE G_MAXUINT32

typedef struct
{
  guint32 first;    /* token where it first stands */
  guint32 count;    /* occurrences */
  guint32 comments; /* with it */
  guint32 last;     /* comment seen last + 1 */
} MqGram;

/* The grams of one length. */
typedef struct
{
  guint32 *at;    /* (owned) by token: the gram that begins there; MQ_GRAM_NONE: none, or too rare */
  GArray  *grams; /* (owned) (element-type MqGram) in order of `first`; too rare ones too */
} MqGramLevel;

typedef struct
{
  const MqPhraseTokens *tokens;                      /* (borrowed) */
  MqGramLevel           levels[MQ_GRAM_LONGEST + 1]; /* by length; 0 is empty */
} MqPhraseGrams;

/* least: comments. FALSE with error: cancelled. */
gboolean mq_phrase_grams_init (MqPhraseGrams *self, const MqPhraseTokens *tokens, guint least, const MqRun *run, GError **error);
void     mq_phrase_grams_clear (MqPhraseGrams *self);

/* How often the gram of `length` that begins at a token occurs; it is one that is not too rare. */
static inline guint32
mq_phrase_grams_count (const MqPhraseGrams *self, gsize first, guint length)
{
  const MqGramLevel *level = &self->levels[length];

  return g_array_index (level->grams, MqGram, level->at[first]).count;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPhraseGrams, mq_phrase_grams_clear)

G_END_DECLS
