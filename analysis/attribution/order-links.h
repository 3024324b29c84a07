/* order-links.h: which events are orders: those that carry the order_id of one (METHODS.md: the order is the truth for time
 * and money, the event lends channel and campaign). */

#pragma once

#include "orders/order-book.h"

G_BEGIN_DECLS

typedef struct
{
  const guint32 *order_ids;   /* (nullable) codes by event row; NULL: no event is an order */
  guint32       *orders;      /* (owned) by code: order in the book, or MQ_NO_ORDER */
  guint8        *order_names; /* (owned) by the event name's code: some event of that name is an order */
  const guint32 *names;       /* codes by event row */
  gsize         *lenders;     /* (owned) by order in the book: the earliest event that is it and has a channel, or MQ_NO_LENDER */
} MqOrderLinks;

#define MQ_NO_LENDER G_MAXSIZE

gboolean mq_order_links_init (MqOrderLinks *self, MqDataset *dataset, const MqRun *run, GError **error);
void     mq_order_links_clear (MqOrderLinks *self);

static inline guint
mq_order_links_get (const MqOrderLinks *self, gsize row)
{
  return self->order_ids != NULL && self->order_ids[row] != MQ_NO_CODE ? self->orders[self->order_ids[row]] : MQ_NO_ORDER;
}

static inline gsize
mq_order_links_lender (const MqOrderLinks *self, guint order)
{
  return self->lenders != NULL ? self->lenders[order] : MQ_NO_LENDER;
}

/* Whether events of this one's name are orders: none of them is a touch. */
static inline gboolean
mq_order_links_is_order_name (const MqOrderLinks *self, gsize row)
{
  return self->order_ids != NULL && self->names[row] != MQ_NO_CODE && self->order_names[self->names[row]];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqOrderLinks, mq_order_links_clear)

G_END_DECLS
