/* comments-window.h: the comments behind a mark: a window with their texts, to be read, searched, corrected and exported. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

#define MQ_TYPE_COMMENTS_WINDOW (mq_comments_window_get_type ())
G_DECLARE_FINAL_TYPE (MqCommentsWindow, mq_comments_window, MQ, COMMENTS_WINDOW, AdwWindow)

/* `words`: what they have in common, for people. `searched`: the queries that found them; their words stand out. (transfer none) */
MqCommentsWindow *mq_comments_window_present (MqAnalysisPage *page, MqTable *table, const char *words, const char *const *searched);
/* These comments ask this question: an entry under them takes the answer of the library. */
void mq_comments_window_take_answer (MqCommentsWindow *self, const char *question);

G_END_DECLS
