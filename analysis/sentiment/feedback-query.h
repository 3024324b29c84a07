/* feedback-query.h: MqFeedbackQuery, what is searched in texts: words, "phrases", AND, OR, NOT, brackets; words side by side
 * are AND. A word is found inside other words, without regard to case, width or traditional characters. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

typedef struct _MqFeedbackQuery MqFeedbackQuery;

/* NULL with MQ_ANALYSIS_ERROR_SETTING, which names the column (in characters, from 1) and the setting that holds the query, if
 * any does. An empty query matches every text. */
MqFeedbackQuery *mq_feedback_query_parse (const char *query, const char *setting /* (nullable) */, GError **error);
void             mq_feedback_query_free (MqFeedbackQuery *self);

gboolean mq_feedback_query_is_empty (const MqFeedbackQuery *self);
/* `folded` is mq_feedback_fold() of a text. */
gboolean mq_feedback_query_matches (const MqFeedbackQuery *self, const char *folded);

/* Bytes [first, end) of a text. */
typedef struct
{
  gsize first;
  gsize end;
} MqFeedbackSpan;

/* Where the words that the query wants stand in a text - not folded -, from its begin on; what touches is one. Words under a NOT
 * are not wanted. (element-type MqFeedbackSpan) (transfer full) */
GArray *mq_feedback_query_find (const MqFeedbackQuery *self, const char *text);

/* The form in which texts are searched. (transfer full) */
char *mq_feedback_fold (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqFeedbackQuery, mq_feedback_query_free)

G_END_DECLS
