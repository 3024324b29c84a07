/* attribution-tables.c: sums to tables. */

#include "config.h"

#include "attribution/attribution-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribution/touch-names.h"
#include "base/money.h"

#define ARROW " > "

enum
{
  CREDITS_CHANNEL,
  CREDITS_MODEL,
  CREDITS_CONVERSIONS,
  CREDITS_VALUE,
  CREDITS_SHARE,
  CREDITS_LOW,
  CREDITS_HIGH
};

typedef struct
{
  MqTableBuilder          *builder;
  const MqTouchSource     *source;
  const MqCreditSums      *sums;
  const MqCreditIntervals *intervals; /* (nullable) */
} Credits;

static void
add_credit (const Credits *self, const char *channel, const char *model, double conversions, gint64 value, gssize cell)
{
  mq_table_builder_append (self->builder);
  if (cell < 0 || strcmp (channel, MQ_NO_CAMPAIGN) == 0)
    mq_table_builder_set_word (self->builder, CREDITS_CHANNEL, channel);
  else
    mq_table_builder_set_text (self->builder, CREDITS_CHANNEL, channel);
  mq_table_builder_set_text (self->builder, CREDITS_MODEL, model);
  mq_table_builder_set_double (self->builder, CREDITS_CONVERSIONS, conversions);
  mq_table_builder_set_integer (self->builder, CREDITS_VALUE, value);
  mq_table_builder_set_double (self->builder, CREDITS_SHARE, self->sums->n_conversions > 0 ? conversions / self->sums->n_conversions : NAN);
  if (self->intervals == NULL || cell < 0)
    return;
  mq_table_builder_set_double (self->builder, CREDITS_LOW, self->intervals->credit_low[cell]);
  mq_table_builder_set_double (self->builder, CREDITS_HIGH, self->intervals->credit_high[cell]);
}

static void
round_values (const double *values, guint n, gint64 *rounded)
{
  for (guint i = 0; i < n; i++)
    rounded[i] = llrint (values[i]);
}

/* Channels in order of bytes, "(none)" among them. */
static void
add_model (const Credits *self, guint m, MqCreditModel model)
{
  guint              n = self->sums->n_channels;
  const double      *conversions = self->sums->conversions + m * (gsize) n;
  const double      *values = self->sums->values + m * (gsize) n;
  g_autofree gint64 *rounded = g_new0 (gint64, MAX (n, 1));
  gboolean           none_done = FALSE;

  if (model == MQ_CREDIT_PARTICIPATION)
    round_values (values, n, rounded);
  else if (self->sums->n_touched > 0)
    mq_money_apportion (values, n, self->sums->value_touched, rounded);
  for (guint c = 0; c <= n; c++)
    {
      if (!none_done && (c == n || strcmp (mq_touch_source_channel (self->source, c), MQ_NO_TOUCH) >= 0))
        {
          add_credit (self, MQ_NO_TOUCH, mq_credit_model_name (model), self->sums->n_conversions - self->sums->n_touched, self->sums->value - self->sums->value_touched, -1);
          none_done = TRUE;
        }
      if (c < n)
        add_credit (self, mq_touch_source_channel (self->source, c), mq_credit_model_name (model), conversions[c], rounded[c], (gssize) m * n + c);
    }
}

/* Groups are words of the program. */
static void
add_name_column (MqTableBuilder *builder, MqCreditBy by)
{
  mq_table_builder_add_column (builder, mq_credit_by_id (by), mq_credit_by_title (by), by == MQ_CREDIT_BY_GROUP ? MQ_COLUMN_TERM : MQ_COLUMN_TEXT);
}

void
mq_credit_intervals_clear (MqCreditIntervals *self)
{
  g_clear_pointer (&self->credit_low, g_free);
  g_clear_pointer (&self->credit_high, g_free);
  g_clear_pointer (&self->effect_low, g_free);
  g_clear_pointer (&self->effect_high, g_free);
}

MqTable *
mq_attribution_credits_table (const MqTouchSource *source, const MqAttributionOptions *options, const MqCreditSums *sums, const MqCreditIntervals *intervals, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("credits", currency, NULL);
  Credits         self = { builder, source, sums, intervals };

  add_name_column (builder, options->by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "share", N_ ("Share of Conversions"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Conversions, Low"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "high", N_ ("Conversions, High"), MQ_COLUMN_DOUBLE);
  for (guint m = 0; m < options->n_models; m++)
    add_model (&self, m, options->models[m]);
  return mq_table_builder_finish (builder);
}

/* To a thousandth of a millionth: what doubles lose in a sum of many weights is no difference. */
static double
round_credits (double credits)
{
  return round (credits * 1e9) / 1e9;
}

/* The rows of a model stand together. */
MqTable *
mq_attribution_checks_table (const MqAttributionOptions *options, const MqCreditSums *sums, const MqTable *credits, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("checks", currency, NULL);
  gsize           n_rows = mq_table_n_rows (credits) / MAX (options->n_models, 1);

  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "credited", N_ ("Credited"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "credited_value", N_ ("Credited Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "difference", N_ ("Difference"), MQ_COLUMN_MONEY);
  for (guint m = 0; m < options->n_models; m++)
    {
      double credited = 0;
      gint64 value = 0;

      for (gsize row = m * n_rows; row < (m + 1) * n_rows; row++)
        {
          credited += mq_table_number (credits, row, CREDITS_CONVERSIONS);
          value += mq_table_integer (credits, row, CREDITS_VALUE);
        }
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_credit_model_name (options->models[m]));
      mq_table_builder_set_integer (builder, 1, sums->n_conversions);
      mq_table_builder_set_double (builder, 2, round_credits (credited));
      mq_table_builder_set_integer (builder, 3, sums->value);
      mq_table_builder_set_integer (builder, 4, value);
      mq_table_builder_set_integer (builder, 5, value - sums->value);
    }
  return mq_table_builder_finish (builder);
}

typedef struct
{
  guint  channel;
  guint  low_model, high_model; /* index into the options' models */
  double low, high;             /* conversions */
} Range;

static int
compare_ranges_cb (gconstpointer a, gconstpointer b)
{
  const Range *x = a, *y = b;
  double       wide_x = x->high - x->low, wide_y = y->high - y->low;

  if (fabs (wide_x - wide_y) > 1e-9)
    return wide_x > wide_y ? -1 : 1;
  return x->channel < y->channel ? -1 : x->channel > y->channel;
}

static Range
find_range (const MqAttributionOptions *options, const MqCreditSums *sums, guint channel)
{
  Range range = { .channel = channel, .low = INFINITY, .high = -INFINITY };

  for (guint m = 0; m < options->n_models; m++)
    {
      double conversions = sums->conversions[m * (gsize) sums->n_channels + channel];

      if (options->models[m] == MQ_CREDIT_PARTICIPATION)
        continue;
      if (conversions < range.low - 1e-9)
        {
          range.low = conversions;
          range.low_model = m;
        }
      if (conversions > range.high + 1e-9)
        {
          range.high = conversions;
          range.high_model = m;
        }
    }
  return range;
}

MqTable *
mq_attribution_range_table (const MqTouchSource *source, const MqAttributionOptions *options, const MqCreditSums *sums)
{
  MqTableBuilder   *builder = mq_table_builder_new ("disagreement", NULL, NULL);
  g_autofree Range *ranges = g_new (Range, MAX (sums->n_channels, 1));

  for (guint c = 0; c < sums->n_channels; c++)
    ranges[c] = find_range (options, sums, c);
  qsort (ranges, sums->n_channels, sizeof *ranges, compare_ranges_cb);
  add_name_column (builder, options->by);
  mq_table_builder_add_column (builder, "lowest", N_ ("Lowest"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "lowest_model", N_ ("Lowest Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "highest", N_ ("Highest"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "highest_model", N_ ("Highest Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "spread", N_ ("Spread"), MQ_COLUMN_DOUBLE);
  for (guint i = 0; i < sums->n_channels && ranges[i].high >= ranges[i].low; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_touch_source_channel (source, ranges[i].channel));
      mq_table_builder_set_double (builder, 1, ranges[i].low);
      mq_table_builder_set_text (builder, 2, mq_credit_model_name (options->models[ranges[i].low_model]));
      mq_table_builder_set_double (builder, 3, ranges[i].high);
      mq_table_builder_set_text (builder, 4, mq_credit_model_name (options->models[ranges[i].high_model]));
      mq_table_builder_set_double (builder, 5, ranges[i].high - ranges[i].low);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_attribution_removal_table (const MqTouchSource *source, const double *effects, const MqCreditIntervals *intervals)
{
  MqTableBuilder *builder = mq_table_builder_new ("removal", NULL, NULL);

  mq_table_builder_add_column (builder, "channel", N_ ("Channel"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "effect", N_ ("Removal Effect"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Low"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High"), MQ_COLUMN_SHARE);
  for (guint c = 0; c < mq_touch_source_n_channels (source); c++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_touch_source_channel (source, c));
      mq_table_builder_set_double (builder, 1, effects[c]);
      if (intervals == NULL)
        continue;
      mq_table_builder_set_double (builder, 2, intervals->effect_low[c]);
      mq_table_builder_set_double (builder, 3, intervals->effect_high[c]);
    }
  return mq_table_builder_finish (builder);
}

static char *
describe_state (const MqTouchSource *source, guint64 state)
{
  guint32  channels[MQ_MARKOV_MAX_ORDER];
  guint    n = mq_markov_state_channels (state, channels);
  GString *text = g_string_new (n == 0 ? "START" : NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ARROW : "", mq_touch_source_channel (source, channels[i]));
  return g_string_free (text, FALSE);
}

MqTable *
mq_attribution_transitions_table (const MqTouchSource *source, const MqTransition *list, gsize n)
{
  MqTableBuilder *builder = mq_table_builder_new ("transitions", NULL, NULL);
  guint           n_channels = mq_touch_source_n_channels (source);
  guint64         sum = 0;

  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "count", N_ ("Count"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "probability", N_ ("Probability"), MQ_COLUMN_SHARE);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *from = describe_state (source, list[i].state);

      if (i == 0 || list[i].state != list[i - 1].state)
        {
          sum = 0;
          for (gsize j = i; j < n && list[j].state == list[i].state; j++)
            sum += list[j].count;
        }
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, from);
      mq_table_builder_set_text (builder, 1, list[i].to < n_channels ? mq_touch_source_channel (source, list[i].to) : list[i].to == n_channels ? "CONVERSION"
                                                                                                                                               : "NULL");
      mq_table_builder_set_integer (builder, 2, list[i].count);
      mq_table_builder_set_double (builder, 3, (double) list[i].count / sum);
    }
  return mq_table_builder_finish (builder);
}
