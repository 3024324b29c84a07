/* rfm-words.c: what an RFM result says in words. */

#include "config.h"

#include "rfm/rfm-words.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"
#include "base/money.h"
#include "base/terms.h"

#define SEPARATOR " · "

/* The segment that brings most; of equal ones the first in map order. */
static guint
find_best_segment (const MqSegmentMap *map, const MqSegmentFigures *figures)
{
  guint best = 0;

  for (guint i = 1; i < map->n_segments; i++)
    if (figures[i].revenue > figures[best].revenue)
      best = i;
  return best;
}

static void
add_rule (GString *rules, const char *rule)
{
  if (rules->len > 0)
    g_string_append (rules, SEPARATOR);
  g_string_append (rules, rule);
}

static char *
describe_period (const MqScope *scope)
{
  g_autofree char *to = mq_format_day (scope->to_day);

  return scope->from_day == MQ_DAY_MISSING ? g_strdup_printf (_ ("all orders to %s"), to) : mq_format_days (scope->from_day, scope->to_day);
}

static char *
describe_threshold (MqRfmDimension dimension, const MqRfmClasses *classes, const char *currency, int digits)
{
  double           value = (double) classes->numerator / classes->denominator;
  g_autofree char *text = NULL;

  if (dimension == MQ_RFM_M)
    text = mq_format_money ((gint64) value, currency);
  else
    text = mq_format_number (value, classes->numerator % classes->denominator == 0 ? 0 : 1);
  switch (dimension)
    {
    case MQ_RFM_R:
      return g_strdup_printf (classes->method == MQ_METHOD_INTERVAL ? _ ("R high: at most %s days (median repurchase interval)") : _ ("R high: less than %s days"), text);
    case MQ_RFM_F:
      return g_strdup_printf (classes->method == MQ_METHOD_REPEATED ? _ ("F high: at least %s orders") : _ ("F high: more than %s"), text);
    case MQ_RFM_M:
    case MQ_RFM_N_DIMENSIONS:
    default:
      return g_strdup_printf (_ ("M high: more than %s"), text);
    }
}

static void
add_scoring_rules (GString *rules, const MqRfmOptions *options, const MqRfmModel *model, GVariant *settings)
{
  g_autofree char *quantiles = g_strdup_printf (_ ("scores by %u quantiles"), options->k);
  gboolean         by_quantiles = FALSE;

  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    by_quantiles = by_quantiles || model->classes[i].method == MQ_METHOD_QUANTILES;
  if (by_quantiles)
    add_rule (rules, quantiles);
  if (model->classes[MQ_RFM_F].method == MQ_METHOD_AUTO_CUTS)
    add_rule (rules, _ ("F by orders: 1 | 2 | 3 | 4-5 | 6+"));
  if (*mq_settings_text (settings, "cuts") != '\0')
    {
      g_autofree char *cuts = g_strdup_printf (_ ("own cut points %s"), mq_settings_text (settings, "cuts"));

      add_rule (rules, cuts);
    }
}

static void
add_option_rules (GString *rules, const MqRfmOptions *options)
{
  if (options->by_days)
    add_rule (rules, _ ("frequency: days with an order"));
  if (options->monetary == MQ_MONETARY_MEAN)
    add_rule (rules, _ ("monetary: mean per order"));
  if (options->monetary == MQ_MONETARY_GROSS)
    add_rule (rules, _ ("monetary: gross"));
  if (options->without_free)
    add_rule (rules, _ ("without free orders"));
}

/* Whether more than 40 % have the lowest frequency, though it is scored by quantiles. */
static gboolean
is_skewed (const MqRfmMeasures *measures)
{
  guint32 lowest = G_MAXUINT32;
  gint64  n = 0;

  for (guint i = 0; i < measures->n; i++)
    {
      n = measures->frequency[i] < lowest ? 0 : n;
      lowest = MIN (lowest, measures->frequency[i]);
      n += measures->frequency[i] == lowest;
    }
  return n * 10 > (gint64) measures->n * 4;
}

static void
warn_of_empty_scores (MqResult *result, const char *dimension, const MqTable *cuts)
{
  g_autoptr (GString) scores = g_string_new (NULL);
  g_autofree char *letter = g_ascii_strup (dimension, -1);

  for (gsize row = 0; row < mq_table_n_rows (cuts); row++)
    if (g_str_equal (mq_table_text (cuts, row, 0), dimension) && mq_table_integer (cuts, row, 4) == 0)
      g_string_append_printf (scores, "%s%d", scores->len > 0 ? ", " : "", (int) mq_table_integer (cuts, row, 1));
  if (scores->len > 0)
    mq_result_warn (result, _ ("Scores of %s that no customer has: %s. Equal values get equal scores."), letter, scores->str);
}

static void
warn_of_scores (MqResult *result, const MqRfmMeasures *measures, const MqRfmModel *model, const MqTable *cuts)
{
  if (model->classes[MQ_RFM_F].method == MQ_METHOD_AUTO_CUTS)
    mq_result_warn (result, _ ("More than 40 %% of customers have the lowest frequency, so frequency is scored by orders: 1 | 2 | 3 | 4-5 | 6 and more. Quantiles are an option."));
  if (model->classes[MQ_RFM_F].method == MQ_METHOD_QUANTILES && is_skewed (measures))
    mq_result_warn (result, _ ("More than 40 %% of customers have the lowest frequency: by quantiles, one order more than that already scores high."));
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    warn_of_empty_scores (result, mq_rfm_dimension_name (i), cuts);
  if (!model->has_segments)
    mq_result_warn (result, _ ("The map needs 5 scores for each of R, F and M, so no customer has a segment. Choose 5 quantiles."));
}

char *
mq_rfm_sentence (const MqRfmMeasures *measures, const MqRfmModel *model, const MqSegmentFigures *figures, gint64 revenue)
{
  g_autofree char *customers = mq_format_integer (measures->n);
  g_autofree char *share = NULL;
  g_autofree char *revenue_share = NULL;
  guint            best;

  if (measures->n == 0)
    return g_strdup (_ ("No customer has a valid order in the period."));
  best = find_best_segment (model->map, figures);
  if (!model->has_segments || revenue <= 0 || figures[best].revenue <= 0)
    return g_strdup_printf (ngettext ("%s customer has a valid order in the period.", "%s customers have a valid order in the period.", (gulong) measures->n), customers);
  share = mq_format_share ((double) figures[best].customers / measures->n, 0);
  revenue_share = mq_format_share ((double) figures[best].revenue / revenue, 0);
  return g_strdup_printf (_ ("“%s” are %s of customers and bring %s of revenue."), mq_term_text (model->map->segments[best].name), share, revenue_share);
}

char *
mq_rfm_rules (const MqScope *scope, const MqRfmOptions *options, const MqRfmModel *model, GVariant *settings, const char *currency, int digits)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *period = describe_period (scope);
  g_autofree char *as_of = mq_format_day (scope->as_of_day);
  g_autofree char *as_of_rule = g_strdup_printf (_ ("as of %s"), as_of);

  add_rule (rules, period);
  if (options->map->shape != MQ_MAP_HIGH)
    add_scoring_rules (rules, options, model, settings);
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS && model->classes[i].denominator != 0; i++)
    {
      g_autofree char *threshold = describe_threshold (i, &model->classes[i], currency, digits);

      add_rule (rules, threshold);
    }
  add_option_rules (rules, options);
  add_rule (rules, _ (options->map->title));
  add_rule (rules, as_of_rule);
  add_rule (rules, mq_zone_name (scope->zone));
  add_rule (rules, currency);
  return g_string_free (g_steal_pointer (&rules), FALSE);
}

void
mq_rfm_warn (MqResult *result, const MqOrderBook *book, const MqRfmMeasures *measures, const MqRfmModel *model, const MqTable *cuts, const char *currency)
{
  if (measures->n > 0)
    warn_of_scores (result, measures, model, cuts);
  if (measures->n_unmatched > 0)
    {
      g_autofree char *n = mq_format_integer (measures->n_unmatched);
      g_autofree char *sum = mq_format_money (measures->unmatched, currency);

      mq_result_warn (result, _ ("Refunds in the period that match no order: %s, together %s. They reduce the revenue of their customers."), n, sum);
    }
  if (book->n_differing > 0)
    {
      g_autofree char *n = mq_format_integer (book->n_differing);

      mq_result_warn (result, _ ("Orders whose lines state different amounts of the order: %s. The first line's counts. Check whose amount the column is."), n);
    }
}
