/* stock-phrases.h: what shops and forms write for those who wrote nothing: a list of the program's, to which a project adds and
 * from which it takes away. A phrase is the whole text, in the form in which texts are searched, without the marks at its end. */

#pragma once

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_STOCK_VALUE "moods.stock" /* a small value of the project: lines + or -, phrase: what differs from the program's list */

/* (element-type utf8), a set. g_hash_table_unref. */
GHashTable *mq_stock_phrases_parse (const char *value /* (nullable) */);
char       *mq_stock_phrases_print (GHashTable *phrases); /* (transfer full), in order of the phrases */

/* Valid UTF-8. */
gboolean mq_stock_phrases_contain (GHashTable *phrases, const char *text);
/* FALSE: there is nothing in it but blanks and marks, or it is too long; nothing was changed. */
gboolean mq_stock_phrases_set (GHashTable *phrases, const char *text, gboolean is_stock);

/* stock (phrase, own): own is TRUE where the project added it. In order of the phrases. */
MqTable *mq_stock_phrases_table (GHashTable *phrases);

G_END_DECLS
