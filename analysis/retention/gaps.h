/* gaps.h: the time between a person's records and the next one, closed or still open, and what follows from it: the
 * distribution of intervals and the chance to come again after so many silent days. Pure. */

#pragma once

#include "retention/cohort.h"

G_BEGIN_DECLS

#define MQ_SILENCE_AHEAD 30 /* days that the chance looks ahead */
#define MQ_SILENCE_BASE 7   /* the day whose chance the suggested days are measured by */

/* Gaps by length in days. */
typedef struct
{
  gsize   n_days;
  gint64 *closed; /* (owned) n_days: another record came after so many days */
  gint64 *open;   /* (owned) n_days: none has come in so many days, up to the as-of date */
} MqGaps;

typedef struct
{
  const MqRecords *records;
  const gint32    *day; /* (nullable) of each row: gaps are from date to date; NULL: full days of 24 h, shorter ones do not count */
  const MqZone    *zone;
  gint64           as_of;
  gint64           earliest; /* no record is earlier */
  gint64           from, to; /* of the record that begins the gap; from: MQ_TIME_MISSING for no bound */
  const guint16   *group;    /* (nullable) of the record that begins the gap, by row; n_groups or more: of none */
  guint            n_groups; /* at least 1 */
} MqGapCount;

/* gaps: n_groups of them, each to be cleared. FALSE with error. */
gboolean mq_gaps_count (const MqGapCount *count, MqGaps *gaps, const MqRun *run, GError **error);
void     mq_gaps_clear (MqGaps *self);
gint64   mq_gaps_n_closed (const MqGaps *self);
gint64   mq_gaps_n_open (const MqGaps *self);

/* After `day` silent days: the chance of a record within the next MQ_SILENCE_AHEAD days. */
typedef struct
{
  gint64 n; /* gaps that reached the day */
  double chance, low, high;
} MqSilence;

/* Kaplan-Meier over closed and open gaps. Days 0 … *n_days - 1: as long as gaps are seen that long and the days ahead.
 * (transfer full) */
MqSilence *mq_silence_curve (const MqGaps *gaps, gsize *n_days);
/* The first day after MQ_SILENCE_BASE with a chance below `part` of that day's, where n allows; -1 if there is none. */
gint mq_silence_find_day (const MqSilence *curve, gsize n_days, double part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqGaps, mq_gaps_clear)

G_END_DECLS
