/* period-tables.c: rows by model, name and period. */

#include "config.h"

#include "attribution/period-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "attribution/saturation.h"
#include "base/money.h"

#define LEAST_CONVERSIONS 1e-12

/* What is tried: within the spend that was seen. */
static const double changes[] = { -0.5, -0.2, 0, 0.2, 0.5 };

static void
add_name_column (MqTableBuilder *builder, MqCreditBy by)
{
  mq_table_builder_add_column (builder, mq_credit_by_id (by), mq_credit_by_title (by), by == MQ_CREDIT_BY_GROUP ? MQ_COLUMN_TERM : MQ_COLUMN_TEXT);
}

static void
set_spend (MqTableBuilder *builder, guint column, double conversions, gint64 value, gint64 spent)
{
  mq_table_builder_set_integer (builder, column, spent);
  mq_table_builder_set_integer (builder, column + 1, conversions > LEAST_CONVERSIONS && spent / conversions < 9e18 ? llrint (spent / conversions) : MQ_MONEY_MISSING);
  mq_table_builder_set_double (builder, column + 2, spent > 0 ? (double) value / spent : NAN);
  mq_table_builder_set_integer (builder, column + 3, value - spent);
}

static void
add_trend_columns (const MqPeriodCredits *self, MqTableBuilder *builder)
{
  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "start", N_ ("First Day"), MQ_COLUMN_DAY);
  add_name_column (builder, self->options->by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "complete", N_ ("Complete"), MQ_COLUMN_BOOLEAN);
  if (!self->has_spend)
    return;
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "cost_per_acquisition", N_ ("Cost per Acquisition"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "return", N_ ("Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "profit", N_ ("Profit"), MQ_COLUMN_MONEY);
}

static MqTable *
make_trend (const MqPeriodCredits *self, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("trend", currency, NULL);

  add_trend_columns (self, builder);
  for (guint m = 0; m < self->options->n_models; m++)
    for (guint i = 0; i < self->n_names; i++)
      for (guint p = 0; p < self->n_periods; p++)
        {
          gsize cell = mq_period_cell (self, p, m, i);

          mq_table_builder_append (builder);
          mq_table_builder_set_text (builder, 0, self->periods[p].label);
          mq_table_builder_set_integer (builder, 1, self->periods[p].first_day);
          mq_table_builder_set_text (builder, 2, self->names[i].name);
          mq_table_builder_set_text (builder, 3, mq_credit_model_name (self->options->models[m]));
          mq_table_builder_set_double (builder, 4, self->conversions[cell]);
          mq_table_builder_set_integer (builder, 5, self->values[cell]);
          mq_table_builder_set_integer (builder, 6, self->periods[p].complete);
          if (self->has_spend && self->names[i].spend >= 0)
            set_spend (builder, 7, self->conversions[cell], self->values[cell], self->spent[p * (gsize) self->n_names + i]);
        }
  return mq_table_builder_finish (builder);
}

/* The first period at whose end the credited value, added up since the first spend, covers the spend added up. */
static gint
find_payback (const MqPeriodCredits *self, guint m, guint name, guint *first, gint64 *spent, gint64 *value)
{
  gint found = -1;

  *first = self->n_periods;
  *spent = *value = 0;
  for (guint p = 0; p < self->n_periods; p++)
    {
      gint64 now = self->spent[p * (gsize) self->n_names + name];

      if (now > 0 && *first == self->n_periods)
        *first = p;
      if (*first == self->n_periods)
        continue;
      *spent += now;
      *value += self->values[mq_period_cell (self, p, m, name)];
      if (found < 0 && *value >= *spent)
        found = (gint) p;
    }
  return found;
}

static MqTable *
make_payback (const MqPeriodCredits *self, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("payback", currency, NULL);

  add_name_column (builder, self->options->by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "profit", N_ ("Profit"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "first_spend", N_ ("First Spend"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "paid_back", N_ ("Paid Back"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "periods", N_ ("Periods until Then"), MQ_COLUMN_INTEGER);
  for (guint m = 0; m < self->options->n_models; m++)
    for (guint i = 0; i < self->n_names; i++)
      {
        gint64 spent, value;
        guint  first;
        gint   back = find_payback (self, m, i, &first, &spent, &value);

        if (self->names[i].spend < 0 || first == self->n_periods)
          continue;
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, self->names[i].name);
        mq_table_builder_set_text (builder, 1, mq_credit_model_name (self->options->models[m]));
        mq_table_builder_set_integer (builder, 2, spent);
        mq_table_builder_set_integer (builder, 3, value);
        mq_table_builder_set_integer (builder, 4, value - spent);
        mq_table_builder_set_text (builder, 5, self->periods[first].label);
        if (back < 0)
          continue;
        mq_table_builder_set_text (builder, 6, self->periods[back].label);
        mq_table_builder_set_integer (builder, 7, back - (gint) first + 1);
      }
  return mq_table_builder_finish (builder);
}

static void
fit (const MqPeriodCredits *self, guint m, guint name, MqSaturation *saturation)
{
  g_autofree double *spend = g_new0 (double, self->n_periods);
  g_autofree double *value = g_new0 (double, self->n_periods);
  guint              n = 0;

  for (guint p = 0; p < self->n_periods; p++)
    if (self->periods[p].complete)
      {
        spend[n] = (double) self->spent[p * (gsize) self->n_names + name];
        value[n++] = (double) self->values[mq_period_cell (self, p, m, name)];
      }
  mq_saturation_fit (spend, value, n, saturation);
}

static void
add_budgets (const MqPeriodCredits *self, MqTableBuilder *builder, guint m, guint name, const MqSaturation *saturation)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      double factor = 1 + changes[i], spend = saturation->mean_spend * factor, value = saturation->mean_value * pow (factor, saturation->elasticity);
      double one = saturation->mean_value * pow (factor, saturation->low), other = saturation->mean_value * pow (factor, saturation->high);

      if (spend < saturation->least_spend || spend > saturation->most_spend)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, self->names[name].name);
      mq_table_builder_set_text (builder, 1, mq_credit_model_name (self->options->models[m]));
      mq_table_builder_set_double (builder, 2, factor);
      mq_table_builder_set_integer (builder, 3, llrint (spend));
      mq_table_builder_set_integer (builder, 4, llrint (value));
      mq_table_builder_set_integer (builder, 5, llrint (fmin (one, other)));
      mq_table_builder_set_integer (builder, 6, llrint (fmax (one, other)));
      mq_table_builder_set_double (builder, 7, saturation->elasticity * value / spend);
    }
}

static MqTableBuilder *
start_budget (const MqPeriodCredits *self, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("budget", currency, NULL);

  add_name_column (builder, self->options->by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "budget", N_ ("Of Today’s Spend"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend a Period"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "value", N_ ("Value a Period"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "low", N_ ("Value, Low"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "high", N_ ("Value, High"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "marginal_return", N_ ("Return on the Last Unit Spent"), MQ_COLUMN_DOUBLE);
  return builder;
}

static MqTableBuilder *
start_saturation (const MqPeriodCredits *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("saturation", NULL, NULL);

  add_name_column (builder, self->options->by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "periods", N_ ("Periods"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "elasticity", N_ ("Elasticity"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "low", N_ ("Low"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "high", N_ ("High"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "state", N_ ("State"), MQ_COLUMN_TERM);
  return builder;
}

/* Adds both tables; says what they are worth. */
static void
add_saturation (const MqPeriodCredits *self, const char *currency, MqResult *result)
{
  MqTableBuilder *builder = start_saturation (self), *budget = start_budget (self, currency);
  guint           n_seen = 0;

  for (guint m = 0; m < self->options->n_models; m++)
    for (guint i = 0; i < self->n_names; i++)
      {
        MqSaturation saturation;

        if (self->names[i].spend < 0)
          continue;
        fit (self, m, i, &saturation);
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, self->names[i].name);
        mq_table_builder_set_text (builder, 1, mq_credit_model_name (self->options->models[m]));
        mq_table_builder_set_integer (builder, 2, saturation.n);
        mq_table_builder_set_double (builder, 3, saturation.elasticity);
        mq_table_builder_set_double (builder, 4, saturation.low);
        mq_table_builder_set_double (builder, 5, saturation.high);
        mq_table_builder_set_text (builder, 6, mq_saturation_state_name (saturation.state));
        if (saturation.state == MQ_SATURATION_SEEN)
          add_budgets (self, budget, m, i, &saturation);
        n_seen += saturation.state == MQ_SATURATION_SEEN;
      }
  mq_result_take_table (result, mq_table_builder_finish (builder));
  mq_result_take_table (result, mq_table_builder_finish (budget));
  if (n_seen == 0)
    mq_result_warn (result, _ ("The data supports no statement on what another budget would bring: with no channel and model did value follow spend, and grow less than it, over %d complete periods or more."), MQ_SATURATION_PERIODS);
  else
    mq_result_warn (result, "%s", _ ("What another budget would bring is read off periods with more and with less spend; whatever else changed between them is in it. Only a hold-out test shows what spend causes."));
}

void
mq_period_tables_add (const MqPeriodCredits *self, const char *currency, MqResult *result)
{
  mq_result_take_table (result, make_trend (self, currency));
  if (!self->has_spend)
    return;
  mq_result_take_table (result, make_payback (self, currency));
  add_saturation (self, currency, result);
}
