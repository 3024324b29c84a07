/* chart-mark.h: MqChartMark, one mark of a chart as an invisible child of its view, which draws it: the only way on GTK 4.8 to
 * put a part of a drawing into the accessibility tree. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MQ_TYPE_CHART_MARK (mq_chart_mark_get_type ())
G_DECLARE_FINAL_TYPE (MqChartMark, mq_chart_mark, MQ, CHART_MARK, GtkWidget)

GtkWidget *mq_chart_mark_new (void);
/* What it stands for: the index-th of n marks (from 0), translated label. */
void mq_chart_mark_show (MqChartMark *self, const char *label, guint index, guint n);

G_END_DECLS
