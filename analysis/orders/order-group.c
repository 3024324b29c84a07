/* order-group.c: which order a line belongs to. An order is (shop, order_id); without an order_id, the lines of one
 * customer at the same time at its precision. Linear in the rows: ids are codes, so groups are arrays, not hash tables. */

#include "config.h"

#include "orders/order-lines.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"

#define CHECK_ROWS 4096

/* The latest order without an id of the current customer, one a precision. */
typedef struct
{
  gint64  unit;
  guint32 order;
} OpenOrder;

typedef struct
{
  const MqOrderLines *lines;
  const guint32      *pairs;         /* (nullable) (shop, order_id) of each row as a number */
  guint32            *order_of_pair; /* (owned) (nullable) */
  guint32            *row_order;
  guint               n_orders;
  OpenOrder           open[MQ_PRECISION_DAY + 1];
} Grouping;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory to put the order lines together as orders. Close other programs and try again."));
  return FALSE;
}

static int
compare_shops_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint32 *shops = data;
  guint32        left = *(const guint32 *) a;
  guint32        right = *(const guint32 *) b;

  if (shops[left] != shops[right])
    return shops[left] < shops[right] ? -1 : 1;
  return (left > right) - (left < right);
}

/* Rows sorted by order_id; starts[code] is the first of a code, starts[n_order_ids] those without. */
static guint32 *
sort_by_order_id (const MqOrderLines *lines, gsize *starts)
{
  g_autofree guint32 *sorted = g_try_new (guint32, lines->n_rows);

  if (sorted == NULL)
    return NULL;
  for (gsize row = 0; row < lines->n_rows; row++)
    starts[MIN (lines->order_id[row], lines->n_order_ids) + 1]++;
  for (gsize i = 0; i <= lines->n_order_ids; i++)
    starts[i + 1] += starts[i];
  for (gsize row = lines->n_rows; row-- > 0;)
    sorted[--starts[MIN (lines->order_id[row], lines->n_order_ids) + 1]] = row;
  memmove (starts, starts + 1, (lines->n_order_ids + 1) * sizeof *starts);
  return g_steal_pointer (&sorted);
}

/* Numbers the distinct pairs of shop and order_id. (transfer full) */
static guint32 *
number_pairs (const MqOrderLines *lines, guint *n_pairs, GError **error)
{
  g_autofree guint32 *pairs = g_try_new (guint32, lines->n_rows);
  g_autofree gsize   *starts = g_try_new0 (gsize, (gsize) lines->n_order_ids + 2);
  g_autofree guint32 *sorted = starts != NULL ? sort_by_order_id (lines, starts) : NULL;

  if (pairs == NULL || sorted == NULL)
    {
      fail_memory (error);
      return NULL;
    }
  *n_pairs = 0;
  memset (pairs, 0xff, lines->n_rows * sizeof *pairs);
  for (gsize code = 0; code < lines->n_order_ids; code++)
    {
      guint32 *rows = sorted + starts[code];
      gsize    n = starts[code + 1] - starts[code];

      if (n > 1)
        g_qsort_with_data (rows, n, sizeof *rows, compare_shops_cb, (gpointer) lines->shop);
      for (gsize i = 0; i < n; i++)
        {
          if (i > 0 && lines->shop[rows[i]] == lines->shop[rows[i - 1]])
            pairs[rows[i]] = pairs[rows[i - 1]];
          else
            pairs[rows[i]] = (*n_pairs)++;
        }
    }
  return g_steal_pointer (&pairs);
}

static gint64
find_unit (const MqOrderLines *lines, gsize row, MqPrecision precision)
{
  gint64 time = lines->time[row];

  switch (precision)
    {
    case MQ_PRECISION_DAY:
      return mq_zone_day (lines->zone, time, NULL);
    case MQ_PRECISION_MINUTE:
      return time / (60 * MQ_SECOND) - (time % (60 * MQ_SECOND) < 0);
    case MQ_PRECISION_SECOND:
    default:
      return time;
    }
}

static void
forget_open_orders (Grouping *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->open); i++)
    self->open[i].order = MQ_NO_ORDER;
}

static guint32
find_by_time (Grouping *self, gsize row, gboolean anonymous)
{
  MqPrecision precision = mq_order_lines_precision (self->lines, row);
  gint64      unit = anonymous ? 0 : find_unit (self->lines, row, precision);
  OpenOrder  *open = &self->open[precision];

  if (anonymous || open->order == MQ_NO_ORDER || open->unit != unit)
    *open = (OpenOrder){ unit, self->n_orders++ };
  return open->order;
}

static guint32
find_by_id (Grouping *self, guint32 pair)
{
  if (self->order_of_pair[pair] == MQ_NO_ORDER)
    self->order_of_pair[pair] = self->n_orders++;
  return self->order_of_pair[pair];
}

static gboolean
group_rows (Grouping *self, gsize first, gsize last, gboolean anonymous, const MqRun *run, GError **error)
{
  const MqOrderLines *lines = self->lines;

  forget_open_orders (self);
  for (gsize row = first; row < last; row++)
    {
      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (lines->currency != NULL && lines->currency[row] != MQ_NO_CODE && lines->other_currency[lines->currency[row]])
        self->row_order[row] = MQ_NO_ORDER;
      else if (self->pairs != NULL && self->pairs[row] != MQ_NO_CODE)
        self->row_order[row] = find_by_id (self, self->pairs[row]);
      else
        self->row_order[row] = find_by_time (self, row, anonymous);
    }
  return TRUE;
}

static gboolean
group_all (Grouping *self, const MqRun *run, GError **error)
{
  const MqOrderLines *lines = self->lines;

  if (!group_rows (self, 0, lines->offsets[0], TRUE, run, error))
    return FALSE;
  for (guint person = 0; person < lines->n_persons; person++)
    if (!group_rows (self, lines->offsets[person], lines->offsets[person + 1], FALSE, run, error))
      return FALSE;
  return TRUE;
}

guint32 *
mq_order_lines_group (const MqOrderLines *lines, guint *n_orders, const MqRun *run, GError **error)
{
  g_autofree guint32 *row_order = g_try_new (guint32, MAX (lines->n_rows, 1));
  g_autofree guint32 *numbered = NULL;
  g_autofree guint32 *order_of_pair = NULL;
  Grouping            self = { .lines = lines, .pairs = lines->order_id, .row_order = row_order };
  guint               n_pairs = lines->n_order_ids;

  if (lines->n_rows >= MQ_NO_ORDER || row_order == NULL)
    {
      fail_memory (error);
      return NULL;
    }
  if (lines->order_id != NULL && lines->shop != NULL)
    {
      self.pairs = numbered = number_pairs (lines, &n_pairs, error);
      if (numbered == NULL)
        return NULL;
    }
  if (self.pairs != NULL)
    {
      self.order_of_pair = order_of_pair = g_try_new (guint32, MAX (n_pairs, 1));
      if (order_of_pair == NULL)
        {
          fail_memory (error);
          return NULL;
        }
      memset (order_of_pair, 0xff, (gsize) n_pairs * sizeof *order_of_pair);
    }
  if (!group_all (&self, run, error))
    return NULL;
  *n_orders = self.n_orders;
  return g_steal_pointer (&row_order);
}
