/* report-html.h: a report as one HTML file: pictures inline, tables of values, nothing fetched from anywhere. */

#pragma once

#include "chart/report.h"

G_BEGIN_DECLS

gboolean mq_report_write_html (const MqReport *report, GByteArray *out, GError **error);

G_END_DECLS
