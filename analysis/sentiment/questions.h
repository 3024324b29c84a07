/* questions.h: what is asked often: comments that ask, those that ask nearly the same together. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

/* questions (question, n, first, last, example, answer): the commonest wording, how many comments ask it, the first and last day,
 * another wording, the answer of the library (answers.h). Most asked first. NULL with error: cancelled. Any thread. */
MqTable *mq_questions_table (const MqFeedback *feedback, const MqScope *scope, guint most, const MqRun *run, GError **error);
/* keep: by comment; set to 0 for those that do not ask this question of the table. FALSE with error: cancelled. */
gboolean mq_questions_keep (const MqFeedback *feedback, const char *question, guint8 *keep, const MqRun *run, GError **error);

G_END_DECLS
