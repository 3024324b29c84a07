/* merge-strings.h: several sorted lists of strings to one. */

#pragma once

#include <gio/gio.h>
#include "base/strings.h"

G_BEGIN_DECLS

/* Merges n lists, each sorted by bytes, into one sorted list without doubles. used[i] (nullable, as `used` itself): only
 * the entries whose byte is not 0 are taken. remaps[i] (transfer full, g_free) has for each entry of lists[i] its index
 * in the result, MQ_CODE_MISSING if it was not taken; NULL where list and result are the same. NULL with G_IO_ERROR_FAILED
 * if memory or the 2^32 - 1 codes do not reach. */
MqStrings *mq_strings_merge (MqStrings *const *lists, guint8 *const *used, guint n, guint32 **remaps, GError **error);

G_END_DECLS
