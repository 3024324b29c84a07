/* segment-dialog.h: asks for the name of a segment, makes the change and offers to take it back. */

#pragma once

#include "page.h"
#include "segment-work.h"

G_BEGIN_DECLS

/* The customers of the table (column "customer"), shown on `page`, as a new segment; `parent` is the window in front. */
void mq_segment_dialog_save (MqPage *page, GtkWidget *parent, MqTable *customers);
void mq_segment_dialog_rename (MqPage *page, const char *name);
/* At once: it can be taken back. */
void mq_segment_delete (MqPage *page, const char *name);

G_END_DECLS
