/* funnel-plain.h: the most frequent funnel - steps in order, each of other events, one window of seconds to days, customers
 * counted once - without a copy of the events: the rules of funnel-match.h as a loop without branches over the columns. */

#pragma once

#include "funnel/funnel-count.h"

G_BEGIN_DECLS

typedef struct
{
  MqPlainTimeline events;
  guint           n_steps;
  gint64          window, from, to, as_of;
  guint8         *steps; /* (owned) by code, one more for no name: 1 … n_steps, or 0 */
} MqFunnelPlain;

/* FALSE where the plan is another. */
gboolean mq_funnel_plain_init (MqFunnelPlain *self, const MqFunnelPlan *plan);
void     mq_funnel_plain_clear (MqFunnelPlain *self);

typedef struct
{
  guint  first;    /* position of the first */
  gint64 deadline; /* of the last */
} MqFunnelEntries;

/* Entries up to `to`. FALSE where a customer has to be looked at in full (records of one instant). Else *match has positions
 * from 0 at the customer's first event; at level 0 nothing else is set. */
gboolean mq_funnel_plain_match (const MqFunnelPlain *self, guint person, gint64 to, MqFunnelMatch *match, MqFunnelEntries *entries);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelPlain, mq_funnel_plain_clear)

G_END_DECLS
