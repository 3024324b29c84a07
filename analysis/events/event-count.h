/* event-count.h: records of a period counted by unit and group: how many, of how many customers, and the sum of a property. */

#pragma once

#include "query/timeline.h"
#include "query/value-groups.h"
#include "retention/cohort.h"

G_BEGIN_DECLS

/* What is counted: all records of the timeline (bits other than 0), and of plain events those of nobody as well. */
typedef struct
{
  const MqTimeline    *timeline;
  const MqCohortScale *scale; /* its cohorts are the units; not rolling */
  gint64               from, to;
  const MqFieldValues *by;     /* (nullable) */
  const MqValueGroups *groups; /* (nullable) NULL with `by`: only the sizes of the values are counted */
  guint                n_groups;

  /* sum of a property; at most one of both */
  const MqColumn *property; /* (nullable) of the events, by row: INTEGER, DECIMAL or MONEY */
  gboolean        amounts;  /* the amounts of orders */

  /* events of nobody, which stand in no timeline: the rows [0, n_anonymous) */
  gsize          n_anonymous;
  const gint64  *time;
  const guint32 *names;  /* (nullable) codes */
  const guint8  *wanted; /* by code */
} MqEventCount;

/* Of group g and unit u: [g * n_units + u]. */
typedef struct
{
  guint   n_groups, n_units;
  gint64 *events, *customers, *identified, *sums; /* (owned) identified: events of somebody */
  gint64 *all_customers;                          /* (owned) by group: in the whole period */
  gint64 *sizes;                                  /* (owned) (nullable) events by code of `by`, one more for no value */
} MqEventGrid;

gboolean mq_event_grid_init (MqEventGrid *self, const MqEventCount *count, const MqRun *run, GError **error);
void     mq_event_grid_clear (MqEventGrid *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqEventGrid, mq_event_grid_clear)

G_END_DECLS
