/* near-copies.h: MqNearCopies, which of some texts another is nearly the same as: at least 80 % of the triples of their letters
 * shared (Jaccard). Immutable once made; a search is one thread's. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_NEAR_COPY_NONE G_MAXUINT

typedef struct _MqNearCopies MqNearCopies;
typedef struct _MqNearSearch MqNearSearch;

MqNearCopies *mq_near_copies_new (const char *const *texts, guint n);
void          mq_near_copies_free (MqNearCopies *self);

MqNearSearch *mq_near_search_new (const MqNearCopies *copies); /* borrowed */
void          mq_near_search_free (MqNearSearch *self);
/* The text most like this one, the first of equal ones; MQ_NEAR_COPY_NONE. */
guint mq_near_search_find (MqNearSearch *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqNearCopies, mq_near_copies_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqNearSearch, mq_near_search_free)

G_END_DECLS
