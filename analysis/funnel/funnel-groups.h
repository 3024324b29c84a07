/* funnel-groups.h: the units of a funnel added up: by the value of the breakdown, step by step. */

#pragma once

#include "funnel/funnel-count.h"

G_BEGIN_DECLS

/* The largest values have a group each; beyond them "Other" keeps the total, then those without a value. */
#define MQ_FUNNEL_MAX_GROUPS 12

typedef struct
{
  const char *name; /* (nullable) NULL: no value */
  gint64      reached[MQ_FUNNEL_MAX_STEPS];
  gint64      open[MQ_FUNNEL_MAX_STEPS]; /* of those whose last step it is */
  gint64      matured[MQ_FUNNEL_MAX_STEPS];
  double      medians[MQ_FUNNEL_MAX_STEPS]; /* seconds since the step before; NaN */
} MqFunnelGroup;

typedef struct
{
  guint         n;
  MqFunnelGroup groups[MQ_FUNNEL_MAX_GROUPS + 2]; /* in order of size, then of text */
  MqFunnelGroup total;
} MqFunnelGroups;

/* by NULL: the total alone. With medians, which cost a selection each. */
void mq_funnel_groups_init (MqFunnelGroups *self, const MqFunnelCounts *counts, const MqFieldValues *by, guint n_steps, gboolean medians);

G_END_DECLS
