/* attribution.c: the analysis attribution: settings in, tables, provenance and words out. */

#include "config.h"

#include "attribution/attribution.h"

#include <glib/gi18n-lib.h>

#include "attribution/attribution-tables.h"
#include "attribution/attribution-words.h"
#include "attribution/bootstrap.h"
#include "attribution/credit-trend.h"
#include "attribution/explain-table.h"
#include "attribution/path-table.h"
#include "attribution/spend-table.h"

#define VERSION 1

/* Everything a run makes on its way. */
typedef struct
{
  MqDataset           *dataset; /* (borrowed) */
  const MqRun         *run;
  MqResult            *result; /* (borrowed) */
  MqAttributionOptions options;
  MqScope              scope;
  MqTouchSource       *source;
  MqCreditSums         sums;
  MqTransition        *list; /* (nullable) */
  gsize                n_list;
  double              *effects; /* (nullable) by channel */
  MqCreditIntervals    intervals;
  MqSpendSums          spend;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_attribution_options_clear (&self->options);
  mq_scope_clear (&self->scope);
  mq_credit_sums_clear (&self->sums);
  mq_credit_intervals_clear (&self->intervals);
  mq_spend_sums_clear (&self->spend);
  g_clear_pointer (&self->source, mq_touch_source_free);
  g_clear_pointer (&self->list, g_free);
  g_clear_pointer (&self->effects, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

static gboolean
solve_markov (Analysis *self, GError **error)
{
  g_autoptr (MqMarkov) markov = NULL;
  double conversion;

  if (self->sums.transitions == NULL)
    return TRUE;
  self->list = mq_transitions_list (self->sums.transitions, &self->n_list);
  self->effects = g_new0 (double, MAX (self->sums.n_channels, 1));
  markov = mq_markov_new (self->list, self->n_list, self->sums.n_channels);
  if (!mq_markov_solve (markov, NULL, &conversion, self->effects, self->run, error))
    return FALSE;
  mq_credit_sums_share_markov (&self->sums, &self->options, self->effects);
  return TRUE;
}

static gboolean
resample (Analysis *self, GError **error)
{
  return self->options.rounds == 0 || mq_attribution_bootstrap (self->source, &self->options, self->list, self->n_list, &self->intervals, self->run, error);
}

static gboolean
add_asked_tables (Analysis *self, const char *currency, GError **error)
{
  MqTable *table;

  if (self->options.paths)
    {
      table = mq_attribution_paths_table (self->source, currency, self->run, error);
      if (table == NULL)
        return FALSE;
      mq_result_take_table (self->result, table);
    }
  if (self->options.explain != NULL)
    {
      MqTable *why;

      table = mq_attribution_explain_table (self->source, self->dataset, &self->options, self->effects, self->run, error);
      if (table == NULL)
        return FALSE;
      mq_result_take_table (self->result, table);
      why = mq_attribution_why_table (table, &self->options, error);
      if (why == NULL)
        return FALSE;
      mq_result_take_table (self->result, why);
      if (self->effects != NULL)
        mq_result_warn (self->result, "%s", _ ("Markov shares out all conversions at once; for a single one its weights are the removal effects of the path’s channels, in proportion."));
    }
  return TRUE;
}

static gboolean
add_spend_tables (Analysis *self, const MqTable *credits, GError **error)
{
  MqTable *spend, *range;

  if (!mq_spend_sums_init (&self->spend, self->dataset, &self->scope, self->options.by, self->run, error))
    return FALSE;
  if (self->spend.list == NULL)
    return TRUE;
  mq_attribution_spend_tables (&self->spend, &self->options, credits, &spend, &range);
  mq_result_take_table (self->result, spend);
  mq_result_take_table (self->result, range);
  return TRUE;
}

/* What the names of channels were taken for. */
static gboolean
add_channels (Analysis *self, GError **error)
{
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (mq_dataset_value (self->dataset, MQ_CHANNEL_TABLE_VALUE));
  MqTable *list = mq_channel_table_list (table, self->dataset, FALSE, self->run, error);

  if (list != NULL)
    mq_result_take_table (self->result, list);
  return list != NULL;
}

static gboolean
add_trend (Analysis *self, const char *currency, GError **error)
{
  return !self->options.has_trend || mq_attribution_add_trend (self->result, self->source, &self->scope, &self->options, &self->spend, currency, self->run, error);
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  const char              *currency = mq_dataset_currency (self->dataset);
  const MqCreditIntervals *intervals = self->options.rounds > 0 ? &self->intervals : NULL;
  MqTable                 *credits = mq_attribution_credits_table (self->source, &self->options, &self->sums, intervals, currency);

  mq_result_take_table (self->result, credits);
  mq_result_take_table (self->result, mq_attribution_checks_table (&self->options, &self->sums, credits, currency));
  mq_result_take_table (self->result, mq_attribution_range_table (self->source, &self->options, &self->sums));
  if (self->effects != NULL)
    {
      mq_result_take_table (self->result, mq_attribution_removal_table (self->source, self->effects, intervals));
      mq_result_take_table (self->result, mq_attribution_transitions_table (self->source, self->list, self->n_list));
    }
  return add_spend_tables (self, credits, error) && add_trend (self, currency, error) && add_asked_tables (self, currency, error) && add_channels (self, error);
}

static MqResult *
run_attribution (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("attribution", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_attribution_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result };

  if (complete == NULL || !mq_attribution_options_init (&self.options, complete, error))
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      (self.source = mq_touch_source_new (dataset, &self.scope, &self.options, run, error)) == NULL ||
      !mq_credit_sums_init (&self.sums, self.source, &self.options, run, error) ||
      !solve_markov (&self, error) ||
      !resample (&self, error) ||
      !add_tables (&self, error))
    return NULL;
  mq_touch_source_fill_provenance (self.source, result);
  mq_attribution_speak (result, self.source, &self.scope, &self.options, &self.sums);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_attribution_analysis = {
  .id = "attribution",
  .title = N_ ("Channels"),
  .version = VERSION,
  .settings = mq_attribution_settings,
  .run = run_attribution,
  .purpose = N_ ("Which channels and campaigns get the credit for orders"),
  .needs = MQ_KINDS (EVENTS) | MQ_KINDS (MESSAGES),
  .gains = MQ_KINDS (ORDERS) | MQ_KINDS (SPEND),
};
