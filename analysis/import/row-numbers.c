/* row-numbers.c: amounts and other numbers of a record. */

#include "config.h"

#include "import/row-reading.h"

#include "base/money.h"

#include <string.h>

#define OUT_OF_RANGE "amount out of range"
#define SMALL G_GINT64_CONSTANT (100000000000000) /* times 10^4 it still fits */

/* RMB and 人民币 are what people write for CNY. */
static void
set_currency (MqRowReader *self, const char *text, gsize length)
{
  char code[8] = "";

  if (length == 3)
    for (guint i = 0; i < 3; i++)
      code[i] = g_ascii_toupper (text[i]);
  if (strcmp (code, "RMB") == 0 || (length == 9 && memcmp (text, "人民币", 9) == 0))
    strcpy (code, "CNY");
  strcpy (self->currency, code);
  self->digits = mq_currency_digits (code);
  if (self->digits < 0)
    self->digits = self->plan->digits;
}

void
mq_row_read_currency (MqRowReader *self, const MqRow *row)
{
  const char *text;
  gsize       length;

  self->digits = self->plan->digits;
  self->currency[0] = '\0';
  if (self->plan->currency_column >= 0 && mq_row_cell (self, row, self->plan->currency_column, &self->ignored, &text, &length) == MQ_CELL_VALUE)
    {
      set_currency (self, text, length);
      self->counts.strange_currencies += self->currency[0] == '\0' || mq_currency_digits (self->currency) < 0;
    }
}

const char *
mq_row_parse_factor (const MqSource *source, const char *text, gsize length, MqDecimal *value)
{
  MqNumberStatus status = mq_source_parse_number (source, text, length, value);

  if (status == MQ_NUMBER_TOO_LONG)
    return OUT_OF_RANGE;
  return status == MQ_NUMBER_NOT ? "not an amount" : NULL;
}

/* Small numbers with no more places than the currency has are most of them. */
const char *
mq_row_make_money (const MqDecimal *factors, guint n, int digits, gint64 *minor)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000 };
  gint64              product = factors[0].mantissa;
  int                 places = digits - factors[0].scale;

  if (n == 2)
    {
      places -= factors[1].scale;
      if (__builtin_mul_overflow (product, factors[1].mantissa, &product))
        places = -1;
    }
  if (G_LIKELY (places >= 0 && places < (int) G_N_ELEMENTS (powers) && ABS (product) < SMALL))
    {
      *minor = product * powers[places];
      return NULL;
    }
  if (n == 2 ? mq_money_multiply (factors[0], factors[1], digits, minor) : mq_money_from_decimal (factors[0], digits, minor))
    return NULL;
  return OUT_OF_RANGE;
}

static const char *
read_money (MqRowReader *self, const MqRow *row, const MqRowOp *op, guint *cell)
{
  MqDecimal   factors[2];
  guint       columns[2] = { op->use->column, op->use->factor >= 0 ? (guint) op->use->factor : 0 };
  guint       n = op->use->factor >= 0 ? 2 : 1;
  const char *reason;
  gint64      minor;

  mq_row_put (self, op->target, MQ_VALUE_MISSING);
  for (guint i = 0; i < n; i++)
    {
      const char *text;
      gsize       length;

      *cell = columns[i];
      if (mq_row_cell (self, row, columns[i], i == 0 ? &self->notes[op->index] : &self->ignored, &text, &length) == MQ_CELL_MISSING)
        return op->required;
      reason = mq_row_parse_factor (self->sources[columns[i]], text, length, &factors[i]);
      if (reason != NULL)
        return reason;
    }
  reason = mq_row_make_money (factors, n, self->digits, &minor);
  if (reason != NULL)
    return reason;
  mq_row_put (self, op->target, minor);
  if (!mq_money_is_exact (factors, n, self->digits))
    {
      self->counts.rounded++;
      self->counts.first_rounded = MIN (self->counts.first_rounded, row->line);
    }
  return NULL;
}

/* A property that is no number is no error: the column was misjudged, and the file is read again. */
static gboolean
parse_property (const MqRowOp *op, const char *text, gsize length, MqUseNotes *notes, gint64 *number)
{
  MqDecimal value;
  int       digits, scale;

  if (mq_value_canonical (text, length, &digits, &scale) == MQ_CANONICAL_NOT || !mq_decimal_parse_plain (text, length, &value))
    notes->needs_text = TRUE;
  else if (scale > op->use->scale)
    notes->needs_scale = MAX (notes->needs_scale, scale);
  else if (digits + op->use->scale > MQ_MAX_DIGITS || !mq_decimal_rescale (value, op->use->scale, number))
    notes->needs_text = TRUE;
  else
    return TRUE;
  return FALSE;
}

gboolean
mq_row_parse_number (const MqRowOp *op, const MqSource *source, const char *text, gsize length, MqUseNotes *notes, gint64 *number, const char **reason)
{
  MqDecimal value;

  *reason = NULL;
  if (op->use->role == MQ_USE_PROPERTY)
    return parse_property (op, text, length, notes, number);
  if (mq_source_parse_number (source, text, length, &value) != MQ_NUMBER_OK)
    *reason = "not a number";
  else if (mq_decimal_rescale (value, op->use->scale, number))
    return TRUE;
  else if (value.scale > op->use->scale)
    notes->needs_scale = MAX (notes->needs_scale, value.scale);
  else
    *reason = "number out of range";
  return FALSE;
}

static const char *
read_number (MqRowReader *self, const MqRow *row, const MqRowOp *op, guint *cell)
{
  MqUseNotes *notes = &self->notes[op->index];
  const char *reason;
  const char *text;
  gsize       length;
  gint64      number;

  *cell = op->use->column;
  mq_row_put (self, op->target, MQ_VALUE_MISSING);
  if (mq_row_cell (self, row, op->use->column, notes, &text, &length) == MQ_CELL_MISSING)
    return op->required;
  if (mq_row_parse_number (op, self->sources[op->use->column], text, length, notes, &number, &reason))
    mq_row_put (self, op->target, number);
  return reason;
}

const char *
mq_row_read_numbers (MqRowReader *self, const MqRow *row, guint *cell)
{
  for (guint i = 0; i < self->plan->numbers->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->numbers, MqRowOp, i);
      const char    *reason = op->use->role == MQ_USE_MONEY ? read_money (self, row, op, cell) : read_number (self, row, op, cell);

      if (reason != NULL)
        return reason;
    }
  return NULL;
}

static void
put_amounts (MqRowReader *self, const MqRowOp *op)
{
  MqStrip        *strip = self->columns;
  gint64         *values = self->values[op->target] + self->strip;
  const MqSource *sources[2] = { self->sources[op->use->column], op->use->factor >= 0 ? self->sources[op->use->factor] : NULL };
  guint           n = op->use->factor >= 0 ? 2 : 1;

  for (guint i = 0; i < strip->n; i++)
    {
      MqDecimal factors[2];
      gboolean  missing = FALSE;
      gboolean  bad = FALSE;

      values[i] = MQ_VALUE_MISSING;
      for (guint k = 0; k < n; k++)
        if (strip->cells[k][i].length == 0)
          missing = TRUE;
        else
          bad |= mq_row_parse_factor (sources[k], strip->cells[k][i].text, strip->cells[k][i].length, &factors[k]) != NULL;
      if (!missing && !bad)
        bad = mq_row_make_money (factors, n, strip->digits[i], &values[i]) != NULL || !mq_money_is_exact (factors, n, strip->digits[i]);
      strip->unusual[i] |= bad | (missing && op->required != NULL);
    }
}

void
mq_row_put_numbers (MqRowReader *self, const MqRowOp *op)
{
  MqStrip        *strip = self->columns;
  gint64         *values = self->values[op->target] + self->strip;
  const MqSource *source = self->sources[op->use->column];

  if (op->use->role == MQ_USE_MONEY)
    {
      put_amounts (self, op);
      return;
    }
  for (guint i = 0; i < strip->n; i++)
    {
      const MqText *cell = &strip->cells[0][i];
      const char   *reason;

      values[i] = MQ_VALUE_MISSING;
      if (cell->length == 0)
        strip->unusual[i] |= op->required != NULL;
      else
        strip->unusual[i] |= !mq_row_parse_number (op, source, cell->text, cell->length, &self->ignored, &values[i], &reason);
    }
}
