/* comment-list.h: MqCommentList, comments one under the other, each with its mood and the words that decided it marked: what
 * spoke for the mood in bold on its colour, what spoke against it underlined. Words are read again only of the rows in sight.
 *
 * Signal "correct" (text, polarity, emotion): the user says which mood a comment has; int MqPolarity or -1, "as the model reads
 * it"; int MqEmotion or -1, not said. The list shows it at once. Signal "stock" (text, gboolean): the user says that this text is
 * a stock phrase and no comment, or that it is one after all. Signal "customer" (key): who wrote it is to be seen. Signal "voice" (key): so is all that
 * they wrote. */

#pragma once

#include <adwaita.h>

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_TYPE_COMMENT_LIST (mq_comment_list_get_type ())
G_DECLARE_FINAL_TYPE (MqCommentList, mq_comment_list, MQ, COMMENT_LIST, AdwBin)

GtkWidget *mq_comment_list_new (void);
/* A table of mq_feedback_texts_table(). `label` is what a screen reader calls the list. */
void mq_comment_list_set_table (MqCommentList *self, MqTable *table /* (transfer none) (nullable) */, const char *label);
/* Shows that this text is a stock phrase from now on, or none any more. */
void     mq_comment_list_set_stock (MqCommentList *self, const char *text, gboolean is_stock);
MqTable *mq_comment_list_get_table (MqCommentList *self); /* (transfer none) (nullable) */
/* Words of these queries (sentiment/feedback-query.h) stand out; one that cannot be read has none. */
void mq_comment_list_set_searched (MqCommentList *self, const char *const *queries);
/* Shows these rows of it only (element-type guint32); NULL: all. */
void mq_comment_list_show_rows (MqCommentList *self, GArray *rows /* (transfer full) (nullable) */);

G_END_DECLS
