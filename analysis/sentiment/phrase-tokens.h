/* phrase-tokens.h: MqPhraseTokens, comments cut into what phrases are made of: Chinese characters and words of letters. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

#define MQ_TOKEN_BREAK 0       /* between runs, and between comments */
#define MQ_TOKEN_WORDS 0x10000 /* tokens from here on are words, below characters */

typedef struct _MqTokenWords MqTokenWords;

typedef struct
{
  const MqFeedback *feedback; /* (borrowed) */
  guint32          *tokens;   /* (owned) n, comment after comment, never two breaks in a row */
  guint32          *owner;    /* (owned) by token: its comment */
  gsize             n;
  MqTokenWords     *words; /* (owned) */
  guint             n_words;
} MqPhraseTokens;

/* FALSE with error: cancelled, or more than 2^32 tokens. */
gboolean mq_phrase_tokens_init (MqPhraseTokens *self, const MqFeedback *feedback, const MqRun *run, GError **error);
void     mq_phrase_tokens_clear (MqPhraseTokens *self);

static inline gboolean
mq_token_is_word (guint32 token)
{
  return token >= MQ_TOKEN_WORDS;
}

/* The token of a word (of Latin letters, lower case); MQ_TOKEN_BREAK: no comment has it. */
guint32 mq_phrase_tokens_find (const MqPhraseTokens *self, const char *word);
/* As it is searched, what stands at [first, first + n), one run of one comment. (transfer full) */
char *mq_phrase_tokens_text (const MqPhraseTokens *self, gsize first, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPhraseTokens, mq_phrase_tokens_clear)

G_END_DECLS
