/* funnel-counter.h: what the files that count a funnel share: one customer's funnels one after the other (funnel-subject.c), those
 * of what is held constant (funnel-hold.c), all customers in slices (funnel-count.c). */

#pragma once

#include "funnel/funnel-count.h"

G_BEGIN_DECLS

/* What a thread works with. */
typedef struct
{
  const MqFunnelPlan *plan;
  MqFunnelSlice      *slice;
  MqFunnelPeriod     *periods; /* (nullable) of the slice */
  guint               person;
  guint               n_groups; /* codes of the breakdown */
  guint32             steps;    /* the bits of all steps */
  guint32             entering; /* the bits that enter */
  MqMoments           all;
  MqMoments           part; /* those of one value */
} MqFunnelCounter;

/* One funnel's moments with the entries that count. */
typedef struct
{
  const MqMoment *moments;
  guint           n;
  guint           first, last; /* positions */
  gboolean        mixed;
  gboolean        single; /* what has no value: an entry can be, a chain cannot */
} MqFunnelSubject;

gboolean mq_funnel_is_mixed (const MqFunnelPlan *plan, const MqMoment *moments, guint n); /* times of several precisions */

/* The entries of the range; FALSE: there is none. */
gboolean mq_funnel_find_entries (const MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to);
void     mq_funnel_match_subject (const MqFunnelCounter *counter, const MqFunnelSubject *subject, MqFunnelMatch *match);
void     mq_funnel_fill_unit (const MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match, MqFunnelUnit *unit);
/* These add to the slice; FALSE: no memory. */
gboolean mq_funnel_add_unit (MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match, MqFunnelUnit unit);
gboolean mq_funnel_count_totals (MqFunnelCounter *counter, MqFunnelSubject subject); /* one unit of each entry that does not overlap the one before */
gboolean mq_funnel_count_held (MqFunnelCounter *counter, gint64 from, gint64 to);    /* of each value, or of the best of them */

G_END_DECLS
