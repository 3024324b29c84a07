/* page-registry.c: the pages. */

#include "config.h"

#include <glib/gi18n.h>

#include "page-registry.h"
#include "pages/attribution-page.h"
#include "pages/customers-page.h"
#include "pages/events-page.h"
#include "pages/funnel-page.h"
#include "pages/guide-page.h"
#include "pages/holdout-page.h"
#include "pages/imports-page.h"
#include "pages/paths-page.h"
#include "pages/quality-page.h"
#include "pages/reconcile-page.h"
#include "pages/report-page.h"
#include "pages/retention-page.h"
#include "pages/rfm-page.h"
#include "pages/segments-page.h"
#include "pages/sentiment-page.h"

static const MqPageInfo pages[] = {
  { "segments", N_ ("Segments"), "view-list-symbolic", N_ ("Do"), mq_segments_page_get_type },
  { "rfm", N_ ("RFM"), "mq-heat-map-symbolic", N_ ("See"), mq_rfm_page_get_type },
  { "funnel", N_ ("Funnel"), "mq-funnel-symbolic", N_ ("See"), mq_funnel_page_get_type },
  { "retention", N_ ("Repurchase"), "mq-heat-map-symbolic", N_ ("See"), mq_retention_page_get_type },
  { "events", N_ ("Events"), "mq-bars-symbolic", N_ ("See"), mq_events_page_get_type },
  { "paths", N_ ("Paths"), "emblem-shared-symbolic", N_ ("See"), mq_paths_page_get_type },
  { "attribution", N_ ("Channels"), "mq-channels-symbolic", N_ ("See"), mq_attribution_page_get_type },
  { "sentiment", N_ ("Mood"), "face-smile-symbolic", N_ ("See"), mq_sentiment_page_get_type },
  { "holdout", N_ ("Hold-out Test"), "mq-bars-symbolic", N_ ("See"), mq_holdout_page_get_type },
  { "guide", N_ ("What You Can See"), "mq-guide-symbolic", N_ ("Data"), mq_guide_page_get_type },
  { "customers", N_ ("Customers"), "system-users-symbolic", N_ ("Data"), mq_customers_page_get_type },
  { "imports", N_ ("Imports"), "document-open-recent-symbolic", N_ ("Data"), mq_imports_page_get_type },
  { "reconcile", N_ ("Reconciliation"), "mq-bars-symbolic", N_ ("Data"), mq_reconcile_page_get_type },
  { "quality", N_ ("Quality"), "mq-table-symbolic", N_ ("Data"), mq_quality_page_get_type },
  { "report", N_ ("Report"), "mq-report-symbolic", N_ ("Report"), mq_report_page_get_type },
};

const MqPageInfo *
mq_page_registry (guint *n)
{
  *n = G_N_ELEMENTS (pages);
  return pages;
}
