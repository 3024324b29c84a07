/* answers.h: the answer library: what to say to a question that is asked often. A question is kept as the checksum of its letters
 * (mq_mood_label_key()), the answer as the user wrote it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_ANSWERS_VALUE "moods.answers" /* a small value of the project: lines KEY, blank, answer with its line ends as \n */

/* (element-type guint64 utf8). g_hash_table_unref. */
GHashTable *mq_answers_parse (const char *value /* (nullable) */);
char       *mq_answers_print (GHashTable *answers); /* (transfer full), in order of the keys */

const char *mq_answers_find (GHashTable *answers, const char *question); /* (transfer none) (nullable) */
/* An empty answer takes it away. */
void mq_answers_set (GHashTable *answers, const char *question, const char *answer);

G_END_DECLS
