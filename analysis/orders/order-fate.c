/* order-fate.c: the rows that are not in an order, and the reasons in words. */

#include "config.h"

#include "orders/order-fate.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"

static const char *const reasons[MQ_N_ROWS] = {
  NULL, N_ ("other currency"), N_ ("other shop"), N_ ("after the as-of date"), N_ ("no customer"), N_ ("refund row"), N_ ("not valid"), N_ ("free order"), N_ ("outside the period")
};

const char *
mq_row_fate_reason (MqRowFate fate)
{
  return reasons[fate];
}

void
mq_rows_leave_out (const gint64 rows[MQ_N_ROWS], MqResult *result)
{
  for (guint i = 0; i < MQ_N_ROWS; i++)
    if (reasons[i] != NULL)
      mq_result_leave_out (result, reasons[i], rows[i]);
}

gboolean
mq_order_filter_set_shop (MqOrderFilter *self, MqDataset *dataset, const char *shop, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column;
  gint            code;

  self->shop = MQ_NO_CODE;
  if (shop == NULL)
    return TRUE;
  column = mq_dataset_column (dataset, MQ_KIND_ORDERS, "shop", run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  code = column != NULL ? mq_strings_find_sorted (column->strings, shop) : -1;
  if (code < 0)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “shop” names a shop that no order has."));
      return FALSE;
    }
  self->shops = column->codes;
  self->shop = code;
  return TRUE;
}

void
mq_order_filter_count_others (const MqOrderFilter *self, gint64 rows[MQ_N_ROWS])
{
  const MqOrderBook *book = self->book;

  rows[MQ_ROWS_OTHER_CURRENCY] += book->n_other_currency;
  for (guint i = 0; i < book->n_refund_orders; i++)
    {
      const MqRefundOrder *refund = &book->refund_orders[i];
      MqRowFate            fate = refund->person == MQ_ANONYMOUS ? MQ_ROWS_NO_CUSTOMER : MQ_ROWS_REFUND;

      if (refund->time > self->as_of)
        fate = MQ_ROWS_FUTURE;
      if (self->shop != MQ_NO_CODE && refund->shop != self->shop)
        fate = MQ_ROWS_OTHER_SHOP;
      rows[fate] += refund->n_lines;
    }
  /* Lines that do not exist yet were counted with their order. */
  for (guint i = 0; i < book->n_late_lines && self->as_of < book->newest; i++)
    if (book->late_lines[i].time > self->as_of && book->time[book->late_lines[i].order] <= self->as_of)
      {
        MqOrderMoney money;
        guint        order = book->late_lines[i].order;
        MqRowFate    fate = mq_order_fate (self, order, book->person[order] == MQ_ANONYMOUS, &money);

        if (fate == MQ_ROWS_OTHER_SHOP)
          continue;
        rows[fate]--;
        rows[MQ_ROWS_FUTURE]++;
      }
}
