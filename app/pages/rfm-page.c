/* rfm-page.c: the map, headline figures, heat map, segments, who moved between them, and what to do with each. */

#include "config.h"

#include "pages/rfm-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "pages/map-chooser.h"
#include "pages/segment-actions.h"
#include "rfm/rfm.h"

/* Room for the segments' names in the cells of the grid, with its toggle above. */
#define GRID_LINES 23

struct _MqRfmPage
{
  MqAnalysisPage parent_instance;

  MqMapChooser     *map;     /* (borrowed) */
  MqSegmentActions *actions; /* (borrowed) */
};

enum
{
  TILE_CUSTOMERS,
  TILE_REVENUE,
  TILE_ORDERS,
  TILE_ONCE
};

static const char *const scorings[] = { "auto", "quantiles", "cuts", NULL };
static const char *const scoring_labels[] = { N_ ("Automatic"), N_ ("Quantiles"), N_ ("Own cut points") };

static const MqPageControl controls[] = {
  { "scoring", N_ ("Scores"), scorings, scoring_labels, NULL },
  { "cuts", N_ ("Cut points"), NULL, NULL, N_ ("r=30:90,f=1:2:3:5,m=100:500"), .tip = N_ ("Upper bounds of each score for r (days), f (orders) and m (money), separated by colons."), .width = 26, .only_with = "scoring", .only_value = "cuts" },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Customers"), N_ ("Revenue"), N_ ("Valid orders"), N_ ("Bought once"), NULL };

static const char *const grids[] = { "grid", "grid-revenue" };
static const char *const segments[] = { "segments", "segments-revenue" };
static const char *const migrations[] = { "migration", "migration-flow", "migration-revenue", "migration-flow-revenue" };
static const char *const measures[] = { N_ ("Customers"), N_ ("Revenue"), NULL };
static const char *const forms_and_measures[] = { N_ ("Matrix"), N_ ("Flow"), N_ ("Customers"), N_ ("Revenue"), NULL };

static const MqAnswerCard cards[] = {
  { .charts = grids, .toggles = measures, .lines = GRID_LINES },
  { .charts = segments, .toggles = measures },
  { .charts = migrations, .toggles = forms_and_measures, .wide = TRUE },
  { .charts = NULL }
};

G_DEFINE_FINAL_TYPE (MqRfmPage, mq_rfm_page, MQ_TYPE_ANALYSIS_PAGE)

static gint64
get_total (MqTable *totals, const char *column)
{
  return mq_table_integer (totals, 0, (guint) mq_table_find_column (totals, column));
}

static void
show_tiles (MqAnalysisPage *page, MqResult *result)
{
  MqTable         *totals = mq_result_find_table (result, "totals");
  gint64           customers = get_total (totals, "customers");
  gint64           once = get_total (totals, "bought_once");
  gint64           revenue = get_total (totals, "revenue");
  g_autofree char *customers_text = mq_format_integer (customers);
  g_autofree char *orders_text = mq_format_integer (get_total (totals, "orders"));
  g_autofree char *revenue_text = mq_format_money_compact (revenue, mq_table_currency (totals));
  g_autofree char *revenue_full = mq_format_money (revenue, mq_table_currency (totals));
  g_autofree char *share_text = mq_format_share (customers > 0 ? (double) once / (double) customers : 0, 1);
  g_autofree char *once_text = mq_format_integer (once);
  g_autofree char *once_note = g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong) once), once_text);

  mq_tile_set_value (mq_analysis_page_tile (page, TILE_CUSTOMERS), customers_text, NULL, _ ("with a valid order"));
  mq_tile_set_value (mq_analysis_page_tile (page, TILE_REVENUE), revenue_text, revenue_full, _ ("net of refunds"));
  mq_tile_set_value (mq_analysis_page_tile (page, TILE_ORDERS), orders_text, NULL, _ ("paid, not fully refunded"));
  mq_tile_set_value (mq_analysis_page_tile (page, TILE_ONCE), share_text, NULL, once_note);
  mq_segment_actions_set_table (MQ_RFM_PAGE (page)->actions, mq_result_find_table (result, "segments"));
}

/* Who came to a segment from another one. Those who left have no segment to be listed in. */
static gboolean
fill_move (MqTable *table, gsize row, GVariantDict *target)
{
  const char *from = mq_table_text (table, row, (guint) mq_table_find_column (table, "from"));
  const char *to = mq_table_text (table, row, (guint) mq_table_find_column (table, "to"));

  if (g_str_equal (to, "Left"))
    return FALSE;
  g_variant_dict_insert (target, "segment", "s", to);
  g_variant_dict_insert (target, "segment-before", "s", g_str_equal (from, "Entered") ? "" : from);
  return TRUE;
}

static void
fill_cell (MqTable *table, gsize row, GVariantDict *target)
{
  static const char *const scores[] = { "r", "f", "m" };

  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      int column = mq_table_find_column (table, scores[i]);

      if (column >= 0)
        g_variant_dict_insert (target, scores[i], "x", mq_table_integer (table, row, (guint) column));
    }
}

/* The page Customers shows those of a cell, of a segment, of a move. */
static void
open_row (MqAnalysisPage *page, MqChart *chart, gsize row)
{
  MqTable *table = mq_chart_table (chart);
  int      segment = mq_table_find_column (table, "segment");
  g_auto (GVariantDict) target = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert_value (&target, "settings", mq_analysis_page_settings (page));
  if (mq_table_find_column (table, "to") >= 0)
    {
      if (!fill_move (table, row, &target))
        {
          mq_page_notice (MQ_PAGE (page), _ ("These customers bought nothing in the period, so they are in no segment now."));
          return;
        }
    }
  else if (mq_table_find_column (table, "r") >= 0)
    fill_cell (table, row, &target);
  else if (segment >= 0)
    g_variant_dict_insert (&target, "segment", "s", mq_table_text (table, row, (guint) segment));
  mq_page_navigate (MQ_PAGE (page), "customers", g_variant_dict_end (&target));
}

static void
segment_opened_cb (MqAnalysisPage *page, const char *segment)
{
  GVariantDict target;

  g_variant_dict_init (&target, NULL);
  g_variant_dict_insert_value (&target, "settings", mq_analysis_page_settings (page));
  g_variant_dict_insert (&target, "segment", "s", segment);
  mq_page_navigate (MQ_PAGE (page), "customers", g_variant_dict_end (&target));
}

static GtkWidget *
make_lead (MqAnalysisPage *page)
{
  MqRfmPage *self = MQ_RFM_PAGE (page);

  self->map = MQ_MAP_CHOOSER (mq_map_chooser_new (mq_page_get_session (MQ_PAGE (page))));
  g_signal_connect_object (self->map, "changed", G_CALLBACK (mq_analysis_page_settings_changed), page, G_CONNECT_SWAPPED);
  /* the dataset holds the maps it was read with */
  g_signal_connect_object (self->map, "saved", G_CALLBACK (mq_analysis_page_reload), page, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->map);
}

static GtkWidget *
make_supplement (MqAnalysisPage *page)
{
  MqRfmPage *self = MQ_RFM_PAGE (page);

  self->actions = MQ_SEGMENT_ACTIONS (mq_segment_actions_new ());
  g_signal_connect_object (self->actions, "opened", G_CALLBACK (segment_opened_cb), page, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->actions);
}

static void
fill_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  g_variant_dict_insert (settings, "map", "s", mq_map_chooser_get_map (MQ_RFM_PAGE (page)->map));
}

static void
read_settings (MqAnalysisPage *page, GVariantDict *settings)
{
  const char *map = NULL;

  g_variant_dict_lookup (settings, "map", "&s", &map);
  mq_map_chooser_set_map (MQ_RFM_PAGE (page)->map, map);
}

static void
mq_rfm_page_class_init (MqRfmPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_rfm_analysis;
  page_class->icon_name = "mq-heat-map-symbolic";
  page_class->empty_title = N_ ("RFM Needs Orders");
  page_class->failed_title = N_ ("RFM Could Not Be Computed");
  page_class->main_table = "segments";
  page_class->controls = controls;
  page_class->tiles = tiles;
  page_class->cards = cards;
  page_class->show_tiles = show_tiles;
  page_class->open_row = open_row;
  page_class->make_lead = make_lead;
  page_class->make_supplement = make_supplement;
  page_class->fill_settings = fill_settings;
  page_class->read_settings = read_settings;
}

static void
mq_rfm_page_init (MqRfmPage *self)
{
}
