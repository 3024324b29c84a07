/* funnel-run.c: the analysis Funnel: settings in, tables, provenance and words out. */

#include "config.h"

#include "funnel/funnel.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/format.h"
#include "funnel/funnel-default.h"
#include "funnel/funnel-tables.h"
#include "funnel/funnel-words.h"
#include "scope.h"

#define VERSION 1
#define MAX_PERIODS 4000
/* Of an automatic trend: a rate of 100 is within 10 points, and more than 100 points are no line. */
#define DENSE_ENTRIES 100
#define CLEAR_PERIODS 100

/* Everything a run makes on its way. */
typedef struct
{
  MqDataset      *dataset;  /* (borrowed) */
  GVariant       *settings; /* (borrowed) complete */
  const MqRun    *run;
  MqResult       *result; /* (borrowed) */
  MqFunnelOptions options;
  MqScope         scope;
  MqFieldValues  *by, *hold; /* (owned) (nullable) */
  MqTimeline     *timeline;  /* (owned) */
  guint32        *periods;   /* (owned) (nullable) */
  MqFunnelPlan    plan;
  MqFunnelCounts  counts;
  MqFunnelGroups  groups;
  MqWindowReason  reason;
  char          **left_out; /* (owned) (nullable) of the default steps */
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_funnel_counts_clear (&self->counts);
  g_clear_pointer (&self->timeline, mq_timeline_free);
  g_clear_pointer (&self->by, mq_field_values_free);
  g_clear_pointer (&self->hold, mq_field_values_free);
  g_clear_pointer (&self->periods, g_free);
  g_clear_pointer (&self->left_out, g_strfreev);
  mq_funnel_options_clear (&self->options);
  mq_scope_clear (&self->scope);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

static gboolean
load_fields (Analysis *self, GError **error)
{
  if (self->options.by != NULL && (self->by = mq_field_values_new (self->dataset, self->options.by, "by", self->run, error)) == NULL)
    return FALSE;
  return self->options.hold == NULL || (self->hold = mq_field_values_new (self->dataset, self->options.hold, "hold", self->run, error)) != NULL;
}

static gboolean
make_timeline (Analysis *self, GError **error)
{
  MqTimelineOptions options = { self->scope.as_of, self->options.rules.order == MQ_FUNNEL_STRICT, self->hold, self->scope.shop };

  self->timeline = mq_timeline_new (self->dataset, (MqSelector *const *) self->options.selectors->pdata, self->options.selectors->len, &options, self->run, error);
  return self->timeline != NULL;
}

static void
make_plan (Analysis *self)
{
  self->plan = (MqFunnelPlan){ .options = &self->options, .rules = self->options.rules, .timeline = self->timeline, .hold = self->hold, .by = self->by, .from = self->scope.from, .to = self->scope.to };
  self->plan.rules.zone = self->scope.zone;
  self->plan.rules.as_of = self->scope.as_of;
}

/* How many complete within so many days. */
static gboolean
count_within (Analysis *self, guint days, gint64 *n, GError **error)
{
  g_auto (MqFunnelCounts) counts = { 0 };
  MqFunnelPlan plan = self->plan;

  plan.by = NULL;
  plan.rules.window = (MqSpan){ days * MQ_DAY_MICROSECONDS, FALSE };
  if (!mq_funnel_count (&plan, &counts, self->run, error))
    return FALSE;
  *n = mq_funnel_counts_completed (&counts, plan.rules.n_steps);
  return TRUE;
}

/* A period without a begin has no third. */
static gboolean
is_too_long (const Analysis *self, guint days)
{
  return self->scope.period_days > 0 && days > 1 && (gint64) days * 3 > self->scope.period_days;
}

static gboolean
choose_window (Analysis *self, GError **error)
{
  static const guint days[] = { 1, 3, 7, 14, 30 };
  guint              last = G_N_ELEMENTS (days) - 1;
  guint              i = 0;

  if (!self->options.auto_window)
    return TRUE;
  if (!count_within (self, days[last], &self->reason.completed, error))
    return FALSE;
  for (i = self->reason.completed > 0 ? 0 : last; i <= last; i++)
    {
      if (i == last)
        self->reason.held = self->reason.completed;
      else if (!count_within (self, days[i], &self->reason.held, error))
        return FALSE;
      if (self->reason.held * 100 >= self->reason.completed * 95)
        break;
    }
  while (is_too_long (self, days[i]))
    {
      self->reason.capped = TRUE;
      i--;
    }
  self->reason.days = days[i];
  self->plan.rules.window = (MqSpan){ days[i] * MQ_DAY_MICROSECONDS, FALSE };
  return TRUE;
}

/* Whether a new period of the trend begins at a day. */
static gboolean
begins_period (MqTrend trend, gint32 day)
{
  int year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  return trend == MQ_TREND_DAY || (trend == MQ_TREND_WEEK && mq_day_of_week (day) == 1) || (trend == MQ_TREND_MONTH && mday == 1);
}

/* A trend begins with the records, where the period begins before them. */
static gboolean
find_first_day (Analysis *self, gint32 *day, GError **error)
{
  static const MqKind kinds[] = { MQ_KIND_EVENTS, MQ_KIND_ORDERS, MQ_KIND_MESSAGES };

  *day = MQ_DAY_MISSING;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) local = NULL;
      gint64 first, last;

      if (mq_dataset_range (self->dataset, kinds[i], &first, &last, self->run, &local))
        *day = *day == MQ_DAY_MISSING ? mq_zone_day (self->scope.zone, first, NULL) : MIN (*day, mq_zone_day (self->scope.zone, first, NULL));
      else if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  if (self->scope.from_day != MQ_DAY_MISSING)
    *day = CLAMP (*day, self->scope.from_day, self->scope.to_day);
  return TRUE;
}

/* The days of a trend. */
static gboolean
find_days (Analysis *self, GError **error)
{
  MqFunnelPlan *plan = &self->plan;

  plan->last_day = self->scope.to_day;
  return self->options.trend == MQ_TREND_NONE || find_first_day (self, &plan->first_day, error);
}

static gint64
count_days (const Analysis *self)
{
  return (gint64) self->plan.last_day - self->plan.first_day + 1;
}

/* Whether the line can be read: not too many points, and most who entered did so in periods that have enough of them. A few
 * stray entries long before the others change neither. */
static gboolean
is_clear (const Analysis *self)
{
  guint  n = 0;
  gint64 entered = 0, dense = 0;

  for (guint i = 0; i < self->plan.n_periods; i++)
    {
      gint64 here = self->counts.periods[i].entered;

      n += here > 0;
      entered += here;
      dense += here >= DENSE_ENTRIES ? here : 0;
    }
  return n <= CLEAR_PERIODS && 2 * dense >= entered;
}

static gboolean
make_periods (Analysis *self, GError **error)
{
  MqFunnelPlan *plan = &self->plan;

  if (self->options.trend == MQ_TREND_NONE)
    return TRUE;
  if (count_days (self) < 1 || count_days (self) > 40 * 366)
    return mq_setting_fail (error, _ ("The setting “%s” cannot be used. %s"), "trend", _ ("The period has no day, or is longer than 40 years."));
  plan->n_periods = 0;
  g_free (self->periods);
  plan->periods = self->periods = g_new (guint32, plan->last_day - plan->first_day + 1);
  for (gint32 day = plan->first_day; day <= plan->last_day; day++)
    {
      plan->n_periods += day > plan->first_day && begins_period (self->options.trend, day);
      self->periods[day - plan->first_day] = plan->n_periods;
    }
  if (++plan->n_periods > MAX_PERIODS)
    return mq_setting_fail (error, _ ("The setting “%s” cannot be used. %s"), "trend", _ ("The period has more days than a trend can show. Choose weeks or months, or a shorter period."));
  return TRUE;
}

static gint64
get_window (const Analysis *self)
{
  return self->plan.rules.window.calendar ? self->plan.rules.window.amount * MQ_DAY_MICROSECONDS : self->plan.rules.window.amount;
}

static gboolean
compare_ranges (Analysis *self, GError **error)
{
  g_auto (MqScope) scope = { 0 };
  g_auto (MqFunnelCounts) counts = { 0 };
  MqFunnelPlan         plan = self->plan;
  MqFunnelGroups       groups;
  const MqFunnelGroup *pair[] = { &self->groups.total, &groups.total };
  g_autofree char     *this_end = NULL;
  g_autofree char     *that_end = NULL;
  const char          *names[2];

  if (!mq_scope_init_compare (&scope, &self->scope, self->settings, error))
    return FALSE;
  plan.by = NULL;
  plan.periods = NULL;
  plan.reasons = FALSE;
  plan.from = scope.from;
  plan.to = scope.to;
  if (!mq_funnel_count (&plan, &counts, self->run, error))
    return FALSE;
  mq_funnel_groups_init (&groups, &counts, NULL, plan.rules.n_steps, FALSE);
  names[0] = this_end = mq_day_format (self->scope.to_day);
  names[1] = that_end = mq_day_format (scope.to_day);
  mq_result_take_table (self->result, mq_funnel_comparison_table (&self->options, pair, 1, names));
  return TRUE;
}

/* The largest group against each of the others. */
static void
compare_groups (Analysis *self)
{
  const MqFunnelGroup *pairs[2 * (MQ_FUNNEL_MAX_GROUPS + 2)];
  const char          *names[2 * (MQ_FUNNEL_MAX_GROUPS + 2)];
  guint                n = 0;

  for (guint i = 1; i < self->groups.n; i++, n++)
    {
      pairs[2 * n] = &self->groups.groups[0];
      pairs[2 * n + 1] = &self->groups.groups[i];
      names[2 * n] = self->groups.groups[0].name;
      names[2 * n + 1] = self->groups.groups[i].name;
    }
  mq_result_take_table (self->result, mq_funnel_comparison_table (&self->options, pairs, n, names));
}

static void
count_tie_cb (const MqFunnelDeep *deep, const gint64 *times, gpointer data)
{
  *(gint64 *) data += deep->unit.tie;
}

static gint64
count_ties (const Analysis *self)
{
  gint64 n = 0;

  mq_funnel_counts_visit (&self->counts, count_tie_cb, &n);
  return n;
}

static gint64
count_removed (const Analysis *self)
{
  gint64 n = 0;

  for (gsize i = 0; i < self->counts.n_slices; i++)
    n += self->counts.slices[i].removed;
  return n;
}

static void
set_share (MqTableBuilder *builder, guint column, double share)
{
  if (!isnan (share))
    mq_table_builder_set_double (builder, column, share);
}

static MqTable *
make_totals (const Analysis *self, const MqFunnelSurvival *survival)
{
  MqTableBuilder *builder = mq_table_builder_new ("totals", NULL, NULL);
  guint           last = self->plan.rules.n_steps - 1;

  mq_table_builder_add_column (builder, "entered", N_ ("Entered"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "completed", N_ ("Completed"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate", N_ ("Rate"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "window_seconds", N_ ("Window"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "first_entry_rate", N_ ("Converted from the First Entry (Kaplan-Meier)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "first_entry_low", N_ ("From (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "first_entry_high", N_ ("To (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "half_seconds", N_ ("Half of Them Converted Within"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "ties", N_ ("With Steps at One Instant"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "removed", N_ ("Removed by an Exclusion"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, self->groups.total.reached[0]);
  mq_table_builder_set_integer (builder, 1, self->groups.total.reached[last]);
  if (self->groups.total.reached[0] > 0)
    mq_table_builder_set_double (builder, 2, (double) self->groups.total.reached[last] / self->groups.total.reached[0]);
  mq_table_builder_set_double (builder, 3, (double) get_window (self) / MQ_SECOND);
  set_share (builder, 4, survival->chance);
  set_share (builder, 5, survival->low);
  set_share (builder, 6, survival->high);
  set_share (builder, 7, survival->half);
  mq_table_builder_set_integer (builder, 8, count_ties (self));
  mq_table_builder_set_integer (builder, 9, count_removed (self));
  return mq_table_builder_finish (builder);
}

static gboolean
add_customers (Analysis *self, GError **error)
{
  if (self->options.list_step == 0)
    return TRUE;
  if (!mq_dataset_load_labels (self->dataset, self->run, error))
    return FALSE;
  mq_result_take_table (self->result, mq_funnel_customers_table (&self->options, &self->counts, (MqStrings *) mq_dataset_labels (self->dataset), mq_dataset_zone_name (self->dataset)));
  return TRUE;
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  const MqFunnelOptions *options = &self->options;
  MqFunnelSurvival       survival;
  MqTable               *curve;

  mq_funnel_groups_init (&self->groups, &self->counts, self->by, self->plan.rules.n_steps, TRUE);
  mq_result_take_table (self->result, mq_funnel_steps_table ("steps", options, &self->groups, self->by != NULL));
  if (self->by != NULL)
    mq_result_take_table (self->result, mq_funnel_steps_table ("total", options, &self->groups, FALSE));
  if (options->trend != MQ_TREND_NONE)
    mq_result_take_table (self->result, mq_funnel_trend_table (options, &self->plan, self->counts.periods));
  mq_result_take_table (self->result, mq_funnel_times_table (options, &self->counts));
  if (!add_customers (self, error))
    return FALSE;
  mq_result_take_table (self->result, mq_funnel_histogram_table (options, &self->counts, get_window (self)));
  curve = mq_funnel_survival_table (options, &self->counts, get_window (self), &survival);
  mq_result_take_table (self->result, curve);
  mq_result_take_table (self->result, mq_funnel_worth_table (options, &self->groups.total, &self->counts, mq_dataset_currency (self->dataset)));
  mq_result_take_table (self->result, make_totals (self, &survival));
  if (options->compare)
    return compare_ranges (self, error);
  if (self->by != NULL)
    compare_groups (self);
  return TRUE;
}

static void
add_words (Analysis *self)
{
  gint64           ties = count_ties (self);
  g_autofree char *text = mq_format_integer (ties);

  mq_result_take_sentence (self->result, mq_funnel_sentence (&self->options, &self->groups.total));
  mq_result_take_rules (self->result, mq_funnel_rules_text (&self->options, &self->plan.rules, &self->scope, self->options.auto_window ? &self->reason : NULL, (const char *const *) self->left_out));
  if (ties > 0)
    mq_result_warn (self->result, _ ("Customers with two steps at one instant, taken in the order of the steps: %s."), text);
  if (self->groups.total.reached[0] > 0 && self->groups.total.matured[0] == 0)
    mq_result_warn (self->result, _ ("No entry of the period is older than the window: every rate will still rise. Choose an earlier period or a shorter window."));
  if (self->options.trend != MQ_TREND_NONE)
    mq_result_warn (self->result, _ ("In the trend each period is a funnel of its own: customers who entered in several periods count in each."));
}

static void
fill_provenance (Analysis *self)
{
  mq_result_provenance (self->result)->rows_read = mq_timeline_n_rows (self->timeline);
  mq_result_leave_out (self->result, N_ ("no customer"), mq_timeline_n_anonymous (self->timeline));
  mq_result_leave_out (self->result, N_ ("removed by an exclusion"), count_removed (self));
}

static gboolean
count (Analysis *self, GError **error)
{
  MqFunnelOptions *options = &self->options;

  make_plan (self);
  if (!choose_window (self, error))
    return FALSE;
  self->plan.reasons = options->list_step > 0;
  for (options->trend = options->auto_trend ? MQ_TREND_DAY : options->trend;; options->trend++)
    {
      gboolean last = !options->auto_trend || options->trend == MQ_TREND_MONTH;

      if (!find_days (self, error))
        return FALSE;
      if (!last && options->trend == MQ_TREND_DAY && count_days (self) > MAX_PERIODS)
        continue;
      if (!make_periods (self, error))
        return FALSE;
      mq_funnel_counts_clear (&self->counts);
      if (!mq_funnel_count (&self->plan, &self->counts, self->run, error))
        return FALSE;
      if (last || is_clear (self))
        return TRUE;
    }
}

/* The steps to begin with are looked for where none are given. */
static gboolean
read_options (Analysis *self, GError **error)
{
  g_auto (GStrv) given = mq_settings_texts (self->settings, "step");
  g_auto (GStrv) steps = *given == NULL ? mq_funnel_default_steps (self->dataset, &self->left_out, self->run, error) : NULL;

  return (*given != NULL || steps != NULL) && mq_funnel_options_init (&self->options, self->settings, (const char *const *) steps, error);
}

static MqResult *
run_funnel (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("funnel", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_funnel_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .settings = complete, .run = run, .result = result };

  if (complete == NULL || !read_options (&self, error))
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !load_fields (&self, error) || !make_timeline (&self, error) || !count (&self, error) || !add_tables (&self, error))
    return NULL;
  fill_provenance (&self);
  add_words (&self);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_funnel_analysis = {
  .id = "funnel",
  .title = N_ ("Funnel"),
  .purpose = N_ ("How far customers get, step by step, and where they stop"),
  .needs = MQ_KINDS (ORDERS) | MQ_KINDS (EVENTS),
  .version = VERSION,
  .settings = mq_funnel_settings,
  .run = run_funnel,
};
