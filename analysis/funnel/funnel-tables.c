/* funnel-tables.c: the tables steps, worth, comparison, trend and customers. */

#include "config.h"

#include "funnel/funnel-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "base/civil-time.h"
#include "query/step-title.h"
#include "query/value-groups.h"
#include "stats/interval.h"

/* The columns of `steps` after a breakdown's value, in the contract's order. */
enum
{
  STEP,
  NAME,
  CUSTOMERS,
  CONVERTED,
  LOST,
  OPEN,
  RATE,
  RATE_FROM_PREVIOUS,
  RATE_MATURED,
  LOW,
  HIGH,
  MEDIAN_SECONDS,
  SMALL
};

static const char *const no_step[] = {
  "", N_ ("no step 2"), N_ ("no step 3"), N_ ("no step 4"), N_ ("no step 5"), N_ ("no step 6"), N_ ("no step 7"), N_ ("no step 8"), N_ ("no step 9"), N_ ("no step 10"), N_ ("no step 11"), N_ ("no step 12"), N_ ("no step 13"), N_ ("no step 14"), N_ ("no step 15"), N_ ("no step 16"), N_ ("no step 17"), N_ ("no step 18"), N_ ("no step 19"), N_ ("no step 20")
};

char *
mq_funnel_step_name (const MqFunnelOptions *options, guint step)
{
  if (options->rules.order == MQ_FUNNEL_ANY)
    return g_strdup_printf ("%u of %u", step + 1, options->rules.n_steps);
  return g_strdup (((const MqSelector *) options->selectors->pdata[step])->text);
}

/* How people read a step's name: of the order `any` how many of the steps. */
static char *
write_name (const char *name)
{
  guint k, n;
  char  rest;

  if (sscanf (name, "%2u of %2u%c", &k, &n, &rest) == 2)
    return g_strdup_printf (_ ("%u of %u"), k, n);
  return mq_step_title (name);
}

static void
add_name_column (MqTableBuilder *builder)
{
  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "name", N_ ("Name"), MQ_COLUMN_TEXT), write_name);
}

static void
add_steps_columns (MqTableBuilder *builder)
{
  mq_table_builder_add_column (builder, "step", N_ ("Step"), MQ_COLUMN_INTEGER);
  add_name_column (builder);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "converted", N_ ("Converted"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "lost", N_ ("Lost"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "open", N_ ("Still Open"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate", N_ ("Rate"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "rate_from_previous", N_ ("Rate from Previous Step"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "rate_matured", N_ ("Matured Rate"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "median_seconds", N_ ("Median Time"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "small", N_ ("Sample Too Small"), MQ_COLUMN_BOOLEAN);
}

static void
set_ratio (MqTableBuilder *builder, guint column, gint64 part, gint64 whole)
{
  if (whole > 0)
    mq_table_builder_set_double (builder, column, (double) part / whole);
}

static void
add_step (MqTableBuilder *builder, guint base, const MqFunnelOptions *options, const MqFunnelGroup *group, guint step)
{
  g_autofree char *name = mq_funnel_step_name (options, step);
  gint64           reached = group->reached[step];
  gboolean         is_last = step + 1 == options->rules.n_steps;
  gint64           converted = is_last ? reached : group->reached[step + 1];
  gint64           open = is_last ? 0 : group->open[step];
  double           low, high;

  mq_table_builder_set_integer (builder, base + STEP, step + 1);
  mq_table_builder_set_text (builder, base + NAME, name);
  mq_table_builder_set_integer (builder, base + CUSTOMERS, reached);
  mq_table_builder_set_integer (builder, base + CONVERTED, converted);
  mq_table_builder_set_integer (builder, base + LOST, reached - converted - open);
  mq_table_builder_set_integer (builder, base + OPEN, open);
  set_ratio (builder, base + RATE, reached, group->reached[0]);
  mq_table_builder_set_integer (builder, base + SMALL, group->reached[0] < MQ_N_SMALL);
  if (step == 0)
    return;
  set_ratio (builder, base + RATE_FROM_PREVIOUS, reached, group->reached[step - 1]);
  set_ratio (builder, base + RATE_MATURED, group->matured[step], group->matured[0]);
  if (group->reached[0] > 0)
    {
      mq_wilson ((double) reached / group->reached[0], group->reached[0], &low, &high);
      mq_table_builder_set_double (builder, base + LOW, low);
      mq_table_builder_set_double (builder, base + HIGH, high);
    }
  mq_table_builder_set_double (builder, base + MEDIAN_SECONDS, group->medians[step]);
}

MqTable *
mq_funnel_steps_table (const char *name, const MqFunnelOptions *options, const MqFunnelGroups *groups, gboolean by_group)
{
  MqTableBuilder *builder = mq_table_builder_new (name, NULL, NULL);

  if (by_group)
    mq_table_builder_add_column (builder, "group", N_ ("Group"), MQ_COLUMN_TEXT);
  add_steps_columns (builder);
  for (guint i = 0; i < (by_group ? groups->n : 1); i++)
    for (guint step = 0; step < options->rules.n_steps; step++)
      {
        mq_table_builder_append (builder);
        if (by_group)
          mq_groups_set_name (builder, 0, groups->groups[i].name);
        add_step (builder, by_group, options, by_group ? &groups->groups[i] : &groups->total, step);
      }
  return mq_table_builder_finish (builder);
}

typedef struct
{
  guint  n_steps;
  gint64 n;
  double sum;
} Values;

static void
add_value_cb (const MqFunnelDeep *deep, const gint64 *times, gpointer data)
{
  Values *values = data;

  if (deep->unit.level == values->n_steps)
    {
      values->n++;
      values->sum += deep->value;
    }
}

/* The mean value of a completion, in minor units; NaN where it has none. */
static double
find_mean_value (const MqFunnelCounts *counts, guint n_steps)
{
  Values values = { n_steps, 0, 0 };

  mq_funnel_counts_visit (counts, add_value_cb, &values);
  return values.n > 0 && values.sum != 0 ? values.sum / values.n : NAN;
}

/* customers * 1/100 * the share of those who then go all the way */
static void
add_worth (MqTableBuilder *builder, const MqFunnelOptions *options, const MqFunnelGroup *total, guint step, double mean)
{
  guint            last = options->rules.n_steps - 1;
  double           point = total->reached[step - 1] / 100.0;
  gint64           n = total->reached[step];
  double           share = n > 0 ? (double) total->reached[last] / n : NAN;
  double           low = 1, high = 1;
  g_autofree char *name = mq_funnel_step_name (options, step);

  if (step < last)
    mq_wilson (share, n, &low, &high);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, step + 1);
  mq_table_builder_set_text (builder, 1, name);
  mq_table_builder_set_integer (builder, 2, total->reached[step - 1]);
  set_ratio (builder, 3, n, total->reached[step - 1]);
  if (n == 0)
    return;
  mq_table_builder_set_double (builder, 4, point * share);
  mq_table_builder_set_double (builder, 5, point * low);
  mq_table_builder_set_double (builder, 6, point * high);
  if (isnan (mean))
    return;
  mq_table_builder_set_integer (builder, 7, (gint64) rint (point * share * mean));
  mq_table_builder_set_integer (builder, 8, (gint64) rint (point * low * mean));
  mq_table_builder_set_integer (builder, 9, (gint64) rint (point * high * mean));
}

MqTable *
mq_funnel_worth_table (const MqFunnelOptions *options, const MqFunnelGroup *total, const MqFunnelCounts *counts, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("worth", currency, NULL);
  double          mean = find_mean_value (counts, options->rules.n_steps);

  mq_table_builder_add_column (builder, "step", N_ ("Step"), MQ_COLUMN_INTEGER);
  add_name_column (builder);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers Before It"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate_from_previous", N_ ("Rate from Previous Step"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions per Point"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "low", N_ ("At Least (95 %)"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "high", N_ ("At Most (95 %)"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "value", N_ ("Value per Point"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "value_low", N_ ("Value, at Least (95 %)"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "value_high", N_ ("Value, at Most (95 %)"), MQ_COLUMN_MONEY);
  for (guint step = 1; step < options->rules.n_steps; step++)
    add_worth (builder, options, total, step, mean);
  return mq_table_builder_finish (builder);
}

static void
add_comparison (MqTableBuilder *builder, const MqFunnelOptions *options, const MqFunnelGroup *a, const MqFunnelGroup *b, guint step)
{
  double           n_a = a->reached[0], n_b = b->reached[0];
  double           p_a = a->reached[step] / n_a, p_b = b->reached[step] / n_b;
  double           pooled = (a->reached[step] + b->reached[step]) / (n_a + n_b);
  double           deviation = sqrt (pooled * (1 - pooled) * (1 / n_a + 1 / n_b));
  g_autofree char *name = mq_funnel_step_name (options, step);
  double           low_a, high_a, low_b, high_b;

  mq_table_builder_set_integer (builder, 2, step + 1);
  mq_table_builder_set_text (builder, 3, name);
  mq_table_builder_set_integer (builder, 4, a->reached[0]);
  mq_table_builder_set_integer (builder, 5, b->reached[0]);
  mq_table_builder_set_text (builder, 12, N_ ("z test of two proportions, pooled; Newcombe's interval"));
  if (a->reached[0] == 0 || b->reached[0] == 0)
    return;
  mq_wilson (p_a, n_a, &low_a, &high_a);
  mq_wilson (p_b, n_b, &low_b, &high_b);
  mq_table_builder_set_double (builder, 6, p_a);
  mq_table_builder_set_double (builder, 7, p_b);
  mq_table_builder_set_double (builder, 8, p_a - p_b);
  mq_table_builder_set_double (builder, 9, p_a - p_b - hypot (p_a - low_a, high_b - p_b));
  mq_table_builder_set_double (builder, 10, p_a - p_b + hypot (high_a - p_a, p_b - low_b));
  mq_table_builder_set_double (builder, 11, deviation > 0 ? erfc (fabs (p_a - p_b) / deviation / sqrt (2)) : 1);
  mq_table_builder_set_integer (builder, 13, n_a < MQ_N_SMALL || n_b < MQ_N_SMALL);
}

MqTable *
mq_funnel_comparison_table (const MqFunnelOptions *options, const MqFunnelGroup *const *pairs, guint n_pairs, const char *const *names)
{
  MqTableBuilder *builder = mq_table_builder_new ("comparison", NULL, NULL);

  mq_table_builder_add_column (builder, "a", N_ ("A"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "b", N_ ("B"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "step", N_ ("Step"), MQ_COLUMN_INTEGER);
  add_name_column (builder);
  mq_table_builder_add_column (builder, "customers_a", N_ ("Customers, A"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers_b", N_ ("Customers, B"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate_a", N_ ("Rate, A"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "rate_b", N_ ("Rate, B"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "difference", N_ ("Difference"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "p_value", N_ ("p"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "test", N_ ("Test"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "small", N_ ("Sample Too Small"), MQ_COLUMN_BOOLEAN);
  for (guint i = 0; i < n_pairs; i++)
    for (guint step = 1; step < options->rules.n_steps; step++)
      {
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, names[2 * i]);
        mq_table_builder_set_text (builder, 1, names[2 * i + 1]);
        add_comparison (builder, options, pairs[2 * i], pairs[2 * i + 1], step);
      }
  return mq_table_builder_finish (builder);
}

static char *
name_period (MqTrend trend, gint32 day)
{
  int year, month, mday;

  if (trend == MQ_TREND_DAY)
    return mq_day_format (day);
  if (trend == MQ_TREND_WEEK)
    {
      mq_day_iso_week (day, &year, &month);
      return g_strdup_printf ("%04d-W%02d", year, month);
    }
  mq_day_to_civil (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d", year, month);
}

/* Whether no entry of a period can still convert. */
static gboolean
is_matured (const MqFunnelPlan *plan, gint32 last_day)
{
  const MqMoment last = { .time = MIN (mq_zone_day_start (plan->rules.zone, last_day + 1) - 1, plan->to) };

  return mq_span_deadline (plan->rules.window, &last, plan->rules.zone) <= plan->rules.as_of;
}

static void
add_period (MqTableBuilder *builder, const MqFunnelPlan *plan, MqTrend trend, const MqFunnelPeriod *period, gint32 first_day, gint32 last_day)
{
  g_autofree char *name = name_period (trend, first_day);
  double           low, high;

  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, name);
  mq_table_builder_set_integer (builder, 1, period->entered);
  mq_table_builder_set_integer (builder, 2, period->converted);
  mq_table_builder_set_integer (builder, 3, period->entered - period->converted - period->open);
  mq_table_builder_set_integer (builder, 4, period->open);
  mq_table_builder_set_integer (builder, 8, is_matured (plan, last_day));
  mq_table_builder_set_integer (builder, 9, period->entered < MQ_N_SMALL);
  if (period->entered == 0)
    return;
  mq_wilson ((double) period->converted / period->entered, period->entered, &low, &high);
  set_ratio (builder, 5, period->converted, period->entered);
  mq_table_builder_set_double (builder, 6, low);
  mq_table_builder_set_double (builder, 7, high);
}

MqTable *
mq_funnel_trend_table (const MqFunnelOptions *options, const MqFunnelPlan *plan, const MqFunnelPeriod *periods)
{
  MqTableBuilder *builder = mq_table_builder_new ("trend", NULL, NULL);

  mq_table_builder_add_column (builder, "period", N_ ("Period of Entry"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "converted", N_ ("Converted"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "lost", N_ ("Lost"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "open", N_ ("Still Open"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate", N_ ("Rate"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "matured", N_ ("Matured"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "small", N_ ("Sample Too Small"), MQ_COLUMN_BOOLEAN);
  for (gint32 day = plan->first_day, last; plan->periods != NULL && day <= plan->last_day; day = last + 1)
    {
      guint32 period = plan->periods[day - plan->first_day];

      for (last = day; last < plan->last_day && plan->periods[last + 1 - plan->first_day] == period; last++)
        ;
      add_period (builder, plan, options->trend, &periods[period], day, last);
    }
  return mq_table_builder_finish (builder);
}

static MqFunnelState
find_state (const MqFunnelOptions *options, const MqFunnelUnit *unit)
{
  if (unit->level > options->list_step || unit->level == options->rules.n_steps)
    return MQ_FUNNEL_CONVERTED;
  return unit->open ? MQ_FUNNEL_OPEN : MQ_FUNNEL_LOST;
}

static const char *
name_reason (const MqFunnelUnit *unit)
{
  switch ((MqFunnelReason) unit->reason)
    {
    case MQ_REASON_NO_STEP:
      return no_step[unit->level];
    case MQ_REASON_TOO_LATE:
      return N_ ("too late");
    case MQ_REASON_EXCLUDED:
      return N_ ("excluded");
    case MQ_REASON_OTHER:
      return N_ ("another event between");
    case MQ_REASON_OPEN:
      return N_ ("open");
    case MQ_REASON_NONE:
    default:
      return NULL;
    }
}

MqTable *
mq_funnel_customers_table (const MqFunnelOptions *options, const MqFunnelCounts *counts, MqStrings *labels, const char *zone)
{
  MqTableBuilder *builder = mq_table_builder_new ("customers", NULL, zone);

  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "level", N_ ("Steps Done"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "entry", N_ ("Entry"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "state", N_ ("State"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "reason", N_ ("Reason"), MQ_COLUMN_TERM);
  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n; j++)
      {
        const MqFunnelUnit *unit = &counts->slices[i].units[j];

        if (unit->level < options->list_step || find_state (options, unit) != options->list_state)
          continue;
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, mq_strings_get (labels, unit->person));
        mq_table_builder_set_integer (builder, 1, unit->level);
        mq_table_builder_set_integer (builder, 2, unit->entry);
        mq_table_builder_set_text (builder, 3, mq_funnel_state_name (options->list_state));
        mq_table_builder_set_text (builder, 4, name_reason (unit));
      }
  return mq_table_builder_finish (builder);
}
