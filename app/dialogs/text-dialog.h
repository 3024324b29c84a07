/* text-dialog.h: MqTextDialog, text that is to be imported, to be looked at and changed before: rejected rows under their
 * header, or what was copied from a spreadsheet.
 *
 * Signal "import" (path): the text was written to a file of its own, in a private folder; the dialog closes. Whoever takes it
 * removes file and folder with mq_text_dialog_remove() when it is read. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_TEXT_DIALOG (mq_text_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MqTextDialog, mq_text_dialog, MQ, TEXT_DIALOG, AdwWindow)

/* name: of the file, with its suffix; text (nullable): NULL takes what the clipboard has. */
GtkWidget *mq_text_dialog_new (GtkWindow *parent, const char *title, const char *hint, const char *name, const char *text);
void       mq_text_dialog_remove (const char *path);

G_END_DECLS
