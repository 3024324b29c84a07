/* line-amounts.c: which amount of a line counts, and what the order's status is: amounts that are the order's count
 * once, a refund column reduces, lines unlike the rest of their order do not count or are refunds of themselves. */

#include "config.h"

#include "orders/order-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

typedef struct
{
  const MqOrderLines *lines;
  const guint32      *row_order;
  guint               n_orders;
  MqLineAmounts      *amounts;
} Context;

/* For amounts that are the order's: which row states it. One list for each thing that counts once. */
enum
{
  STATES_POSITIVE,
  STATES_NEGATIVE,
  STATES_REFUND,
  N_STATES
};

/* How paid a status is: the best line decides. 0 is "says nothing". */
static int
rank_status (MqStatus status)
{
  switch (status)
    {
    case MQ_STATUS_UNPAID:
      return 1;
    case MQ_STATUS_CLOSED:
      return 2;
    case MQ_STATUS_REFUNDED:
      return 3;
    case MQ_STATUS_UNKNOWN:
    case MQ_STATUS_PAID:
    case MQ_STATUS_SHIPPED:
    case MQ_STATUS_COMPLETED:
    case MQ_STATUS_PARTLY_REFUNDED:
    case MQ_N_STATUSES:
    default:
      return 4;
    }
}

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("An order's amount and refund are too large to be added. Look for a column that is no amount and import the orders again."));
  return FALSE;
}

static inline gint64
take_value (const gint64 *values, gsize row)
{
  return values == NULL || values[row] == MQ_VALUE_MISSING ? 0 : values[row];
}

static inline int
find_trait (const MqOrderLines *lines, gsize row)
{
  return lines->traits != NULL ? lines->traits[row] : MQ_AMOUNT_OF_LINE;
}

static gboolean
is_of_order (const MqOrderLines *lines, gsize row)
{
  return (find_trait (lines, row) & MQ_TRAIT_AMOUNT_OF) == MQ_AMOUNT_OF_ORDER;
}

/* The row's amount before refunds and its refund, both as the file states them for the row. */
static gboolean
read_row (const MqOrderLines *lines, gsize row, gint64 *amount, gint64 *refund, GError **error)
{
  *amount = take_value (lines->amount, row);
  *refund = take_value (lines->refund, row);
  if (*amount < 0)
    *refund = 0;
  if (*refund < 0)
    *refund = -*refund;
  if (*refund > 0 && (find_trait (lines, row) & MQ_TRAIT_REFUND_IS_NET) != 0 && __builtin_add_overflow (*amount, *refund, amount))
    return fail_overflow (error);
  return TRUE;
}

/* Remembers the earliest row that states something of an order. */
static void
remember_first (const MqOrderLines *lines, guint32 *stating, gsize row)
{
  if (*stating == MQ_NO_ORDER || mq_order_lines_precede (lines, row, *stating))
    *stating = row;
}

static gboolean
find_stating_rows (Context *self, guint32 *stating, guint8 *differs, GError **error)
{
  const MqOrderLines *lines = self->lines;

  for (gsize row = 0; row < lines->n_rows; row++)
    {
      guint32  order = self->row_order[row];
      guint32 *states = stating + (gsize) order * N_STATES;
      gint64   amount = self->amounts->amount[row];

      if (order == MQ_NO_ORDER || !is_of_order (lines, row))
        continue;
      if (lines->amount[row] != MQ_VALUE_MISSING)
        {
          guint32 *first = &states[amount < 0 ? STATES_NEGATIVE : STATES_POSITIVE];

          if (*first != MQ_NO_ORDER && self->amounts->amount[*first] != amount)
            differs[order] = TRUE;
          remember_first (lines, first, row);
        }
      if (lines->refund != NULL && lines->refund[row] != MQ_VALUE_MISSING && amount >= 0)
        remember_first (lines, &states[STATES_REFUND], row);
    }
  return TRUE;
}

/* Amounts of the order, repeated on each line, count on one row only. */
static gboolean
count_once (Context *self, GError **error)
{
  const MqOrderLines *lines = self->lines;
  gsize               n = (gsize) self->n_orders * N_STATES;
  g_autofree guint32 *stating = g_try_new (guint32, MAX (n, 1));
  g_autofree guint8  *differs = g_try_new0 (guint8, MAX (self->n_orders, 1));

  if (stating == NULL || differs == NULL)
    return fail_overflow (error);
  memset (stating, 0xff, n * sizeof *stating);
  if (!find_stating_rows (self, stating, differs, error))
    return FALSE;
  for (gsize row = 0; row < lines->n_rows; row++)
    {
      const guint32 *states = stating + (gsize) self->row_order[row] * N_STATES;

      if (self->row_order[row] == MQ_NO_ORDER || !is_of_order (lines, row))
        continue;
      if (row != states[STATES_POSITIVE] && row != states[STATES_NEGATIVE])
        self->amounts->amount[row] = 0;
      if (self->amounts->refund != NULL && row != states[STATES_REFUND])
        self->amounts->refund[row] = 0;
    }
  for (guint order = 0; order < self->n_orders; order++)
    self->amounts->n_differing += differs[order];
  return TRUE;
}

static MqStatus
find_status (const MqOrderLines *lines, gsize row)
{
  guint32 code = mq_order_lines_code (lines->status, row);

  return code == MQ_NO_CODE ? MQ_STATUS_UNKNOWN : (MqStatus) lines->statuses[code];
}

/* The best status of the lines that have one; of equally good ones the first. Refund rows have no say. */
static gboolean
find_statuses (Context *self, GError **error)
{
  const MqOrderLines *lines = self->lines;
  g_autofree guint32 *best = NULL;

  memset (self->amounts->status, MQ_STATUS_PAID, self->n_orders);
  if (lines->status == NULL)
    return TRUE;
  best = g_try_new (guint32, MAX (self->n_orders, 1));
  if (best == NULL)
    return fail_overflow (error);
  memset (best, 0xff, (gsize) self->n_orders * sizeof *best);
  for (gsize row = 0; row < lines->n_rows; row++)
    {
      guint32 order = self->row_order[row];
      int     rank = rank_status (find_status (lines, row));
      int     known;

      if (order == MQ_NO_ORDER || lines->status[row] == MQ_NO_CODE || take_value (lines->amount, row) < 0)
        continue;
      known = best[order] == MQ_NO_ORDER ? 0 : rank_status (find_status (lines, best[order]));
      if (rank > known || (rank == known && mq_order_lines_precede (lines, row, best[order])))
        best[order] = row;
    }
  for (guint order = 0; order < self->n_orders; order++)
    {
      MqStatus status = best[order] != MQ_NO_ORDER ? find_status (lines, best[order]) : MQ_STATUS_PAID;

      self->amounts->status[order] = status == MQ_STATUS_UNKNOWN ? MQ_STATUS_PAID : status;
    }
  return TRUE;
}

/* In an order that counts, unpaid and closed lines do not count; refunded ones are refunds of themselves. */
static void
apply_line_statuses (Context *self)
{
  const MqOrderLines *lines = self->lines;

  for (gsize row = 0; row < lines->n_rows; row++)
    {
      guint32  order = self->row_order[row];
      MqStatus status = find_status (lines, row);

      if (order == MQ_NO_ORDER || lines->status[row] == MQ_NO_CODE || self->amounts->amount[row] <= 0 || is_of_order (lines, row))
        continue;
      if (!mq_order_status_counts (self->amounts->status[order]) || mq_order_status_counts (status))
        continue;
      if (status == MQ_STATUS_REFUNDED)
        self->amounts->refund[row] = self->amounts->amount[row];
      else
        self->amounts->amount[row] = self->amounts->refund[row] = 0;
    }
}

static gboolean
read_rows (Context *self, const MqRun *run, GError **error)
{
  const MqOrderLines *lines = self->lines;

  for (gsize row = 0; row < lines->n_rows; row++)
    {
      gint64 refund;

      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!read_row (lines, row, &self->amounts->amount[row], &refund, error))
        return FALSE;
      if (self->amounts->refund != NULL)
        self->amounts->refund[row] = refund;
    }
  return TRUE;
}

static gboolean
has_amounts_of_orders (const MqOrderLines *lines)
{
  for (gsize row = 0; lines->traits != NULL && row < lines->n_rows; row++)
    if (is_of_order (lines, row))
      return TRUE;
  return FALSE;
}

gboolean
mq_order_lines_precede (const MqOrderLines *lines, gsize a, gsize b)
{
  if (lines->time[a] != lines->time[b])
    return lines->time[a] < lines->time[b];
  if (lines->import != NULL && lines->import[a] != lines->import[b])
    return lines->import[a] < lines->import[b];
  if (lines->line != NULL && lines->line[a] != lines->line[b])
    return lines->line[a] < lines->line[b];
  return a < b;
}

gboolean
mq_line_amounts_init (MqLineAmounts *self, const MqOrderLines *lines, const guint32 *row_order, guint n_orders, const MqRun *run, GError **error)
{
  Context  context = { lines, row_order, n_orders, self };
  gboolean refunds = lines->refund != NULL || lines->status != NULL;

  *self = (MqLineAmounts){ 0 };
  self->amount = g_try_new (gint64, MAX (lines->n_rows, 1));
  self->refund = refunds ? g_try_new0 (gint64, MAX (lines->n_rows, 1)) : NULL;
  self->status = g_try_new (gint8, MAX (n_orders, 1));
  if (self->amount == NULL || self->status == NULL || (refunds && self->refund == NULL))
    return fail_overflow (error);
  if (!read_rows (&context, run, error) || !find_statuses (&context, error))
    return FALSE;
  if (has_amounts_of_orders (lines) && !count_once (&context, error))
    return FALSE;
  if (lines->status != NULL)
    apply_line_statuses (&context);
  return mq_run_check (run, error);
}

void
mq_line_amounts_clear (MqLineAmounts *self)
{
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->refund, g_free);
  g_clear_pointer (&self->status, g_free);
}
