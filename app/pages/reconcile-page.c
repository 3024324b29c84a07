/* reconcile-page.c: why a figure is not the back office's: rows, money by month, statuses, coverage. */

#include "config.h"

#include "pages/reconcile-page.h"

#include <glib/gi18n.h>

#include "reconcile/reconcile.h"

struct _MqReconcilePage
{
  MqAnalysisPage parent_instance;
};

static const MqPageControl controls[] = { { NULL, NULL, NULL, NULL, NULL } };

static const char *const tiles[] = { N_ ("Placed"), N_ ("Not paid"), N_ ("Refunded"), N_ ("Revenue"), NULL };

G_DEFINE_FINAL_TYPE (MqReconcilePage, mq_reconcile_page, MQ_TYPE_ANALYSIS_PAGE)

/* Rows of the table `money`. */
enum
{
  PLACED,
  UNPAID,
  REFUNDED,
  PARTLY,
  UNMATCHED,
  REVENUE
};

static void
show_step (MqAnalysisPage *self, guint tile, MqResult *result, gsize row, const char *format)
{
  g_autofree char *amount = mq_analysis_page_figure (result, "money", row, "amount");
  g_autofree char *orders = mq_analysis_page_figure (result, "money", row, "orders");
  g_autofree char *note = g_strdup_printf (ngettext ("%s order", "%s orders", mq_analysis_page_count (result, "money", row, "orders")), orders);

  mq_tile_set_value (mq_analysis_page_tile (self, tile), amount, NULL, format != NULL ? format : note);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  g_autofree char *partly = mq_analysis_page_figure (result, "money", PARTLY, "amount");
  g_autofree char *unmatched = mq_analysis_page_figure (result, "money", UNMATCHED, "amount");
  g_autofree char *note = g_strdup_printf (_ ("wholly; partly %s, of no order %s"), partly, unmatched);

  show_step (self, 0, result, PLACED, NULL);
  show_step (self, 1, result, UNPAID, NULL);
  show_step (self, 2, result, REFUNDED, note);
  show_step (self, 3, result, REVENUE, NULL);
}

static void
mq_reconcile_page_class_init (MqReconcilePageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_reconcile_analysis;
  page_class->icon_name = "mq-bars-symbolic";
  page_class->empty_title = N_ ("Reconciliation Needs an Orders File");
  page_class->failed_title = N_ ("The Orders Could Not Be Reconciled");
  page_class->main_table = "months";
  page_class->controls = controls;
  page_class->tiles = tiles;
  page_class->n_views = 5;
  page_class->show_tiles = show_tiles;
}

static void
mq_reconcile_page_init (MqReconcilePage *self)
{
}
