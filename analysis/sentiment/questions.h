/* questions.h: what is asked often: comments that ask, those that ask nearly the same together. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

/* questions (question, n, first, last, example, answer): the commonest wording, how many comments ask it, the first and last day,
 * another wording, the answer of the library (answers.h). Most asked first. */
MqTable *mq_questions_table (const MqFeedback *feedback, const MqScope *scope, guint most);
/* keep: by comment; set to 0 for those that do not ask this question of the table. */
void mq_questions_keep (const MqFeedback *feedback, const char *question, guint8 *keep);

G_END_DECLS
