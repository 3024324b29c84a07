/* window.h: MqWindow, one project: start page, or sidebar and pages. Its actions ("project.…") are widget actions: what
 * changes, exports or opens something cannot be called over the session bus. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_WINDOW (mq_window_get_type ())
G_DECLARE_FINAL_TYPE (MqWindow, mq_window, MQ, WINDOW, AdwApplicationWindow)

MqWindow  *mq_window_new (GtkApplication *application);
MqSession *mq_window_get_session (MqWindow *self);  /* (transfer none) */
gboolean   mq_window_is_empty (MqWindow *self);     /* no project, none being opened */
gboolean   mq_window_is_project (const char *path); /* by its name */
/* A project is opened in place, anything else is imported. */
void mq_window_open_path (MqWindow *self, const char *path);
/* All of them in one dialog. paths: NULL-terminated, at least one. */
void mq_window_import_files (MqWindow *self, const char *const *paths);
/* Opens the project opened last, if the preferences say so. */
void mq_window_restore (MqWindow *self);

G_END_DECLS
