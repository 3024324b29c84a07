/* retention-options.h: the settings of retention as they are used. */

#pragma once

#include "analysis.h"
#include "base/civil-unit.h"

G_BEGIN_DECLS

#define MQ_BRACKETS_MAX 50
#define MQ_PERIOD_OPEN G_MAXUINT

typedef enum
{
  MQ_MEASURE_CUSTOMERS,
  MQ_MEASURE_SHARE,
  MQ_MEASURE_ORDERS,
  MQ_MEASURE_REVENUE,
  MQ_MEASURE_CUMULATIVE, /* revenue per customer up to the period's end */
} MqRetentionMeasure;

typedef struct
{
  const char        *start, *returns; /* (borrowed) "" if not given */
  MqUnit             unit;
  gboolean           rolling;
  gboolean           unbounded;
  guint              n_brackets; /* 0: every period by itself */
  guint              brackets[MQ_BRACKETS_MAX][2];
  MqRetentionMeasure measure;
  gboolean           simple_mean;
  gboolean           first_paid; /* order cohorts begin with the first order that is not free */
  gboolean           without_free;
  gint32             complete_since; /* day; MQ_DAY_MISSING: the first day of the records */
  const char        *by;             /* (borrowed) "" */
  gboolean           has_cell;       /* the customers of a cohort, or of one cell */
  gint32             cell_cohort;    /* unit */
  guint              cell_period;    /* MQ_PERIOD_OPEN: the whole cohort */
} MqRetentionOptions;

extern const MqSetting mq_retention_settings[];

gboolean mq_retention_options_init (MqRetentionOptions *self, GVariant *settings, GError **error);

static inline gboolean
mq_retention_needs_orders (const MqRetentionOptions *self)
{
  return self->measure >= MQ_MEASURE_ORDERS;
}

G_END_DECLS
