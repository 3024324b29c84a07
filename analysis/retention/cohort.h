/* cohort.h: cohorts counted from two lists of records, what begins and what counts as a return. Pure: arrays in, a grid
 * of integers out, the same for any number of threads. */

#pragma once

#include "base/civil-unit.h"
#include "base/run.h"
#include "orders/valid-orders.h"

G_BEGIN_DECLS

#define MQ_NO_ROW G_MAXUINT32
#define MQ_NO_COHORT G_MAXUINT32
#define MQ_NO_COLUMN G_MAXUINT16
#define MQ_SLOT_BITS 36

/* Records of persons, ascending in time inside each. All borrowed. */
typedef struct
{
  guint          n_persons;
  const gsize   *offsets;   /* n_persons + 1: person p has the rows [offsets[p], offsets[p + 1]) */
  const gint64  *time;      /* instants */
  const guint8  *precision; /* (nullable) MqPrecision a row; NULL: all are to the second */
  const guint32 *codes;     /* (nullable) only the rows whose code is wanted; NULL: all */
  const guint8  *wanted;    /* by code */
} MqRecords;

static inline gboolean
mq_records_has (const MqRecords *self, gsize row)
{
  return self->codes == NULL || self->wanted[self->codes[row]];
}

/* The time scale of a request. Cohorts and calendar periods are the units of the project's zone. */
typedef struct
{
  const MqZone *zone;
  MqUnit        unit;
  gboolean      rolling; /* periods from each person's own start: days of 24 h, weeks of 7, months of 30 of them */
  gint64        as_of;   /* the last microsecond that counts */
  gint32        first;   /* unit of the first cohort */
  guint         n_cohorts;
  guint         n_periods; /* of the first cohort, the one that is still running included */
  gint64       *edges;     /* (owned) first instants of the units from `first` on; n_edges of them, the last beyond as_of */
  guint         n_edges;
  guint16      *slots;     /* (owned) the unit at the beginning of each slot of 2^MQ_SLOT_BITS µs from edges[0] on: a day is longer, so that at most one unit begins in a slot */
  gboolean      has_gap;   /* but where a zone left a day out: Pacific/Apia has no 30 December 2011 */
  gboolean      plain;     /* every period is a column of its own */
  guint16      *columns;   /* (owned) n_periods: the column that a period counts in, or MQ_NO_COLUMN */
  guint         n_columns; /* n_periods without brackets */
} MqCohortScale;

/* from and to: instants of the period, widened here to whole units; from <= to <= as_of. FALSE with
 * MQ_ANALYSIS_ERROR_SETTING if the cells would be too many. */
gboolean mq_cohort_scale_init (MqCohortScale *self, const MqZone *zone, MqUnit unit, gboolean rolling, gint64 from, gint64 to, gint64 as_of, GError **error);
void     mq_cohort_scale_clear (MqCohortScale *self);
/* Brackets: n pairs of first and last period, ascending, not overlapping; last: G_MAXUINT for an open one. */
void mq_cohort_scale_set_brackets (MqCohortScale *self, const guint (*brackets)[2], guint n);
/* Of a rolling period, in microseconds. */
gint64 mq_cohort_scale_length (const MqCohortScale *self);
/* The index of the unit that an instant lies in; edges[0] <= time < the last edge. */
static inline guint
mq_cohort_scale_find (const MqCohortScale *self, gint64 time)
{
  guint unit = self->slots[(time - self->edges[0]) >> MQ_SLOT_BITS];

  unit += time >= self->edges[unit + 1];
  while (G_UNLIKELY (self->has_gap) && time >= self->edges[unit + 1])
    unit++;
  return unit;
}

/* Where each person began. */
typedef struct
{
  guint    n_persons;
  guint32 *row;    /* (owned) of the first record of `start`, MQ_NO_ROW */
  guint32 *cohort; /* (owned) index, or MQ_NO_COHORT: began outside the period, or never */
  gint64   first;  /* the earliest of all starts; MQ_TIME_MISSING */
} MqCohortStarts;

/* The starts up to as_of; then, with a scale, their cohorts. FALSE with error (memory, cancellation). */
gboolean mq_cohort_starts_init (MqCohortStarts *self, const MqRecords *start, gint64 as_of, const MqRun *run, GError **error);
gboolean mq_cohort_starts_assign (MqCohortStarts *self, const MqRecords *start, const MqCohortScale *scale, const MqRun *run, GError **error);
void     mq_cohort_starts_clear (MqCohortStarts *self);

/* What is counted. */
typedef struct
{
  const MqCohortScale  *scale;
  const MqCohortStarts *starts;
  const MqRecords      *start;
  const MqRecords      *returns;     /* (nullable) NULL: no customers are counted */
  gboolean              same;        /* `returns` are rows of the same list as `start` */
  gboolean              without_own; /* the record that began is not a return: "bought again" */
  gboolean              unbounded;   /* counted in every period up to their last return */

  const MqRecords    *orders;     /* (nullable) whose number and money are counted in each period */
  const gint64       *net;        /* minor units a row of orders */
  gboolean            same_money; /* `orders` are rows of the same list as `start` */
  const MqRevenueCut *cuts;       /* (nullable) by person: reduce the revenue of the period they lie in */
  gsize               n_cuts;

  const guint16 *group; /* (nullable) of each person with a cohort */
  guint          n_groups;
} MqCohortCount;

/* The starts of a cohort's members: of those known to the minute or second, and of those that are mere dates. */
typedef struct
{
  gint64 earliest, latest;         /* MQ_TIME_MISSING: none */
  gint32 earliest_day, latest_day; /* MQ_DAY_MISSING: none */
} MqCohortSpan;

/* Cell of group g, cohort c and period or column k: [(g * n_cohorts + c) * width + k]. */
typedef struct
{
  guint         n_groups, n_cohorts, n_periods, n_columns;
  gint64       *sizes;     /* (owned) by group and cohort */
  gint64       *customers; /* (owned) width n_columns */
  gint64       *orders;    /* (owned) (nullable) width n_periods, on the period */
  gint64       *revenue;   /* (owned) (nullable) minor units */
  MqCohortSpan *spans;     /* (owned) by group and cohort */
} MqCohortGrid;

gboolean mq_cohort_grid_init (MqCohortGrid *self, const MqCohortCount *count, const MqRun *run, GError **error);
void     mq_cohort_grid_clear (MqCohortGrid *self);

/* Periods that have begun for a cohort's first member. */
guint mq_cohort_grid_n_periods (const MqCohortGrid *self, const MqCohortScale *scale, guint group, guint cohort);
/* Whether a period has ended for every member of a cohort. */
gboolean mq_cohort_grid_is_complete (const MqCohortGrid *self, const MqCohortScale *scale, guint group, guint cohort, guint period);

/* Whether a person with a cohort is among the customers of a column. scratch: n_columns. */
gboolean mq_cohort_has_returned (const MqCohortCount *count, guint person, guint column, gint64 *scratch);

/* The period of a record counted from a start, on the scale; the start's own period is 0. FALSE: the record is before the
 * start (compared at the coarser precision) or after as_of. */
gboolean mq_cohort_period (const MqCohortScale *scale, gint64 start, MqPrecision start_precision, gint64 time, MqPrecision precision, guint *period);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCohortScale, mq_cohort_scale_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCohortStarts, mq_cohort_starts_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCohortGrid, mq_cohort_grid_clear)

G_END_DECLS
