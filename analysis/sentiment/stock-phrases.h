/* stock-phrases.h: what shops and forms write for those who wrote nothing: a list of the program's, to which a project adds and
 * from which it takes away. A phrase is the whole text, in the form in which texts are searched, without the marks at its end. */

#pragma once

#include "base/table.h"

G_BEGIN_DECLS

#define MQ_STOCK_LONGEST 256         /* bytes: no stock phrase is longer, with what stands around it */
#define MQ_STOCK_VALUE "moods.stock" /* a small value of the project: lines + or -, phrase: what differs from the program's list */

/* (element-type utf8), a set. g_hash_table_unref. */
GHashTable *mq_stock_phrases_parse (const char *value /* (nullable) */);
char       *mq_stock_phrases_print (GHashTable *phrases); /* (transfer full), in order of the phrases */

/* Valid UTF-8. */
gboolean mq_stock_phrases_contain (GHashTable *phrases, const char *text);
/* For many texts: most begin as no phrase does. (transfer full) by character, modulo MQ_STOCK_BEGINNINGS */
#define MQ_STOCK_BEGINNINGS 65536
guint8  *mq_stock_phrases_beginnings (GHashTable *phrases);
gboolean mq_stock_phrases_may_contain (const guint8 *beginnings, const char *text); /* FALSE: no phrase */
/* FALSE: there is nothing in it but blanks and marks, or it is too long; nothing was changed. */
gboolean mq_stock_phrases_set (GHashTable *phrases, const char *text, gboolean is_stock);

/* The phrase that a text is, in the form in which it is kept; NULL: it cannot be one, as it has nothing but blanks and marks, is
 * longer than MQ_STOCK_LONGEST bytes or than a line. (transfer full) */
char *mq_stock_phrase_new (const char *text);

/* How many texts each phrase is: (element-type utf8 gint64), begun empty. `text` is one of the phrases. */
GHashTable *mq_stock_counts_new (void);
void        mq_stock_counts_add (GHashTable *counts, const char *text, gint64 n);

/* stock (phrase, own, comments): own is TRUE where the project added it; comments only with `counts`. In order of the phrases. */
MqTable *mq_stock_phrases_table (GHashTable *phrases, GHashTable *counts /* (nullable) */);

G_END_DECLS
