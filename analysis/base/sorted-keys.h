/* sorted-keys.h: the keys of a hash table in an order that no hash decides. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts by bytes. (transfer container) (element-type utf8), the keys are the table's */
GPtrArray *mq_sorted_keys (GHashTable *table);

G_END_DECLS
