/* funnel-tables.h: the tables of a funnel. */

#pragma once

#include "base/result.h"
#include "funnel/funnel-groups.h"

G_BEGIN_DECLS

MqTable *mq_funnel_steps_table (const char *name, const MqFunnelOptions *options, const MqFunnelGroups *groups, gboolean by_group);
/* What one point (of a hundred) at a step is worth: more completions, and their value. */
MqTable *mq_funnel_worth_table (const MqFunnelOptions *options, const MqFunnelGroup *total, const MqFunnelCounts *counts, const char *currency);
/* a against b: differences of the rates with Newcombe's interval (1998) and a pooled z test of two proportions. */
MqTable *mq_funnel_comparison_table (const MqFunnelOptions *options, const MqFunnelGroup *const *pairs, guint n_pairs, const char *const *names);
MqTable *mq_funnel_trend_table (const MqFunnelOptions *options, const MqFunnelPlan *plan, const MqFunnelPeriod *periods);
MqTable *mq_funnel_customers_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, MqStrings *labels, const char *zone);
char    *mq_funnel_step_name (const MqFunnelOptions *options, guint step); /* from 0; "2 of 3" in the order any; g_free */

/* funnel-times.c */
MqTable *mq_funnel_times_table (const MqFunnelOptions *options, const MqFunnelCounts *counts);
MqTable *mq_funnel_histogram_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, gint64 window);

typedef struct
{
  gint64 entries, converted;
  double chance, low, high; /* at the window; NaN */
  double half;              /* seconds by which half of those had converted; NaN */
} MqFunnelSurvival;

/* From the first entry of each unit; those still open are honoured. */
MqTable *mq_funnel_survival_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, gint64 window, MqFunnelSurvival *survival);

G_END_DECLS
