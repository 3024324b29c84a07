/* orders-rules.c: counting over orders of several lines and over rows with a refund. */

#include "config.h"

#include "import/orders-rules.h"

#include "base/dictionary.h"
#include "base/money.h"
#include "base/room.h"
#include "import/import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NEARLY_ALL(n) ((n) - (n) / 20)
#define MIN_ORDERS_TO_WARN 3

/* One order id. */
typedef struct
{
  guint    rows;
  guint    filled;       /* rows with an amount */
  gboolean equal;        /* all amounts are the first one */
  gboolean values_equal; /* price times quantity is the same on all rows */
  gint64   amount;
  gint64   value; /* price times quantity of the first row */
  guint    some;  /* bits of the order's columns that a row has */
  guint    lack;  /* and that a row has not */
} OrderLines;

/* Of rows with a refund above zero. */
typedef struct
{
  gint64 rows;
  gint64 net;   /* amount + refund is the sum */
  gint64 gross; /* amount is the sum */
} RefundTest;

struct _MqOrderEvidence
{
  const MqMapping   *mapping;   /* (borrowed) */
  const MqInference *inference; /* (borrowed) */
  int                digits;
  int                order, amount, refund, total, price, quantity; /* columns, or -1 */
  MqDictionary      *ids;                                           /* (owned) */
  OrderLines        *orders;                                        /* (owned) by code */
  guint              n_orders;
  gsize              room;
  gboolean           failed; /* there was no memory for an order */
  RefundTest         by_total;
  RefundTest         by_value;
  gint64             zero_with_refund; /* amount 0, refund above */
  gint64             all_refunded;     /* refund = amount, not 0 */
  GArray            *carried;          /* (owned) (element-type guint) columns of the order */
};

static int
find_plain_column (const MqMapping *mapping, const char *name)
{
  const MqUse *use = mq_mapping_find (mapping, name);

  return use != NULL && use->factor < 0 ? (int) use->column : -1;
}

static gboolean
get_text (const MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells, int column, const char **text, gsize *length)
{
  int token;

  return column >= 0 && mq_cell_read (self->mapping, &self->inference->tokens, cells, n_cells, column, text, length, &token);
}

static gboolean
get_decimal (const MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells, int column, MqDecimal *value)
{
  const MqSource *source;
  const char     *text;
  gsize           length;

  if (!get_text (self, cells, n_cells, column, &text, &length))
    return FALSE;
  /* The sum is no mapped number, so its style is that of the amount. */
  source = mq_mapping_source (self->mapping, column == self->total && self->amount >= 0 ? self->amount : column);
  return mq_source_parse_number (source, text, length, value) == MQ_NUMBER_OK;
}

static gboolean
get_money (const MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells, int column, gint64 *minor)
{
  MqDecimal value;

  return get_decimal (self, cells, n_cells, column, &value) && mq_money_from_decimal (value, self->digits, minor);
}

static gboolean
get_value (const MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells, gint64 *minor)
{
  MqDecimal price, quantity;

  return get_decimal (self, cells, n_cells, self->price, &price) && get_decimal (self, cells, n_cells, self->quantity, &quantity) &&
         mq_money_multiply (price, quantity, self->digits, minor);
}

static void
add_line (OrderLines *lines, gboolean has_amount, gint64 amount, gboolean has_value, gint64 value)
{
  if (lines->rows == 0)
    *lines = (OrderLines){ .equal = TRUE, .values_equal = TRUE, .amount = amount, .value = value };
  lines->rows++;
  lines->filled += has_amount;
  lines->equal &= has_amount && amount == lines->amount;
  lines->values_equal &= !has_value || value == lines->value;
}

static void
count_carried (const MqOrderEvidence *self, OrderLines *lines, const MqCsvCell *cells, guint n_cells)
{
  const char *text;
  gsize       length;

  for (guint i = 0; i < self->carried->len; i++)
    if (get_text (self, cells, n_cells, g_array_index (self->carried, guint, i), &text, &length))
      lines->some |= 1u << i;
    else
      lines->lack |= 1u << i;
}

static void
count_order (MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells)
{
  const char *text;
  gsize       length;
  gint64      amount = 0;
  gint64      value = 0;
  gboolean    has_amount, has_value;
  guint32     code;

  if (!get_text (self, cells, n_cells, self->order, &text, &length))
    return;
  code = mq_dictionary_add (self->ids, text, length);
  self->failed |= !mq_make_room (&self->orders, &self->room, (gsize) code + 1, sizeof *self->orders);
  if (self->failed)
    return;
  if (code == self->n_orders)
    self->orders[self->n_orders++] = (OrderLines){ 0 };
  has_amount = get_money (self, cells, n_cells, self->amount, &amount);
  has_value = get_value (self, cells, n_cells, &value);
  add_line (&self->orders[code], has_amount, amount, has_value, value);
  count_carried (self, &self->orders[code], cells, n_cells);
}

static void
test_refund (RefundTest *test, gint64 amount, gint64 refund, gint64 sum)
{
  test->rows++;
  test->net += amount + refund == sum;
  test->gross += amount == sum;
}

static void
count_refund (MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells)
{
  gint64 amount, refund, sum;

  if (!get_money (self, cells, n_cells, self->refund, &refund) || refund <= 0 || !get_money (self, cells, n_cells, self->amount, &amount))
    return;
  if (get_money (self, cells, n_cells, self->total, &sum))
    test_refund (&self->by_total, amount, refund, sum);
  if (get_value (self, cells, n_cells, &sum))
    test_refund (&self->by_value, amount, refund, sum);
  self->zero_with_refund += amount == 0;
  self->all_refunded += amount == refund;
}

static char *
format_count (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

static gboolean
parse_amount_of (const char *name, MqAmountOf *amount_of, GError **error)
{
  for (MqAmountOf i = MQ_AMOUNT_OF_LINE; i <= MQ_AMOUNT_OF_ORDER_FIRST; i++)
    if (strcmp (name, mq_amount_of_name (i)) == 0)
      {
        *amount_of = i;
        return TRUE;
      }
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--amount-of takes line, order or order-first, not “%s”."), name);
  return FALSE;
}

static MqAmountOf
propose_amount_of (const MqOrderEvidence *self, GPtrArray *proofs, GPtrArray *warnings)
{
  gint64           several = 0, first_only = 0, equal = 0, differ = 0;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;

  for (guint i = 0; i < self->n_orders && self->amount >= 0; i++)
    {
      const OrderLines *lines = &self->orders[i];

      several += lines->rows > 1;
      first_only += lines->rows > 1 && lines->filled == 1;
      equal += lines->rows > 1 && lines->equal;
      differ += lines->rows > 1 && lines->equal && !lines->values_equal;
    }
  all = format_count (several);
  if (several > 0 && first_only >= NEARLY_ALL (several))
    {
      some = format_count (first_only);
      g_ptr_array_add (proofs, g_strdup_printf (_ ("The amount is the order's and stands on its first line: so it is in %s of %s orders with several lines."), some, all));
      return MQ_AMOUNT_OF_ORDER_FIRST;
    }
  if (several > 0 && equal >= NEARLY_ALL (several) && differ > 0)
    {
      some = format_count (equal);
      g_ptr_array_add (proofs, g_strdup_printf (_ ("The amount is the order's, repeated on each line: it is the same on all lines in %s of %s orders with several lines, while price times quantity differs."), some, all));
      return MQ_AMOUNT_OF_ORDER;
    }
  if (several >= MIN_ORDERS_TO_WARN && equal >= NEARLY_ALL (several) && (self->price < 0 || self->quantity < 0))
    g_ptr_array_add (warnings, g_strdup_printf (_ ("All lines of an order have the same amount in the %s orders with several lines. It is taken as each line's; --amount-of order counts it once an order."), all));
  return MQ_AMOUNT_OF_LINE;
}

static gboolean
is_refund_net (const MqOrderEvidence *self, GPtrArray *proofs)
{
  const RefundTest *test = self->by_total.rows > 0 ? &self->by_total : &self->by_value;
  g_autofree char  *rows = format_count (test->rows);
  g_autofree char  *net = format_count (test->net);
  g_autofree char  *gross = format_count (test->gross);
  g_autofree char  *zero = format_count (self->zero_with_refund);

  if (test->rows > 0 && test->net >= NEARLY_ALL (test->rows) && test->net > test->gross)
    {
      g_ptr_array_add (proofs, g_strdup_printf (_ ("Amount + refund = total on %s of %s rows with a refund: the amount is already net."), net, rows));
      return TRUE;
    }
  if (test->rows > 0 && test->gross >= NEARLY_ALL (test->rows))
    {
      g_ptr_array_add (proofs, g_strdup_printf (_ ("Amount = total on %s of %s rows with a refund: the refund is still to be subtracted."), gross, rows));
      return FALSE;
    }
  if (self->zero_with_refund > 0 && self->all_refunded == 0)
    {
      g_ptr_array_add (proofs, g_strdup_printf (_ ("%s rows with a refund have the amount 0 and none has the amount of its refund: the amount is already net."), zero));
      return TRUE;
    }
  return FALSE;
}

MqOrderEvidence *
mq_order_evidence_new (const MqMapping *mapping, const MqInference *inference, int digits)
{
  MqOrderEvidence *self = g_new0 (MqOrderEvidence, 1);

  self->mapping = mapping;
  self->inference = inference;
  self->digits = digits;
  self->order = find_plain_column (mapping, "order_id");
  self->amount = find_plain_column (mapping, "amount");
  self->refund = find_plain_column (mapping, "refund");
  self->price = find_plain_column (mapping, "unit_price");
  self->quantity = find_plain_column (mapping, "quantity");
  self->total = mq_mapping_find_total (mapping);
  self->ids = mq_dictionary_new ();
  self->carried = mq_order_carry_columns (mapping);
  return self;
}

void
mq_order_evidence_free (MqOrderEvidence *self)
{
  mq_dictionary_free (self->ids);
  g_free (self->orders);
  g_array_unref (self->carried);
  g_free (self);
}

void
mq_order_evidence_add (MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells)
{
  if (self->order >= 0)
    count_order (self, cells, n_cells);
  if (self->refund >= 0 && self->amount >= 0)
    count_refund (self, cells, n_cells);
}

gboolean
mq_order_evidence_is_whole (const MqOrderEvidence *self)
{
  return !self->failed && mq_dictionary_is_whole (self->ids);
}

gboolean
mq_order_evidence_decide (MqOrderEvidence *self, const char *amount_of, const char *refund, MqOrderRules *rules, GPtrArray *proofs, GPtrArray *warnings, GError **error)
{
  *rules = (MqOrderRules){ MQ_AMOUNT_OF_LINE, FALSE };
  if (amount_of != NULL && !parse_amount_of (amount_of, &rules->amount_of, error))
    return FALSE;
  if (amount_of == NULL && self->order >= 0)
    rules->amount_of = propose_amount_of (self, proofs, warnings);
  if (refund != NULL && strcmp (refund, "net") != 0 && strcmp (refund, "gross") != 0)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--refund takes net (the amount is after refunds already) or gross, not “%s”."), refund);
      return FALSE;
    }
  rules->refund_is_net = self->refund >= 0 && (refund != NULL ? strcmp (refund, "net") == 0 : is_refund_net (self, proofs));
  return TRUE;
}

MqOrderCarry *
mq_order_evidence_carry (const MqOrderEvidence *self)
{
  MqOrderCarry *carry = NULL;

  for (guint i = 0; i < self->n_orders; i++)
    {
      const OrderLines *lines = &self->orders[i];
      gsize             length;
      const char       *id;

      if ((lines->some & lines->lack) == 0)
        continue;
      if (carry == NULL)
        carry = mq_order_carry_new (self->mapping, self->inference, self->order);
      id = mq_dictionary_get (self->ids, i, &length);
      mq_order_carry_want (carry, id, length, lines->some);
    }
  return carry;
}

const char *
mq_amount_of_name (MqAmountOf amount_of)
{
  static const char *const names[] = { "line", "order", "order-first" };

  return names[amount_of];
}
