/* retention-words.c: what a retention result says in words. */

#include "config.h"

#include "retention/retention-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/format.h"
#include "query/step-title.h"

#define SEPARATOR " · "

static void
add_rule (GString *rules, const char *rule)
{
  if (rules->len > 0)
    g_string_append (rules, SEPARATOR);
  g_string_append (rules, rule);
}

static void
take_rule (GString *rules, char *rule)
{
  add_rule (rules, rule);
  g_free (rule);
}

static gint64
count_members (const MqRetentionView *view)
{
  gint64 n = 0;

  for (guint i = 0; i < view->grid->n_groups * view->grid->n_cohorts; i++)
    n += view->grid->sizes[i];
  return n;
}

/* The row of the means that the finding is about: the first period after the start's, of what adds up the last. */
static gint
find_telling_row (const MqRetentionView *view, const MqTable *means)
{
  int  value = mq_table_find_column (means, "value");
  int  period = mq_table_find_column (means, "period");
  gint found = -1;

  if (view->groups != NULL)
    return -1;
  for (gsize row = 0; row < mq_table_n_rows (means); row++)
    {
      if (mq_table_is_missing (means, row, value) || (mq_table_integer (means, row, period) == 0 && !view->scale->rolling && view->options->measure == MQ_MEASURE_SHARE))
        continue;
      found = row;
      if (view->options->measure != MQ_MEASURE_CUMULATIVE)
        break;
    }
  return found;
}

/* Translators: in all of these a share, then the number of a day, week or month */
static char *
describe_orders (MqUnit unit, const char *share, const char *period)
{
  switch (unit)
    {
    case MQ_UNIT_DAY:
      return g_strdup_printf (_ ("%s of first buyers order again on day %s."), share, period);
    case MQ_UNIT_WEEK:
      return g_strdup_printf (_ ("%s of first buyers order again in week %s."), share, period);
    case MQ_UNIT_MONTH:
    default:
      return g_strdup_printf (_ ("%s of first buyers order again in month %s."), share, period);
    }
}

static char *
describe_events (MqUnit unit, const char *share, const char *period)
{
  switch (unit)
    {
    case MQ_UNIT_DAY:
      return g_strdup_printf (_ ("%s of customers come back on day %s."), share, period);
    case MQ_UNIT_WEEK:
      return g_strdup_printf (_ ("%s of customers come back in week %s."), share, period);
    case MQ_UNIT_MONTH:
    default:
      return g_strdup_printf (_ ("%s of customers come back in month %s."), share, period);
    }
}

static char *
describe_share (const MqRetentionView *view, const char *share, const char *period)
{
  if (view->source->start_is_order && view->source->return_is_order)
    return describe_orders (view->scale->unit, share, period);
  return describe_events (view->scale->unit, share, period);
}

char *
mq_retention_sentence (const MqRetentionView *view, const MqTable *means)
{
  gint64           n = count_members (view);
  g_autofree char *customers = mq_format_integer (n);
  g_autofree char *value = NULL;
  g_autofree char *number = NULL;
  gint             row = find_telling_row (view, means);
  gint64           period;

  if (n == 0)
    return g_strdup (_ ("No cohort begins in the period."));
  if (row < 0)
    return g_strdup_printf (ngettext ("%s customer began in the period.", "%s customers began in the period.", (gulong) n), customers);
  period = mq_table_integer (means, row, mq_table_find_column (means, "period"));
  number = mq_format_integer (period);
  value = mq_format_cell (means, row, mq_table_find_column (means, "value"));
  switch (view->options->measure)
    {
    case MQ_MEASURE_SHARE:
      return describe_share (view, value, number);
    case MQ_MEASURE_CUMULATIVE:
      /* Translators: money; the number of a period */
      return g_strdup_printf (_ ("A customer has brought %s by the end of period %s."), value, number);
    case MQ_MEASURE_CUSTOMERS:
    case MQ_MEASURE_ORDERS:
    case MQ_MEASURE_REVENUE:
    default:
      return g_strdup_printf (ngettext ("%s customer began in the period.", "%s customers began in the period.", (gulong) n), customers);
    }
}

static char *
describe_start (const MqRetentionView *view)
{
  g_autofree char *title = NULL;

  if (view->source->start_is_order)
    return g_strdup (view->options->first_paid ? _ ("cohorts by first paid order") : _ ("cohorts by first order"));
  if (g_str_equal (view->source->start_name, "*"))
    return g_strdup (_ ("cohorts by first event"));
  title = mq_step_title (view->source->start_name);
  return g_strdup_printf (_ ("cohorts by first “%s”"), title);
}

static char *
describe_return (const MqRetentionView *view)
{
  g_autofree char *title = NULL;

  if (view->source->return_is_order)
    return g_strdup (view->source->start_is_order ? _ ("return: another order") : _ ("return: an order"));
  if (g_str_equal (view->source->return_name, "*"))
    return g_strdup (_ ("return: any event"));
  title = mq_step_title (view->source->return_name);
  return g_strdup_printf (_ ("return: “%s”"), title);
}

static const char *
describe_periods (const MqRetentionView *view)
{
  static const char *const calendar[] = { N_ ("calendar days"), N_ ("ISO weeks"), N_ ("calendar months") };
  static const char *const rolling[] = { N_ ("days of 24 hours from the start"), N_ ("weeks of 7 × 24 hours from the start"), N_ ("months of 30 × 24 hours from the start") };

  return _ ((view->scale->rolling ? rolling : calendar)[view->scale->unit]);
}

static const char *
describe_measure (MqRetentionMeasure measure)
{
  static const char *const measures[] = {
    [MQ_MEASURE_CUSTOMERS] = N_ ("customers"),
    [MQ_MEASURE_SHARE] = N_ ("share of the cohort"),
    [MQ_MEASURE_ORDERS] = N_ ("valid orders, the first included"),
    [MQ_MEASURE_REVENUE] = N_ ("revenue, the first order included"),
    [MQ_MEASURE_CUMULATIVE] = N_ ("revenue per customer so far, the first order included"),
  };

  return _ (measures[measure]);
}

static char *
describe_cohorts (const MqRetentionView *view)
{
  g_autofree char *first = mq_unit_format (view->scale->unit, view->scale->first);
  g_autofree char *last = mq_unit_format (view->scale->unit, view->scale->first + (gint32) view->scale->n_cohorts - 1);

  return g_strdup_printf (_ ("%s to %s"), first, last);
}

char *
mq_retention_rules (const MqRetentionView *view, const MqScope *scope)
{
  const MqRetentionOptions *options = view->options;
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *as_of = mq_format_day (scope->as_of_day);

  take_rule (rules, describe_start (view));
  take_rule (rules, describe_return (view));
  add_rule (rules, describe_periods (view));
  if (options->n_brackets == 0)
    add_rule (rules, options->unbounded ? _ ("in the period or later") : _ ("in the period"));
  add_rule (rules, describe_measure (options->measure));
  add_rule (rules, options->simple_mean ? _ ("mean: each cohort alike") : _ ("mean: weighted by size"));
  if (options->without_free)
    add_rule (rules, _ ("without free orders"));
  take_rule (rules, describe_cohorts (view));
  take_rule (rules, g_strdup_printf (_ ("as of %s"), as_of));
  add_rule (rules, mq_zone_name (scope->zone));
  if (mq_retention_needs_orders (options))
    add_rule (rules, view->currency);
  return g_string_free (g_steal_pointer (&rules), FALSE);
}

void
mq_retention_warn (MqResult *result, const MqRetentionView *view, const MqTable *means, double p90)
{
  guint n = 0;
  int   value = mq_table_find_column (means, "value");
  gsize n_values = 0;

  for (guint cohort = 0; cohort < view->scale->n_cohorts; cohort++)
    n += view->scale->edges[cohort] < view->covered;
  for (gsize row = 0; row < mq_table_n_rows (means); row++)
    n_values += !mq_table_is_missing (means, row, value);
  if (n > 0)
    {
      g_autofree char *cohorts = mq_format_integer (n);
      g_autofree char *interval = mq_format_duration (ceil (p90) * 86400);

      mq_result_warn (result, _ ("Cohorts left out of means: %s. They began less than one interval (90th percentile: %s) after the first date of the records, so that older customers may look new in them. If nothing is missing before that date, set an earlier “complete since”."), cohorts, interval);
    }
  if (count_members (view) > 0 && n_values == 0)
    mq_result_warn (result, _ ("No period has ended for a cohort that counts, so there are no means."));
}
