/* holdout-page.c: the two groups, their rates, and what the campaign brought. */

#include "config.h"

#include "pages/holdout-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "holdout/holdout.h"

struct _MqHoldoutPage
{
  MqAnalysisPage parent_instance;
};

enum
{
  UPLIFT,
  CUSTOMERS,
  VALUE,
  SIZE
};

static const MqPageControl controls[] = {
  { "field", N_ ("Field of the group"), NULL, NULL, N_ ("customer.group") },
  { "treated", N_ ("Got it"), NULL, NULL, N_ ("value of the field") },
  { "control", N_ ("Held out"), NULL, NULL, N_ ("value of the field") },
  { "conversion", N_ ("Counts as conversion"), NULL, NULL, N_ ("order") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Uplift"), N_ ("Customers More"), N_ ("Value per Customer More"), N_ ("Customers Compared"), NULL };

G_DEFINE_FINAL_TYPE (MqHoldoutPage, mq_holdout_page, MQ_TYPE_ANALYSIS_PAGE)

/* "from 1.2 % to 3.4 %" below the figure. */
static void
show_interval (MqAnalysisPage *self, guint tile, MqResult *result, const char *table, const char *figure, const char *low, const char *high)
{
  g_autofree char *text = mq_analysis_page_figure (result, table, 0, figure);
  g_autofree char *from = mq_analysis_page_figure (result, table, 0, low);
  g_autofree char *to = mq_analysis_page_figure (result, table, 0, high);
  /* Translators: the ends of an interval of 95 %. */
  g_autofree char *note = g_strdup_printf (_ ("from %s to %s"), from, to);

  mq_tile_set_value (mq_analysis_page_tile (self, tile), text, NULL, note);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  g_autofree char *treated = mq_analysis_page_figure (result, "groups", 0, "customers");
  g_autofree char *control = mq_analysis_page_figure (result, "groups", 1, "customers");
  g_autofree char *note = g_strdup_printf (_ ("and %s held out"), control);

  show_interval (self, UPLIFT, result, "uplift", "uplift", "low", "high");
  show_interval (self, CUSTOMERS, result, "uplift", "customers_more", "customers_low", "customers_high");
  show_interval (self, VALUE, result, "value_uplift", "uplift", "low", "high");
  mq_tile_set_value (mq_analysis_page_tile (self, SIZE), treated, NULL, note);
}

static void
mq_holdout_page_class_init (MqHoldoutPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_holdout_analysis;
  page_class->icon_name = "mq-bars-symbolic";
  page_class->empty_title = N_ ("A Hold-out Test Needs Customers");
  page_class->failed_title = N_ ("The Hold-out Test Could Not Be Computed");
  page_class->main_table = "groups";
  page_class->controls = controls;
  page_class->tiles = tiles;
  page_class->n_views = 1;
  page_class->show_tiles = show_tiles;
}

static void
mq_holdout_page_init (MqHoldoutPage *self)
{
}
