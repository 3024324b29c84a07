/* report-plan-run.h: a plan of a report computed over a dataset: the one way of the window and the command line. */

#pragma once

#include "chart/report.h"
#include "project/dataset.h"
#include "report-plan.h"

G_BEGIN_DECLS

/* Runs every item's analysis (equal ones once). `overrides` (nullable, a{sv}) go before the items' own settings. A plan without items
 * is the default report: each analysis with its default settings that has what it needs; MQ_ANALYSIS_ERROR_DATA if none has.
 * An item that cannot be computed fails the whole; the message says which. Blocks; call from a worker. */
MqReport *mq_report_from_plan (const MqReportPlan *plan, MqDataset *dataset, GVariant *overrides, const MqRun *run, GError **error);

G_END_DECLS
