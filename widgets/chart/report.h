/* report.h: a report: a page a result: finding, settings line, chart, table, footer (as-of, zone, project, data hash).
 * PDF (vectors, embedded fonts, selectable text, outline, links, metadata without a clock), or PNG/SVG of a page. */

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
  MqResult *result; /* (owned) */
  char     *title;  /* (owned) (nullable): the page's own heading */
  char     *note;   /* (owned) (nullable): words under the chart */
} MqReportPage;

typedef struct
{
  char          *title;   /* (owned) of the report, "Monday Report" */
  char          *project; /* (owned) name of the project */
  MqPaper        paper;
  const MqTheme *theme;
  GPtrArray     *pages; /* (owned) (element-type MqReportPage) */
} MqReport;

MqReport *mq_report_new (const char *title, const char *project);
void      mq_report_free (MqReport *self);
void      mq_report_add (MqReport *self, MqResult *result, const char *title, const char *note);
/* By suffix .pdf .png .svg .html (png, svg: the first page, or NAME-2.png … for more). */
gboolean mq_report_write (MqReport *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqReport, mq_report_free)

G_END_DECLS
