/* label-table.h: a project's labels as tables: which texts have one, and how well the model does on them. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

/* labels (text, polarity, emotion, comments), by text: the texts of the dataset that have one. *resting: labels whose text is
 * not there. NULL with error. */
MqTable *mq_mood_labels_table (MqDataset *dataset, guint *resting, const MqRun *run, GError **error);
/* The keys of the dataset's texts (element-type guint64), to tell which can be labelled. g_hash_table_unref; NULL with error. */
GHashTable *mq_mood_label_keys (MqDataset *dataset, const MqRun *run, GError **error);

/* corrections (task, n, right, accuracy, low, high, shipped, used): right of n labels, each judged without it. No labels, no rows. */
MqTable *mq_corrections_table (const MqScoredTexts *scored);

G_END_DECLS
