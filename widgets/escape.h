/* escape.h: windows that are no dialogs, closed by Escape all the same. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mq_window_close_on_escape (GtkWindow *window);

G_END_DECLS
