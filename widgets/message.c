/* message.c: message dialogs. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "message.h"

void
mq_message_show (GtkWidget *parent, const char *heading, const char *body)
{
  GtkRoot   *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
