/* import-settings.h: MqImportSettings, rows that say how a file is read: kind, sheet, encoding, delimiter, header, dates,
 * decimal sign. Part of the columns step. */

#pragma once

#include <adwaita.h>

#include "dialogs/import-group.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_SETTINGS (mq_import_settings_get_type ())
G_DECLARE_FINAL_TYPE (MqImportSettings, mq_import_settings, MQ, IMPORT_SETTINGS, AdwPreferencesGroup)

void mq_import_settings_show (MqImportSettings *self, MqImportGroup *group);

G_END_DECLS
