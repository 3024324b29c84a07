/* reconcile.c: the analysis Reconciliation: tables and words. */

#include "config.h"

#include "reconcile/reconcile.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"
#include "reconcile/reconcile-count.h"
#include "scope.h"

#define VERSION 1

static const MqSetting no_settings[] = { { NULL } };

static const char *const row_classes[] = { N_ ("rejected"), N_ ("replaced, erased or outside the segment"), N_ ("other currency"), N_ ("refunds of no order"), N_ ("after the as-of date"), N_ ("unpaid or closed"), N_ ("fully refunded"), N_ ("valid") };

/* The figures of a month or status, in the order of the columns. */
static const struct
{
  const char  *id, *title;
  MqColumnType type;
  gsize        offset;
} figures[] = {
  { "orders", N_ ("Orders"), MQ_COLUMN_INTEGER, G_STRUCT_OFFSET (MqReconcileSums, orders) },
  { "valid", N_ ("Valid"), MQ_COLUMN_INTEGER, G_STRUCT_OFFSET (MqReconcileSums, valid) },
  { "never_paid", N_ ("Never Paid"), MQ_COLUMN_INTEGER, G_STRUCT_OFFSET (MqReconcileSums, never_paid) },
  { "fully_refunded", N_ ("Fully Refunded"), MQ_COLUMN_INTEGER, G_STRUCT_OFFSET (MqReconcileSums, fully_refunded) },
  { "placed", N_ ("Placed"), MQ_COLUMN_MONEY, G_STRUCT_OFFSET (MqReconcileSums, placed) },
  { "unpaid", N_ ("Not Paid"), MQ_COLUMN_MONEY, G_STRUCT_OFFSET (MqReconcileSums, unpaid) },
  { "refunded_wholly", N_ ("Refunded Wholly"), MQ_COLUMN_MONEY, G_STRUCT_OFFSET (MqReconcileSums, refunded_wholly) },
  { "refunded_partly", N_ ("Refunded Partly"), MQ_COLUMN_MONEY, G_STRUCT_OFFSET (MqReconcileSums, refunded_partly) },
  { "unmatched", N_ ("Refunds of No Order"), MQ_COLUMN_MONEY, G_STRUCT_OFFSET (MqReconcileSums, unmatched) },
};

static gint64
get_figure (const MqReconcileSums *sums, guint i)
{
  return G_STRUCT_MEMBER (gint64, sums, figures[i].offset);
}

static MqTable *
make_rows_table (const MqReconcileCount *count)
{
  MqTableBuilder *builder = mq_table_builder_new ("rows", NULL, NULL);

  mq_table_builder_add_column (builder, "class", N_ ("Rows"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "rows", N_ ("Number"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, N_ ("read"));
  mq_table_builder_set_integer (builder, 1, count->read);
  for (guint i = 0; i < MQ_N_ROW_CLASSES; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, row_classes[i]);
      mq_table_builder_set_integer (builder, 1, count->rows[i]);
    }
  return mq_table_builder_finish (builder);
}

static void
add_step (MqTableBuilder *builder, const char *step, gint64 orders, gint64 amount)
{
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, step);
  mq_table_builder_set_integer (builder, 1, orders);
  mq_table_builder_set_integer (builder, 2, amount);
}

static MqTable *
make_money_table (const MqReconcileSums *sums, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("money", currency, NULL);

  mq_table_builder_add_column (builder, "step", N_ ("Step"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "orders", N_ ("Orders"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "amount", N_ ("Amount"), MQ_COLUMN_MONEY);
  add_step (builder, N_ ("placed"), sums->orders, sums->placed);
  add_step (builder, N_ ("unpaid or closed"), sums->never_paid, -sums->unpaid);
  add_step (builder, N_ ("fully refunded"), sums->fully_refunded, -sums->refunded_wholly);
  add_step (builder, N_ ("partly refunded"), MQ_VALUE_MISSING, -sums->refunded_partly);
  add_step (builder, N_ ("refunds of no order"), MQ_VALUE_MISSING, -sums->unmatched);
  add_step (builder, N_ ("revenue"), sums->valid, mq_reconcile_revenue (sums));
  return mq_table_builder_finish (builder);
}

static void
set_sums (MqTableBuilder *builder, guint first, const MqReconcileSums *sums)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    mq_table_builder_set_integer (builder, first + i, get_figure (sums, i));
  mq_table_builder_set_integer (builder, first + G_N_ELEMENTS (figures), mq_reconcile_revenue (sums));
}

static void
add_figures (MqTableBuilder *builder)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    mq_table_builder_add_column (builder, figures[i].id, figures[i].title, figures[i].type);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
}

static char *
name_month (const MqReconcileGroup *group)
{
  return g_strdup_printf ("%04d-%02d", group->month / 12, group->month % 12 + 1);
}

static MqTable *
make_months_table (const MqReconcileCount *count, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("months", currency, NULL);

  mq_table_builder_add_column (builder, "month", N_ ("Month"), MQ_COLUMN_TERM);
  add_figures (builder);
  for (guint i = 0; i < count->months->len; i++)
    {
      const MqReconcileGroup *group = &g_array_index (count->months, MqReconcileGroup, i);
      g_autofree char        *name = name_month (group);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, name);
      set_sums (builder, 1, &group->sums);
    }
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, N_ ("total"));
  set_sums (builder, 1, &count->total);
  return mq_table_builder_finish (builder);
}

static MqTable *
make_statuses_table (const MqReconcileCount *count, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("statuses", currency, NULL);

  mq_table_builder_add_column (builder, "status", N_ ("Status"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "meaning", N_ ("Meaning"), MQ_COLUMN_TERM);
  add_figures (builder);
  for (guint i = 0; i < count->statuses->len; i++)
    {
      const MqReconcileGroup *group = &g_array_index (count->statuses, MqReconcileGroup, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, group->text);
      mq_table_builder_set_text (builder, 1, group->status != MQ_STATUS_UNKNOWN ? mq_status_name (group->status) : NULL);
      set_sums (builder, 2, &group->sums);
    }
  return mq_table_builder_finish (builder);
}

/* What the orders of a month came to, one row a part: parts are not negative and sum to what was placed. */
static MqTable *
make_parts_table (const MqReconcileCount *count, const char *currency)
{
  static const char *const names[] = { N_ ("kept"), N_ ("refunded"), N_ ("unpaid or closed") };
  MqTableBuilder          *builder = mq_table_builder_new ("parts", currency, NULL);

  mq_table_builder_add_column (builder, "month", N_ ("Month"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "part", N_ ("Part"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "amount", N_ ("Amount"), MQ_COLUMN_MONEY);
  for (guint i = 0; i < count->months->len; i++)
    {
      const MqReconcileGroup *group = &g_array_index (count->months, MqReconcileGroup, i);
      const MqReconcileSums  *sums = &group->sums;
      gint64                  refunded = sums->refunded_wholly + sums->refunded_partly;
      const gint64            values[] = { sums->placed - sums->unpaid - refunded, refunded, sums->unpaid };
      g_autofree char        *name = name_month (group);

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          mq_table_builder_append (builder);
          mq_table_builder_set_text (builder, 0, name);
          mq_table_builder_set_text (builder, 1, names[k]);
          mq_table_builder_set_integer (builder, 2, values[k]);
        }
    }
  return mq_table_builder_finish (builder);
}

static gboolean
add_coverage (MqDataset *dataset, MqResult *result, const MqRun *run, GError **error)
{
  MqTableBuilder *builder = mq_table_builder_new ("coverage", NULL, NULL);
  const MqZone   *zone = mq_dataset_zone (dataset);

  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM), mq_kind_words);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "rejected", N_ ("Rejected"), MQ_COLUMN_INTEGER);
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      const MqFacts *facts = mq_dataset_facts (dataset, kind, run, error);
      g_autoptr (GError) local = NULL;
      gint64 first, last, read, rejected;

      if (facts == NULL)
        {
          mq_table_builder_free (builder);
          return FALSE;
        }
      mq_dataset_count_read (dataset, kind, &read, &rejected);
      if (facts->n_rows == 0 && read == 0)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_kind_name (kind));
      mq_table_builder_set_integer (builder, 1, (gint64) facts->n_rows);
      mq_table_builder_set_integer (builder, 4, rejected);
      if (kind == MQ_KIND_CUSTOMERS || !mq_dataset_range (dataset, kind, &first, &last, run, &local))
        continue;
      mq_table_builder_set_integer (builder, 2, mq_zone_day (zone, first, NULL));
      mq_table_builder_set_integer (builder, 3, mq_zone_day (zone, last, NULL));
    }
  mq_result_take_table (result, mq_table_builder_finish (builder));
  return TRUE;
}

static void
add_words (MqResult *result, const MqReconcileCount *count, const char *currency)
{
  const MqReconcileSums *sums = &count->total;
  g_autofree char       *read = mq_format_integer (count->read);
  g_autofree char       *valid = mq_format_integer (sums->valid);
  g_autofree char       *unpaid = mq_format_integer (sums->never_paid);
  g_autofree char       *refunded = mq_format_integer (sums->fully_refunded);
  g_autofree char       *revenue = mq_format_money (mq_reconcile_revenue (sums), currency);

  mq_result_take_sentence (result, g_strdup_printf (_ ("%s rows: %s valid orders, %s never paid, %s fully refunded, revenue %s"), read, valid, unpaid, refunded, revenue));
  mq_result_take_rules (result, g_strdup (_ ("revenue = placed − unpaid or closed − refunded wholly − refunded partly − refunds of no order; an order counts in the month of its first line, a refund of no order in its own; all orders to the as-of date, whatever the period")));
}

static MqResult *
run_reconcile (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("reconcile", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_reconcile_analysis, settings, error);
  g_auto (MqReconcileCount) count = { 0 };
  g_auto (MqScope) scope = { 0 };
  const char *currency = mq_dataset_currency (dataset);

  if (complete == NULL)
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&scope, dataset, complete, result, run, error) || !mq_reconcile_count (&count, dataset, scope.as_of, run, error))
    return NULL;
  if (count.read == 0)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no orders. Import an orders file first."));
      return NULL;
    }
  mq_result_provenance (result)->rows_read += count.read;
  mq_result_take_table (result, make_rows_table (&count));
  mq_result_take_table (result, make_money_table (&count.total, currency));
  mq_result_take_table (result, make_months_table (&count, currency));
  mq_result_take_table (result, make_statuses_table (&count, currency));
  mq_result_take_table (result, make_parts_table (&count, currency));
  if (!add_coverage (dataset, result, run, error))
    return NULL;
  add_words (result, &count, currency);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_reconcile_analysis = {
  .id = "reconcile",
  .title = N_ ("Reconciliation"),
  .purpose = N_ ("Why a figure here is not the back office’s: every row and every amount with what became of it"),
  .needs = MQ_KINDS (ORDERS),
  .version = VERSION,
  .settings = no_settings,
  .run = run_reconcile,
};
