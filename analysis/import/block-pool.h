/* block-pool.h: MqBlockPool, worker threads for a stream of blocks: the caller's thread reads and pushes, workers (at
 * nice 10) parse; a push waits while enough blocks are on their way, so memory stays bounded. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MqBlockPool MqBlockPool;

/* worker: from 0; sequence: from 0 in the order of the pushes. FALSE with error stops the pool. */
typedef gboolean (*MqBlockFunc) (guint worker, guint sequence, GBytes *block, gint64 first_line, gpointer data, GError **error);

MqBlockPool *mq_block_pool_new (guint n_workers, MqBlockFunc func, gpointer data);
void         mq_block_pool_free (MqBlockPool *self); /* drops what waits, joins the workers */
/* (transfer full) block. FALSE once a worker has failed. */
gboolean mq_block_pool_push (MqBlockPool *self, GBytes *block, gint64 first_line);
/* Waits until all that was pushed is done. Of several errors that of the lowest sequence. */
gboolean mq_block_pool_drain (MqBlockPool *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqBlockPool, mq_block_pool_free)

G_END_DECLS
