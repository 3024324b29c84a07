/* rfm-model.h: the scores and segments of the measured customers under one map. */

#pragma once

#include "rfm/rfm-measure.h"

G_BEGIN_DECLS

#define MQ_NO_SEGMENT 255 /* the map needs other scores than these */

/* How a dimension got its classes: a column of the table `cuts`. */
typedef enum
{
  MQ_METHOD_QUANTILES,
  MQ_METHOD_AUTO_CUTS, /* 1 | 2 | 3 | 4-5 | 6+ because most have the lowest frequency */
  MQ_METHOD_OWN_CUTS,
  MQ_METHOD_INTERVAL, /* up to the median repurchase interval; the median recency if there is none */
  MQ_METHOD_REPEATED, /* 2 orders or more */
  MQ_METHOD_MEAN,
  MQ_METHOD_MEDIAN,
  MQ_METHOD_VALUE,
} MqRfmMethod;

const char *mq_rfm_method_name (MqRfmMethod method);

typedef struct
{
  MqRfmMethod method;
  guint       lowest, highest; /* classes: 1 … k, or 0 and 1 */
  MqScores    scores;          /* k = 2 for high/low: score 2 is high */
  /* high/low only: the threshold as a fraction, in days, orders or minor units */
  __int128 numerator;
  gint64   denominator;
} MqRfmClasses;

typedef struct
{
  const MqSegmentMap *map;
  gboolean            has_segments;
  MqRfmClasses        classes[MQ_RFM_N_DIMENSIONS];
  guint8             *codes[MQ_RFM_N_DIMENSIONS]; /* (owned) of each customer: lowest … highest */
  guint8             *segment;                    /* (owned) of each customer; MQ_NO_SEGMENT */
} MqRfmModel;

/* measures->n > 0. */
gboolean mq_rfm_model_init (MqRfmModel *self, const MqRfmMeasures *measures, const MqRfmOptions *options, const MqRun *run, GError **error);
void     mq_rfm_model_clear (MqRfmModel *self);

/* The value of a dimension of customer i: days, orders or minor units. */
static inline gint64
mq_rfm_value (const MqRfmMeasures *measures, MqRfmDimension dimension, gsize i)
{
  if (dimension == MQ_RFM_R)
    return measures->recency[i];
  return dimension == MQ_RFM_F ? measures->frequency[i] : mq_rfm_measures_monetary (measures)[i];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqRfmModel, mq_rfm_model_clear)

G_END_DECLS
