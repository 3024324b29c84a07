/* comments-window.h: the comments behind a mark: a window with their texts, to be read and exported. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

GtkWidget *mq_comments_window_present (MqPage *page, MqTable *table); /* (transfer none) */
void       mq_comments_window_set_table (GtkWidget *window, MqTable *table);

G_END_DECLS
