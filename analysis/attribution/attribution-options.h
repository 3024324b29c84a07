/* attribution-options.h: the settings of attribution as they are used. */

#pragma once

#include "analysis.h"
#include "attribution/credit-models.h"
#include "base/civil-unit.h"

G_BEGIN_DECLS

/* What gets the credit. */
typedef enum
{
  MQ_CREDIT_BY_CHANNEL,
  MQ_CREDIT_BY_CAMPAIGN,
  MQ_CREDIT_BY_GROUP, /* of channels */
} MqCreditBy;

typedef struct
{
  char           *conversion; /* (owned) a selector: "order" or an event's */
  char           *touches;    /* (owned) (nullable) a selector; NULL: every event with a channel, messages clicked or replied */
  gboolean        first_only;
  gboolean        order_source; /* the order's own source is its last touch */
  gboolean        skip_direct;
  gboolean        since_last;
  gint64          lookback; /* µs, > 0 */
  gint64          collapse; /* µs; 0: repeats are kept */
  MqCreditBy      by;
  MqCreditModel   models[MQ_N_CREDIT_MODELS]; /* as asked for, each once */
  guint           n_models;
  MqCreditOptions credit;
  guint           markov_order;
  guint           rounds; /* of the bootstrap; 0: none */
  guint64         seed;
  gboolean        has_trend;
  MqUnit          trend;              /* of each period */
  gboolean        paths;              /* the table too */
  char           *explain;            /* (owned) (nullable) a customer */
  guint           explain_conversion; /* from 1; 0: the latest with a touch that counts */
} MqAttributionOptions;

extern const MqSetting mq_attribution_settings[];

/* FALSE with MQ_ANALYSIS_ERROR_SETTING, which names the setting. */
gboolean mq_attribution_options_init (MqAttributionOptions *self, GVariant *settings, GError **error);
void     mq_attribution_options_clear (MqAttributionOptions *self);
/* Id and title of the column that names what gets the credit. */
const char *mq_credit_by_id (MqCreditBy by);
const char *mq_credit_by_title (MqCreditBy by); /* N_() */
gboolean    mq_attribution_options_has (const MqAttributionOptions *self, MqCreditModel model);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqAttributionOptions, mq_attribution_options_clear)

G_END_DECLS
