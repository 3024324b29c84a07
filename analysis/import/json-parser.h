/* json-parser.h: one JSON value, strictly (RFC 8259), flattened: keys of nested objects are joined, what stands at the
 * leaves is given as text - numbers exactly as they are written. Where it is wrong it says the byte. No state. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_JSON_MAX_DEPTH 1024
#define MQ_JSON_KEY_SEPARATOR '\x1f' /* between the keys of a path */

/* path: keys joined; "" if the value itself is no object. text is not NUL-terminated; length 0 for null and "". An
 * array of plain values is one text, ";" between them; an array of objects that have a "key" and a "value" gives one
 * value a key; any other array is its JSON. FALSE stops. */
typedef gboolean (*MqJsonLeafFunc) (const char *path, gsize path_length, const char *text, gsize length, gpointer data);

/* FALSE: *bad is the offset of the first byte that does not fit (length if something lacks). depth: of what is around. */
gboolean mq_json_flatten (const char *text, gsize length, guint depth, MqJsonLeafFunc func, gpointer data, gsize *bad);
/* The elements of an array, "" each for its path; FALSE as above or if it is none. */
gboolean mq_json_list (const char *text, gsize length, guint depth, MqJsonLeafFunc func, gpointer data, gsize *bad);

G_END_DECLS
