/* period-tables.h: credits and spend by period, as tables: trend, payback, saturation, and what other budgets would bring. */

#pragma once

#include "attribution/attribution-options.h"
#include "base/civil-unit.h"

G_BEGIN_DECLS

typedef struct
{
  gint32   first_day;
  gint64   from, to; /* inclusive */
  gboolean complete; /* all its days lie in the period of the analysis */
  char    *label;    /* (owned) "2011-12" */
} MqPeriod;

typedef struct
{
  const char *name;    /* (borrowed) */
  gint        channel; /* index among the touches' names, or -1 */
  gint        spend;   /* index among the names with spend, or -1 */
} MqPeriodName;

typedef struct
{
  const MqAttributionOptions *options; /* (borrowed) */
  MqUnit                      unit;
  MqPeriod                   *periods; /* (owned) */
  guint                       n_periods;
  MqPeriodName               *names; /* (owned) sorted by bytes */
  guint                       n_names;
  gboolean                    has_spend;
  double                     *conversions; /* (owned) [period][model][name] */
  gint64                     *values;      /* (owned) likewise, minor units */
  gint64                     *spent;       /* (owned) [period][name] */
} MqPeriodCredits;

static inline gsize
mq_period_cell (const MqPeriodCredits *self, guint period, guint model, guint name)
{
  return (period * (gsize) self->options->n_models + model) * self->n_names + name;
}

void mq_period_tables_add (const MqPeriodCredits *self, const char *currency, MqResult *result);

G_END_DECLS
