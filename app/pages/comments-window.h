/* comments-window.h: the comments behind a mark: a window with their texts, to be read and exported. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

GtkWidget *mq_comments_window_present (MqPage *page, MqTable *table); /* (transfer none) */
void       mq_comments_window_set_table (GtkWidget *window, MqTable *table);
/* These comments ask this question: an entry under them takes the answer of the library. */
void mq_comments_window_take_answer (GtkWidget *window, const char *question);

G_END_DECLS
