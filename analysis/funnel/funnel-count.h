/* funnel-count.h: the funnel of every customer: what was counted (customers, entries, pairs), one unit each. */

#pragma once

#include "funnel/funnel-options.h"
#include "query/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_REASON_NONE, /* converted */
  MQ_REASON_NO_STEP,
  MQ_REASON_TOO_LATE,
  MQ_REASON_EXCLUDED,
  MQ_REASON_OTHER, /* strict: another event lies between */
  MQ_REASON_OPEN,
} MqFunnelReason;

typedef struct
{
  guint32 person;
  guint32 group;   /* code of the breakdown, MQ_CODE_MISSING */
  guint8  level;   /* from 1 */
  guint8  matured; /* the level of entries whose window has ended; 0: there is none */
  guint8  open;
  guint8  tie;     /* two steps of the chain are of one instant */
  guint8  first;   /* converted from the first entry */
  guint8  reason;  /* MqFunnelReason, where customers are listed */
  gint64  entry;   /* time of the chain's first step */
  gint64  watched; /* how long the first entry could be seen, at most its window; microseconds */
} MqFunnelUnit;

/* Units of up to MQ_FUNNEL_SLICE customers, in their order. */
#define MQ_FUNNEL_SLICE 4096

/* Of most customers nothing is to be said but that they entered: their first window has ended, no window is open, and no second
 * step followed in time. They are units that differ in their group alone, and are counted by its code instead of being kept,
 * where the groups are few. */
#define MQ_FUNNEL_MAX_ALIKE 256

/* A unit that came beyond the first step, once more: most do not, and what is about times need not look at them. */
typedef struct
{
  MqFunnelUnit unit;
  gint64       value; /* of the last step, minor units; 0 */
  guint32      times; /* where its times begin */
} MqFunnelDeep;

typedef struct
{
  MqFunnelUnit *units; /* (owned) */
  MqFunnelDeep *deep;  /* (owned) */
  gint64       *times; /* (owned) of each of them `level` times, one after the other */
  guint         n, room;
  guint         n_times, room_times;
  guint         n_deep, room_deep;
  gint64        removed; /* customers */
  guint32      *alike;   /* (owned) (nullable) units that are not kept, as in MqFunnelCounts */
} MqFunnelSlice;

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
