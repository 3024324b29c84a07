/* rfm.c: the analysis RFM: settings in, tables, provenance and words out. */

#include "config.h"

#include "rfm/rfm.h"

#include <glib/gi18n-lib.h>

#include "rfm/rfm-words.h"
#include "scope.h"

#define VERSION 1

/* Everything a run makes on its way. */
typedef struct
{
  MqDataset         *dataset;  /* (borrowed) */
  GVariant          *settings; /* (borrowed) complete */
  const MqRun       *run;
  MqResult          *result; /* (borrowed) */
  MqRfmOptions       options;
  MqScope            scope;
  const MqOrderBook *book;
  MqOrderFilter      orders;
  MqRfmMeasures      measures;
  MqRfmModel         model;
  MqRfmMeasures      then; /* at the date to compare with */
  MqRfmModel         then_model;
  gint64             revenue;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  mq_rfm_measures_clear (&self->measures);
  mq_rfm_model_clear (&self->model);
  mq_rfm_measures_clear (&self->then);
  mq_rfm_model_clear (&self->then_model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

/* What has no customers to be classed has the map alone. */
static gboolean
make_model (const MqRfmMeasures *measures, const MqRfmOptions *options, MqRfmModel *model, const MqRun *run, GError **error)
{
  if (measures->n > 0)
    return mq_rfm_model_init (model, measures, options, run, error);
  *model = (MqRfmModel){ .map = options->map, .has_segments = TRUE };
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    {
      model->classes[i].lowest = options->map->shape == MQ_MAP_HIGH ? 0 : 1;
      model->classes[i].highest = options->map->shape == MQ_MAP_HIGH ? 1 : options->k;
    }
  return TRUE;
}

static void
fill_provenance (Analysis *self)
{
  mq_result_provenance (self->result)->rows_read = self->book->rows_read;
  mq_rows_leave_out (self->measures.rows, self->result);
}

static gboolean
add_revenue (Analysis *self, GError **error)
{
  for (guint i = 0; i < self->measures.n; i++)
    if (__builtin_add_overflow (self->revenue, self->measures.revenue[i], &self->revenue))
      {
        g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
        return FALSE;
      }
  return TRUE;
}

static gint64
count_days (const Analysis *self)
{
  if (self->scope.period_days > 0)
    return self->scope.period_days;
  return self->measures.n > 0 ? self->scope.to_day - self->measures.first_day + 1 : 1;
}

/* The customers as they were at the date to compare with. */
static gboolean
look_back (Analysis *self, GError **error)
{
  g_auto (MqScope) scope = { 0 };

  return mq_scope_init_compare (&scope, &self->scope, self->settings, error) &&
         mq_rfm_measures_init (&self->then, &self->orders, &scope, &self->options, self->run, error) &&
         make_model (&self->then, &self->options, &self->then_model, self->run, error);
}

static gboolean
has_migration (const Analysis *self)
{
  return self->options.compare && self->then_model.has_segments && self->model.has_segments;
}

static gboolean
add_customers_table (Analysis *self, const char *currency, GError **error)
{
  g_autofree guint32 *before = NULL;

  if (!self->options.customers)
    return TRUE;
  if (!mq_dataset_load_labels (self->dataset, self->run, error))
    return FALSE;
  if (has_migration (self))
    before = mq_rfm_segments_before (&self->then, &self->then_model, &self->measures);
  mq_result_take_table (self->result, mq_rfm_customers_table (&self->measures, &self->model, before, mq_dataset_labels (self->dataset), currency));
  return TRUE;
}

static void
add_migration_table (Analysis *self, const char *currency)
{
  if (has_migration (self))
    mq_result_take_table (self->result, mq_rfm_migration_table (&self->then, &self->then_model, &self->measures, &self->model, self->options.map, currency));
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  const char                  *currency = mq_dataset_currency (self->dataset);
  int                          digits = mq_dataset_currency_digits (self->dataset);
  g_autofree MqSegmentFigures *figures = mq_rfm_segment_figures (&self->measures, &self->model, self->run, error);
  MqTable                     *cuts;

  if (figures == NULL || !add_revenue (self, error))
    return FALSE;
  mq_result_take_table (self->result, mq_rfm_segments_table (self->options.map, figures, self->measures.n, self->revenue, count_days (self), currency));
  if ((self->options.compare && !look_back (self, error)) || !add_customers_table (self, currency, error))
    return FALSE;
  cuts = mq_rfm_cuts_table (&self->measures, &self->model, digits);
  mq_result_take_table (self->result, cuts);
  mq_result_take_table (self->result, mq_rfm_grid_table (&self->measures, &self->model, currency));
  mq_result_take_table (self->result, mq_rfm_totals_table (&self->measures, self->revenue, currency));
  add_migration_table (self, currency);
  mq_rfm_warn (self->result, self->book, &self->measures, &self->model, cuts, currency);
  mq_result_take_sentence (self->result, mq_rfm_sentence (&self->measures, &self->model, figures, self->revenue));
  mq_result_take_rules (self->result, mq_rfm_rules (&self->scope, &self->options, &self->model, self->settings, currency, digits));
  return TRUE;
}

static gboolean
check_orders (const Analysis *self, GError **error)
{
  if (self->book->rows_read > 0)
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no orders. Import an orders file first."));
  return FALSE;
}

static MqResult *
run_rfm (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("rfm", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_rfm_analysis, settings, error);
  g_autoptr (MqOwnMaps) own_maps = mq_own_maps_parse (mq_dataset_value (dataset, MQ_OWN_MAPS_VALUE));
  g_auto (Analysis) self = { .dataset = dataset, .settings = complete, .run = run, .result = result };

  if (complete == NULL || !mq_rfm_options_init (&self.options, complete, mq_dataset_currency_digits (dataset), own_maps, error))
    return NULL;
  mq_result_set_settings (result, complete);
  self.book = self.orders.book = mq_order_book_get (dataset, run, error);
  if (self.book == NULL || !check_orders (&self, error) ||
      !mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !mq_order_filter_set_shop (&self.orders, dataset, self.scope.shop, run, error) ||
      !mq_rfm_measures_init (&self.measures, &self.orders, &self.scope, &self.options, run, error) ||
      !make_model (&self.measures, &self.options, &self.model, run, error))
    return NULL;
  fill_provenance (&self);
  return add_tables (&self, error) ? g_steal_pointer (&result) : NULL;
}

const MqAnalysis mq_rfm_analysis = {
  .id = "rfm",
  .title = N_ ("RFM"),
  .purpose = N_ ("Who the best customers are, and who is about to be lost"),
  .needs = MQ_KINDS (ORDERS),
  .version = VERSION,
  .settings = mq_rfm_settings,
  .run = run_rfm,
};
