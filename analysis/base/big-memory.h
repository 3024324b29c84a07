/* big-memory.h: large arrays that are read at random: in huge pages where the system gives them, for otherwise each access
 * walks the page table as well. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gpointer mq_big_alloc0 (gsize size);                /* zeroed; aborts like g_malloc() where there is no memory */
gpointer mq_big_try_alloc (gsize size);             /* contents undefined; NULL where there is no memory */
void     mq_big_free (gpointer memory, gsize size); /* the size it was allocated with; NULL is allowed */

G_END_DECLS
