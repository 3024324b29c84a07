/* report-plan.h: MqReportPlan, what a project's report is to show: its items in order, each an analysis with its settings, one of its
 * charts or all of them, and the user's own words; paper and theme. Kept in the project as the small value MQ_REPORT_VALUE (the
 * text of a GVariant). No results: mq_report_from_plan() computes them. Not thread-safe; copy for another thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MQ_REPORT_VALUE "report"

typedef struct
{
  char     *module;   /* (owned) id of an analysis: "rfm" */
  char     *chart;    /* (owned) id of one of its charts; "": the whole page */
  GVariant *settings; /* (owned) a{sv} of the analysis, as given */
  char     *title;    /* (owned) "": the finding */
  char     *note;     /* (owned) "": none */
} MqReportItem;

typedef struct
{
  char      *title; /* (owned) "": "Report" in the report's language */
  char      *paper; /* (owned) "a4", "letter"; "": by region in the window, A4 on the command line */
  char      *theme; /* (owned) "print", "light", "dark"; "": print */
  GPtrArray *items; /* (owned) (element-type MqReportItem) */
} MqReportPlan;

/* settings (nullable) may be floating. */
MqReportItem *mq_report_item_new (const char *module, const char *chart /* (nullable) */, GVariant *settings);
MqReportItem *mq_report_item_copy (const MqReportItem *self);
void          mq_report_item_free (MqReportItem *self);

MqReportPlan *mq_report_plan_new (void);
MqReportPlan *mq_report_plan_copy (const MqReportPlan *self);
void          mq_report_plan_free (MqReportPlan *self);

/* NULL text: an empty plan. G_IO_ERROR_INVALID_DATA if the text is none of mq_report_plan_print(). What a newer version added
 * is passed over. */
MqReportPlan *mq_report_plan_parse (const char *text /* (nullable) */, GError **error);
char         *mq_report_plan_print (const MqReportPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqReportItem, mq_report_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqReportPlan, mq_report_plan_free)

G_END_DECLS
