/* funnel-match.h: how deep one customer came: the rules of METHODS.md, section Funnel, as a pure function of their
 * moments. Any thread.
 *
 * A chain is a list of different moments, one for each of the first steps, in order, that keeps the window, the limits of
 * the steps and the exclusions. Among all chains of the greatest depth the one whose every time is the earliest is shown:
 * there is one, because the rules are differences of times, and of two chains that keep them the earlier moments of each
 * step keep them too. So one pass forward that remembers of each step the latest chain finds the depth and its earliest
 * completion, and one pass back from there, remembering the earliest rest, finds the chain. Where times differ in
 * precision this does not hold, and chains are searched (funnel-mixed.c).
 *
 * Where METHODS.md is silent:
 * - A time of a coarser precision may be any of its minute or day: a window or limit is kept if it can be kept.
 * - An exclusion between steps a and b ends a chain at any step from a to b - 1. Of dates it is one that certainly lies
 *   between.
 * - In the order `any` there are no limits of steps and no exclusions; a moment serves one step, the steps of a window are
 *   the largest number that its moments can serve. */

#pragma once

#include "base/civil-time.h"
#include "query/moment.h"

G_BEGIN_DECLS

#define MQ_FUNNEL_MAX_STEPS 20
#define MQ_FUNNEL_MAX_EXCLUSIONS 8

typedef enum
{
  MQ_FUNNEL_ORDERED,
  MQ_FUNNEL_STRICT, /* no other moment strictly between two matched steps: the moments hold all events and orders */
  MQ_FUNNEL_ANY,
} MqFunnelOrder;

typedef struct
{
  gint64   amount; /* microseconds, or days; 0: none */
  gboolean calendar;
} MqSpan;

typedef struct
{
  guint32 bit; /* of a moment */
  guint   from, to;
} MqFunnelExclusion;

typedef struct
{
  guint             n_steps; /* bits 0 … n_steps - 1 of a moment */
  MqFunnelOrder     order;
  MqSpan            window;
  MqSpan            step_window;
  guint             n_exclusions;
  MqFunnelExclusion exclusions[MQ_FUNNEL_MAX_EXCLUSIONS];
  gboolean          remove; /* what exclusions do */
  gboolean          ripe;   /* only entries whose window has ended count; for moments of mixed precision and the order `any` */
  const MqZone     *zone;
  gint64            as_of;
} MqFunnelRules;

typedef struct
{
  guint8  level; /* 0: no entry */
  guint8  open;  /* not converted, and an entry can still convert */
  guint8  removed;
  guint32 at[MQ_FUNNEL_MAX_STEPS]; /* positions of the chain */
} MqFunnelMatch;

/* Entries are moments of step 1 (in the order `any` of any step) at the positions first … last. moments: in order of
 * mq_timeline_read(); mixed: their precisions differ. */
void mq_funnel_match (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed, MqFunnelMatch *match);

/* The depth alone, without the chain. */
guint mq_funnel_level (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed);

/* The last instant at which something that began at a moment is inside a span. */
gint64 mq_span_deadline (MqSpan span, const MqMoment *moment, const MqZone *zone);
/* The last instant that a moment may mean. */
gint64 mq_moment_end (const MqMoment *moment, const MqZone *zone);

G_END_DECLS
