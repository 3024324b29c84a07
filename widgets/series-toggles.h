/* series-toggles.h: MqSeriesToggles, a chart's legend as buttons: each shows or hides one series. What is hidden stays so by
 * name when another answer comes. Not visible for a chart whose series cannot be chosen. */

#pragma once

#include <adwaita.h>

#include "chart/chart.h"

G_BEGIN_DECLS

#define MQ_TYPE_SERIES_TOGGLES (mq_series_toggles_get_type ())
G_DECLARE_FINAL_TYPE (MqSeriesToggles, mq_series_toggles, MQ, SERIES_TOGGLES, AdwBin)

/* Signal "changed": another set of series is wanted. */
GtkWidget *mq_series_toggles_new (void);
/* Makes the buttons of a chart; the chart without what is hidden. (transfer full) (nullable) */
MqChart *mq_series_toggles_set_chart (MqSeriesToggles *self, MqChart *chart /* (nullable) */);
MqChart *mq_series_toggles_get_chart (MqSeriesToggles *self);

G_END_DECLS
