/* retention.c: the analysis retention: settings in, tables, provenance and words out. */

#include "config.h"

#include "retention/retention.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "query/value-groups.h"
#include "retention/retention-customers.h"
#include "retention/retention-words.h"
#include "retention/silence-groups.h"
#include "stats/quantile.h"

#define VERSION 1

/* Everything a run makes on its way. */
typedef struct
{
  MqDataset         *dataset; /* (borrowed) */
  const MqRun       *run;
  MqResult          *result; /* (borrowed) */
  MqRetentionOptions options;
  MqScope            scope;
  MqRetentionSource  source;
  MqCohortScale      scale;
  MqCohortStarts     starts;
  MqCohortCount      count;
  MqCohortGrid       grid;
  MqFieldValues     *by; /* (owned) (nullable) */
  MqValueGroups      groups;
  guint16           *group;       /* (owned) (nullable) of each person with a cohort */
  MqGaps             order_gaps;  /* between orders, or what counts as a return */
  MqGaps             return_gaps; /* between returns, where these are others */
  double             p90;
  MqRetentionView    view;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  mq_retention_source_clear (&self->source);
  mq_cohort_scale_clear (&self->scale);
  mq_cohort_starts_clear (&self->starts);
  mq_cohort_grid_clear (&self->grid);
  g_clear_pointer (&self->by, mq_field_values_free);
  mq_value_groups_clear (&self->groups);
  g_clear_pointer (&self->group, g_free);
  mq_gaps_clear (&self->order_gaps);
  mq_gaps_clear (&self->return_gaps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

/* The period, but not before the first start of all. */
static gboolean
make_scale (Analysis *self, GError **error)
{
  const MqScope *scope = &self->scope;
  gint64         from = MAX (scope->from, self->starts.first);

  /* no start at all, or all after the period: an empty cohort of its last unit */
  if (self->starts.first == MQ_TIME_MISSING || from > scope->to)
    from = scope->to;
  if (!mq_cohort_scale_init (&self->scale, scope->zone, self->options.unit, self->options.rolling, from, scope->to, scope->as_of, error))
    return FALSE;
  if (self->options.n_brackets > 0)
    mq_cohort_scale_set_brackets (&self->scale, (const guint (*)[2]) self->options.brackets, self->options.n_brackets);
  return TRUE;
}

static guint32
get_code (const Analysis *self, guint person)
{
  MqMoment moment;

  if (mq_field_values_is_customer (self->by))
    return mq_field_values_get (self->by, person, NULL);
  moment = mq_retention_source_moment (&self->source, self->starts.row[person]);
  return mq_field_values_get (self->by, person, &moment);
}

/* The group of each person by the record that began, or by what the customer is. */
static gboolean
split (Analysis *self, GError **error)
{
  const MqCohortStarts *starts = &self->starts;
  g_autofree gint64    *sizes = NULL;
  guint                 n_codes;

  if (*self->options.by == '\0')
    return TRUE;
  self->by = mq_field_values_new (self->dataset, self->options.by, "by", self->run, error);
  if (self->by == NULL)
    return FALSE;
  n_codes = mq_field_values_length (self->by);
  sizes = g_new0 (gint64, (gsize) n_codes + 1);
  for (guint person = 0; person < starts->n_persons; person++)
    if (starts->cohort[person] != MQ_NO_COHORT)
      sizes[MIN (get_code (self, person), n_codes)]++;
  mq_value_groups_init (&self->groups, self->by, sizes, MQ_GROUPS_MOST);
  self->group = g_new0 (guint16, MAX (starts->n_persons, 1));
  for (guint person = 0; person < starts->n_persons; person++)
    if (starts->cohort[person] != MQ_NO_COHORT)
      self->group[person] = mq_value_groups_find (&self->groups, get_code (self, person));
  return TRUE;
}

static gboolean
count_cells (Analysis *self, GError **error)
{
  MqRetentionSource *source = &self->source;

  if (!mq_cohort_starts_init (&self->starts, &source->start, self->scope.as_of, self->run, error) ||
      !make_scale (self, error) ||
      !mq_cohort_starts_assign (&self->starts, &source->start, &self->scale, self->run, error) ||
      !split (self, error))
    return FALSE;
  self->count = (MqCohortCount){
    .scale = &self->scale,
    .starts = &self->starts,
    .start = &source->start,
    .returns = &source->returns,
    .same = source->same,
    .without_own = source->start_is_order && source->return_is_order,
    .unbounded = self->options.unbounded,
    .group = self->group,
    .n_groups = MAX (self->groups.n, 1),
  };
  if (mq_retention_needs_orders (&self->options))
    {
      self->count.orders = &source->order_list;
      self->count.net = source->orders.net;
      self->count.same_money = source->start_in_orders;
      self->count.cuts = source->orders.cuts;
      self->count.n_cuts = source->orders.n_cuts;
    }
  return mq_cohort_grid_init (&self->grid, &self->count, self->run, error);
}

/* The first instant of the orders or events; what begins the cohorts where there are neither. */
static gboolean
find_first (Analysis *self, gboolean of_orders, gint64 *first, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 last;

  if (mq_dataset_range (self->dataset, of_orders ? MQ_KIND_ORDERS : MQ_KIND_EVENTS, first, &last, self->run, &local))
    return TRUE;
  *first = self->scope.from == MQ_TIME_MISSING ? self->starts.first : MIN (self->scope.from, self->starts.first);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
fill_gap_count (Analysis *self, gboolean of_orders, MqGapCount *count, GError **error)
{
  *count = (MqGapCount){
    .records = of_orders ? &self->source.order_list : &self->source.returns,
    .day = of_orders ? self->source.orders.day : NULL,
    .zone = self->scope.zone,
    .as_of = self->scope.as_of,
    .from = self->scope.from,
    .to = self->scope.to,
    .n_groups = 1,
  };

  return find_first (self, of_orders, &count->earliest, error);
}

static gboolean
count_gaps (Analysis *self, gboolean of_orders, MqGaps *gaps, GError **error)
{
  MqGapCount count;

  return fill_gap_count (self, of_orders, &count, error) && mq_gaps_count (&count, gaps, self->run, error);
}

/* From when on a cohort counts in means: one 90th percentile of the intervals after the records are complete. */
static gboolean
find_coverage (Analysis *self, GError **error)
{
  const MqGaps *gaps = &self->order_gaps;
  gint32        since = self->options.complete_since;

  if (!count_gaps (self, self->source.has_orders, &self->order_gaps, error))
    return FALSE;
  if (self->source.has_orders && !self->source.return_is_order)
    {
      if (!count_gaps (self, FALSE, &self->return_gaps, error))
        return FALSE;
      gaps = &self->return_gaps;
    }
  self->p90 = mq_quantile_counts (gaps->closed, gaps->n_days, 0.9);
  self->view.covered = MQ_TIME_MISSING;
  if (isnan (self->p90) || self->starts.first == MQ_TIME_MISSING)
    return TRUE;
  if (since == MQ_DAY_MISSING)
    {
      gint64 first;

      if (!find_first (self, self->source.start_is_order, &first, error))
        return FALSE;
      since = mq_zone_day (self->scope.zone, first, NULL);
    }
  self->view.covered = mq_zone_day_start (self->scope.zone, since + (gint32) ceil (self->p90));
  return TRUE;
}

static void
fill_provenance (Analysis *self)
{
  const MqRetentionSource *source = &self->source;
  MqProvenance            *provenance = mq_result_provenance (self->result);
  gboolean                 orders = source->start_is_order || source->return_is_order || mq_retention_needs_orders (&self->options);

  provenance->rows_read = source->rows_read;
  mq_result_leave_out (self->result, mq_row_fate_reason (MQ_ROWS_NO_CUSTOMER), source->n_anonymous);
  if (!orders || source->list_moments != NULL)
    return;
  provenance->rows_read += source->filter.book->rows_read;
  mq_rows_leave_out (source->orders.rows, self->result);
}

static gboolean
add_customers (Analysis *self, GError **error)
{
  MqTable *table;

  if (!self->options.has_cell)
    return TRUE;
  if (!mq_dataset_load_labels (self->dataset, self->run, error))
    return FALSE;
  table = mq_retention_customers_table (&self->view, &self->count, mq_dataset_labels (self->dataset), error);
  if (table == NULL)
    return FALSE;
  mq_result_take_table (self->result, table);
  return TRUE;
}

static gboolean
add_intervals (Analysis *self, GError **error)
{
  g_auto (MqSilenceGroups) silence = { 0 };
  MqGapCount count;

  if (!fill_gap_count (self, self->source.has_orders, &count, error) ||
      !mq_silence_groups_init (&silence, self->dataset, &self->source, &count, &self->order_gaps, self->run, error))
    return FALSE;
  mq_result_take_table (self->result, mq_intervals_table (&silence.gaps[0]));
  mq_result_take_table (self->result, mq_interval_figures_table (&silence.gaps[0]));
  mq_result_take_table (self->result, mq_interval_classes_table (&silence.gaps[0]));
  mq_result_take_table (self->result, mq_silence_table (silence.gaps, silence.names, silence.n));
  mq_result_take_table (self->result, mq_silence_days_table (silence.gaps, silence.names, silence.n));
  return TRUE;
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  MqTable *means = mq_retention_means_table (&self->view);

  mq_result_take_table (self->result, mq_retention_cells_table (&self->view));
  mq_result_take_table (self->result, means);
  mq_result_take_table (self->result, mq_repurchase_table (&self->source, &self->scope, self->view.covered));
  if (!add_intervals (self, error))
    return FALSE;
  if (!add_customers (self, error))
    return FALSE;
  mq_retention_warn (self->result, &self->view, means, self->p90);
  mq_result_take_sentence (self->result, mq_retention_sentence (&self->view, means));
  mq_result_take_rules (self->result, mq_retention_rules (&self->view, &self->scope));
  return TRUE;
}

static MqResult *
run_retention (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("retention", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_retention_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result };

  if (complete == NULL || !mq_retention_options_init (&self.options, complete, error))
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !mq_retention_source_init (&self.source, dataset, &self.scope, &self.options, run, error) ||
      !count_cells (&self, error) || !find_coverage (&self, error))
    return NULL;
  self.view = (MqRetentionView){ &self.options, &self.source, &self.scale, &self.starts, &self.grid, self.by != NULL ? self.groups.names : NULL, self.view.covered, mq_dataset_currency (dataset) };
  fill_provenance (&self);
  return add_tables (&self, error) ? g_steal_pointer (&result) : NULL;
}

const MqAnalysis mq_retention_analysis = {
  .id = "retention",
  .title = N_ ("Repurchase"),
  .version = VERSION,
  .settings = mq_retention_settings,
  .run = run_retention,
  .purpose = N_ ("How many come back, when, and when silence begins"),
  .needs = MQ_KINDS (ORDERS) | MQ_KINDS (EVENTS),
};
