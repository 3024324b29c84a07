/* retention-tables.h: the tables of retention (CLI.md), each in its fixed order of rows. */

#pragma once

#include "base/result.h"
#include "retention/gaps.h"
#include "retention/retention-source.h"

G_BEGIN_DECLS

/* A counted request. */
typedef struct
{
  const MqRetentionOptions *options;
  const MqRetentionSource  *source;
  const MqCohortScale      *scale;
  const MqCohortStarts     *starts;
  const MqCohortGrid       *grid;
  const char *const        *groups;  /* (nullable) n_groups names; NULL: no split */
  gint64                    covered; /* cohorts that begin before this instant are left out of means */
  const char               *currency;
} MqRetentionView;

/* cells ([group,] cohort, period, size, value, complete, customers, low, high, covered, last_period, counted: complete and
 * covered) */
MqTable *mq_retention_cells_table (const MqRetentionView *view);
/* means ([group,] period, cohorts, size, value, low, high, last_period): over complete cells of covered cohorts. */
MqTable *mq_retention_means_table (const MqRetentionView *view);
/* repurchase (measure, customers, n, share, low, high) */
MqTable *mq_repurchase_table (const MqRetentionSource *source, const MqScope *scope, gint64 covered);
/* intervals (days, intervals, share, cumulative) */
MqTable *mq_intervals_table (const MqGaps *gaps);
/* interval_classes (from, to, intervals): by weeks, the last one half-open too. */
MqTable *mq_interval_classes_table (const MqGaps *gaps);
/* interval_figures (n, open, p25, median, p75, p90) */
MqTable *mq_interval_figures_table (const MqGaps *gaps);
/* silence (group, day, n, chance, low, high) and silence_days (group, n, chance, going_silent, asleep). gaps[0]: of all,
 * its group is missing. */
MqTable *mq_silence_table (const MqGaps *gaps, const char *const *groups, guint n_groups);
MqTable *mq_silence_days_table (const MqGaps *gaps, const char *const *groups, guint n_groups);

G_END_DECLS
