/* text-lines.h: MqTextLines, a text for a figure that changes while it is looked at. A GtkLabel that changes has the whole window
 * measured anew, and a wrapping one is measured a dozen times for it; this one asks for another size only when it needs
 * another number of lines or is wider by some characters. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MQ_TYPE_TEXT_LINES (mq_text_lines_get_type ())
G_DECLARE_FINAL_TYPE (MqTextLines, mq_text_lines, MQ, TEXT_LINES, GtkWidget)

/* chars: the greatest width that it asks for. `single` is one line, cut with an ellipsis and with figures of one width; else it
 * wraps. A screen reader hears it as a label. */
GtkWidget  *mq_text_lines_new (guint chars, gboolean single);
void        mq_text_lines_set_text (MqTextLines *self, const char *text);
const char *mq_text_lines_get_text (MqTextLines *self);

G_END_DECLS
