/* refund-match.c: what a refund row refunds when its order_id does not say so: the same customer's latest line, not after
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

/* The person of a row that has one. */
static guint
find_person (const MqOrderLines *lines, gsize row)
{
  guint low = 0;
  guint high = lines->n_persons;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (lines->offsets[middle] <= row)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gboolean
mq_refunds_match (const MqOrderLines *lines, const gint64 *amount, const guint32 *rows, gsize n, const guint8 *may_match, guint32 *matched, const MqRun *run, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gsize last = 0; /* of the rows of the person at hand */

  for (gsize i = 0; i < n; i++)
    {
      matched[i] = G_MAXUINT32;
      if (rows[i] < lines->offsets[0])
        continue;
      if (rows[i] >= last)
        {
          guint person = find_person (lines, rows[i]);

          if (!mq_run_check (run, error))
            return FALSE;
          last = lines->offsets[person + 1];
          gather_candidates (lines, amount, may_match, lines->offsets[person], last, candidates);
        }
      matched[i] = match_row (lines, -amount[rows[i]], rows[i], candidates);
    }
  return TRUE;
}
