/* step-words.h: what can be written next in a step (selector.h): names of events, messages and orders, fields, comparisons, and
 * the values of a field that is a text. Gathered once on a worker, then asked on any thread without reading anything. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct _MqStepWords MqStepWords; /* immutable but for the values that are added to it */

/* (transfer full); keeps the dataset. Reads the lists of names, not the values of fields. */
MqStepWords *mq_step_words_new (MqDataset *dataset, const MqRun *run, GError **error);
MqStepWords *mq_step_words_ref (MqStepWords *self);
void         mq_step_words_unref (MqStepWords *self);

/* What may stand in place of the bytes [*start, cursor) of `text`: at most `most`, those that begin as what is written there
 * first. Empty where nothing fits, or where it is written already. *field: (transfer full) (nullable) the field whose values
 * are wanted and not yet there: mq_step_words_load(). (transfer full) g_strfreev */
char **mq_step_words_complete (MqStepWords *self, const char *text, gsize cursor, guint most, gsize *start, char **field);

/* Reads the values of a field; blocks, for a worker. A field that is no text has none. */
gboolean mq_step_words_load (MqStepWords *self, const char *field, const MqRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqStepWords, mq_step_words_unref)

G_END_DECLS
