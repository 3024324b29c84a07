/* order-summary.c: counts and sums of the order book at an as-of date. */

#include "config.h"

#include "orders/order-summary.h"

#include <glib/gi18n-lib.h>

#include "base/money.h"
#include "scope.h"

static gboolean
add_money (gint64 *sum, gint64 amount, GError **error)
{
  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
  return FALSE;
}

/* Adds an order; FALSE on overflow. *valid: whether it makes its customer one. */
static gboolean
add_order (const MqOrderBook *book, guint order, gint64 as_of, MqOrderTotals *totals, gboolean *valid, GError **error)
{
  MqOrderMoney money;
  MqOrderState state = mq_order_state (book, order, as_of, &money);
  gint64       refunded = money.refunded;

  *valid = state == MQ_ORDER_VALID;
  if (state == MQ_ORDER_FUTURE)
    return TRUE;
  totals->lines += book->n_lines != NULL ? book->n_lines[order] : 1;
  if (money.excess > 0)
    {
      guint n;

      if (!add_money (&totals->unmatched, mq_order_excess_between (book, order, as_of, MQ_TIME_MISSING, as_of, &n), error))
        return FALSE;
      totals->n_unmatched += n;
    }
  totals->unpaid += state == MQ_ORDER_UNPAID;
  totals->valid += state == MQ_ORDER_VALID;
  totals->fully_refunded += state == MQ_ORDER_FULLY_REFUNDED;
  totals->refund_orders += state == MQ_ORDER_REFUND;
  totals->free_orders += state == MQ_ORDER_VALID && money.gross == 0;
  if (state == MQ_ORDER_UNPAID)
    return TRUE;
  /* An order that is refunded by its status is refunded wholly, whatever its refund rows say. */
  if (state == MQ_ORDER_FULLY_REFUNDED)
    refunded = money.gross;
  return add_money (&totals->gross, money.gross, error) && add_money (&totals->refunded, refunded, error);
}

static gboolean
add_unmatched (const MqOrderBook *book, gint64 as_of, MqOrderTotals *totals, GError **error)
{
  for (guint i = book->refund_offsets[book->n_orders]; i < book->n_refunds; i++)
    if (book->refunds[i].time <= as_of)
      {
        totals->n_unmatched++;
        if (!add_money (&totals->unmatched, book->refunds[i].amount, error))
          return FALSE;
      }
  return TRUE;
}

static void
count_rows (const MqOrderBook *book, gint64 as_of, MqOrderTotals *totals)
{
  for (guint i = 0; i < book->n_late_lines; i++)
    if (book->late_lines[i].time > as_of && book->time[book->late_lines[i].order] <= as_of)
      totals->lines--;
  for (guint i = 0; i < book->n_refund_orders; i++)
    if (book->refund_orders[i].time <= as_of)
      {
        totals->lines += book->refund_orders[i].n_lines;
        totals->refund_orders++;
      }
}

static void
add_count (MqTableBuilder *builder, const char *measure, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, measure);
  mq_table_builder_set_text (builder, 1, text);
}

static void
add_amount (MqTableBuilder *builder, const char *measure, gint64 value, int digits)
{
  char text[32];

  mq_money_write (value, digits, text);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, measure);
  mq_table_builder_set_text (builder, 1, text);
}

static MqTable *
make_table (const MqOrderTotals *totals, const char *currency, int digits)
{
  MqTableBuilder *builder = mq_table_builder_new ("orders", currency, NULL);

  mq_table_builder_add_column (builder, "measure", N_ ("Measure"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_TEXT);
  if (totals->lines == 0)
    return mq_table_builder_finish (builder);
  add_count (builder, N_ ("lines"), totals->lines);
  add_count (builder, N_ ("orders"), totals->orders);
  add_count (builder, N_ ("valid_orders"), totals->valid);
  add_count (builder, N_ ("unpaid"), totals->unpaid);
  add_count (builder, N_ ("fully_refunded"), totals->fully_refunded);
  add_count (builder, N_ ("refund_orders"), totals->refund_orders);
  add_count (builder, N_ ("free_orders"), totals->free_orders);
  add_count (builder, N_ ("customers"), totals->customers);
  add_amount (builder, N_ ("gross_total"), totals->gross_total, digits);
  add_amount (builder, N_ ("gross"), totals->gross, digits);
  add_amount (builder, N_ ("refunded"), totals->refunded, digits);
  add_amount (builder, N_ ("refunded_unmatched"), totals->unmatched, digits);
  add_amount (builder, N_ ("net"), totals->net, digits);
  return mq_table_builder_finish (builder);
}

gboolean
mq_order_totals (const MqOrderBook *book, gint64 as_of, MqOrderTotals *totals, const MqRun *run, GError **error)
{
  guint known = MQ_ANONYMOUS; /* the customer counted last */

  *totals = (MqOrderTotals){ 0 };
  for (guint order = 0; order < book->n_orders; order++)
    {
      gboolean valid;

      if (order % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!add_order (book, order, as_of, totals, &valid, error))
        return FALSE;
      if (valid && book->person[order] != known)
        {
          known = book->person[order];
          totals->customers++;
        }
    }
  if (!add_unmatched (book, as_of, totals, error))
    return FALSE;
  count_rows (book, as_of, totals);
  totals->orders = totals->valid + totals->unpaid + totals->fully_refunded;
  totals->gross_total = book->gross_total;
  totals->net = totals->gross - totals->refunded - totals->unmatched;
  return TRUE;
}

MqTable *
mq_order_summary (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_auto (MqScope) scope = { 0 };
  const MqOrderBook *book;
  MqOrderTotals      totals = { 0 };
  g_autoptr (GVariant) settings = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));

  book = mq_order_book_get (dataset, run, error);
  if (book == NULL)
    return NULL;
  if (book->rows_read > 0 &&
      (!mq_scope_init (&scope, dataset, settings, NULL, run, error) || !mq_order_totals (book, scope.as_of, &totals, run, error)))
    return NULL;
  return make_table (&totals, mq_dataset_currency (dataset), mq_dataset_currency_digits (dataset));
}
