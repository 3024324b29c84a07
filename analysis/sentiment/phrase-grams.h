/* phrase-grams.h: MqPhraseGrams, every run of 1 to 5 Chinese characters, or 1 to 3 words, that enough comments have. */

#pragma once

#include "sentiment/phrase-tokens.h"

G_BEGIN_DECLS

#define MQ_GRAM_LONGEST 5

typedef struct
{
  guint32 first;       /* token where it first stands */
  guint32 count;       /* occurrences */
  guint32 comments;    /* with it */
  guint32 last;        /* comment seen last + 1 */
  guint32 left, right; /* the grams one shorter that begin at the same token and at the next */
} MqGram;

typedef struct
{
  guint32 token;
  guint32 gram; /* that begins there */
} MqGramPlace;

/* The grams of one length. */
typedef struct
{
  GArray      *grams;  /* (owned) (element-type MqGram) in order of `first` */
  MqGramPlace *places; /* (owned) ascending by token; 0 of token G_MAXUINT32 after them */
  gsize        n_places;
} MqGramLevel;

typedef struct
{
  const MqPhraseTokens *tokens;                      /* (borrowed) */
  MqGramLevel           levels[MQ_GRAM_LONGEST + 1]; /* by length; 0 is empty */
} MqPhraseGrams;

/* least: comments. FALSE with error: cancelled. */
gboolean mq_phrase_grams_init (MqPhraseGrams *self, const MqPhraseTokens *tokens, guint least, const MqRun *run, GError **error);
void     mq_phrase_grams_clear (MqPhraseGrams *self);

/* How often the `part` tokens of a gram of `length` that begin at `from` occur. */
guint32 mq_phrase_grams_count (const MqPhraseGrams *self, const MqGram *gram, guint length, guint from, guint part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPhraseGrams, mq_phrase_grams_clear)

G_END_DECLS
