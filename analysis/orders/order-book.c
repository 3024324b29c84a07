/* order-book.c: puts grouped lines together as sorted orders with their refunds. One pass over the rows adds up each
 * order; then orders are sorted and what was collected is rewritten in their final order. */

#include "config.h"

#include "orders/order-lines.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"

#define GRAIN 65536
#define NO_ROW G_MAXUINT32

/* Orders in order of first appearance, refund orders included. */
typedef struct
{
  const MqOrderLines *lines;
  guint32            *row_order; /* (owned) */
  MqLineAmounts       amounts;
  guint               n_orders;
  guint32            *first_row;  /* (owned) the earliest */
  guint32            *person_row; /* (owned) the earliest that has a customer, or NO_ROW */
  guint32            *person;     /* (owned) */
  gint64             *gross;      /* (owned) >= 0 */
  gint64             *negative;   /* (owned) <= 0 */
  guint32            *n_lines;    /* (owned) */
  guint32            *rank;       /* (owned) position among the sorted orders; MQ_NO_ORDER: a refund order */
  guint32            *sorted;     /* (owned) by rank */
} Draft;

typedef struct
{
  const Draft *draft;
  MqOrderBook *book;
} FillJob;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory to put the order lines together as orders. Close other programs and try again."));
  return FALSE;
}

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
  return FALSE;
}

static void
clear_draft (Draft *draft)
{
  g_free (draft->row_order);
  mq_line_amounts_clear (&draft->amounts);
  g_free (draft->first_row);
  g_free (draft->person_row);
  g_free (draft->person);
  g_free (draft->gross);
  g_free (draft->negative);
  g_free (draft->n_lines);
  g_free (draft->rank);
  g_free (draft->sorted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, clear_draft)

static gboolean
allocate_draft (Draft *draft, GError **error)
{
  gsize n = MAX (draft->n_orders, 1);

  draft->first_row = g_try_new (guint32, n);
  draft->person_row = g_try_new (guint32, n);
  draft->person = g_try_new (guint32, n);
  draft->gross = g_try_new0 (gint64, n);
  draft->negative = g_try_new0 (gint64, n);
  draft->n_lines = g_try_new0 (guint32, n);
  draft->rank = g_try_new (guint32, n);
  draft->sorted = g_try_new (guint32, n);
  if (!draft->first_row || !draft->person_row || !draft->person || !draft->gross || !draft->negative || !draft->n_lines || !draft->rank || !draft->sorted)
    return fail_memory (error);
  memset (draft->first_row, 0xff, n * sizeof (guint32));
  memset (draft->person_row, 0xff, n * sizeof (guint32));
  memset (draft->person, 0xff, n * sizeof (guint32));
  return TRUE;
}

static inline gboolean
is_refund_order (const Draft *draft, guint order)
{
  return draft->gross[order] == 0 && draft->negative[order] < 0;
}

/* Adds a row to its order and to the book's counts. */
static gboolean
add_row (Draft *draft, MqOrderBook *book, gsize row, guint person, GError **error)
{
  guint32 order = draft->row_order[row];
  gint64  amount = draft->amounts.amount[row];
  gint64 *sum;

  if (order == MQ_NO_ORDER)
    {
      book->n_other_currency++;
      return TRUE;
    }
  sum = amount < 0 ? &draft->negative[order] : &draft->gross[order];
  if (__builtin_add_overflow (*sum, amount, sum) || __builtin_add_overflow (book->gross_total, amount, &book->gross_total))
    return fail_overflow (error);
  book->n_refund_rows += amount < 0;
  book->newest = MAX (book->newest, draft->lines->time[row]);
  draft->n_lines[order]++;
  if (draft->first_row[order] == NO_ROW || mq_order_lines_precede (draft->lines, row, draft->first_row[order]))
    draft->first_row[order] = row;
  if (person != MQ_ANONYMOUS && (draft->person_row[order] == NO_ROW || mq_order_lines_precede (draft->lines, row, draft->person_row[order])))
    {
      draft->person_row[order] = row;
      draft->person[order] = person;
    }
  return TRUE;
}

static gboolean
add_rows (Draft *draft, MqOrderBook *book, const MqRun *run, GError **error)
{
  const MqOrderLines *lines = draft->lines;

  for (gsize row = 0; row < lines->offsets[0]; row++)
    if (!add_row (draft, book, row, MQ_ANONYMOUS, error))
      return FALSE;
  for (guint person = 0; person < lines->n_persons; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      for (gsize row = lines->offsets[person]; row < lines->offsets[person + 1]; row++)
        if (!add_row (draft, book, row, person, error))
          return FALSE;
    }
  return TRUE;
}

/* (time, shop, order_id) inside a person; no value first. */
static int
compare_orders_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Draft        *draft = data;
  const MqOrderLines *lines = draft->lines;
  guint32             left = draft->first_row[*(const guint32 *) a];
  guint32             right = draft->first_row[*(const guint32 *) b];
  guint32             left_code, right_code;

  if (lines->time[left] != lines->time[right])
    return lines->time[left] < lines->time[right] ? -1 : 1;
  left_code = mq_order_lines_code (lines->shop, left) + 1;
  right_code = mq_order_lines_code (lines->shop, right) + 1;
  if (left_code != right_code)
    return left_code < right_code ? -1 : 1;
  left_code = mq_order_lines_code (lines->order_id, left) + 1;
  right_code = mq_order_lines_code (lines->order_id, right) + 1;
  if (left_code != right_code)
    return left_code < right_code ? -1 : 1;
  return (left > right) - (left < right);
}

static void
sort_range (Draft *draft, guint first, guint last)
{
  for (guint i = first; i + 1 < last; i++)
    if (compare_orders_cb (&draft->sorted[i], &draft->sorted[i + 1], draft) > 0)
      {
        g_qsort_with_data (draft->sorted + first, last - first, sizeof (guint32), compare_orders_cb, draft);
        return;
      }
}

/* Fills sorted, rank and the book's offsets: by person (counted), then by time inside a person. */
static gboolean
sort_orders (Draft *draft, MqOrderBook *book, GError **error)
{
  gsize               n_persons = draft->lines->n_persons;
  guint32            *offsets = g_try_new0 (guint32, n_persons + 1);
  g_autofree guint32 *ends = g_try_new (guint32, n_persons + 1);
  guint32             end = 0;

  book->offsets = offsets;
  if (offsets == NULL || ends == NULL)
    return fail_memory (error);
  /* Slot 0 counts the anonymous orders, slot p + 1 those of person p. */
  for (guint order = 0; order < draft->n_orders; order++)
    if (!is_refund_order (draft, order))
      offsets[draft->person[order] + 1]++;
  for (gsize i = 0; i <= n_persons; i++)
    ends[i] = end += offsets[i];
  memcpy (offsets, ends, (n_persons + 1) * sizeof *offsets);
  book->n_orders = end;
  for (guint order = draft->n_orders; order-- > 0;)
    if (!is_refund_order (draft, order))
      draft->sorted[--ends[draft->person[order] + 1]] = order;
  sort_range (draft, 0, offsets[0]);
  for (gsize person = 0; person < n_persons; person++)
    sort_range (draft, offsets[person], offsets[person + 1]);
  memset (draft->rank, 0xff, (gsize) draft->n_orders * sizeof (guint32));
  for (guint i = 0; i < end; i++)
    draft->rank[draft->sorted[i]] = i;
  return TRUE;
}

static gboolean
fill_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  FillJob            *job = data;
  const Draft        *draft = job->draft;
  const MqOrderLines *lines = draft->lines;
  MqOrderBook        *book = job->book;

  for (gsize i = first; i < last; i++)
    {
      guint32 order = draft->sorted[i];
      guint32 row = draft->first_row[order];

      ((guint32 *) book->person)[i] = draft->person[order];
      ((gint64 *) book->time)[i] = lines->time[row];
      ((gint32 *) book->day)[i] = mq_zone_day (lines->zone, lines->time[row], NULL);
      ((guint8 *) book->precision)[i] = mq_order_lines_precision (lines, row);
      ((gint64 *) book->gross)[i] = draft->gross[order];
      ((gint8 *) book->status)[i] = draft->amounts.status[order];
      ((guint32 *) book->first_row)[i] = row;
      if (book->n_lines != NULL)
        ((guint32 *) book->n_lines)[i] = draft->n_lines[order];
    }
  return mq_run_check (run, error);
}

static gboolean
fill_orders (const Draft *draft, MqOrderBook *book, const MqRun *run, GError **error)
{
  gsize    n = MAX (book->n_orders, 1);
  FillJob  job = { draft, book };
  gboolean single = TRUE;

  for (guint i = 0; i < book->n_orders && single; i++)
    single = draft->n_lines[draft->sorted[i]] == 1;
  book->person = g_try_new (guint32, n);
  book->time = g_try_new (gint64, n);
  book->day = g_try_new (gint32, n);
  book->precision = g_try_new (guint8, n);
  book->gross = g_try_new (gint64, n);
  book->status = g_try_new (gint8, n);
  book->first_row = g_try_new (guint32, n);
  book->n_lines = single ? NULL : g_try_new (guint32, n);
  if (!book->person || !book->time || !book->day || !book->precision || !book->gross || !book->status || !book->first_row || (!single && !book->n_lines))
    return fail_memory (error);
  return mq_run_parallel (run, book->n_orders, GRAIN, fill_slice_cb, &job, error);
}

static int
compare_refunds_cb (gconstpointer a, gconstpointer b)
{
  const MqRefund *left = a;
  const MqRefund *right = b;

  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  if (left->order == MQ_NO_ORDER && left->person != right->person)
    return left->person < right->person ? -1 : 1;
  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  if (left->amount != right->amount)
    return left->amount < right->amount ? -1 : 1;
  if (left->person != right->person)
    return left->person < right->person ? -1 : 1;
  if (left->shop != right->shop)
    return left->shop < right->shop ? -1 : 1;
  if (left->own != right->own)
    return left->own - right->own;
  return (left->precision > right->precision) - (left->precision < right->precision);
}

static int
compare_late_lines_cb (gconstpointer a, gconstpointer b)
{
  const MqLateLine *left = a;
  const MqLateLine *right = b;

  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  return (left->amount > right->amount) - (left->amount < right->amount);
}

static int
compare_refund_orders_cb (gconstpointer a, gconstpointer b)
{
  const MqRefundOrder *left = a;
  const MqRefundOrder *right = b;

  if (left->person != right->person)
    return left->person < right->person ? -1 : 1;
  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  if (left->shop != right->shop)
    return left->shop < right->shop ? -1 : 1;
  return (left->n_lines > right->n_lines) - (left->n_lines < right->n_lines);
}

static guint
find_row_person (const Draft *draft, gsize row, guint *person)
{
  while (*person < draft->lines->n_persons && draft->lines->offsets[*person + 1] <= row)
    (*person)++;
  return row < draft->lines->offsets[0] ? MQ_ANONYMOUS : *person;
}

/* The rows that are refunds, and which rows they may refund. */
static GArray *
list_refund_rows (const Draft *draft, guint8 **may_match)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (MqRefundRow));
  guint person = 0;

  *may_match = g_try_new (guint8, MAX (draft->lines->n_rows, 1));
  if (*may_match == NULL)
    return NULL;
  for (gsize i = 0; i < draft->lines->n_rows; i++)
    {
      guint32     order = draft->row_order[i];
      MqRefundRow refund = { .row = i };

      (*may_match)[i] = order != MQ_NO_ORDER && draft->gross[order] + draft->negative[order] >= 0;
      if (order == MQ_NO_ORDER || draft->amounts.amount[i] >= 0)
        continue;
      refund.own = !is_refund_order (draft, order);
      refund.person = refund.own ? draft->person[order] : find_row_person (draft, i, &person);
      g_array_append_val (rows, refund);
    }
  return g_steal_pointer (&rows);
}

static MqRefund
make_refund (const Draft *draft, guint order, guint person, gsize row, gint64 amount)
{
  const MqOrderLines *lines = draft->lines;

  return (MqRefund){ order, person, lines->time[row], amount, mq_order_lines_code (lines->shop, row), mq_order_lines_precision (lines, row), FALSE };
}

static gboolean
add_matched_refunds (const Draft *draft, GArray *refunds, const MqRun *run, GError **error)
{
  g_autofree guint8 *may_match = NULL;
  g_autoptr (GArray) rows = list_refund_rows (draft, &may_match);
  g_autofree guint32 *matched = rows != NULL ? g_try_new (guint32, MAX (rows->len, 1)) : NULL;

  if (matched == NULL)
    return fail_memory (error);
  if (!mq_refunds_match (draft->lines, draft->amounts.amount, draft->row_order, rows, may_match, matched, run, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const MqRefundRow *item = &g_array_index (rows, MqRefundRow, i);
      guint32            order = matched[i] == G_MAXUINT32 ? MQ_NO_ORDER : draft->rank[draft->row_order[matched[i]]];
      MqRefund           refund = make_refund (draft, order, item->person, item->row, -draft->amounts.amount[item->row]);

      if (!item->own)
        g_array_append_val (refunds, refund);
    }
  return TRUE;
}

/* Refund rows of an order's own, amounts of a refund column, and the lines that came after the order's first. */
static void
add_own_refunds (const Draft *draft, GArray *refunds, GArray *late_lines)
{
  const MqOrderLines *lines = draft->lines;
  guint               person = 0;

  for (gsize row = 0; row < lines->n_rows; row++)
    {
      guint32 order = draft->row_order[row];
      gint64  amount = draft->amounts.amount[row];
      gsize   first;

      if (order == MQ_NO_ORDER || draft->rank[order] == MQ_NO_ORDER)
        continue;
      first = draft->first_row[order];
      if (amount < 0)
        {
          MqRefund refund = make_refund (draft, draft->rank[order], find_row_person (draft, row, &person), row, -amount);

          refund.own = TRUE;
          g_array_append_val (refunds, refund);
        }
      if (draft->amounts.refund != NULL && draft->amounts.refund[row] > 0)
        {
          MqRefund refund = make_refund (draft, draft->rank[order], draft->person[order], first, draft->amounts.refund[row]);

          refund.own = TRUE;
          g_array_append_val (refunds, refund);
        }
      if (lines->time[row] > lines->time[first])
        {
          MqLateLine late = { draft->rank[order], lines->time[row], MAX (amount, 0) };

          g_array_append_val (late_lines, late);
        }
    }
}

static gpointer
steal_sorted (GArray *array, GCompareFunc compare, guint *n)
{
  gsize length;

  g_array_sort (array, compare);
  *n = array->len;
  return g_array_steal (array, &length);
}

static gboolean
fill_refunds (const Draft *draft, MqOrderBook *book, const MqRun *run, GError **error)
{
  g_autoptr (GArray) refunds = g_array_new (FALSE, FALSE, sizeof (MqRefund));
  g_autoptr (GArray) late_lines = g_array_new (FALSE, FALSE, sizeof (MqLateLine));
  guint32 *offsets = g_try_new0 (guint32, (gsize) book->n_orders + 1);
  guint    next = 0;

  book->refund_offsets = offsets;
  if (offsets == NULL)
    return fail_memory (error);
  add_own_refunds (draft, refunds, late_lines);
  if (book->n_refund_rows > 0 && !add_matched_refunds (draft, refunds, run, error))
    return FALSE;
  book->refunds = steal_sorted (refunds, compare_refunds_cb, &book->n_refunds);
  book->late_lines = steal_sorted (late_lines, compare_late_lines_cb, &book->n_late_lines);
  for (guint order = 0; order < book->n_orders; order++)
    {
      offsets[order] = next;
      while (next < book->n_refunds && book->refunds[next].order == order)
        next++;
    }
  offsets[book->n_orders] = next;
  return TRUE;
}

static void
fill_refund_orders (const Draft *draft, MqOrderBook *book)
{
  g_autoptr (GArray) refund_orders = g_array_new (FALSE, FALSE, sizeof (MqRefundOrder));

  for (guint order = 0; order < draft->n_orders; order++)
    if (is_refund_order (draft, order))
      {
        gsize         row = draft->first_row[order];
        MqRefundOrder refund_order = { draft->person[order], mq_order_lines_code (draft->lines->shop, row), draft->lines->time[row], draft->n_lines[order] };

        g_array_append_val (refund_orders, refund_order);
      }
  book->refund_orders = steal_sorted (refund_orders, compare_refund_orders_cb, &book->n_refund_orders);
}

MqOrderBook *
mq_order_book_new (const MqOrderLines *lines, const MqRun *run, GError **error)
{
  g_autoptr (MqOrderBook) book = g_new0 (MqOrderBook, 1);
  g_auto (Draft) draft = { .lines = lines };

  book->n_persons = lines->n_persons;
  book->rows_read = lines->n_rows;
  book->newest = MQ_TIME_MISSING;
  draft.row_order = mq_order_lines_group (lines, &draft.n_orders, run, error);
  if (draft.row_order == NULL ||
      !mq_line_amounts_init (&draft.amounts, lines, draft.row_order, draft.n_orders, run, error) ||
      !allocate_draft (&draft, error) ||
      !add_rows (&draft, book, run, error) ||
      !sort_orders (&draft, book, error) ||
      !fill_orders (&draft, book, run, error) ||
      !fill_refunds (&draft, book, run, error))
    return NULL;
  fill_refund_orders (&draft, book);
  book->n_differing = draft.amounts.n_differing;
  return g_steal_pointer (&book);
}

void
mq_order_book_free (MqOrderBook *self)
{
  g_free ((gpointer) self->offsets);
  g_free ((gpointer) self->person);
  g_free ((gpointer) self->time);
  g_free ((gpointer) self->day);
  g_free ((gpointer) self->precision);
  g_free ((gpointer) self->gross);
  g_free ((gpointer) self->status);
  g_free ((gpointer) self->first_row);
  g_free ((gpointer) self->n_lines);
  g_free ((gpointer) self->refunds);
  g_free ((gpointer) self->refund_offsets);
  g_free ((gpointer) self->late_lines);
  g_free ((gpointer) self->refund_orders);
  g_free (self);
}
