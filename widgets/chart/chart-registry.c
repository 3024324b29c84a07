/* chart-registry.c: which charts show a result. A new analysis adds one line and one function. */

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *module;
  void (*add) (MqResult *result, GPtrArray *charts);
} Entry;

static const Entry entries[] = {
  { "attribution", mq_attribution_charts_add },
  { "quality", mq_quality_charts_add },
  { "events", mq_events_charts_add },
  { "funnel", mq_funnel_charts_add },
  { "paths", mq_paths_charts_add },
  { "holdout", mq_holdout_charts_add },
  { "reconcile", mq_reconcile_charts_add },
  { "retention", mq_retention_charts_add },
  { "rfm", mq_rfm_charts_add },
  { "sentiment", mq_sentiment_charts_add },
};

/* What of a wide table goes on one sheet of paper; HTML and CSV have all of it. */
static const struct
{
  const char *module, *table;
  const char *columns[14];
} papers[] = {
  { "quality", "fields", { "kind", "field", "records", "filled", "share_filled", "share_valid", "distinct" } },
  { "events", "course", { "series", "period", "value" } },
  { "funnel", "steps", { "group", "step", "name", "customers", "converted", "lost", "open", "rate", "rate_from_previous", "rate_matured", "low", "high", "median_seconds" } },
  { "reconcile", "months", { "month", "orders", "valid", "placed", "unpaid", "refunded_wholly", "refunded_partly", "unmatched", "revenue" } },
  { "reconcile", "statuses", { "status", "meaning", "orders", "valid", "placed", "unpaid", "refunded_wholly", "refunded_partly" } },
  { "retention", "cells", { "cohort", "period", "size", "value", "low", "high", "complete" } },
  { "rfm", "migration", { "from", "to", "customers", "revenue" } },
  { "rfm", "segments", { "segment", "customers", "share", "revenue", "revenue_share", "recency_median", "frequency_median", "monetary_median" } },
};

static const struct
{
  const char *module, *id;
  const char *name; /* N_() */
} names[] = {
  { "attribution", "credits", N_ ("Credits by model") },
  { "attribution", "disagreement", N_ ("Where the models differ") },
  { "attribution", "removal", N_ ("Removal effects") },
  { "attribution", "spend", N_ ("Return on spend by model") },
  { "quality", "weakest", N_ ("Least filled fields") },
  { "quality", "fields", N_ ("All fields") },
  { "quality", "score", N_ ("Parts of the score") },
  { "quality", "trend", N_ ("Import by import") },
  { "quality", "decay", N_ ("Decay") },
  { "events", "course", N_ ("Events over time") },
  { "events", "totals", N_ ("Events by group") },
  { "funnel", "steps", N_ ("Funnel") },
  { "funnel", "groups", N_ ("Rates by group") },
  { "funnel", "trend", N_ ("Conversion by time of entry") },
  { "funnel", "times", N_ ("Time to convert") },
  { "funnel", "survival", N_ ("Converted by then, from the first entry") },
  { "paths", "flow", N_ ("Flow from step to step") },
  { "paths", "paths", N_ ("Commonest paths") },
  { "reconcile", "months", N_ ("Money by month") },
  { "reconcile", "rows", N_ ("Rows by what became of them") },
  { "reconcile", "money", N_ ("Revenue by month") },
  { "reconcile", "statuses", N_ ("Orders by status") },
  { "reconcile", "coverage", N_ ("Coverage") },
  { "retention", "cohorts", N_ ("Cohorts") },
  { "retention", "curve", N_ ("Retention curve") },
  { "retention", "intervals", N_ ("Repurchase intervals") },
  { "retention", "silence", N_ ("Chance to order after silence") },
  { "rfm", "grid", N_ ("Customers by recency and frequency") },
  { "rfm", "grid-revenue", N_ ("Revenue by recency and frequency") },
  { "rfm", "segments", N_ ("Customers by segment") },
  { "rfm", "segments-revenue", N_ ("Revenue by segment") },
  { "rfm", "migration", N_ ("Segment migration") },
  { "rfm", "migration-revenue", N_ ("Segment migration by revenue") },
  { "rfm", "migration-flow", N_ ("Flow between segments") },
  { "rfm", "migration-flow-revenue", N_ ("Flow between segments by revenue") },
  { "sentiment", "mix", N_ ("Mix of moods") },
  { "sentiment", "trend", N_ ("Mood over time") },
  { "sentiment", "weighted", N_ ("Mix weighted to the base") },
  { "sentiment", "emotions", N_ ("Emotions") },
  { "sentiment", "latest", N_ ("Customers by mood") },
  { "sentiment", "comparison", N_ ("Mixes compared") },
  { "sentiment", "ratings", N_ ("Mean rating by mood") },
  { "sentiment", "topics", N_ ("Key phrases") },
  { "sentiment", "questions", N_ ("Frequent questions") },
};

void
mq_charts_take (GPtrArray *charts, MqResult *result, const char *id, MqChart *chart)
{
  if (chart == NULL)
    return;
  chart->id = id;
  mq_chart_set_note (chart, mq_result_rules (result), mq_result_provenance (result)->as_of);
  g_ptr_array_add (charts, chart);
}

GPtrArray *
mq_charts_for_result (MqResult *result)
{
  GPtrArray  *charts = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_chart_unref);
  const char *module = mq_result_provenance (result)->module;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (strcmp (entries[i].module, module) == 0)
      entries[i].add (result, charts);
  return charts;
}

MqChart *
mq_charts_find (GPtrArray *charts, const char *id)
{
  for (guint i = 0; i < charts->len; i++)
    if (strcmp (mq_chart_id (charts->pdata[i]), id) == 0)
      return charts->pdata[i];
  return NULL;
}

const char *
mq_charts_name (const char *module, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].module, module) == 0 && strcmp (names[i].id, id) == 0)
      return _ (names[i].name);
  return id;
}

const char *const *
mq_report_columns (const char *module, const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (strcmp (papers[i].module, module) == 0 && strcmp (papers[i].table, table) == 0)
      return papers[i].columns;
  return NULL;
}
