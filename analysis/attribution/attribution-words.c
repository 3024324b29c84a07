/* attribution-words.c: sentences. */

#include "config.h"

#include "attribution/attribution-words.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"

#define SEPARATOR " · "

/* The channel with the most conversions by a model; of equal ones the first. */
static guint
find_best (const MqCreditSums *sums, guint model)
{
  const double *conversions = sums->conversions + model * (gsize) sums->n_channels;
  guint         best = 0;

  for (guint c = 1; c < sums->n_channels; c++)
    if (conversions[c] > conversions[best] + 1e-9)
      best = c;
  return best;
}

static void
count_best (const MqAttributionOptions *options, const MqCreditSums *sums, guint *best, guint *n_agree, guint *n_models)
{
  *best = find_best (sums, 0);
  *n_agree = *n_models = 0;
  for (guint m = 0; m < options->n_models; m++)
    {
      if (options->models[m] == MQ_CREDIT_PARTICIPATION)
        continue;
      (*n_models)++;
      *n_agree += find_best (sums, m) == *best;
    }
}

static char *
make_sentence (const MqTouchSource *source, const MqAttributionOptions *options, const MqCreditSums *sums)
{
  g_autofree char *share = NULL;
  guint            best, n_agree, n_models;

  if (sums->n_conversions == 0)
    return g_strdup (_ ("There is no conversion in the period."));
  share = mq_format_share ((double) sums->n_touched / sums->n_conversions, 0);
  if (sums->n_touched == 0)
    return g_strdup (_ ("No conversion has a touch before it."));
  count_best (options, sums, &best, &n_agree, &n_models);
  return g_strdup_printf (_ ("%s of conversions had a touch; “%s” gets the most credit under %u of %u models"), share, mq_touch_source_channel (source, best), n_agree, n_models);
}

static void
add_rule (GString *rules, char *rule)
{
  g_string_append_printf (rules, "%s%s", rules->len > 0 ? SEPARATOR : "", rule);
  g_free (rule);
}

static char *
make_rules (const MqScope *scope, const MqAttributionOptions *options, const MqCreditSums *sums)
{
  g_autofree char *lookback = mq_format_duration (options->lookback / 1e6);
  GString         *rules = g_string_new (NULL);

  add_rule (rules, g_str_equal (options->conversion, "order") ? g_strdup (_ ("conversions: valid orders")) : g_strdup_printf (_ ("conversions: %s"), options->conversion));
  add_rule (rules, mq_format_days (scope->from_day, scope->to_day));
  add_rule (rules, g_strdup_printf (_ ("touches within %s before"), lookback));
  if (options->first_only)
    add_rule (rules, g_strdup (_ ("first conversions only")));
  if (options->since_last)
    add_rule (rules, g_strdup (_ ("since the previous conversion")));
  if (options->skip_direct)
    add_rule (rules, g_strdup (_ ("direct skipped")));
  if (options->collapse > 0)
    {
      g_autofree char *collapse = mq_format_duration (options->collapse / 1e6);

      add_rule (rules, g_strdup_printf (_ ("repeats within %s count once"), collapse));
    }
  if (sums->transitions != NULL)
    add_rule (rules, g_strdup_printf (_ ("Markov of order %u"), options->markov_order));
  if (options->rounds > 0)
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, options->seed);

      add_rule (rules, g_strdup_printf (_ ("intervals of 95 %% from %u bootstrap rounds over customers, seed %s"), options->rounds, seed));
    }
  add_rule (rules, g_strdup (mq_zone_name (scope->zone)));
  return g_string_free (rules, FALSE);
}

static void
warn (MqResult *result, const MqAttributionOptions *options, const MqCreditSums *sums)
{
  g_autofree char *unripe = mq_format_integer (sums->n_unripe);
  g_autofree char *tied = mq_format_integer (sums->n_tied);

  mq_result_warn (result, _ ("Attribution shares credit by rules; it does not show what caused an order. To learn that, leave a channel out for some customers chosen by chance and compare: that is a hold-out test, which has a page of its own."));
  if (sums->n_conversions > 0 && sums->n_touched * 2 < sums->n_conversions)
    mq_result_warn (result, _ ("Less than half of the conversions have a touch: the models describe a minority."));
  if (sums->transitions != NULL && sums->n_unripe > 0)
    mq_result_warn (result, _ ("Paths that can still convert within the lookback, left out of the Markov model: %s."), unripe);
  if (sums->n_tied > 0)
    mq_result_warn (result, _ ("Customers with touches of two channels at the same time, in the order of the file: %s."), tied);
  if (mq_attribution_options_has (options, MQ_CREDIT_PARTICIPATION))
    mq_result_warn (result, _ ("Participation gives every channel of a path full credit: its credits do not add up to the conversions."));
}

void
mq_attribution_speak (MqResult *result, const MqTouchSource *source, const MqScope *scope, const MqAttributionOptions *options, const MqCreditSums *sums)
{
  mq_result_leave_out (result, N_ ("unripe path"), sums->unripe_touches);
  mq_result_take_sentence (result, make_sentence (source, options, sums));
  mq_result_take_rules (result, make_rules (scope, options, sums));
  warn (result, options, sums);
}
