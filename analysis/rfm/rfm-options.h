/* rfm-options.h: the settings of RFM as they are used. */

#pragma once

#include "analysis.h"
#include "base/decimal.h"
#include "rfm/own-maps.h"
#include "rfm/rfm-score.h"
#include "rfm/segment-map.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_RFM_R,
  MQ_RFM_F,
  MQ_RFM_M,
  MQ_RFM_N_DIMENSIONS
} MqRfmDimension;

typedef enum
{
  MQ_SCORING_AUTO, /* quantiles; frequency by the fixed cut points when most bought once */
  MQ_SCORING_QUANTILES,
  MQ_SCORING_CUTS, /* as auto where a dimension has no cut points */
} MqScoring;

typedef enum
{
  MQ_MONETARY_NET,
  MQ_MONETARY_MEAN, /* per order, half even */
  MQ_MONETARY_GROSS,
} MqMonetary;

typedef enum
{
  MQ_THRESHOLD_DEFAULT,
  MQ_THRESHOLD_MEAN,
  MQ_THRESHOLD_MEDIAN,
  MQ_THRESHOLD_VALUE,
} MqThresholdKind;

typedef struct
{
  MqThresholdKind kind;
  gint64          numerator; /* of the value; money in minor units */
  gint64          denominator;
} MqThresholdChoice;

typedef struct
{
  MqScoring           scoring;
  guint               k;
  guint               n_cuts[MQ_RFM_N_DIMENSIONS]; /* 0: none given */
  gint64              cuts[MQ_RFM_N_DIMENSIONS][MQ_SCORES_MAX - 1];
  MqThresholdChoice   thresholds[MQ_RFM_N_DIMENSIONS];
  const MqSegmentMap *map;
  MqMonetary          monetary;
  gboolean            by_days;      /* frequency counts days with an order */
  gboolean            without_free; /* orders of zero are left out */
  gboolean            compare;
  gboolean            customers; /* the table too */
} MqRfmOptions;

extern const MqSetting mq_rfm_settings[];

const char *mq_rfm_dimension_name (MqRfmDimension dimension); /* "r", "f", "m" */
/* The map may belong to own_maps. */
gboolean mq_rfm_options_init (MqRfmOptions *self, GVariant *settings, int currency_digits, const MqOwnMaps *own_maps, GError **error);

G_END_DECLS
