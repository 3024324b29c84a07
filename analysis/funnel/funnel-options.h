/* funnel-options.h: the settings of a funnel, read and checked. */

#pragma once

#include "analysis.h"
#include "funnel/funnel-match.h"
#include "query/selector.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_FUNNEL_CUSTOMERS,
  MQ_FUNNEL_TOTALS, /* every entry; entries do not overlap */
  MQ_FUNNEL_PAIRS,  /* customer and value of what is held constant */
} MqFunnelCounting;

typedef enum
{
  MQ_TREND_NONE,
  MQ_TREND_DAY,
  MQ_TREND_WEEK,
  MQ_TREND_MONTH,
  MQ_TREND_AUTO, /* the finest of them that most periods have entries enough for */
} MqTrend;

typedef enum
{
  MQ_FUNNEL_CONVERTED,
  MQ_FUNNEL_LOST,
  MQ_FUNNEL_OPEN,
} MqFunnelState;

typedef struct
{
  GPtrArray       *selectors; /* (owned) (element-type MqSelector) the steps, then the exclusions */
  MqFunnelRules    rules;     /* without zone and as-of date; window.amount 0: auto */
  gboolean         auto_window;
  MqFunnelCounting counting;
  const char      *by; /* (nullable) (borrowed from the settings), as the following */
  guint            by_step;
  const char      *hold; /* (nullable) */
  gboolean         first_only;
  MqTrend          trend;
  gboolean         auto_trend;
  guint            list_step; /* customers of this step and state; 0: none */
  MqFunnelState    list_state;
  gboolean         compare;
} MqFunnelOptions;

extern const MqSetting mq_funnel_settings[];

/* steps_default: what the steps are where the settings name none; NULL: that is refused. */
gboolean mq_funnel_options_init (MqFunnelOptions *self, GVariant *settings, const char *const *steps_default, GError **error);
void     mq_funnel_options_clear (MqFunnelOptions *self);

/* "14d", "3600s", "1cd": FALSE if it is no duration above zero. */
gboolean mq_span_parse (const char *text, MqSpan *span);

const char *mq_funnel_state_name (MqFunnelState state); /* N_() */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFunnelOptions, mq_funnel_options_clear)

G_END_DECLS
