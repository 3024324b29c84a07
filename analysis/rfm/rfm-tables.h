/* rfm-tables.h: the tables of RFM (CLI.md), each in its fixed order of rows. */

#pragma once

#include "base/result.h"
#include "rfm/rfm-model.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 customers;
  gint64 revenue;
  double recency_median, frequency_median; /* NaN if empty */
  gint64 monetary_median;
  gint64 recency_sum, frequency_sum;
  gint64 monetary_sum;
} MqSegmentFigures;

/* map->n_segments of them. (transfer full) NULL with error. */
MqSegmentFigures *mq_rfm_segment_figures (const MqRfmMeasures *measures, const MqRfmModel *model, const MqRun *run, GError **error);

/* days: of the period, for the value a year. */
MqTable *mq_rfm_segments_table (const MqSegmentMap *map, const MqSegmentFigures *figures, gint64 customers, gint64 revenue, gint64 days, const char *currency);
/* before (nullable): the column segment_before too, by segments of the map; MQ_CODE_MISSING: was not there. */
MqTable *mq_rfm_customers_table (const MqRfmMeasures *measures, const MqRfmModel *model, const guint32 *before, const MqStrings *labels, const char *currency);
/* The segment of each customer of `now` at the earlier date, or MQ_CODE_MISSING. (transfer full) */
guint32 *mq_rfm_segments_before (const MqRfmMeasures *before, const MqRfmModel *before_model, const MqRfmMeasures *now);
MqTable *mq_rfm_cuts_table (const MqRfmMeasures *measures, const MqRfmModel *model, int digits);
MqTable *mq_rfm_grid_table (const MqRfmMeasures *measures, const MqRfmModel *model, const char *currency);
/* One row: the whole population. orders is the sum of the frequencies. */
MqTable *mq_rfm_totals_table (const MqRfmMeasures *measures, gint64 revenue, const char *currency);
/* Customers of both dates; revenue is that of the later date, of those who left that of the earlier one. */
MqTable *mq_rfm_migration_table (const MqRfmMeasures *before, const MqRfmModel *before_model, const MqRfmMeasures *now, const MqRfmModel *now_model, const MqSegmentMap *map, const char *currency);

G_END_DECLS
