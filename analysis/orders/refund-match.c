/* refund-match.c: what a refund row refunds. Where its order_id says so, the line of that order, not after it, not yet matched,
 * with the same product and the same absolute amount, if there is one: no later refund row can match that line again. Else: the same customer's latest line, not after
 * it, not yet matched, with the same product and the same absolute amount, at most 180 days before; of equal times the
 * order whose id sorts last. Without any product column the product does not matter; a row without a product matches
 * nothing. Refund rows are taken in order of time, so a later as-of date never changes an earlier match.
 *
 * "Not after" and "180 days" compare at the coarser precision of the two. A time of precision minute or day is the first
 * instant of its minute or day, so "not after" is: before the end of the refund's own minute or day. */

#include "config.h"

#include "orders/order-lines.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "analysis.h"

#define MAX_DAYS 180
#define MINUTE (60 * MQ_SECOND)

/* A line that may be refunded. Sorted by (product, amount, time, order id, row). */
typedef struct
{
  gint64  amount;
  gint64  time;
  guint32 product;
  guint32 order_id; /* code + 1: no id sorts first */
  guint32 row;
  guint32 free; /* index + 1 of the nearest candidate at or before this one that is not matched yet; 0: none */
} Candidate;

/* The candidates of one customer. */
typedef struct
{
  const MqOrderLines *lines;
  const guint32      *row_order;
  GArray             *list;     /* (element-type Candidate) */
  GArray             *by_order; /* (element-type guint32) indexes into it by (order, product, amount, index) */
} Customer;

static int
compare_candidates_cb (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->product != right->product)
    return left->product < right->product ? -1 : 1;
  if (left->amount != right->amount)
    return left->amount < right->amount ? -1 : 1;
  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  if (left->order_id != right->order_id)
    return left->order_id < right->order_id ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

static gint64
find_end_of_unit (const MqOrderLines *lines, gsize row)
{
  gint64 time = lines->time[row];

  switch (mq_order_lines_precision (lines, row))
    {
    case MQ_PRECISION_DAY:
      return mq_zone_day_start (lines->zone, mq_zone_day (lines->zone, time, NULL) + 1);
    case MQ_PRECISION_MINUTE:
      return time - ((time % MINUTE) + MINUTE) % MINUTE + MINUTE;
    case MQ_PRECISION_SECOND:
    default:
      return time + 1;
    }
}

static gboolean
is_in_reach (const MqOrderLines *lines, gsize row, gsize refund)
{
  MqPrecision precision = MAX (mq_order_lines_precision (lines, row), mq_order_lines_precision (lines, refund));
  gint64      from = lines->time[row];
  gint64      to = lines->time[refund];

  if (precision == MQ_PRECISION_DAY)
    return mq_zone_day (lines->zone, to, NULL) - mq_zone_day (lines->zone, from, NULL) <= MAX_DAYS;
  if (precision == MQ_PRECISION_MINUTE)
    {
      from -= ((from % MINUTE) + MINUTE) % MINUTE;
      to -= ((to % MINUTE) + MINUTE) % MINUTE;
    }
  return to - from <= MAX_DAYS * MQ_DAY_MICROSECONDS;
}

/* Index + 1 of the nearest free candidate at or before index + 1; 0: none. Shortens the way for the next search. */
static guint32
find_free (Candidate *candidates, guint32 position)
{
  guint32 root = position;

  while (root > 0 && candidates[root - 1].free != root)
    root = candidates[root - 1].free;
  while (position > 0 && candidates[position - 1].free != position)
    {
      guint32 next = candidates[position - 1].free;

      candidates[position - 1].free = root;
      position = next;
    }
  return root;
}

/* How many candidates come before (product, amount, time). */
static guint32
count_before (const GArray *candidates, guint32 product, gint64 amount, gint64 time)
{
  Candidate key = { .product = product, .amount = amount, .time = time };
  guint32   low = 0;
  guint32   high = candidates->len;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (compare_candidates_cb (&g_array_index (candidates, Candidate, middle), &key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint32
match_row (const MqOrderLines *lines, gint64 amount, gsize row, GArray *candidates)
{
  Candidate *all = (Candidate *) (gpointer) candidates->data;
  guint32    product = lines->product != NULL ? lines->product[row] : 0;
  /* The coarsest precision reaches at most a day further back than the finest; a day may have 25 hours. */
  gint64  horizon = lines->time[row] - (MAX_DAYS + 2) * MQ_DAY_MICROSECONDS;
  guint32 position;

  if (lines->product != NULL && product == MQ_NO_CODE)
    return G_MAXUINT32;
  position = find_free (all, count_before (candidates, product, amount, find_end_of_unit (lines, row)));
  while (position > 0)
    {
      const Candidate *candidate = &all[position - 1];

      if (candidate->product != product || candidate->amount != amount || candidate->time < horizon)
        return G_MAXUINT32;
      if (is_in_reach (lines, candidate->row, row))
        {
          all[position - 1].free = position - 1;
          return candidate->row;
        }
      position = find_free (all, position - 1);
    }
  return G_MAXUINT32;
}

static int
compare_places (const Customer *self, guint32 a, guint32 order, guint32 product, gint64 amount, guint32 b)
{
  const Candidate *candidate = &g_array_index (self->list, Candidate, a);
  guint32          own = self->row_order[candidate->row];

  if (own != order)
    return own < order ? -1 : 1;
  if (candidate->product != product)
    return candidate->product < product ? -1 : 1;
  if (candidate->amount != amount)
    return candidate->amount < amount ? -1 : 1;
  return (a > b) - (a < b);
}

static int
compare_by_order_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Customer  *self = data;
  guint32          other = *(const guint32 *) b;
  const Candidate *candidate = &g_array_index (self->list, Candidate, other);

  return compare_places (self, *(const guint32 *) a, self->row_order[candidate->row], candidate->product, candidate->amount, other);
}

/* The line of the row's own order that it refunds: the latest that is free. */
static guint32
match_own_row (const Customer *self, gint64 amount, gsize row)
{
  Candidate *all = (Candidate *) (gpointer) self->list->data;
  guint32    product = self->lines->product != NULL ? self->lines->product[row] : 0;
  guint32    order = self->row_order[row];
  guint32    before = count_before (self->list, product, amount, find_end_of_unit (self->lines, row));
  guint32    low = 0;
  guint32    high = self->by_order->len;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (compare_places (self, g_array_index (self->by_order, guint32, middle), order, product, amount, before) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low > 0; low--)
    {
      guint32    index = g_array_index (self->by_order, guint32, low - 1);
      Candidate *candidate = &all[index];

      if (self->row_order[candidate->row] != order || candidate->product != product || candidate->amount != amount)
        return G_MAXUINT32;
      if (candidate->free == index + 1)
        {
          candidate->free = index;
          return candidate->row;
        }
    }
  return G_MAXUINT32;
}

static void
gather_candidates (const MqOrderLines *lines, const gint64 *amount, const guint8 *may_match, gsize first, gsize last, GArray *candidates)
{
  g_array_set_size (candidates, 0);
  for (gsize row = first; row < last; row++)
    {
      Candidate candidate = { amount[row], lines->time[row], lines->product != NULL ? lines->product[row] : 0, mq_order_lines_code (lines->order_id, row) + 1, row, 0 };

      if (amount[row] > 0 && may_match[row] && candidate.product != MQ_NO_CODE)
        g_array_append_val (candidates, candidate);
    }
  if (candidates->len > 1)
    qsort (candidates->data, candidates->len, sizeof (Candidate), compare_candidates_cb);
  for (guint i = 0; i < candidates->len; i++)
    g_array_index (candidates, Candidate, i).free = i + 1;
}

static int
compare_rows_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqRefundRow *left = a;
  const MqRefundRow *right = b;

  if (left->person != right->person)
    return left->person < right->person ? -1 : 1;
  if (mq_order_lines_precede (data, left->row, right->row))
    return -1;
  if (mq_order_lines_precede (data, right->row, left->row))
    return 1;
  return (left->row > right->row) - (left->row < right->row);
}

static void
begin_customer (Customer *self, const gint64 *amount, const guint8 *may_match, guint person)
{
  gather_candidates (self->lines, amount, may_match, self->lines->offsets[person], self->lines->offsets[person + 1], self->list);
  g_array_set_size (self->by_order, self->list->len);
  for (guint32 i = 0; i < self->list->len; i++)
    g_array_index (self->by_order, guint32, i) = i;
  g_array_sort_with_data (self->by_order, compare_by_order_cb, self);
}

gboolean
mq_refunds_match (const MqOrderLines *lines, const gint64 *amount, const guint32 *row_order, GArray *rows, const guint8 *may_match, guint32 *matched, const MqRun *run, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) by_order = g_array_new (FALSE, FALSE, sizeof (guint32));
  Customer customer = { lines, row_order, list, by_order };
  guint    known = MQ_ANONYMOUS;

  g_array_sort_with_data (rows, compare_rows_cb, (gpointer) lines);
  for (guint i = 0; i < rows->len; i++)
    {
      const MqRefundRow *refund = &g_array_index (rows, MqRefundRow, i);

      matched[i] = G_MAXUINT32;
      if (refund->person == MQ_ANONYMOUS)
        continue;
      if (refund->person != known)
        {
          if (!mq_run_check (run, error))
            return FALSE;
          known = refund->person;
          begin_customer (&customer, amount, may_match, known);
        }
      matched[i] = refund->own ? match_own_row (&customer, -amount[refund->row], refund->row) : match_row (lines, -amount[refund->row], refund->row, list);
    }
  return TRUE;
}
