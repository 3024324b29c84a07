/* credit-trend.c: the pass over the periods. */

#include "config.h"

#include "attribution/credit-trend.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "attribution/period-tables.h"
#include "base/money.h"

#define MOST_PERIODS 400

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the credits of so many periods. Choose longer ones."));
  return FALSE;
}

/* With the period "all" the first conversion begins. */
static gboolean
find_first_day (const MqTouchSource *source, const MqScope *scope, gint32 *day, const MqRun *run, GError **error)
{
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };
  gint64 first = G_MAXINT64;

  *day = scope->from_day;
  if (scope->from_day != MQ_DAY_MISSING)
    return TRUE;
  for (guint person = 0; person < mq_touch_source_n_persons (source); person++)
    {
      if (!mq_touch_source_read (source, &reader, person, &journey, error) || (person % 4096 == 0 && !mq_run_check (run, error)))
        return FALSE;
      for (guint i = 0; i < journey.n_conversions; i++)
        if (journey.conversions[i].counts)
          first = MIN (first, journey.conversions[i].time);
    }
  *day = first < G_MAXINT64 ? mq_zone_day (scope->zone, first, NULL) : scope->to_day;
  return TRUE;
}

static void
list_periods (MqPeriodCredits *self, const MqScope *scope, gint32 first_day)
{
  gint32 first = mq_unit_of_day (self->unit, first_day);

  for (guint i = 0; i < self->n_periods; i++)
    {
      MqPeriod *period = &self->periods[i];
      gint32    last_day = mq_unit_first_day (self->unit, first + i + 1) - 1;

      period->first_day = mq_unit_first_day (self->unit, first + i);
      period->from = MAX (scope->from, mq_zone_day_start (scope->zone, period->first_day));
      period->to = MIN (scope->to, mq_zone_day_start (scope->zone, last_day + 1) - 1);
      period->complete = last_day <= scope->to_day && (scope->from_day == MQ_DAY_MISSING || period->first_day >= scope->from_day);
      period->label = mq_unit_format (self->unit, first + i);
    }
}

/* The names of touches and of spend in one list by bytes. */
static void
list_names (MqPeriodCredits *self, const MqTouchSource *source, const MqSpendSums *spend)
{
  guint n_channels = mq_touch_source_n_channels (source), n_spends = spend->list != NULL ? spend->list->len : 0;

  self->names = g_new0 (MqPeriodName, n_channels + n_spends + 1);
  for (guint c = 0, s = 0; c < n_channels || s < n_spends;)
    {
      const char *channel = c < n_channels ? mq_touch_source_channel (source, c) : NULL;
      const char *spent = s < n_spends ? g_array_index (spend->list, MqSpend, s).name : NULL;
      int         order = channel == NULL ? 1 : spent == NULL ? -1
                                                              : strcmp (channel, spent);

      self->names[self->n_names++] = (MqPeriodName){ order <= 0 ? channel : spent, order <= 0 ? (gint) c : -1, order >= 0 ? (gint) s : -1 };
      c += order <= 0;
      s += order >= 0;
    }
}

static gboolean
init (MqPeriodCredits *self, const MqTouchSource *source, const MqScope *scope, const MqAttributionOptions *options, const MqSpendSums *spend, const MqRun *run, GError **error)
{
  gint32 first_day;
  gsize  n;

  if (!find_first_day (source, scope, &first_day, run, error))
    return FALSE;
  self->options = options;
  self->unit = options->trend;
  self->n_periods = mq_unit_of_day (self->unit, scope->to_day) - mq_unit_of_day (self->unit, first_day) + 1;
  if (self->n_periods > MOST_PERIODS)
    return mq_setting_fail (error, _ ("The setting “trend” makes more than %d periods. Choose longer ones, or a shorter period in all."), MOST_PERIODS);
  self->periods = g_new0 (MqPeriod, self->n_periods);
  list_periods (self, scope, first_day);
  list_names (self, source, spend);
  self->has_spend = spend->list != NULL;
  if (__builtin_mul_overflow ((gsize) self->n_periods * options->n_models, MAX (self->n_names, 1), &n) ||
      (self->conversions = g_try_new0 (double, n)) == NULL || (self->values = g_try_new0 (gint64, n)) == NULL ||
      (self->spent = g_try_new0 (gint64, self->n_periods * (gsize) MAX (self->n_names, 1))) == NULL)
    return fail_memory (error);
  return TRUE;
}

static gboolean
solve (MqCreditSums *sums, const MqAttributionOptions *options, const MqRun *run, GError **error)
{
  g_autofree MqTransition *list = NULL;
  g_autofree double       *effects = NULL;
  g_autoptr (MqMarkov) markov = NULL;
  double conversion;
  gsize  n;

  if (sums->transitions == NULL)
    return TRUE;
  list = mq_transitions_list (sums->transitions, &n);
  effects = g_new0 (double, MAX (sums->n_channels, 1));
  markov = mq_markov_new (list, n, sums->n_channels);
  if (!mq_markov_solve (markov, NULL, &conversion, effects, run, error))
    return FALSE;
  mq_credit_sums_share_markov (sums, options, effects);
  return TRUE;
}

static void
take_credits (MqPeriodCredits *self, guint period, const MqCreditSums *sums)
{
  g_autofree gint64 *parts = g_new0 (gint64, MAX (sums->n_channels, 1));

  for (guint m = 0; m < self->options->n_models; m++)
    {
      const double *values = sums->values + m * (gsize) sums->n_channels;

      memset (parts, 0, sums->n_channels * sizeof *parts);
      if (self->options->models[m] != MQ_CREDIT_PARTICIPATION && sums->n_touched > 0)
        mq_money_apportion (values, sums->n_channels, sums->value_touched, parts);
      for (guint i = 0; i < self->n_names; i++)
        {
          gint  channel = self->names[i].channel;
          gsize cell = mq_period_cell (self, period, m, i);

          if (channel < 0)
            continue;
          self->conversions[cell] = sums->conversions[m * (gsize) sums->n_channels + channel];
          self->values[cell] = self->options->models[m] == MQ_CREDIT_PARTICIPATION ? llrint (values[channel]) : parts[channel];
        }
    }
}

static gboolean
run_periods (MqPeriodCredits *self, MqTouchSource *source, const MqRun *run, GError **error)
{
  mq_run_stage (run, N_ ("Going through the periods"), self->n_periods);
  for (guint i = 0; i < self->n_periods; i++)
    {
      g_auto (MqCreditSums) sums = { 0 };

      mq_touch_source_set_period (source, self->periods[i].from, self->periods[i].to);
      if (!mq_credit_sums_init (&sums, source, self->options, run, error) || !solve (&sums, self->options, run, error))
        return FALSE;
      take_credits (self, i, &sums);
      mq_run_advance (run, 1);
    }
  return TRUE;
}

/* The sum over all periods is known to fit. */
static void
take_spend (MqPeriodCredits *self, const MqSpendSums *spend)
{
  gint32            first = mq_unit_of_day (self->unit, self->periods[0].first_day);
  g_autofree guint *places = g_new0 (guint, MAX (spend->list->len, 1));

  for (guint i = 0; i < self->n_names; i++)
    if (self->names[i].spend >= 0)
      places[self->names[i].spend] = i;
  for (guint i = 0; i < spend->records->len; i++)
    {
      const MqSpendRecord *record = &g_array_index (spend->records, MqSpendRecord, i);
      gint32               period = mq_unit_of_day (self->unit, record->day) - first;

      if (period >= 0 && period < (gint32) self->n_periods)
        self->spent[period * (gsize) self->n_names + places[record->spend]] += record->amount;
    }
}

static void
clear (MqPeriodCredits *self)
{
  for (guint i = 0; i < self->n_periods && self->periods != NULL; i++)
    g_free (self->periods[i].label);
  g_free (self->periods);
  g_free (self->names);
  g_free (self->conversions);
  g_free (self->values);
  g_free (self->spent);
}

gboolean
mq_attribution_add_trend (MqResult *result, MqTouchSource *source, const MqScope *scope, const MqAttributionOptions *options, const MqSpendSums *spend, const char *currency, const MqRun *run, GError **error)
{
  MqPeriodCredits self = { 0 };
  gboolean        ok = init (&self, source, scope, options, spend, run, error) && run_periods (&self, source, run, error);

  mq_touch_source_set_period (source, scope->from, scope->to);
  if (ok && spend->list != NULL)
    take_spend (&self, spend);
  if (ok)
    mq_period_tables_add (&self, currency, result);
  clear (&self);
  return ok;
}
