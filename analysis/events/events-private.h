/* events-private.h: what the parts of the analysis events know of each other. */

#pragma once

#include "events/event-count.h"
#include "scope.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_EVENT_MEASURE_EVENTS,
  MQ_EVENT_MEASURE_CUSTOMERS,
  MQ_EVENT_MEASURE_PER_CUSTOMER,
  MQ_EVENT_MEASURE_SUM,
} MqEventMeasure;

/* Both periods counted. */
typedef struct
{
  MqEventMeasure       measure;
  MqUnit               unit;
  guint                window;     /* of the moving average, in units */
  const char          *event;      /* what is counted, as asked */
  const char          *property;   /* (nullable) whose sum */
  MqColumnType         sum_type;   /* MONEY, INTEGER or DOUBLE */
  double               sum_factor; /* of a DOUBLE: units of its last digit */
  const char          *currency;
  const MqScope       *scope;
  const MqScope       *previous_scope; /* (nullable) */
  const MqCohortScale *scale;
  const MqEventGrid   *grid;
  const MqCohortScale *previous_scale; /* (nullable) */
  const MqEventGrid   *previous;       /* (nullable) */
  const char *const   *groups;         /* (nullable) */
} MqEventsView;

MqTable *mq_events_trend_table (const MqEventsView *view);
/* course (series, period, value, complete): the value, its moving average and the period before, one after the other; with
 * a split the value of each group. */
MqTable *mq_events_course_table (const MqEventsView *view);
MqTable *mq_events_totals_table (const MqEventsView *view);
char    *mq_events_sentence (const MqEventsView *view, const MqTable *totals); /* (transfer full) */
char    *mq_events_rules (const MqEventsView *view);                           /* (transfer full) */

G_END_DECLS
