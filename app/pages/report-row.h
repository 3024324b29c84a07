/* report-row.h: MqReportRow, one item of the report in the list of the report page: what it shows, its title and note, and its
 * place among the others (drag, buttons, Ctrl+Up and Ctrl+Down).
 *
 * Signals: "move-to" (guint): it wants this index. "remove". "edited": title or note changed. */

#pragma once

#include <adwaita.h>

#include "report-plan.h"

G_BEGIN_DECLS

#define MQ_TYPE_REPORT_ROW (mq_report_row_get_type ())
G_DECLARE_FINAL_TYPE (MqReportRow, mq_report_row, MQ, REPORT_ROW, AdwExpanderRow)

GtkWidget  *mq_report_row_new (const MqReportItem *item, guint index, guint n_rows);
const char *mq_report_row_get_title (MqReportRow *self);
const char *mq_report_row_get_note (MqReportRow *self);

G_END_DECLS
