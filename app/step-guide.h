/* step-guide.h: MqStepGuide, the words that may be written in a step (query/step-words.h), read on a worker, and the list below
 * an entry that offers them: Down (or Ctrl+Space) opens it and goes through it, Enter or Tab takes a word, Escape closes it.
 * Signal "loaded": there are more words. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_TYPE_STEP_GUIDE (mq_step_guide_get_type ())
G_DECLARE_FINAL_TYPE (MqStepGuide, mq_step_guide, MQ, STEP_GUIDE, GObject)

MqStepGuide *mq_step_guide_new (void);
void         mq_step_guide_set_dataset (MqStepGuide *self, MqDataset *dataset /* (nullable) */);
/* What fits in place of the bytes [*start, cursor) of `text`. What has to be read first comes with "loaded". (transfer full) g_strfreev */
char **mq_step_guide_complete (MqStepGuide *self, const char *text, gsize cursor, gsize *start);

/* step-completion.c: offers the guide's words below an entry. */
void mq_step_completion_attach (GtkEntry *entry, MqStepGuide *guide);

G_END_DECLS
