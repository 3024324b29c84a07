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

/* The events of some customers that are a step of the funnel, in order. */
typedef struct
{
  guint32 *rows;  /* (owned) in the columns */
  guint8  *steps; /* (owned) from 1 */
  gsize    n;
  gsize    at; /* the customer's that is matched next */
} MqFunnelPicks;

/* Of the customers first … last - 1. FALSE: no memory. */
gboolean mq_funnel_plain_pick (const MqFunnelPlain *self, guint first, guint last, MqFunnelPicks *picks);
void     mq_funnel_picks_clear (MqFunnelPicks *self);

typedef struct
{
  guint  first;         /* position of the first */
  gint64 deadline;      /* of the last */
  guint  matured_level; /* how deep those came whose window has ended; 0: there is none */
} MqFunnelEntries;

/* Customers are asked for in their order. FALSE where one has to be looked at in full (records of
 * one instant). Else *match has positions from 0 at the customer's first event; at level 0 nothing else is set. */
gboolean mq_funnel_plain_match (const MqFunnelPlain *self, guint person, MqFunnelPicks *picks, MqFunnelMatch *match, MqFunnelEntries *entries);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelPicks, mq_funnel_picks_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelPlain, mq_funnel_plain_clear)

G_END_DECLS
