/* comment-search.h: MqCommentSearch finds the comments of a table that have words, in the language of queries
 * (sentiment/feedback-query.h), on a worker; only the newest answer is told. Main thread.
 *
 * Signal "found" (GArray of guint32, borrowed): the rows, ascending. */

#pragma once

#include <gio/gio.h>

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_TYPE_COMMENT_SEARCH (mq_comment_search_get_type ())
G_DECLARE_FINAL_TYPE (MqCommentSearch, mq_comment_search, MQ, COMMENT_SEARCH, GObject)

/* A table of mq_feedback_texts_table(). */
MqCommentSearch *mq_comment_search_new (MqTable *table);
/* FALSE with MQ_ANALYSIS_ERROR_SETTING, which names the column where the query cannot be read: what was
 * asked before is not told any more. */
gboolean mq_comment_search_ask (MqCommentSearch *self, const char *query, GError **error);
void     mq_comment_search_cancel (MqCommentSearch *self);

G_END_DECLS
