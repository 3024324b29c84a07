/* spend-table.c: sums the records of spend by name and joins them with the credits. */

#include "config.h"

#include "attribution/spend-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/money.h"

#define CHECK_ROWS 4096
#define LEAST_CONVERSIONS 1e-12

/* What was spent under one name. */
typedef struct
{
  const char *name; /* (borrowed) of the dataset */
  gint64      amount;
  double      platform_conversions; /* NaN: not stated */
  gint64      platform_value;       /* MQ_MONEY_MISSING: not stated */
} Spend;

typedef struct
{
  const gint64   *dates;
  const gint64   *amounts;
  const gint64   *conversions; /* (nullable) */
  const gint64   *values;      /* (nullable) */
  double          scale;       /* of conversions */
  const MqColumn *names;
} Columns;

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

static gboolean
load (MqDataset *dataset, const char *name, const MqColumn **column, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  *column = mq_dataset_column (dataset, MQ_KIND_SPEND, name, run, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* FALSE with error; columns->names stays NULL where there is nothing to add up. */
static gboolean
load_columns (MqDataset *dataset, gboolean by_campaign, Columns *columns, const MqRun *run, GError **error)
{
  const MqColumn *date, *amount, *conversions, *value, *names;

  if (!load (dataset, "date", &date, run, error) ||
      !load (dataset, "amount", &amount, run, error) ||
      !load (dataset, "platform_conversions", &conversions, run, error) ||
      !load (dataset, "platform_value", &value, run, error) ||
      !load (dataset, by_campaign ? "campaign" : "channel", &names, run, error))
    return FALSE;
  if (date == NULL || amount == NULL || names == NULL || names->codes == NULL)
    return TRUE;
  *columns = (Columns){ date->values, amount->values, NULL, value != NULL ? value->values : NULL, 1, names };
  if (conversions != NULL && conversions->values != NULL)
    {
      columns->conversions = conversions->values;
      columns->scale = conversions->type == MQ_VALUE_DECIMAL ? pow (10, conversions->scale) : 1;
    }
  return TRUE;
}

static gboolean
add_amount (gint64 *sum, gint64 amount, GError **error)
{
  if (amount == MQ_VALUE_MISSING)
    return TRUE;
  if (*sum == MQ_MONEY_MISSING)
    *sum = 0;
  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the spend is too large. Look for a column that is no amount and import the file again."));
  return FALSE;
}

/* (element-type Spend) in order of the names' codes, which is that of their bytes; names without spend in the period are
 * left out. */
static GArray *
sum_spend (const Columns *columns, const MqScope *scope, const MqRun *run, GError **error)
{
  guint              n = mq_strings_length (columns->names->strings);
  g_autofree Spend  *sums = g_new (Spend, MAX (n, 1));
  g_autofree guint8 *seen = g_new0 (guint8, MAX (n, 1));
  g_autoptr (GArray) spends = g_array_new (FALSE, FALSE, sizeof (Spend));

  for (guint code = 0; code < n; code++)
    sums[code] = (Spend){ mq_strings_get (columns->names->strings, code), 0, NAN, MQ_MONEY_MISSING };
  for (gsize row = 0; row < columns->names->n; row++)
    {
      guint32 code = columns->names->codes[row];
      gint64  day = columns->dates[row];

      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return NULL;
      if (code == MQ_CODE_MISSING || day == MQ_VALUE_MISSING || day > scope->to_day || (scope->from_day != MQ_DAY_MISSING && day < scope->from_day))
        continue;
      seen[code] = TRUE;
      if (!add_amount (&sums[code].amount, columns->amounts[row], error) ||
          (columns->values != NULL && !add_amount (&sums[code].platform_value, columns->values[row], error)))
        return NULL;
      if (columns->conversions != NULL && columns->conversions[row] != MQ_VALUE_MISSING)
        sums[code].platform_conversions = (isnan (sums[code].platform_conversions) ? 0 : sums[code].platform_conversions) + columns->conversions[row] / columns->scale;
    }
  for (guint code = 0; code < n; code++)
    if (seen[code])
      g_array_append_val (spends, sums[code]);
  return g_steal_pointer (&spends);
}

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
add_columns (MqTableBuilder *builder, gboolean by_campaign)
{
  if (by_campaign)
    mq_table_builder_add_column (builder, "campaign", N_ ("Campaign"), MQ_COLUMN_TEXT);
  else
    mq_table_builder_add_column (builder, "channel", N_ ("Channel"), MQ_COLUMN_TEXT);
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
add_row (MqTableBuilder *builder, const Spend *spend, const char *model, double conversions, gint64 value)
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

  add_columns (builder, options->by_campaign);
  for (guint m = 0; m < options->n_models; m++)
    for (guint i = 0; i < spends->len; i++)
      {
        const Spend *spend = &g_array_index (spends, Spend, i);
        gssize       row = find_credit (credits, rows_a_model, m, spend->name);

        add_row (builder, spend, mq_credit_model_name (options->models[m]), row >= 0 ? mq_table_number (credits, row, conversions) : 0, row >= 0 ? mq_table_integer (credits, row, value) : 0);
      }
  return mq_table_builder_finish (builder);
}

/* The rows of `spend` stand model by model. */
static MqTable *
make_range (const GArray *spends, const MqAttributionOptions *options, const MqTable *table)
{
  MqTableBuilder *builder = mq_table_builder_new ("spend_range", mq_table_currency (table), NULL);

  mq_table_builder_add_column (builder, options->by_campaign ? "campaign" : "channel", options->by_campaign ? N_ ("Campaign") : N_ ("Channel"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "lowest_return", N_ ("Lowest Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "highest_return", N_ ("Highest Return on Spend"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "lowest_profit", N_ ("Lowest Profit"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "highest_profit", N_ ("Highest Profit"), MQ_COLUMN_MONEY);
  for (guint i = 0; i < spends->len; i++)
    {
      const Spend *spend = &g_array_index (spends, Spend, i);
      gint64       low = G_MAXINT64, high = G_MININT64;

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

gboolean
mq_attribution_spend_tables (MqDataset *dataset, const MqScope *scope, const MqAttributionOptions *options, const MqTable *credits, MqTable **spend, MqTable **range, const MqRun *run, GError **error)
{
  g_autoptr (GArray) spends = NULL;
  Columns columns = { 0 };

  *spend = *range = NULL;
  if (!load_columns (dataset, options->by_campaign, &columns, run, error))
    return FALSE;
  if (columns.names == NULL)
    return TRUE;
  spends = sum_spend (&columns, scope, run, error);
  if (spends == NULL)
    return FALSE;
  *spend = make_spend (spends, options, credits);
  *range = make_range (spends, options, *spend);
  return TRUE;
}
