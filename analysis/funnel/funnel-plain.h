/* funnel-plain.h: the most frequent funnel - steps in order, each of other events, one window of seconds to days, customers
 * counted once - without a copy of the events: the rules of funnel-match.h as loops without branches over the columns. The
 * first two steps decide for most customers: who enters, and who comes further for certain not. Only the others are matched. */

#pragma once

#include "base/code-set.h"
#include "funnel/funnel-count.h"

G_BEGIN_DECLS

typedef struct
{
  MqPlainTimeline events;
  guint           n_steps;
  gint64          window, from, to, as_of;
  guint8         *steps; /* (owned) by code, one more for no name: 1 … n_steps, or 0 */
  MqCodeSet       early; /* the first two steps */
} MqFunnelPlain;

/* FALSE where the plan is another. */
gboolean mq_funnel_plain_init (MqFunnelPlain *self, const MqFunnelPlan *plan);
void     mq_funnel_plain_clear (MqFunnelPlain *self);

/* A customer with an entry that counts. */
typedef struct
{
  gint64  time; /* of the first */
  guint32 person;
  guint32 row;     /* of the first */
  guint8  open;    /* the last one's window has not ended */
  guint8  further; /* a second step may follow one, or records are of one instant: to be matched */
} MqFunnelEntry;

/* Customers at a time. */
#define MQ_FUNNEL_BLOCK 256

/* What a thread needs, for one block of customers after the other. All zero is a new one. */
typedef struct
{
  MqFunnelEntry *entries; /* (owned) ascending by person */
  guint          n;
  guint32       *rows; /* (owned) of the steps looked at */
  gsize          room;
} MqFunnelPicks;

/* Fills `entries` with who among the customers first … last - 1, a block at most, enters. FALSE: no memory. */
gboolean mq_funnel_plain_enter (const MqFunnelPlain *self, guint first, guint last, MqFunnelPicks *picks);
void     mq_funnel_picks_clear (MqFunnelPicks *self);

/* Of a customer who may have come further. matured: how deep those entries came whose window has ended; 0: there is none. FALSE
 * where one has to be looked at in full (records of one instant). Else *match has rows. */
gboolean mq_funnel_plain_match (const MqFunnelPlain *self, const MqFunnelEntry *entry, MqFunnelPicks *picks, MqFunnelMatch *match, guint *matured);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelPicks, mq_funnel_picks_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelPlain, mq_funnel_plain_clear)

G_END_DECLS
