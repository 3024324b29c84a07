/* slab.h: memory for many pieces that are allocated one after the other by one thread, kept long and freed in any order
 * and by any thread: large chunks, so that the system hands out few pages, and each chunk given back when its last piece is.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MqSlab      MqSlab;
typedef struct _MqSlabChunk MqSlabChunk;

MqSlab *mq_slab_new (void);
void    mq_slab_free (MqSlab *self); /* what is allocated stays */

/* size bytes, aligned for any number, contents undefined. *chunk: for mq_slab_release(), once. NULL where there is
 * no memory. */
gpointer mq_slab_alloc (MqSlab *self, gsize size, MqSlabChunk **chunk);
void     mq_slab_release (MqSlabChunk *chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSlab, mq_slab_free)

G_END_DECLS
