/* import-preview-step.h: MqImportPreviewStep, the first rows, as they stand and as they are read. */

#pragma once

#include <adwaita.h>

#include "dialogs/import-group.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_PREVIEW_STEP (mq_import_preview_step_get_type ())
G_DECLARE_FINAL_TYPE (MqImportPreviewStep, mq_import_preview_step, MQ, IMPORT_PREVIEW_STEP, AdwBin)

void mq_import_preview_step_show (MqImportPreviewStep *self, MqImportGroup *group);

G_END_DECLS
