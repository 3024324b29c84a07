/* chart-view.h: MqChartView shows an MqChart: painting, pointer, keyboard and screen reader, all from one layout. The title is
 * left to the widget around it.
 *
 * Accessible as a list (the chart's title and description) of list items (its marks). One Tab stop; arrows, Home and End
 * move between marks, Enter or a click activates one. CSS node: chart. */

#pragma once

#include <gtk/gtk.h>

#include "chart/chart.h"

G_BEGIN_DECLS

#define MQ_TYPE_CHART_VIEW (mq_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (MqChartView, mq_chart_view, MQ, CHART_VIEW, GtkWidget)

/* Signal "mark-activated" (guint64 row, guint column): row and column of the chart's table. */
GtkWidget *mq_chart_view_new (void);
MqChart   *mq_chart_view_get_chart (MqChartView *self); /* (transfer none) (nullable) */
void       mq_chart_view_set_chart (MqChartView *self, MqChart *chart /* (transfer none) (nullable) */);
/* Natural height in lines of the widget's font. */
void  mq_chart_view_set_lines (MqChartView *self, double lines);
guint mq_chart_view_get_cursor (MqChartView *self); /* or MQ_MARK_NONE */
void  mq_chart_view_set_cursor (MqChartView *self, guint mark);
/* As shown, until the next allocation. (transfer none) (nullable) */
const MqChartLayout *mq_chart_view_get_layout (MqChartView *self);

G_END_DECLS
