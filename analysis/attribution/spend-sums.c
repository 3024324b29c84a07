/* spend-sums.c: sums the records of spend by name. */

#include "config.h"

#include "attribution/spend-sums.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/money.h"

#define CHECK_ROWS 4096

typedef struct
{
  const gint64   *dates;
  const gint64   *amounts;
  const gint64   *conversions; /* (nullable) */
  const gint64   *values;      /* (nullable) */
  double          scale;       /* of conversions */
  const MqColumn *names;
} Columns;

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
load_columns (MqDataset *dataset, MqCreditBy by, Columns *columns, const MqRun *run, GError **error)
{
  const MqColumn *date, *amount, *conversions, *value, *names;

  if (!load (dataset, "date", &date, run, error) ||
      !load (dataset, "amount", &amount, run, error) ||
      !load (dataset, "platform_conversions", &conversions, run, error) ||
      !load (dataset, "platform_value", &value, run, error) ||
      !load (dataset, by == MQ_CREDIT_BY_CAMPAIGN ? "campaign" : "channel", &names, run, error))
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

/* The name of each code. */
static const char *
get_name (const MqSpendSums *self, MqCreditBy by, const char *text)
{
  MqChannelEntry entry;

  if (by == MQ_CREDIT_BY_CAMPAIGN)
    return text;
  entry = mq_channel_table_get (self->table, text);
  return by == MQ_CREDIT_BY_GROUP ? entry.group : entry.channel;
}

static int
compare_spends_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (((const MqSpend *) a)->name, ((const MqSpend *) b)->name);
}

static gboolean
is_in_period (const MqScope *scope, gint64 day)
{
  return day != MQ_VALUE_MISSING && day <= scope->to_day && (scope->from_day == MQ_DAY_MISSING || day >= scope->from_day);
}

/* Lists the names with spend in the period; index: by code, where its name stands in the list. */
static void
list_names (MqSpendSums *self, const Columns *columns, const MqScope *scope, MqCreditBy by, guint32 *index)
{
  const MqStrings   *strings = columns->names->strings;
  g_autofree guint8 *seen = g_new0 (guint8, mq_strings_length (strings) + 1);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize row = 0; row < columns->names->n; row++)
    if (columns->names->codes[row] != MQ_CODE_MISSING && is_in_period (scope, columns->dates[row]))
      seen[columns->names->codes[row]] = TRUE;
  for (guint code = 0; code < mq_strings_length (strings); code++)
    {
      MqSpend spend = { get_name (self, by, mq_strings_get (strings, code)), 0, NAN, MQ_MONEY_MISSING };

      if (seen[code] && g_hash_table_add (places, (gpointer) spend.name))
        g_array_append_val (self->list, spend);
    }
  g_array_sort (self->list, compare_spends_cb);
  g_hash_table_remove_all (places);
  for (guint i = 0; i < self->list->len; i++)
    g_hash_table_insert (places, (gpointer) g_array_index (self->list, MqSpend, i).name, GUINT_TO_POINTER (i));
  for (guint code = 0; code < mq_strings_length (strings); code++)
    if (seen[code])
      index[code] = GPOINTER_TO_UINT (g_hash_table_lookup (places, get_name (self, by, mq_strings_get (strings, code))));
}

static gboolean
add_record (MqSpendSums *self, const Columns *columns, gsize row, guint at, GError **error)
{
  MqSpend      *spend = &g_array_index (self->list, MqSpend, at);
  MqSpendRecord record = { at, (gint32) columns->dates[row], columns->amounts[row] };

  if (record.amount != MQ_VALUE_MISSING)
    g_array_append_val (self->records, record);
  if (columns->conversions != NULL && columns->conversions[row] != MQ_VALUE_MISSING)
    spend->platform_conversions = (isnan (spend->platform_conversions) ? 0 : spend->platform_conversions) + columns->conversions[row] / columns->scale;
  return add_amount (&spend->amount, columns->amounts[row], error) &&
         (columns->values == NULL || add_amount (&spend->platform_value, columns->values[row], error));
}

gboolean
mq_spend_sums_init (MqSpendSums *self, MqDataset *dataset, const MqScope *scope, MqCreditBy by, const MqRun *run, GError **error)
{
  g_autofree guint32 *index = NULL;
  Columns             columns = { 0 };

  *self = (MqSpendSums){ .table = mq_channel_table_parse (mq_dataset_value (dataset, MQ_CHANNEL_TABLE_VALUE)) };
  if (!load_columns (dataset, by, &columns, run, error))
    return FALSE;
  if (columns.names == NULL)
    return TRUE;
  self->list = g_array_new (FALSE, FALSE, sizeof (MqSpend));
  self->records = g_array_new (FALSE, FALSE, sizeof (MqSpendRecord));
  index = g_new0 (guint32, mq_strings_length (columns.names->strings) + 1);
  list_names (self, &columns, scope, by, index);
  for (gsize row = 0; row < columns.names->n; row++)
    {
      guint32 code = columns.names->codes[row];

      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (code != MQ_CODE_MISSING && is_in_period (scope, columns.dates[row]) && !add_record (self, &columns, row, index[code], error))
        return FALSE;
    }
  return TRUE;
}

void
mq_spend_sums_clear (MqSpendSums *self)
{
  g_clear_pointer (&self->table, mq_channel_table_free);
  g_clear_pointer (&self->list, g_array_unref);
  g_clear_pointer (&self->records, g_array_unref);
}
