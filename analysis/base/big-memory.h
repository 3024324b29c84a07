/* big-memory.h: large arrays in huge pages where the system gives them: the first touch of each small page costs a fault, and each
 * access at random walks the page table as well. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gpointer mq_big_try_alloc (gsize size);             /* contents undefined; NULL where there is no memory */
void     mq_big_free (gpointer memory, gsize size); /* the size it was allocated with; NULL is allowed */
void     mq_big_hint (gpointer memory, gsize size); /* the same for memory of another allocator, before it is touched; NULL is allowed */

G_END_DECLS
