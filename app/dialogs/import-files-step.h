/* import-files-step.h: MqImportFilesStep, the files to import, by what they share a mapping with, and the project that is
 * made for them where none is open.
 *
 * Signals: "add" (): another file is wanted. "chosen" (guint): the group whose columns are shown. "remove" (guint, guint):
 * group and file in it. "project-changed" (). */

#pragma once

#include <adwaita.h>

#include "dialogs/import-group.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_FILES_STEP (mq_import_files_step_get_type ())
G_DECLARE_FINAL_TYPE (MqImportFilesStep, mq_import_files_step, MQ, IMPORT_FILES_STEP, AdwBin)

/* groups: (element-type MqImportGroup). is_new: a project will be made. */
void        mq_import_files_step_show (MqImportFilesStep *self, const GPtrArray *groups, gboolean is_new);
void        mq_import_files_step_set_project (MqImportFilesStep *self, const char *name, const char *zone, const char *currency);
const char *mq_import_files_step_get_name (MqImportFilesStep *self);
const char *mq_import_files_step_get_zone (MqImportFilesStep *self);
const char *mq_import_files_step_get_currency (MqImportFilesStep *self);

G_END_DECLS
