/* import-rules-step.h: MqImportRulesStep, whose amount a cell is, what refunds and statuses mean, and what the orders come to under that. */

#pragma once

#include <adwaita.h>

#include "dialogs/import-group.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_RULES_STEP (mq_import_rules_step_get_type ())
G_DECLARE_FINAL_TYPE (MqImportRulesStep, mq_import_rules_step, MQ, IMPORT_RULES_STEP, AdwBin)

void mq_import_rules_step_show (MqImportRulesStep *self, MqImportGroup *group);

G_END_DECLS
