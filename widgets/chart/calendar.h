/* calendar.h: round ticks of time: minutes, hours, days, ISO weeks from Monday, months, quarters, years. */

#pragma once

#include "base/civil-time.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_CALENDAR_MINUTE,
  MQ_CALENDAR_HOUR,
  MQ_CALENDAR_DAY,
  MQ_CALENDAR_WEEK,
  MQ_CALENDAR_MONTH,
  MQ_CALENDAR_YEAR,
} MqCalendarUnit;

typedef struct
{
  MqCalendarUnit unit;
  int            count; /* every so many units */
} MqCalendarStep;

guint          mq_calendar_n_steps (void); /* finest first */
MqCalendarStep mq_calendar_step (guint index);
/* The ticks within low … high as days (zone NULL; no finer than a day) or instants; 0 if there are more than `most`. */
guint mq_calendar_ticks (MqCalendarStep step, const MqZone *zone, double low, double high, double *ticks, guint most);
/* "5 Dec", "Dec 2010", "2011", "14:30"; the first tick says its year. (transfer full) */
char *mq_calendar_text (MqCalendarStep step, const MqZone *zone, double tick, gboolean first);

G_END_DECLS
