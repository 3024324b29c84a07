/* export.h: charts and reports to files. A file appears whole or not at all: written beside its place, fsynced, renamed.
 * No clock: the same input gives the same bytes. Blocks; call from a worker. */

#pragma once

#include <gio/gio.h>
#include "chart/chart.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_EXPORT_ERROR_FORMAT, /* the suffix names no format */
  MQ_EXPORT_ERROR_SIZE,   /* outside 100 … 20,000 pixels a side, or more than 100 million in all */
  MQ_EXPORT_ERROR_WRITE,
  MQ_EXPORT_ERROR_EMPTY, /* a report without a page */
} MqExportError;

#define MQ_EXPORT_ERROR (mq_export_error_quark ())
GQuark mq_export_error_quark (void);

/* By suffix .png .pdf .svg (any case). Width and height in CSS pixels (1/96 inch), margins included; scale for PNG only.
 * PDF text stays text, SVG text is outlines. Under the chart stands its note. */
gboolean mq_chart_export (MqChart *chart, const char *path, const MqTheme *theme, double width, double height, double scale, GError **error);
/* A workbook if the name ends in .xlsx, else CSV, guarded against what a spreadsheet would execute. */
gboolean mq_table_export (MqTable *table, const char *path, GError **error);
/* PNG bytes, for the clipboard. (transfer full) */
GBytes *mq_chart_to_png (MqChart *chart, const MqTheme *theme, double width, double height, double scale, GError **error);

G_END_DECLS
