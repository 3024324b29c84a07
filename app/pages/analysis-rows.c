/* analysis-rows.c: customers, another answer, or a way of the page's own. */

#include "config.h"

#include "pages/analysis-rows.h"

static void
show_customers (MqAnalysisPage *self, MqMarkCustomers *who, MqChart *chart, gsize row)
{
  MqAnalysisPageClass *klass = MQ_ANALYSIS_PAGE_GET_CLASS (self);
  g_auto (GStrv) choices = NULL;
  g_auto (GStrv) labels = NULL;

  if (klass->list_customers != NULL)
    choices = klass->list_customers (self, chart, row, &labels);
  if (choices == NULL && klass->find_customers != NULL)
    {
      choices = g_new0 (char *, 2);
      choices[0] = klass->find_customers (self, chart, row);
    }
  if (choices != NULL && choices[0] != NULL)
    mq_mark_customers_show (who, mq_analysis_page_settings (self), (const char *const *) choices, (const char *const *) labels);
}

static void
ask_behind (MqAnalysisPage *self, MqMarkCustomers *who, MqChart *chart, gsize row)
{
  g_autoptr (GVariantDict) settings = g_variant_dict_new (mq_analysis_page_settings (self));
  g_autoptr (GVariant) asked = NULL;

  if (!MQ_ANALYSIS_PAGE_GET_CLASS (self)->ask_behind (self, chart, row, settings))
    return;
  asked = g_variant_ref_sink (g_variant_dict_end (settings));
  mq_mark_customers_ask (who, asked);
}

/* What an analysis answers that is no list of customers. */
static void
behind_cb (MqAnalysisPage *self, MqResult *result)
{
  MQ_ANALYSIS_PAGE_GET_CLASS (self)->show_behind (self, result);
}

MqMarkCustomers *
mq_analysis_rows_new (MqAnalysisPage *page)
{
  MqAnalysisPageClass *klass = MQ_ANALYSIS_PAGE_GET_CLASS (page);
  MqMarkCustomers     *who = mq_mark_customers_new (MQ_PAGE (page), klass->analysis);

  if (klass->show_behind != NULL)
    g_signal_connect_swapped (who, "answered", G_CALLBACK (behind_cb), page);
  return who;
}

void
mq_analysis_rows_open (MqAnalysisPage *page, MqMarkCustomers *who, MqChart *chart, gsize row)
{
  MqAnalysisPageClass *klass = MQ_ANALYSIS_PAGE_GET_CLASS (page);

  if (klass->open_row != NULL)
    klass->open_row (page, chart, row);
  else if (klass->ask_behind != NULL)
    ask_behind (page, who, chart, row);
  else
    show_customers (page, who, chart, row);
}

void
mq_analysis_rows_open_tile (MqAnalysisPage *page, MqMarkCustomers *who, guint index)
{
  g_autoptr (GVariantDict) settings = g_variant_dict_new (mq_analysis_page_settings (page));
  g_autoptr (GVariant) asked = NULL;

  if (!MQ_ANALYSIS_PAGE_GET_CLASS (page)->ask_behind_tile (page, index, settings))
    return;
  asked = g_variant_ref_sink (g_variant_dict_end (settings));
  mq_mark_customers_ask (who, asked);
}
