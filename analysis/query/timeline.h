/* timeline.h: MqTimeline, what each customer did of what a set of selectors means: events, messages, orders and order
 * lines together, in order of time. Made once for an analysis, then read customer by customer by any number of threads.
 *
 * Records of one instant stand in order of (first selector that means them, import, row), METHODS.md, section Funnel. */

#pragma once

#include "query/field.h"
#include "query/selector.h"

G_BEGIN_DECLS

typedef struct
{
  gint64               as_of;  /* later records do not exist */
  gboolean             others; /* all other events and orders stand in it as well, with bits 0 */
  const MqFieldValues *hold;   /* (nullable) (borrowed) fills MqMoment.value */
  const char          *shop;   /* (nullable) only this shop's orders */
} MqTimelineOptions;

typedef struct _MqTimeline MqTimeline;

/* Selector i has bit i. Error MQ_ANALYSIS_ERROR_SETTING where a selector names an event, a
 * field or a status that the project does not have. (transfer full); borrows the dataset. */
MqTimeline *mq_timeline_new (MqDataset *dataset, MqSelector *const *selectors, guint n, const MqTimelineOptions *options, const MqRun *run, GError **error);
void        mq_timeline_free (MqTimeline *self);

guint    mq_timeline_n_persons (const MqTimeline *self);
gint64   mq_timeline_n_rows (const MqTimeline *self);      /* records of all kinds that were looked at */
gint64   mq_timeline_n_anonymous (const MqTimeline *self); /* of them of nobody */
gboolean mq_timeline_is_mixed (const MqTimeline *self);    /* times of more than one precision */

/* One reader a thread. */
typedef struct
{
  MqMoment *moments; /* (owned) */
  guint     n;
  guint     room;
} MqMoments;

/* Fills `moments` with what the person did up to the as-of date. FALSE: no memory. */
gboolean mq_timeline_read (const MqTimeline *self, guint person, MqMoments *moments);
void     mq_moments_clear (MqMoments *moments);

/* The events as they are in memory, where a timeline is of events alone, without conditions, in times of one precision
 * (the second), and nothing else stands in it: what a loop can read without a copy. FALSE where it is not so. */
typedef struct
{
  const gsize   *offsets; /* by person */
  const gint64  *times;
  const guint32 *codes; /* of the events' names; MQ_CODE_MISSING */
  const guint32 *bits;  /* by code */
  guint          n_codes;
  gint64         as_of;
} MqPlainTimeline;

gboolean mq_timeline_get_plain (const MqTimeline *self, MqPlainTimeline *plain);

/* Net amount in minor units of a moment of an order (of a line its own amount), 0 of others. */
gint64 mq_timeline_amount (const MqTimeline *self, const MqMoment *moment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTimeline, mq_timeline_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqMoments, mq_moments_clear)

G_END_DECLS
