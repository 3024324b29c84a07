/* funnel-count.h: the funnel of every customer: what was counted (customers, entries, pairs), one unit each. */

#pragma once

#include "funnel/funnel-options.h"
#include "funnel/funnel-slice.h"
#include "query/timeline.h"

G_BEGIN_DECLS

/* Entries of one period of a trend: units, not times. */
typedef struct
{
  gint64 entered, converted, open;
} MqFunnelPeriod;

typedef struct
{
  const MqFunnelOptions *options; /* (borrowed), as the following */
  MqFunnelRules          rules;   /* complete */
  const MqTimeline      *timeline;
  const MqFieldValues   *hold;     /* (nullable) */
  const MqFieldValues   *by;       /* (nullable) */
  const guint8          *persons;  /* (nullable) by person: 1 if they count */
  gint64                 from, to; /* of the entries, inclusive */
  const guint32         *periods;  /* (nullable) by day from first_day to last_day: number of the trend's period */
  gint32                 first_day, last_day;
  guint                  n_periods;
  gboolean               reasons;
} MqFunnelPlan;

typedef struct
{
  MqFunnelSlice  *slices; /* (owned) */
  gsize           n_slices;
  MqFunnelPeriod *periods;  /* (owned) (nullable) n_periods */
  guint           n_groups; /* codes of the breakdown */
  gint64         *alike;    /* (owned) (nullable) units that are not kept, by code of the group, one more for none */
  gint64          window;   /* how long their first entry was watched; microseconds */
} MqFunnelCounts;

gboolean mq_funnel_count (const MqFunnelPlan *plan, MqFunnelCounts *counts, const MqRun *run, GError **error);
void     mq_funnel_counts_clear (MqFunnelCounts *counts);

/* Units that are not kept. */
gint64 mq_funnel_counts_alike (const MqFunnelCounts *counts);

/* Units that came to the last step. */
gint64 mq_funnel_counts_completed (const MqFunnelCounts *counts, guint n_steps);

/* Calls func for each unit that came beyond the first step, in order. */
typedef void (*MqFunnelVisit) (const MqFunnelDeep *deep, const gint64 *times, gpointer data);
void mq_funnel_counts_visit (const MqFunnelCounts *counts, MqFunnelVisit func, gpointer data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelCounts, mq_funnel_counts_clear)

G_END_DECLS
