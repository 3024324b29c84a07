/* erasure-subject.h: MqSubject, whom an erasure is about: their keys in every form. For erasure.c and the files that it uses. */

#pragma once

#include "project/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  GHashTable *keys;    /* (owned) (element-type GBytes): each with its kind byte, as in record keys */
  GHashTable *words;   /* (owned) (element-type utf8): how they are written, in the keys' normal form and as they came */
  GHashTable *persons; /* (owned) (element-type guint): numbers in the dataset */
  guint       unknown; /* place in the list of a key that no record has, from 1; 0: none */
} MqSubject;

MqSubject *mq_subject_find (MqProject *project, const char *const *keys, const MqRun *run, GError **error);
void       mq_subject_free (MqSubject *self);

/* Does the record key hold one of theirs? */
gboolean mq_subject_has (const MqSubject *self, const char *record_key, gsize length);
void     mq_subject_add_word (MqSubject *self, const char *word);
/* erasure-segments.c. n: segments that they are taken out of. */
gboolean mq_subject_leave_segments (const MqSubject *self, MqProject *project, MqDb *db, gboolean dry_run, gint64 *n, GError **error);
/* Is one of their keys written in the text, as a word of its own? */
gboolean mq_subject_is_in (const MqSubject *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSubject, mq_subject_free)

G_END_DECLS
