/* import-dialog.h: MqImportDialog, from files to rows in the project: which files, what their columns mean, what orders come
 * to, a preview, progress, outcome; back and forth at will. Without an open project it makes one in the application's
 * folder.
 *
 * An import that was started goes on when the dialog is closed. Signal "show-rejects" (gint64 number): the user wants to see
 * the rows that were rejected; the dialog closes. */

#pragma once

#include <adwaita.h>

#include "file-picker.h"
#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_DIALOG (mq_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MqImportDialog, mq_import_dialog, MQ, IMPORT_DIALOG, AdwWindow)

/* paths: NULL-terminated, at least one; folders and zips stand for the files in them. */
GtkWidget *mq_import_dialog_new (GtkWindow *parent, MqSession *session, const char *const *paths);

/* The same of a file that mq_text_dialog wrote: it is UTF-8 whatever was settled for files of its headers, and goes when it
 * is read. */
GtkWidget *mq_import_dialog_new_for_text (GtkWindow *parent, MqSession *session, const char *path);

/* What the file chooser shows of a folder: all that can be read. */
MqFileType mq_import_file_type (void);

G_END_DECLS
