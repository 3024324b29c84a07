/* timeline-orders.c: what happened to orders, as moments of their customers. An order is one moment; one a line where a
 * condition or the held field is a line's. What an order did twice (two selectors mean it) is one moment with both bits. */

#include "config.h"

#include "query/timeline-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

#define CHECK_ROWS 4096

/* An act of orders: whose, and where its time stands. */
typedef struct
{
  const char *name;
  const char *column; /* (nullable) the time; NULL or missing: the order's */
} Act;

static const Act acts[] = {
  { NULL, NULL },
  { "unpaid", "created_time" },
  { "created", "created_time" },
  { "paid", "paid_time" },
  { "shipped", "paid_time" },
  { "completed", "completed_time" },
  { "again", NULL },
};

/* What one term takes of the orders. */
typedef struct
{
  const Act     *act;
  MqMomentSource source;
  MqConditions  *conditions; /* (owned) */
  const gint64  *times;      /* (nullable) of the act, by row */
  const gint64  *precision;  /* (nullable) of `times` */
  const gint64  *line_times; /* (nullable) by row */
  const gint64  *line_precision;
  const guint32 *shops; /* (nullable) by row */
  gint           shop;
  guint32        bit;
} Taking;

static gboolean
load_values (MqTimeline *self, const char *name, const gint64 **values, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (self->dataset, MQ_KIND_ORDERS, name, run, &local);

  *values = column != NULL ? column->values : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_shop (MqTimeline *self, Taking *taking, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column;

  if (self->shop == NULL)
    return TRUE;
  column = mq_dataset_column (self->dataset, MQ_KIND_ORDERS, "shop", run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  taking->shop = column != NULL && column->strings != NULL ? mq_strings_find_sorted (column->strings, self->shop) : -1;
  taking->shops = column != NULL ? column->codes : NULL;
  if (taking->shop >= 0 && taking->shops != NULL)
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “shop” names a shop that no order has."));
  return FALSE;
}

static gboolean
has_bought_before (const MqTimeline *self, const Taking *taking, guint order)
{
  for (guint earlier = self->book->offsets[self->book->person[order]]; earlier < order; earlier++)
    if (self->states[earlier] == MQ_ORDER_VALID &&
        (taking->shops == NULL || taking->shops[self->book->first_row[earlier]] == (guint32) taking->shop))
      return TRUE;
  return FALSE;
}

/* Whether the order did it. Unpaid, closed and refunded orders were created; who shipped or completed is told by the status. */
static gboolean
did (const MqTimeline *self, const Taking *taking, guint order)
{
  MqStatus status = (MqStatus) self->book->status[order];
  guint32  row = self->book->first_row[order];

  if (taking->shops != NULL && taking->shops[row] != (guint32) taking->shop)
    return FALSE;
  if (self->states[order] == MQ_ORDER_FUTURE)
    return FALSE;
  if (taking->act->name == NULL)
    return self->states[order] == MQ_ORDER_VALID;
  if (g_str_equal (taking->act->name, "created"))
    return TRUE;
  if (g_str_equal (taking->act->name, "again"))
    return self->states[order] == MQ_ORDER_VALID && has_bought_before (self, taking, order);
  if (g_str_equal (taking->act->name, "unpaid"))
    return self->states[order] == MQ_ORDER_UNPAID;
  if (self->states[order] == MQ_ORDER_UNPAID)
    return FALSE;
  if (g_str_equal (taking->act->name, "paid"))
    return TRUE;
  if (g_str_equal (taking->act->name, "shipped"))
    return status == MQ_STATUS_SHIPPED || status == MQ_STATUS_COMPLETED;
  return status == MQ_STATUS_COMPLETED || (taking->times != NULL && taking->times[row] != MQ_VALUE_MISSING);
}

static void
collect (MqTimeline *self, const Taking *taking, guint order, guint32 row)
{
  guint    person = self->book->person[order];
  gboolean line = taking->source == MQ_MOMENT_LINE;
  MqListed listed = { person, taking->act - acts, { self->book->time[order], taking->bit, line ? row : order, MQ_CODE_MISSING, taking->source, self->book->precision[order] } };

  if (line && taking->line_times != NULL)
    {
      listed.moment.time = taking->line_times[row];
      listed.moment.precision = taking->line_precision != NULL && taking->line_precision[row] != MQ_VALUE_MISSING ? taking->line_precision[row] : 0;
    }
  if (taking->times != NULL && taking->times[row] != MQ_VALUE_MISSING)
    {
      listed.moment.time = taking->times[row];
      listed.moment.precision = taking->precision != NULL && taking->precision[row] != MQ_VALUE_MISSING ? taking->precision[row] : 0;
    }
  listed.moment.early = g_strcmp0 (taking->act->name, "again") == 0;
  if (listed.moment.time > self->as_of || (taking->conditions != NULL && !mq_conditions_meet (taking->conditions, person, listed.moment.row)))
    return;
  if (self->hold != NULL)
    listed.moment.value = mq_field_values_get (self->hold, person, &listed.moment);
  g_array_append_val (self->collected, listed);
}

static gboolean
collect_orders (MqTimeline *self, const Taking *taking, const MqRun *run, GError **error)
{
  for (guint order = self->book->offsets[0]; order < self->book->n_orders; order++)
    {
      if (order % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (did (self, taking, order))
        collect (self, taking, order, self->book->first_row[order]);
    }
  return TRUE;
}

/* Only lines that are sold are the order's: what is below zero is a refund. */
static gboolean
collect_lines (MqTimeline *self, const Taking *taking, const MqRun *run, GError **error)
{
  const guint32 *orders = mq_order_rows_get (self->dataset, run, error);
  gsize          n = (gsize) self->book->rows_read;

  if (orders == NULL)
    return FALSE;
  for (gsize row = 0; row < n; row++)
    {
      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (orders[row] != MQ_NO_ORDER && self->book->person[orders[row]] != MQ_ANONYMOUS && self->line_amounts[row] >= 0 && did (self, taking, orders[row]))
        collect (self, taking, orders[row], row);
    }
  return TRUE;
}

static const Act *
find_act (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_strcmp0 (acts[i].name, name) == 0)
      return &acts[i];
  return &acts[0];
}

static gboolean
take (MqTimeline *self, Taking *taking, const MqRun *run, GError **error)
{
  g_autofree char *precision = NULL;

  if (!load_shop (self, taking, run, error))
    return FALSE;
  if (taking->act->column != NULL)
    {
      precision = g_strconcat (taking->act->column, MQ_PRECISION_SUFFIX, NULL);
      if (!load_values (self, taking->act->column, &taking->times, run, error) || !load_values (self, precision, &taking->precision, run, error))
        return FALSE;
    }
  if (taking->source == MQ_MOMENT_ORDER)
    return collect_orders (self, taking, run, error);
  return load_values (self, "time", &taking->line_times, run, error) &&
         load_values (self, "time" MQ_PRECISION_SUFFIX, &taking->line_precision, run, error) &&
         collect_lines (self, taking, run, error);
}

static int
compare_listed_cb (gconstpointer a, gconstpointer b)
{
  const MqListed *x = a, *y = b;

  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  if (x->moment.time != y->moment.time)
    return x->moment.time < y->moment.time ? -1 : 1;
  if (x->act != y->act)
    return x->act < y->act ? -1 : 1;
  if (x->moment.source != y->moment.source)
    return x->moment.source < y->moment.source ? -1 : 1;
  return (x->moment.row > y->moment.row) - (x->moment.row < y->moment.row);
}

/* What two selectors mean is one moment, for a record serves one step. Different acts of one order (it was created, it was
 * paid) stay apart even at one instant. */
static void
merge_same (GArray *collected)
{
  MqListed *listed = (MqListed *) (gpointer) collected->data;
  gsize     n = 0;

  for (gsize i = 0; i < collected->len; i++)
    if (n > 0 && compare_listed_cb (&listed[n - 1], &listed[i]) == 0)
      listed[n - 1].moment.bits |= listed[i].moment.bits;
    else
      listed[n++] = listed[i];
  g_array_set_size (collected, n);
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory to put the order lines together as orders. Close other programs and try again."));
  return FALSE;
}

static gboolean
add_others (MqTimeline *self, const MqRun *run, GError **error)
{
  Taking taking = { .act = &acts[0], .source = MQ_MOMENT_ORDER };

  for (guint order = self->book->offsets[0]; self->others && order < self->book->n_orders; order++)
    {
      if (order % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (self->states[order] != MQ_ORDER_FUTURE)
        collect (self, &taking, order, self->book->first_row[order]);
    }
  return TRUE;
}

gboolean
mq_timeline_load_orders (MqTimeline *self, const MqRun *run, GError **error)
{
  const MqFacts *facts = mq_dataset_facts (self->dataset, MQ_KIND_ORDERS, run, error);

  if (facts == NULL || (self->book = mq_order_book_get (self->dataset, run, error)) == NULL)
    return FALSE;
  self->n_rows += facts->n_rows;
  self->n_anonymous += facts->offsets[0];
  if (!load_values (self, "amount", &self->line_amounts, run, error) || !load_values (self, MQ_COLUMN_IMPORT, &self->order_imports, run, error))
    return FALSE;
  self->collected = g_array_new (FALSE, FALSE, sizeof (MqListed));
  self->net = g_try_new0 (gint64, MAX (self->book->n_orders, 1));
  self->states = g_try_new (guint8, MAX (self->book->n_orders, 1));
  if (self->net == NULL || self->states == NULL)
    return fail_memory (error);
  for (guint order = 0; order < self->book->n_orders; order++)
    {
      MqOrderMoney money = { 0 };

      self->states[order] = mq_order_state (self->book, order, self->as_of, &money);
      self->net[order] = money.gross - money.refunded;
    }
  return TRUE;
}

gboolean
mq_timeline_add_orders (MqTimeline *self, const MqTerm *term, guint32 bit, const char *setting, const MqRun *run, GError **error)
{
  gboolean line = mq_conditions_are_of_line (self->dataset, term) || (self->hold != NULL && mq_field_values_is_line (self->hold));
  Taking   taking = { .act = find_act (term->name), .source = line ? MQ_MOMENT_LINE : MQ_MOMENT_ORDER, .bit = bit };
  gboolean ok;

  if (term->conditions->len > 0 && (taking.conditions = mq_conditions_new (self->dataset, term, taking.source, self->net, setting, run, error)) == NULL)
    return FALSE;
  ok = take (self, &taking, run, error);
  g_clear_pointer (&taking.conditions, mq_conditions_free);
  return ok;
}

gboolean
mq_timeline_finish_orders (MqTimeline *self, const MqRun *run, GError **error)
{
  if (!add_others (self, run, error))
    return FALSE;
  g_array_sort (self->collected, compare_listed_cb);
  merge_same (self->collected);
  self->n_listed = self->collected->len;
  self->listed = g_try_new (MqMoment, MAX (self->n_listed, 1));
  self->list_offsets = g_try_new0 (gsize, (gsize) self->n_persons + 1);
  if (self->listed == NULL || self->list_offsets == NULL)
    return fail_memory (error);
  for (gsize i = 0; i < self->n_listed; i++)
    {
      const MqListed *listed = &g_array_index (self->collected, MqListed, i);

      self->listed[i] = listed->moment;
      self->list_offsets[listed->person + 1]++;
    }
  for (guint person = 0; person < self->n_persons; person++)
    self->list_offsets[person + 1] += self->list_offsets[person];
  g_clear_pointer (&self->collected, g_array_unref);
  return TRUE;
}

void
mq_timeline_clear_orders (MqTimeline *self)
{
  g_clear_pointer (&self->collected, g_array_unref);
  g_free (self->net);
  g_free (self->states);
  g_free (self->listed);
  g_free (self->list_offsets);
}
