/* report-sheet.h: MqSheet, one sheet of paper of a report, composed and ready to draw. Lengths in points. */

#pragma once

#include "chart/chart-private.h"
#include "chart/report.h"

G_BEGIN_DECLS

#define MQ_SHEET_CONTENTS G_MAXUINT /* the page of a sheet that is part of the contents */

typedef struct
{
  MqPicture *picture; /* (owned) */
  GArray    *charts;  /* (element-type MqPlacedChart) */
  GArray    *links;   /* (element-type MqSheetLink) */
  guint      page;    /* of the report: which result; MQ_SHEET_CONTENTS */
} MqSheet;

typedef struct
{
  MqRect rect;
  guint  sheet; /* where it leads: index of a sheet */
} MqSheetLink;

typedef struct
{
  MqChartLayout *layout; /* (owned) */
  double         x, y;
} MqPlacedChart;

void mq_paper_size (MqPaper paper, double *width, double *height);
/* All sheets of a report: each result begins a new one. With contents, a table of them comes first where there are several pages.
 * (transfer full) (element-type MqSheet) */
GPtrArray *mq_sheets_new (const MqReport *report, gboolean with_contents);
void       mq_sheet_draw_ground (const MqTheme *theme, double width, double height, cairo_t *cr);
void       mq_sheet_draw (const MqSheet *self, cairo_t *cr); /* all but the ground */

/* The columns of a chart's table that a report prints. (transfer full) (element-type guint) */
GArray *mq_report_find_columns (MqResult *result, MqTable *table);
/* The tables of values that belong under the charts: of a chart that was asked for alone, its own; of a whole page those that
 * are short and that no chart prints already. `longer` gets the others that no chart prints. (transfer full) (element-type MqTable), borrowed */
GPtrArray *mq_report_find_tables (const MqReportEntry *page, GPtrArray *charts, GPtrArray *longer);
/* Words of a result's foot: as-of day, zone, project, data. (transfer full) */
char *mq_report_origin (const MqReport *report, MqResult *result);
/* Warnings and what was left out, a sentence each. (transfer full) (element-type utf8) */
GPtrArray *mq_report_remarks (MqResult *result);
/* The charts that a page shows: one of its result's or all. (transfer full) (element-type MqChart) */
GPtrArray *mq_report_entry_charts (const MqReportEntry *page);
/* The finding; where there is none, the heading. (transfer none) */
const char *mq_report_entry_title (const MqReportEntry *page);
/* The heading; where there is none, the finding. (transfer none) */
const char *mq_report_entry_name (const MqReportEntry *page);

G_END_DECLS
