/* report.h: a report: a page a result: finding, rules, charts, table, footer (as-of, zone, project, data hash); a long table goes on
 * over further sheets. PDF (vectors, embedded fonts, selectable text, contents, outline and links, metadata without a clock), PNG or
 * SVG of the sheets, or one HTML file. */

#pragma once

#include "chart/export.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_PAPER_A4,
  MQ_PAPER_LETTER,
} MqPaper;

typedef struct
{
  MqResult *result;  /* (owned) */
  char     *chart;   /* (owned) (nullable): id of the only chart; NULL: all */
  char     *finding; /* (owned) of the result, or of its only chart */
  char     *title;   /* (owned) (nullable): the page's own heading */
  char     *note;    /* (owned) (nullable): words under the chart */
} MqReportEntry;

typedef struct
{
  char          *title;   /* (owned) of the report, "Monday Report" */
  char          *project; /* (owned) name of the project */
  MqPaper        paper;
  const MqTheme *theme;
  GPtrArray     *pages; /* (owned) (element-type MqReportEntry) */
} MqReport;

/* On A4 in the print theme; set both before writing as wanted. */
MqReport *mq_report_new (const char *title, const char *project);
void      mq_report_free (MqReport *self);
void      mq_report_add (MqReport *self, MqResult *result, const char *title, const char *note);
/* One of the result's charts by its id, with its table; all of them if the result has no such chart. */
void mq_report_add_chart (MqReport *self, MqResult *result, const char *chart, const char *title, const char *note);
/* By suffix .pdf .png .svg .html (png, svg: NAME.png for the first sheet, NAME-2.png … for more). Blocks; call from a worker. */
gboolean mq_report_write (MqReport *self, const char *path, GError **error);
/* The sheets of the PDF as pictures. (transfer full) (element-type cairo_surface_t). Blocks; call from a worker. */
GPtrArray *mq_report_pictures (MqReport *self, double pixels_a_point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqReport, mq_report_free)

G_END_DECLS
