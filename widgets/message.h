/* message.h: the seam to message dialogs (AdwMessageDialog here, AdwAlertDialog on later runtimes). Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells what went wrong; for what a page or a toast cannot say. Texts are plain, never markup. */
void mq_message_show (GtkWidget *parent, const char *heading, const char *body);

G_END_DECLS
