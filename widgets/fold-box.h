/* fold-box.h: MqFoldBox shows its child as it is where there is room for it. In a narrow window, where the child would take more
 * than two lines, a row stands in its place that says what it is and opens it. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MQ_TYPE_FOLD_BOX (mq_fold_box_get_type ())
G_DECLARE_FINAL_TYPE (MqFoldBox, mq_fold_box, MQ, FOLD_BOX, GtkWidget)

/* `title`: translated, what the row opens. */
GtkWidget *mq_fold_box_new (const char *title, GtkWidget *child /* (transfer floating) */);
/* What the row says beside its title: what is set inside, formatted for people; "": nothing. */
void mq_fold_box_set_summary (MqFoldBox *self, const char *summary);

void     mq_fold_box_open (MqFoldBox *self);
gboolean mq_fold_box_is_folded (MqFoldBox *self); /* as laid out last: the row is there */

G_END_DECLS
