/* funnel-slice.h: MqFunnelSlice, what was counted of some thousand customers: one unit a customer, entry or pair. */

#pragma once

#include <glib.h>

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

/* FALSE: no memory. */
gboolean mq_funnel_slice_append (MqFunnelSlice *self, const MqFunnelUnit *unit);
/* The same of a unit beyond the first step, with room for its times. (transfer none) NULL: no memory. */
gint64 *mq_funnel_slice_append_deep (MqFunnelSlice *self, const MqFunnelUnit *unit, gint64 value);
void    mq_funnel_slice_clear (MqFunnelSlice *self);

G_END_DECLS
