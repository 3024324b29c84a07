/* paths-page.c: which ways customers take, from something or to something. */

#include "config.h"

#include "pages/paths-page.h"

#include <glib/gi18n.h>

#include "paths/paths.h"

struct _MqPathsPage
{
  MqAnalysisPage parent_instance;
};

static const char *const steps[] = { "5", "3", "4", "6", "8", "10", NULL };
static const char *const step_labels[] = { N_ ("5 steps"), N_ ("3 steps"), N_ ("4 steps"), N_ ("6 steps"), N_ ("8 steps"), N_ ("10 steps") };
static const char *const windows[] = { "7d", "30min", "1d", "1cd", "30d", "none", NULL };
static const char *const window_labels[] = { N_ ("7 days"), N_ ("30 minutes"), N_ ("24 hours"), N_ ("The same day"), N_ ("30 days"), N_ ("No limit") };
static const char *const repeats[] = { "merge", "keep", NULL };
static const char *const repeat_labels[] = { N_ ("Merged"), N_ ("Kept") };

static const MqPageControl controls[] = {
  { "start", N_ ("From"), NULL, NULL, N_ ("* (all)") },
  { "end", N_ ("To"), NULL, NULL, N_ ("order") },
  { "events", N_ ("Through"), NULL, NULL, N_ ("* (all)") },
  { "steps", N_ ("Steps"), steps, step_labels, NULL },
  { "window", N_ ("Window"), windows, window_labels, NULL },
  { "repeats", N_ ("Repeats"), repeats, repeat_labels, NULL },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Customers"), N_ ("Steps, mean"), NULL };

G_DEFINE_FINAL_TYPE (MqPathsPage, mq_paths_page, MQ_TYPE_ANALYSIS_PAGE)

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  g_autofree char *customers = mq_analysis_page_figure (result, "totals", 0, "customers");
  g_autofree char *mean = mq_analysis_page_figure (result, "totals", 0, "mean_steps");

  mq_tile_set_value (mq_analysis_page_tile (self, 0), customers, NULL, _ ("one path each"));
  mq_tile_set_value (mq_analysis_page_tile (self, 1), mean, NULL, _ ("of a path"));
}

/* Those of the node that a flow goes to. */
static char *
find_customers (MqAnalysisPage *self, MqChart *chart, gsize row)
{
  MqTable *table = mq_chart_table (chart);
  int      stage = mq_table_find_column (table, "stage");
  int      to = mq_table_find_column (table, "to");

  if (stage < 0 || to < 0)
    return NULL;
  return g_strdup_printf ("%d:%s", (int) mq_table_integer (table, row, stage) + 1, mq_table_text (table, row, to));
}

static void
mq_paths_page_class_init (MqPathsPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_paths_analysis;
  page_class->icon_name = "emblem-shared-symbolic";
  page_class->empty_title = N_ ("Paths Need Events");
  page_class->failed_title = N_ ("Paths Could Not Be Computed");
  page_class->main_table = "paths";
  page_class->controls = controls;
  page_class->n_bar = 3;
  page_class->tiles = tiles;
  page_class->n_views = 2;
  page_class->show_tiles = show_tiles;
  page_class->find_customers = find_customers;
}

static void
mq_paths_page_init (MqPathsPage *self)
{
}
