/* room.h: arrays that grow with a file and may find no memory. Any thread, one at a time for each array. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for at least n items of `size` bytes where `memory` points at (a pointer of any type, g_free), which has *room; grows to twice that. FALSE: there is no memory, and
 * all is as it was. */
gboolean mq_make_room (gpointer memory, gsize *room, gsize n, gsize size);

/* Room for `more` bytes behind the text, so that appending them needs none. FALSE: there is no memory. */
gboolean mq_string_make_room (GString *text, gsize more);

/* Says that there is no memory to read a file (G_IO_ERROR_NO_SPACE); FALSE, so that it can be returned. */
gboolean mq_fail_memory (GError **error);

G_END_DECLS
