/* quality-page.c: the score and its parts, the fields, the imports one after another, decay. */

#include "config.h"

#include "pages/quality-page.h"

#include <glib/gi18n.h>

#include "quality/quality.h"

struct _MqQualityPage
{
  MqAnalysisPage parent_instance;
};

static const MqPageControl controls[] = { { NULL, NULL, NULL, NULL, NULL } };

static const char *const tiles[] = { N_ ("Score"), N_ ("Filled"), N_ ("Valid"), N_ ("Unique"), NULL };

G_DEFINE_FINAL_TYPE (MqQualityPage, mq_quality_page, MQ_TYPE_ANALYSIS_PAGE)

/* The parts are the rows of the table, the total is its last; the notes say what each is. */
static void
show_part (MqAnalysisPage *self, guint tile, MqResult *result, gsize row, const char *note)
{
  g_autofree char *value = mq_analysis_page_figure (result, "score", row, "value");

  mq_tile_set_value (mq_analysis_page_tile (self, tile), value, NULL, note);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  static const char *const notes[] = { N_ ("of keys and everyday fields"), N_ ("of the values that are checked"), N_ ("customers that are no double") };
  gsize                    total = mq_table_n_rows (mq_result_find_table (result, "score")) - 1;
  g_autofree char         *points = mq_analysis_page_figure (result, "score", total, "points");

  mq_tile_set_value (mq_analysis_page_tile (self, 0), points, NULL, _ ("points of 100"));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    show_part (self, i + 1, result, i, _ (notes[i]));
}

static void
mq_quality_page_class_init (MqQualityPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_quality_analysis;
  page_class->icon_name = "mq-table-symbolic";
  page_class->empty_title = N_ ("Data Quality Needs a File");
  page_class->failed_title = N_ ("Data Quality Could Not Be Measured");
  page_class->main_table = "fields";
  page_class->controls = controls;
  page_class->tiles = tiles;
  page_class->n_views = 5;
  page_class->show_tiles = show_tiles;
}

static void
mq_quality_page_init (MqQualityPage *self)
{
}
