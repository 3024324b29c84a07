/* result-actions.h: what one does with a chart that is shown: copied and written as a picture, its table as text, CSV and workbook.
 * A written file or a failure is told to the page around the widget by its actions "page.notice-file" and "page.notice". */

#pragma once

#include <gtk/gtk.h>

#include "chart/chart.h"

G_BEGIN_DECLS

/* In the light theme, as a file has it, with its title. */
void mq_copy_picture (GtkWidget *widget, MqChart *chart);
/* Tab-separated with a header, exact figures, as a spreadsheet takes them. */
void mq_copy_table (GtkWidget *widget, MqTable *table);
/* Ask for a file, write it on a worker. */
void mq_export_picture (GtkWidget *widget, MqChart *chart);                     /* PNG, PDF or SVG by its name */
void mq_export_table (GtkWidget *widget, MqTable *table, const char *title);    /* CSV */
void mq_export_workbook (GtkWidget *widget, MqTable *table, const char *title); /* XLSX */

G_END_DECLS
