/* retention-page.c: cohorts, their curve, the intervals between orders, and when silence begins. */

#include "config.h"

#include "pages/retention-page.h"

#include <glib/gi18n.h>

#include "retention/retention.h"

struct _MqRetentionPage
{
  MqAnalysisPage parent_instance;
};

static const char *const units[] = { "month", "week", "day", NULL };
static const char *const unit_labels[] = { N_ ("Months"), N_ ("Weeks"), N_ ("Days") };
static const char *const measures[] = { "share", "customers", "orders", "revenue", "cumulative-revenue", NULL };
static const char *const measure_labels[] = { N_ ("Share of the cohort"), N_ ("Customers"), N_ ("Orders"), N_ ("Revenue"), N_ ("Revenue per customer, cumulative") };
static const char *const modes[] = { "on", "unbounded", NULL };
static const char *const mode_labels[] = { N_ ("In the period"), N_ ("In it or later") };
static const char *const clocks[] = { "calendar", "rolling", NULL };
static const char *const clock_labels[] = { N_ ("Calendar"), N_ ("From each start") };
static const char *const means[] = { "weighted", "simple", NULL };
static const char *const mean_labels[] = { N_ ("By size"), N_ ("Each alike") };
static const char *const firsts[] = { "any", "paid", NULL };
static const char *const first_labels[] = { N_ ("Any"), N_ ("That is not free") };
static const char *const free_orders[] = { "include", "exclude", NULL };
static const char *const free_order_labels[] = { N_ ("Counted"), N_ ("Not counted") };

static const MqPageControl controls[] = {
  { "unit", N_ ("Unit"), units, unit_labels, NULL },
  { "measure", N_ ("Measure"), measures, measure_labels, NULL },
  { "mode", N_ ("Return"), modes, mode_labels, NULL },
  { "clock", N_ ("Clock"), clocks, clock_labels, NULL },
  { "mean", N_ ("Mean"), means, mean_labels, NULL },
  { "brackets", N_ ("Own periods"), NULL, NULL, N_ ("0,1-3,4-") },
  { "start", N_ ("Begins with"), NULL, NULL, N_ ("order") },
  { "return", N_ ("Comes back with"), NULL, NULL, N_ ("the same") },
  { "first", N_ ("First order"), firsts, first_labels, NULL },
  { "free-orders", N_ ("Free orders"), free_orders, free_order_labels, NULL },
  { "by", N_ ("Split by"), NULL, NULL, N_ ("order.product") },
  { "complete-since", N_ ("Data complete since"), NULL, NULL, N_ ("first date") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Repurchase within 90 days"), N_ ("Repurchase in period"), N_ ("Going silent"), N_ ("Asleep"), NULL };

G_DEFINE_FINAL_TYPE (MqRetentionPage, mq_retention_page, MQ_TYPE_ANALYSIS_PAGE)

static void
show_ratio (MqAnalysisPage *self, guint tile, MqResult *result, gsize row)
{
  g_autofree char *share = mq_analysis_page_figure (result, "repurchase", row, "share");
  g_autofree char *n = mq_analysis_page_figure (result, "repurchase", row, "n");
  g_autofree char *low = mq_analysis_page_figure (result, "repurchase", row, "low");
  g_autofree char *high = mq_analysis_page_figure (result, "repurchase", row, "high");
  /* Translators: a number of customers; the interval of a share */
  g_autofree char *note = g_strdup_printf (ngettext ("of %s customer; 95 %%: %s to %s", "of %s customers; 95 %%: %s to %s", mq_analysis_page_count (result, "repurchase", row, "n")), n, low, high);

  if (mq_analysis_page_count (result, "repurchase", row, "n") == 0)
    mq_tile_set_value (mq_analysis_page_tile (self, tile), "—", NULL, _ ("nobody to count yet"));
  else
    mq_tile_set_value (mq_analysis_page_tile (self, tile), share, NULL, note);
}

static void
show_day (MqAnalysisPage *self, guint tile, MqResult *result, const char *column, const char *note)
{
  g_autofree char *day = mq_analysis_page_figure (result, "silence_days", 0, column);
  g_autofree char *text = g_strdup_printf (ngettext ("after %s day", "after %s days", mq_analysis_page_count (result, "silence_days", 0, column)), day);

  mq_tile_set_value (mq_analysis_page_tile (self, tile), mq_analysis_page_count (result, "silence_days", 0, column) > 0 ? text : "—", NULL, note);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  show_ratio (self, 0, result, 0);
  show_ratio (self, 1, result, 1);
  show_day (self, 2, result, "going_silent", _ ("chance to order under two thirds of that after 7 days"));
  show_day (self, 3, result, "asleep", _ ("chance to order under half of that after 7 days"));
}

static char *
find_customers (MqAnalysisPage *self, MqChart *chart, gsize row)
{
  MqTable *table = mq_chart_table (chart);
  int      cohort = mq_table_find_column (table, "cohort");
  int      period = mq_table_find_column (table, "period");

  if (cohort < 0 || period < 0)
    return NULL;
  return g_strdup_printf ("%s:%d", mq_table_text (table, row, cohort), (int) mq_table_integer (table, row, period));
}

static void
mq_retention_page_class_init (MqRetentionPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_retention_analysis;
  page_class->icon_name = "mq-heat-map-symbolic";
  page_class->empty_title = N_ ("Repurchase Needs Orders or Events");
  page_class->failed_title = N_ ("Repurchase Could Not Be Computed");
  page_class->main_table = "cells";
  page_class->controls = controls;
  page_class->n_bar = 2;
  page_class->tiles = tiles;
  page_class->n_views = 4;
  page_class->show_tiles = show_tiles;
  page_class->find_customers = find_customers;
}

static void
mq_retention_page_init (MqRetentionPage *self)
{
}
