/* import-dialog.h: MqImportDialog, from a file to rows in the project: what the file is, what its columns mean, progress,
 * outcome. Without an open project it makes one in the application's folder.
 *
 * An import that was started goes on when the dialog is closed. Signal "show-rejects" (gint64 number): the user wants to see
 * the rows that were rejected; the dialog closes. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_DIALOG (mq_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MqImportDialog, mq_import_dialog, MQ, IMPORT_DIALOG, AdwWindow)

GtkWidget *mq_import_dialog_new (GtkWindow *parent, MqSession *session, const char *path);

G_END_DECLS
