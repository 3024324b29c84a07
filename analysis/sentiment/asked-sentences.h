/* asked-sentences.h: MqAskedSentences, the sentences of comments that ask something, with the letters that they are compared by. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

typedef struct
{
  char  *text; /* (owned) */
  guint  comment;
  guint  n;     /* letters, 2 at least */
  gsize  first; /* of them, in `letters` */
  gint64 time;
} MqAskedSentence;

typedef struct
{
  GArray *sentences; /* (owned) (element-type MqAskedSentence) in order of the comments */
  GArray *letters;   /* (owned) (element-type guint32) folded, without signs, blanks and fillers */
} MqAskedSentences;

/* FALSE with error: cancelled. */
gboolean mq_asked_sentences_init (MqAskedSentences *self, const MqFeedback *feedback, const MqRun *run, GError **error);
void     mq_asked_sentences_clear (MqAskedSentences *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqAskedSentences, mq_asked_sentences_clear)

G_END_DECLS
