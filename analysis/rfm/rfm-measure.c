/* rfm-measure.c: one pass over the orders of each customer. Slices of customers run in parallel; what they share are
 * sums of integers, so their order does not matter. */

#include "config.h"

#include "rfm/rfm-measure.h"

#include <glib/gi18n-lib.h>

#include "base/money.h"

#define GRAIN 16384

typedef struct
{
  const MqOrderBook  *book;
  MqOrderFilter       filter;
  const MqScope      *scope;
  const MqRfmOptions *options;
  MqRfmMeasures      *out; /* its arrays by person number until they are compacted */
  GMutex              lock;
} Pass;

/* What a slice adds to the whole. */
typedef struct
{
  gint64 rows[MQ_N_ROWS];
  gint64 n_unmatched;
  gint64 unmatched;
  gint32 first_day;
} Partial;

typedef struct
{
  guint32 frequency;
  guint32 n_orders;
  gint32  last_day;
  gint64  net;
  gint64  gross;
} Customer;

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
  return FALSE;
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the customers' figures. Close other programs and try again."));
  return FALSE;
}

/* The order's unmatched refunds dated in the period. */
static inline gboolean
add_excess (const Pass *pass, guint order, const MqOrderMoney *money, Partial *partial, gint64 *unmatched, GError **error)
{
  gint64 excess;
  guint  n;

  if (money->excess == 0)
    return TRUE;
  excess = mq_order_excess_between (pass->book, order, pass->scope->as_of, pass->scope->from, pass->scope->to, &n);
  partial->n_unmatched += n;
  if (__builtin_add_overflow (*unmatched, excess, unmatched))
    return fail_overflow (error);
  return TRUE;
}

static inline gboolean
add_valid_order (const Pass *pass, guint order, const MqOrderMoney *money, Customer *customer, GError **error)
{
  gint32 day = pass->book->day[order];

  if (customer->n_orders > 0 && pass->out->intervals != NULL)
    g_atomic_int_inc ((gint *) &pass->out->intervals[day - customer->last_day]);
  if (!pass->options->by_days || customer->n_orders == 0 || day != customer->last_day)
    customer->frequency++;
  customer->n_orders++;
  customer->last_day = day;
  if (__builtin_add_overflow (customer->net, money->gross - money->refunded, &customer->net) ||
      __builtin_add_overflow (customer->gross, money->gross, &customer->gross))
    return fail_overflow (error);
  return TRUE;
}

static inline gboolean
is_refund_here (const Pass *pass, const MqRefund *refund)
{
  return refund->time >= pass->scope->from && refund->time <= pass->scope->to &&
         (pass->filter.shop == MQ_NO_CODE || refund->shop == pass->filter.shop);
}

static gboolean
store_customer (const Pass *pass, guint person, const Customer *customer, gint64 unmatched, GError **error)
{
  MqRfmMeasures *out = pass->out;

  out->frequency[person] = customer->frequency;
  if (customer->frequency == 0)
    return TRUE;
  out->recency[person] = pass->scope->as_of_day - customer->last_day;
  if (__builtin_sub_overflow (customer->net, unmatched, &out->revenue[person]))
    return fail_overflow (error);
  if (pass->options->monetary == MQ_MONETARY_GROSS)
    out->monetary[person] = customer->gross;
  else if (pass->options->monetary == MQ_MONETARY_MEAN)
    out->monetary[person] = mq_money_divide (out->revenue[person], customer->n_orders);
  return TRUE;
}

/* *next: the first unmatched refund that is not of an earlier customer. */
static gboolean
measure_customer (const Pass *pass, guint person, guint *next, Partial *partial, GError **error)
{
  const MqOrderBook *book = pass->book;
  Customer           customer = { 0 };
  gint64             unmatched = 0;

  for (guint order = book->offsets[person]; order < book->offsets[person + 1]; order++)
    {
      MqOrderMoney money;
      MqRowFate    fate = mq_order_fate (&pass->filter, order, FALSE, &money);

      partial->rows[fate] += mq_order_n_lines (book, order);
      if (!add_excess (pass, order, &money, partial, &unmatched, error))
        return FALSE;
      if (fate != MQ_ROWS_USED)
        continue;
      if (customer.n_orders == 0)
        partial->first_day = MIN (partial->first_day, book->day[order]);
      if (!add_valid_order (pass, order, &money, &customer, error))
        return FALSE;
    }
  for (; *next < book->n_refunds && book->refunds[*next].person == person; (*next)++)
    if (is_refund_here (pass, &book->refunds[*next]))
      {
        partial->n_unmatched++;
        if (__builtin_add_overflow (unmatched, book->refunds[*next].amount, &unmatched))
          return fail_overflow (error);
      }
  if (__builtin_add_overflow (partial->unmatched, unmatched, &partial->unmatched))
    return fail_overflow (error);
  return store_customer (pass, person, &customer, unmatched, error);
}

static guint
find_unmatched (const MqOrderBook *book, guint person)
{
  guint low = book->refund_offsets[book->n_orders];
  guint high = book->n_refunds;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (book->refunds[middle].person < person)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
add_partial (Pass *pass, const Partial *partial, GError **error)
{
  MqRfmMeasures *out = pass->out;
  gboolean       ok;

  g_mutex_lock (&pass->lock);
  for (guint i = 0; i < MQ_N_ROWS; i++)
    out->rows[i] += partial->rows[i];
  out->n_unmatched += partial->n_unmatched;
  out->first_day = MIN (out->first_day, partial->first_day);
  ok = !__builtin_add_overflow (out->unmatched, partial->unmatched, &out->unmatched);
  g_mutex_unlock (&pass->lock);
  return ok || fail_overflow (error);
}

static gboolean
measure_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass   *pass = data;
  Partial partial = { .first_day = G_MAXINT32 };
  guint   next = find_unmatched (pass->book, first);

  for (gsize person = first; person < last; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!measure_customer (pass, person, &next, &partial, error))
        return FALSE;
    }
  return add_partial (pass, &partial, error);
}

/* Orders and refunds of nobody: they count in rows and unmatched refunds only. */
static gboolean
count_anonymous (Pass *pass, const MqRun *run, GError **error)
{
  const MqOrderBook *book = pass->book;
  Partial            partial = { .first_day = G_MAXINT32 };

  for (guint order = 0; order < book->offsets[0]; order++)
    {
      MqOrderMoney money;
      MqRowFate    fate = mq_order_fate (&pass->filter, order, TRUE, &money);

      if (order % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      partial.rows[fate] += mq_order_n_lines (book, order);
      if (!add_excess (pass, order, &money, &partial, &partial.unmatched, error))
        return FALSE;
    }
  for (guint i = find_unmatched (book, MQ_ANONYMOUS); i < book->n_refunds; i++)
    if (is_refund_here (pass, &book->refunds[i]))
      {
        partial.n_unmatched++;
        if (__builtin_add_overflow (partial.unmatched, book->refunds[i].amount, &partial.unmatched))
          return fail_overflow (error);
      }
  return add_partial (pass, &partial, error);
}

/* Room for every gap that can occur: from the first day of the period, or of the customers' orders, to its end. */
static gboolean
allocate_intervals (Pass *pass, GError **error)
{
  const MqOrderBook *book = pass->book;
  gint32             first = pass->scope->from_day;

  if (pass->options->map->shape != MQ_MAP_HIGH || pass->options->thresholds[MQ_RFM_R].kind != MQ_THRESHOLD_DEFAULT)
    return TRUE;
  if (first == MQ_DAY_MISSING)
    {
      first = pass->scope->to_day;
      for (guint person = 0; person < book->n_persons; person++)
        if (book->offsets[person] < book->offsets[person + 1])
          first = MIN (first, book->day[book->offsets[person]]);
    }
  pass->out->n_intervals = MAX ((gint64) pass->scope->to_day - first, 0) + 1;
  pass->out->intervals = g_try_new0 (guint32, pass->out->n_intervals);
  return pass->out->intervals != NULL || fail_memory (error);
}

static gboolean
allocate (Pass *pass, GError **error)
{
  MqRfmMeasures *out = pass->out;
  gsize          n = MAX (pass->book->n_persons, 1);
  gboolean       own_monetary = pass->options->monetary != MQ_MONETARY_NET;

  out->persons = g_try_new (guint32, n);
  out->recency = g_try_new (guint32, n);
  out->frequency = g_try_new (guint32, n);
  out->revenue = g_try_new (gint64, n);
  out->monetary = own_monetary ? g_try_new (gint64, n) : NULL;
  if (!out->persons || !out->recency || !out->frequency || !out->revenue || (own_monetary && !out->monetary))
    return fail_memory (error);
  return allocate_intervals (pass, error);
}

/* Only those with a valid order in the period stay. */
static void
compact (MqRfmMeasures *out, guint n_persons)
{
  guint n = 0;

  for (guint person = 0; person < n_persons; person++)
    {
      if (out->frequency[person] == 0)
        continue;
      out->persons[n] = person;
      out->recency[n] = out->recency[person];
      out->frequency[n] = out->frequency[person];
      out->revenue[n] = out->revenue[person];
      if (out->monetary != NULL)
        out->monetary[n] = out->monetary[person];
      n++;
    }
  out->n = n;
  if (out->first_day == G_MAXINT32)
    out->first_day = MQ_DAY_MISSING;
}

gboolean
mq_rfm_measures_init (MqRfmMeasures *self, const MqOrderFilter *orders, const MqScope *scope, const MqRfmOptions *options, const MqRun *run, GError **error)
{
  const MqOrderBook *book = orders->book;
  Pass               pass = { .book = book, .filter = *orders, .scope = scope, .options = options, .out = self };
  gboolean           ok;

  g_return_val_if_fail (orders->shop == MQ_NO_CODE || orders->shops != NULL, FALSE);

  pass.filter.as_of = scope->as_of;
  pass.filter.from = scope->from;
  pass.filter.to = scope->to;
  pass.filter.without_free = options->without_free;
  *self = (MqRfmMeasures){ .first_day = G_MAXINT32 };
  g_mutex_init (&pass.lock);
  ok = allocate (&pass, error) && count_anonymous (&pass, run, error) &&
       mq_run_parallel (run, book->n_persons, GRAIN, measure_slice_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  if (!ok)
    return FALSE;
  mq_order_filter_count_others (&pass.filter, self->rows);
  compact (self, book->n_persons);
  return TRUE;
}

void
mq_rfm_measures_clear (MqRfmMeasures *self)
{
  g_clear_pointer (&self->persons, g_free);
  g_clear_pointer (&self->recency, g_free);
  g_clear_pointer (&self->frequency, g_free);
  g_clear_pointer (&self->revenue, g_free);
  g_clear_pointer (&self->monetary, g_free);
  g_clear_pointer (&self->intervals, g_free);
}
