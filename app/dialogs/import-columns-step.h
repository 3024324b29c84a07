/* import-columns-step.h: MqImportColumnsStep, how a file is read and what each of its columns means. */

#pragma once

#include <adwaita.h>

#include "dialogs/import-group.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_COLUMNS_STEP (mq_import_columns_step_get_type ())
G_DECLARE_FINAL_TYPE (MqImportColumnsStep, mq_import_columns_step, MQ, IMPORT_COLUMNS_STEP, AdwBin)

void mq_import_columns_step_show (MqImportColumnsStep *self, MqImportGroup *group);

G_END_DECLS
