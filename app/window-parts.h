/* window-parts.h: what the files of the window know of each other; for window*.c only. */

#pragma once

#include "page.h"
#include "window.h"

G_BEGIN_DECLS

/* window.c */
MqPage    *mq_window_get_page (MqWindow *self);     /* (transfer none) (nullable) the one that is seen */
GSettings *mq_window_get_settings (MqWindow *self); /* (transfer none) (nullable) */
gboolean   mq_window_is_closing (MqWindow *self);   /* hidden, waits for the project to be closed */
void       mq_window_select_page (MqWindow *self, guint index);
void       mq_window_navigate (MqWindow *self, const char *id, GVariant *target /* (nullable) */);
void       mq_window_show_menu (MqWindow *self);
void       mq_window_show_toast (MqWindow *self, const char *text);
void       mq_window_show_opening (MqWindow *self, const char *text); /* a project is on its way */
void       mq_window_show_project (MqWindow *self);                   /* the session's, or the start page */
void       mq_window_open_project (MqWindow *self, const char *path);

/* window-actions.c */
void mq_window_actions_install (GtkWidgetClass *widget_class);

/* window-import.c */
void mq_window_import_pasted (MqWindow *self);                 /* asks for the text */
void mq_window_import_rejects (MqWindow *self, gint64 number); /* rejected rows of an import, to be corrected first */
void mq_window_take_drops (MqWindow *self, GtkWidget *widget); /* files dropped on it are opened */

G_END_DECLS
