/* report-sheet.h: MqSheet, one sheet of paper of a report, composed and ready to draw. Lengths in points. */

#pragma once

#include "chart/chart-private.h"
#include "chart/report.h"

G_BEGIN_DECLS

typedef struct
{
  MqPicture *picture; /* (owned) */
  GArray    *charts;  /* (element-type MqPlacedChart) */
  guint      page;    /* of the report: which result */
} MqSheet;

typedef struct
{
  MqChartLayout *layout; /* (owned) */
  double         x, y;
} MqPlacedChart;

void mq_paper_size (MqPaper paper, double *width, double *height);
/* All sheets of a report: each result begins a new one. (transfer full) (element-type MqSheet) */
GPtrArray *mq_sheets_new (const MqReport *report);
void       mq_sheet_draw (const MqSheet *self, const MqTheme *theme, double width, double height, cairo_t *cr);

/* The columns of a chart's table that a report prints. (transfer full) (element-type guint) */
GArray *mq_report_find_columns (MqResult *result, MqTable *table);
/* The tables of values that belong under the charts. (transfer full) (element-type MqTable), borrowed */
GPtrArray *mq_report_find_tables (GPtrArray *charts);
/* Words of a result's foot: as-of day, zone, project, data. (transfer full) */
char *mq_report_origin (const MqReport *report, MqResult *result);
/* Warnings and what was left out, a sentence each. (transfer full) (element-type utf8) */
GPtrArray *mq_report_remarks (MqResult *result);
/* (transfer none) */
const char *mq_report_page_title (const MqReportPage *page);

G_END_DECLS
