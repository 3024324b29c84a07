/* valid-orders.c: one pass counts the valid orders of each slice of persons, a second writes them to their places. */

#include "config.h"

#include "orders/valid-orders.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"

#define GRAIN 16384

typedef struct
{
  const MqOrderFilter *filter;
  MqValidOrders       *out;
  GMutex               lock;
  GArray              *cuts; /* (owned) (element-type MqRevenueCut) */
} Pass;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the orders. Close other programs and try again."));
  return FALSE;
}

/* The refunds of an order beyond its sum, each at its own time. */
static void
add_excess (Pass *pass, guint order, guint person)
{
  const MqOrderBook *book = pass->filter->book;
  gint64             before = MQ_TIME_MISSING;

  for (guint i = book->refund_offsets[order]; i < book->refund_offsets[order + 1] && book->refunds[i].time <= pass->filter->as_of; i++)
    {
      MqRevenueCut cut = { person, book->refunds[i].time, 0 };
      guint        n;

      if (cut.time == before)
        continue;
      before = cut.time;
      cut.amount = mq_order_excess_between (book, order, pass->filter->as_of, cut.time, cut.time, &n);
      if (cut.amount == 0)
        continue;
      g_mutex_lock (&pass->lock);
      g_array_append_val (pass->cuts, cut);
      g_mutex_unlock (&pass->lock);
    }
}

static gboolean
count_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass              *pass = data;
  const MqOrderBook *book = pass->filter->book;
  gint64             rows[MQ_N_ROWS] = { 0 };

  for (gsize person = first; person < last; person++)
    {
      gsize n = 0;

      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      for (guint order = book->offsets[person]; order < book->offsets[person + 1]; order++)
        {
          MqOrderMoney money;
          MqRowFate    fate = mq_order_fate (pass->filter, order, FALSE, &money);

          rows[fate] += mq_order_n_lines (book, order);
          n += fate == MQ_ROWS_USED;
          if (money.excess > 0)
            add_excess (pass, order, person);
        }
      pass->out->offsets[person + 1] = n;
    }
  g_mutex_lock (&pass->lock);
  for (guint i = 0; i < MQ_N_ROWS; i++)
    pass->out->rows[i] += rows[i];
  g_mutex_unlock (&pass->lock);
  return TRUE;
}

static gboolean
fill_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass              *pass = data;
  MqValidOrders     *out = pass->out;
  const MqOrderBook *book = pass->filter->book;

  for (gsize person = first; person < last; person++)
    {
      gsize at = out->offsets[person];

      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      for (guint order = book->offsets[person]; order < book->offsets[person + 1]; order++)
        {
          MqOrderMoney money;

          if (mq_order_fate (pass->filter, order, FALSE, &money) != MQ_ROWS_USED)
            continue;
          out->order[at] = order;
          out->time[at] = book->time[order];
          out->day[at] = book->day[order];
          out->precision[at] = book->precision[order];
          out->net[at] = money.gross - money.refunded;
          at++;
        }
    }
  return TRUE;
}

static gboolean
allocate (MqValidOrders *out, GError **error)
{
  gsize n = MAX (out->n, 1);

  out->order = g_try_new (guint32, n);
  out->time = g_try_new (gint64, n);
  out->day = g_try_new (gint32, n);
  out->precision = g_try_new (guint8, n);
  out->net = g_try_new (gint64, n);
  return (out->order && out->time && out->day && out->precision && out->net) || fail_memory (error);
}

static void
add_up_offsets (MqValidOrders *out)
{
  out->offsets[0] = 0;
  for (guint person = 0; person < out->n_persons; person++)
    out->offsets[person + 1] += out->offsets[person];
  out->n = out->offsets[out->n_persons];
}

static void
count_anonymous (Pass *pass)
{
  const MqOrderBook *book = pass->filter->book;

  for (guint order = 0; order < book->offsets[0]; order++)
    {
      MqOrderMoney money;

      pass->out->rows[mq_order_fate (pass->filter, order, TRUE, &money)] += mq_order_n_lines (book, order);
    }
  mq_order_filter_count_others (pass->filter, pass->out->rows);
}

static int
compare_cuts (gconstpointer a, gconstpointer b)
{
  const MqRevenueCut *one = a;
  const MqRevenueCut *two = b;

  if (one->person != two->person)
    return one->person < two->person ? -1 : 1;
  if (one->time != two->time)
    return one->time < two->time ? -1 : 1;
  return one->amount < two->amount ? -1 : one->amount > two->amount;
}

static void
take_cuts (Pass *pass)
{
  const MqOrderFilter *filter = pass->filter;
  const MqOrderBook   *book = filter->book;

  for (guint i = book->refund_offsets[book->n_orders]; i < book->n_refunds && book->refunds[i].person != MQ_ANONYMOUS; i++)
    {
      const MqRefund *refund = &book->refunds[i];
      MqRevenueCut    cut = { refund->person, refund->time, refund->amount };

      if (refund->time <= filter->as_of && (filter->shop == MQ_NO_CODE || refund->shop == filter->shop))
        g_array_append_val (pass->cuts, cut);
    }
  g_array_sort (pass->cuts, compare_cuts);
  pass->out->n_cuts = pass->cuts->len;
  pass->out->cuts = (MqRevenueCut *) (gpointer) g_array_free (g_steal_pointer (&pass->cuts), FALSE);
}

static void
drop_precision_of_seconds (MqValidOrders *out)
{
  for (gsize i = 0; i < out->n; i++)
    if (out->precision[i] != MQ_PRECISION_SECOND)
      return;
  g_clear_pointer (&out->precision, g_free);
}

gboolean
mq_valid_orders_init (MqValidOrders *self, const MqOrderFilter *filter, const MqRun *run, GError **error)
{
  Pass     pass = { .filter = filter, .out = self };
  gboolean ok;

  *self = (MqValidOrders){ .n_persons = filter->book->n_persons };
  self->offsets = g_try_new (gsize, (gsize) self->n_persons + 1);
  if (self->offsets == NULL)
    return fail_memory (error);
  g_mutex_init (&pass.lock);
  pass.cuts = g_array_new (FALSE, FALSE, sizeof (MqRevenueCut));
  ok = mq_run_parallel (run, self->n_persons, GRAIN, count_slice_cb, &pass, error);
  if (ok)
    {
      add_up_offsets (self);
      ok = allocate (self, error) && mq_run_parallel (run, self->n_persons, GRAIN, fill_slice_cb, &pass, error);
    }
  if (ok)
    {
      drop_precision_of_seconds (self);
      count_anonymous (&pass);
      take_cuts (&pass);
    }
  g_mutex_clear (&pass.lock);
  g_clear_pointer (&pass.cuts, g_array_unref);
  return ok;
}

void
mq_valid_orders_clear (MqValidOrders *self)
{
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->precision, g_free);
  g_clear_pointer (&self->net, g_free);
  g_clear_pointer (&self->cuts, g_free);
}
