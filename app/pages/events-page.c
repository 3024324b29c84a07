/* events-page.c: how often something happens, over time and by group. */

#include "config.h"

#include "pages/events-page.h"

#include <glib/gi18n.h>

#include "events/events.h"

struct _MqEventsPage
{
  MqAnalysisPage parent_instance;
};

/* weeks first: a year of them can be read, and walked with the keyboard */
static const char *const units[] = { "week", "day", "month", NULL };
static const char *const unit_labels[] = { N_ ("Weeks"), N_ ("Days"), N_ ("Months") };
static const char *const measures[] = { "events", "customers", "per-customer", "sum", NULL };
static const char *const measure_labels[] = { N_ ("Events"), N_ ("Customers"), N_ ("Per customer"), N_ ("Sum of a property") };
static const char *const windows[] = { "3", "1", "7", "14", "30", NULL };
static const char *const window_labels[] = { N_ ("3 units"), N_ ("None"), N_ ("7 units"), N_ ("14 units"), N_ ("30 units") };

static const MqPageControl controls[] = {
  { "event", N_ ("Event"), NULL, NULL, N_ ("* (all)") },
  { "measure", N_ ("Measure"), measures, measure_labels, NULL },
  { "property", N_ ("Property"), NULL, NULL, N_ ("amount") },
  { "unit", N_ ("Unit"), units, unit_labels, NULL },
  { "moving", N_ ("Moving average"), windows, window_labels, NULL },
  { "by", N_ ("Split by"), NULL, NULL, N_ ("event.channel") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Events"), N_ ("Customers"), N_ ("Per customer"), NULL };

G_DEFINE_FINAL_TYPE (MqEventsPage, mq_events_page, MQ_TYPE_ANALYSIS_PAGE)

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  static const char *const columns[] = { "events", "customers", "per_customer" };
  static const char *const before[] = { "previous_events", "previous_customers", "previous_per_customer" };
  MqTable                 *totals = mq_result_find_table (result, "totals");
  gboolean                 split = mq_table_find_column (totals, "group") >= 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = mq_analysis_page_figure (result, "totals", 0, columns[i]);
      g_autofree char *previous = mq_analysis_page_figure (result, "totals", 0, before[i]);
      g_autofree char *note = split ? g_strdup_printf (_ ("in “%s”"), mq_table_n_rows (totals) > 0 && mq_table_text (totals, 0, 0) != NULL ? mq_table_text (totals, 0, 0) : "—") : g_strdup_printf (_ ("period before: %s"), previous);

      mq_tile_set_value (mq_analysis_page_tile (self, i), value, NULL, note);
    }
}

static void
mq_events_page_class_init (MqEventsPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_events_analysis;
  page_class->icon_name = "mq-bars-symbolic";
  page_class->empty_title = N_ ("Events Need an Events File");
  page_class->failed_title = N_ ("Events Could Not Be Counted");
  page_class->main_table = "trend";
  page_class->controls = controls;
  page_class->n_bar = 3;
  page_class->tiles = tiles;
  page_class->n_views = 2;
  page_class->show_tiles = show_tiles;
}

static void
mq_events_page_init (MqEventsPage *self)
{
}
