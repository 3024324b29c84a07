/* step-editor.h: MqStepEditor, the steps of a funnel as a list of texts (query/selector.h): typed, dragged by their numbers,
 * or moved with Alt+Up and Alt+Down; a list below offers the words that fit. Signal "changed": the user changed them; while typing, after a pause. */

#pragma once

#include <gtk/gtk.h>

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_TYPE_STEP_EDITOR (mq_step_editor_get_type ())
G_DECLARE_FINAL_TYPE (MqStepEditor, mq_step_editor, MQ, STEP_EDITOR, GtkBox)

GtkWidget *mq_step_editor_new (void);
void       mq_step_editor_set_steps (MqStepEditor *self, const char *const *steps);              /* without "changed" */
char     **mq_step_editor_get_steps (MqStepEditor *self);                                        /* without empty ones; g_strfreev */
void       mq_step_editor_set_dataset (MqStepEditor *self, MqDataset *dataset /* (nullable) */); /* whose words are offered */

G_END_DECLS
