/* erasure-labels.h: the labels of moods and the stock phrases that hang on what a person wrote. For erasure.c. */

#pragma once

#include "project/db.h"
#include "project/erasure-subject.h"
#include "project/ledger.h"

G_BEGIN_DECLS

/* texts (element-type guint64): adds the labels' keys of the texts of the part's rows that go. */
gboolean mq_erased_texts_add (GHashTable *texts, const MqLedgerPart *part, const MqRun *run, GError **error);

/* Is this the small value of labels? They name nobody: a checksum in them that looks like a key is none. */
gboolean mq_value_is_of_labels (const char *name);
/* Adds one to *n if labels of these texts are in the value; unless dry_run it is written without them. */
gboolean mq_labels_drop_erased (MqDb *db, GHashTable *texts, const char *name, const char *value, gboolean dry_run, gint64 *n, GError **error);

/* The same for stock phrases that the project added: those that are such a text, or name the person. */
gboolean mq_value_is_of_stock (const char *name);
gboolean mq_stock_drop_erased (MqDb *db, GHashTable *texts, const MqSubject *subject, const char *name, const char *value, gboolean dry_run, gint64 *n, GError **error);

G_END_DECLS
