/* dictionary.h: MqDictionary, text to small number while a file is read. Not shared between threads: each parser thread
 * has its own; they are merged into one sorted MqStrings at the end. The hash is seeded for each process (a flood of
 * colliding values costs nothing), so codes are in order of first appearance and never leave the program. */

#pragma once

#include "base/strings.h"

G_BEGIN_DECLS

typedef struct _MqDictionary MqDictionary;

MqDictionary *mq_dictionary_new (void);
void          mq_dictionary_free (MqDictionary *self);
guint32       mq_dictionary_add (MqDictionary *self, const char *text, gsize length); /* the code, new or known */
/* FALSE: there was no memory for a text (nor is there for 4 GiB of them), and its code says nothing. Look before a code is used or kept. */
gboolean mq_dictionary_is_whole (const MqDictionary *self);
/* The codes of n texts (a text that is NULL gets MQ_TEXT_NONE), as n calls would give them, but faster in a large
 * dictionary: the memory that is to be looked at is fetched ahead. */
typedef struct
{
  const char *text; /* (nullable) */
  guint32     length;
} MqText;

#define MQ_TEXT_NONE G_MAXUINT32

void        mq_dictionary_add_all (MqDictionary *self, const MqText *texts, guint n, guint32 *codes);
gint64      mq_dictionary_find (const MqDictionary *self, const char *text, gsize length); /* or -1 */
guint       mq_dictionary_length (const MqDictionary *self);
const char *mq_dictionary_get (const MqDictionary *self, guint32 code, gsize *length); /* not NUL-terminated */
gsize       mq_dictionary_bytes (const MqDictionary *self);
gsize       mq_dictionary_text_bytes (const MqDictionary *self); /* of all texts */
/* Nothing will be added or looked up any more: gives back the memory for that, most of it. */
void mq_dictionary_seal (MqDictionary *self);

/* Merges n dictionaries into one sorted list without doubles. remaps[i] (g_free) has, for each code of dictionaries[i],
 * the index in the list. NULL, without any remap: there is no memory for it, or a dictionary is not whole. */
MqStrings *mq_dictionary_merge (MqDictionary *const *dictionaries, guint n, guint32 **remaps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqDictionary, mq_dictionary_free)

G_END_DECLS
