/* spend-table.c: joins what was spent with the credits. */

#include "config.h"

#include "attribution/spend-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/money.h"

#define LEAST_CONVERSIONS 1e-12

enum
{
  NAME,
  MODEL,
  SPENT,
  CONVERSIONS,
  VALUE,
  COST,
  RETURN,
  PROFIT,
  PLATFORM_CONVERSIONS,
  PLATFORM_VALUE
};

/* The row of the credits for a name and model, or -1: the name never was a touch. */
static gssize
find_credit (const MqTable *credits, gsize rows_a_model, guint model, const char *name)
{
  for (gsize row = model * rows_a_model; row < (model + 1) * rows_a_model; row++)
    if (g_strcmp0 (mq_table_text (credits, row, 0), name) == 0)
      return row;
  return -1;
}

static void
add_name (MqTableBuilder *builder, MqCreditBy by)
{
  mq_table_builder_add_column (builder, mq_credit_by_id (by), mq_credit_by_title (by), by == MQ_CREDIT_BY_GROUP ? MQ_COLUMN_TERM : MQ_COLUMN_TEXT);
}

static void
add_columns (MqTableBuilder *builder, MqCreditBy by)
{
  add_name (builder, by);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "cost_per_acquisition", N_ ("Cost per Acquisition"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "return", N_ ("Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "profit", N_ ("Profit"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "platform_conversions", N_ ("Conversions, Platform Says"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "platform_value", N_ ("Value, Platform Says"), MQ_COLUMN_MONEY);
}

static void
add_row (MqTableBuilder *builder, const MqSpend *spend, const char *model, double conversions, gint64 value)
{
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, NAME, spend->name);
  mq_table_builder_set_text (builder, MODEL, model);
  mq_table_builder_set_integer (builder, SPENT, spend->amount);
  mq_table_builder_set_double (builder, CONVERSIONS, conversions);
  mq_table_builder_set_integer (builder, VALUE, value);
  mq_table_builder_set_integer (builder, COST, conversions > LEAST_CONVERSIONS && fabs (spend->amount / conversions) < 9e18 ? llrint (spend->amount / conversions) : MQ_MONEY_MISSING);
  mq_table_builder_set_double (builder, RETURN, spend->amount > 0 ? (double) value / spend->amount : NAN);
  mq_table_builder_set_integer (builder, PROFIT, value - spend->amount);
  mq_table_builder_set_double (builder, PLATFORM_CONVERSIONS, spend->platform_conversions);
  mq_table_builder_set_integer (builder, PLATFORM_VALUE, spend->platform_value);
}

static MqTable *
make_spend (const GArray *spends, const MqAttributionOptions *options, const MqTable *credits)
{
  MqTableBuilder *builder = mq_table_builder_new ("spend", mq_table_currency (credits), NULL);
  gsize           rows_a_model = mq_table_n_rows (credits) / MAX (options->n_models, 1);
  guint           conversions = mq_table_find_column (credits, "conversions"), value = mq_table_find_column (credits, "value");

  add_columns (builder, options->by);
  for (guint m = 0; m < options->n_models; m++)
    for (guint i = 0; i < spends->len; i++)
      {
        const MqSpend *spend = &g_array_index (spends, MqSpend, i);
        gssize         row = find_credit (credits, rows_a_model, m, spend->name);

        add_row (builder, spend, mq_credit_model_name (options->models[m]), row >= 0 ? mq_table_number (credits, row, conversions) : 0, row >= 0 ? mq_table_integer (credits, row, value) : 0);
      }
  return mq_table_builder_finish (builder);
}

/* The rows of `spend` stand model by model. */
static MqTable *
make_range (const GArray *spends, const MqAttributionOptions *options, const MqTable *table)
{
  MqTableBuilder *builder = mq_table_builder_new ("spend_range", mq_table_currency (table), NULL);

  add_name (builder, options->by);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "lowest_return", N_ ("Lowest Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "highest_return", N_ ("Highest Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "lowest_profit", N_ ("Lowest Profit"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "highest_profit", N_ ("Highest Profit"), MQ_COLUMN_MONEY);
  for (guint i = 0; i < spends->len; i++)
    {
      const MqSpend *spend = &g_array_index (spends, MqSpend, i);
      gint64         low = G_MAXINT64, high = G_MININT64;

      for (guint m = 0; m < options->n_models; m++)
        if (options->models[m] != MQ_CREDIT_PARTICIPATION)
          {
            gint64 value = mq_table_integer (table, m * (gsize) spends->len + i, VALUE);

            low = MIN (low, value);
            high = MAX (high, value);
          }
      if (low > high)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, spend->name);
      mq_table_builder_set_integer (builder, 1, spend->amount);
      mq_table_builder_set_double (builder, 2, spend->amount > 0 ? (double) low / spend->amount : NAN);
      mq_table_builder_set_double (builder, 3, spend->amount > 0 ? (double) high / spend->amount : NAN);
      mq_table_builder_set_integer (builder, 4, low - spend->amount);
      mq_table_builder_set_integer (builder, 5, high - spend->amount);
    }
  return mq_table_builder_finish (builder);
}

void
mq_attribution_spend_tables (const MqSpendSums *sums, const MqAttributionOptions *options, const MqTable *credits, MqTable **spend, MqTable **range)
{
  *spend = make_spend (sums->list, options, credits);
  *range = make_range (sums->list, options, *spend);
}
