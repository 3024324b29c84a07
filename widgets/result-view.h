/* result-view.h: MqResultView, one chart with its finding above it and its table twin behind a "Chart | Table" toggle:
 * the sure way for screen readers and for exact figures. */

#pragma once

#include <adwaita.h>

#include "chart/chart.h"

G_BEGIN_DECLS

/* Class actions result.copy-picture, result.copy-table, result.export-picture (PNG, PDF, SVG), result.export-table (CSV),
 * result.as-table and result.menu (Shift+F10, Menu or the secondary button); property "as-table".
 * Its button "Add to Report" calls the action page.add-to-report (s: the chart's id) of a widget around it. */
#define MQ_TYPE_RESULT_VIEW (mq_result_view_get_type ())
G_DECLARE_FINAL_TYPE (MqResultView, mq_result_view, MQ, RESULT_VIEW, AdwBin)

/* Signal "row-activated" (guint64 row of the chart's table): a mark or a line of the table was opened. */
GtkWidget *mq_result_view_new (void);
MqChart   *mq_result_view_get_chart (MqResultView *self); /* (transfer none) (nullable) */
void       mq_result_view_set_chart (MqResultView *self, MqChart *chart /* (transfer none) (nullable) */);
/* Natural height of the chart in lines of text. */
void mq_result_view_set_lines (MqResultView *self, double lines);
/* A widget under the finding ("Customers | Revenue"). */
void mq_result_view_set_extra (MqResultView *self, GtkWidget *extra);

G_END_DECLS
