/* json-writer.h: writing JSON text. Keys come out in the order they are written; text that is not UTF-8 becomes U+FFFD. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mq_json_append_string (GString *out, const char *text /* (nullable): null */);
void mq_json_append_double (GString *out, double value);     /* shortest text that reads back the same; NaN: null */
void mq_json_append_variant (GString *out, GVariant *value); /* a{sv} (keys sorted), strings, numbers, booleans, arrays */

G_END_DECLS
