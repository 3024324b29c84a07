/* question-groups.h: sentences that ask nearly the same, together. */

#pragma once

#include "sentiment/asked-sentences.h"

G_BEGIN_DECLS

#define MQ_QUESTION_NO_OTHER G_MAXUINT

typedef struct
{
  guint  leader; /* the sentence that came first */
  guint  n;      /* sentences */
  guint  number; /* among the groups as they were found */
  guint  other;  /* the first sentence of another wording; MQ_QUESTION_NO_OTHER */
  gint64 first, last;
} MqQuestionGroup;

/* (element-type MqQuestionGroup) in order of the leaders. of: by sentence, its group. A sentence joins the group whose leader
 * it resembles most: by letters and pairs of neighbours, shared to all, a half at least (Jaccard). (transfer full) */
GArray *mq_question_groups (const MqAskedSentences *asked, guint *of);

G_END_DECLS
