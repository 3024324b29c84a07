/* row-columns.c: rows by columns. Of each strip every column is read in one go by a loop that knows its kind; whatever is
 * not plainly right there (a guard, a token, a cell to reject) marks its row, and the marked rows are then read one by one
 * as they would be in any other file. So this decides nothing by itself: what comes out is the same. */

#include "config.h"

#include "import/row-reading.h"

#include "base/money.h"
#include "base/room.h"

#include <string.h>

typedef enum
{
  LOOK_MISSING,
  LOOK_VALUE,
  LOOK_UNUSUAL
} Look;

static inline gsize
grid_begin (const MqRowReader *self, guint row, guint column)
{
  return mq_csv_grid_begin (self->grid, self->columns->first + row, column);
}

/* A cell that is not plain by its first and last byte: wide characters, blanks around, perhaps a token. */
static Look
look_closer (MqRowReader *self, guint column, MqText *text)
{
  MqCsvCell   cell = { text->text, text->length, FALSE, FALSE, FALSE };
  MqCsvCell  *cells = self->row_cells;
  const char *inner;
  gsize       length;
  int         token;

  if (cell.text[0] == '\'')
    return LOOK_UNUSUAL;
  cells[column] = cell;
  if (mq_cell_read (self->plan->mapping, &self->plan->inference->tokens, cells, column + 1, column, &inner, &length, &token))
    {
      *text = (MqText){ inner, length };
      return LOOK_VALUE;
    }
  *text = (MqText){ "", 0 };
  return token >= 0 ? LOOK_UNUSUAL : LOOK_MISSING;
}

static inline Look
look_at_cell (MqRowReader *self, guint column, gsize begin, gsize end, MqText *text)
{
  guint8      stops = self->stops[column];
  const char *block = self->block;

  *text = (MqText){ block + begin, end - begin };
  if (end == begin)
    return LOOK_MISSING;
  if (G_LIKELY (!(self->looks[(guint8) block[begin]] & stops) && !(self->looks[(guint8) block[end - 1]] & stops & MQ_LOOK_ENDS)))
    return LOOK_VALUE;
  return look_closer (self, column, text);
}

/* Returns how many cells of usual looks have anything in them. */
static guint
look_at_column (MqRowReader *self, guint column, MqText *texts)
{
  MqStrip       *strip = self->columns;
  const char    *block = self->block;
  const guint8  *looks = self->looks;
  guint          step = self->grid->n_columns;
  const guint32 *end = self->grid->ends + (gsize) strip->first * step + column;
  guint          gap = column == 0 ? self->grid->line_end : 1;
  guint          stops = self->stops[column];
  guint          end_stops = stops & MQ_LOOK_ENDS;
  guint          filled = 0;

  for (guint i = 0; i < strip->n; i++, end += step)
    {
      guint32 begin = end[-1] + gap;
      guint32 length = *end - begin;
      gsize   first = begin - ((length == 0) & (begin > 0)); /* of an empty cell some byte of the block */
      guint   seen = (looks[(guint8) block[first]] & stops) | (looks[(guint8) block[first + length - (length > 0)]] & end_stops);

      texts[i] = (MqText){ block + begin, length };
      filled += length > 0;
      if (G_UNLIKELY (length > 0 && seen))
        {
          Look look = look_closer (self, column, &texts[i]);

          strip->unusual[i] |= look == LOOK_UNUSUAL;
          filled -= look != LOOK_VALUE;
        }
    }
  return filled;
}

static void
look_at_use (MqRowReader *self, const MqRowOp *op, MqText *texts)
{
  self->columns->filled[op->index] = look_at_column (self, op->use->column, texts);
}

/* Columns that nothing is made of count for what a row may be rejected for, and for guards. */
static void
look_at_unused (MqRowReader *self)
{
  const MqMapping *mapping = self->plan->mapping;

  for (guint i = 0; i < mapping->sources->len; i++)
    {
      gboolean used = FALSE;

      for (guint k = 0; k < mapping->uses->len && !used; k++)
        used = mq_mapping_use (mapping, k)->column == i;
      if (!used)
        look_at_column (self, i, self->columns->cells[0]);
    }
}

/* The first of time, paid_time, created_time that has a value is an order's time. */
static void
put_effective (MqRowReader *self)
{
  const MqRowPlan *plan = self->plan;
  MqStrip         *strip = self->columns;
  gint64          *times = self->values[plan->time_target] + self->strip;
  gint64          *precisions = self->values[plan->time_exact] + self->strip;

  for (guint i = 0; i < strip->n; i++)
    times[i] = MQ_VALUE_MISSING;
  for (guint k = 0; k < MQ_MAX_FALLBACKS && plan->effective[k] >= 0; k++)
    {
      const gint64 *instants = strip->instants + (gsize) plan->effective[k] * MQ_STRIP_ROWS;
      const guint8 *own = strip->precisions + (gsize) plan->effective[k] * MQ_STRIP_ROWS;

      for (guint i = 0; i < strip->n; i++)
        if (times[i] == MQ_VALUE_MISSING && instants[i] != MQ_TIME_MISSING)
          {
            times[i] = instants[i];
            precisions[i] = own[i];
          }
    }
  for (guint i = 0; i < strip->n; i++)
    strip->unusual[i] |= times[i] == MQ_VALUE_MISSING;
}

static void
put_times (MqRowReader *self)
{
  const GArray *times = self->plan->times;

  for (guint i = 0; i < times->len; i++)
    {
      look_at_use (self, &g_array_index (times, MqRowOp, i), self->columns->cells[0]);
      mq_row_put_times (self, i);
    }
  if (self->plan->mapping->kind == MQ_KIND_ORDERS)
    put_effective (self);
}

/* The digits of each row's currency. A code that is not written as codes are is unusual. */
static void
read_currencies (MqRowReader *self)
{
  MqStrip *strip = self->columns;
  MqText  *texts = strip->cells[0];
  char     last[4] = "";
  int      digits = -1;

  memset (strip->digits, self->plan->digits, strip->n);
  if (self->plan->currency_column < 0)
    return;
  look_at_column (self, self->plan->currency_column, texts);
  for (guint i = 0; i < strip->n; i++)
    {
      if (texts[i].length == 0)
        continue;
      if (texts[i].length == 3 && memcmp (texts[i].text, last, 3) != 0)
        {
          memcpy (last, texts[i].text, 3);
          digits = strcmp (last, "RMB") == 0 ? -1 : mq_currency_digits (last);
        }
      if (texts[i].length == 3 && digits >= 0)
        strip->digits[i] = digits;
      else
        strip->unusual[i] = TRUE;
    }
}

static void
put_numbers (MqRowReader *self)
{
  const GArray *numbers = self->plan->numbers;

  read_currencies (self);
  for (guint i = 0; i < numbers->len; i++)
    {
      const MqRowOp *op = &g_array_index (numbers, MqRowOp, i);

      look_at_use (self, op, self->columns->cells[0]);
      if (op->use->factor >= 0)
        look_at_column (self, op->use->factor, self->columns->cells[1]);
      mq_row_put_numbers (self, op);
    }
}

static void
put_texts (MqRowReader *self)
{
  const GArray *texts = self->plan->texts;
  MqStrip      *strip = self->columns;

  for (guint k = 0; k < texts->len; k++)
    {
      const MqRowOp *op = &g_array_index (texts, MqRowOp, k);
      MqText        *own = self->texts[op->target];

      look_at_use (self, op, own);
      for (guint i = 0; i < strip->n; i++)
        {
          strip->unusual[i] |= own[i].length == 0 && op->required != NULL;
          own[i].text = own[i].length > 0 ? own[i].text : NULL;
        }
      for (guint i = 0; op->raw_kind != NULL && i < strip->n; i++)
        if (own[i].text != NULL && !mq_row_is_other_form (self, op, own[i].text, own[i].length))
          own[i].text = NULL;
    }
  look_at_use (self, &g_array_index (self->plan->keys, MqRowOp, 0), self->texts[MQ_TARGET_KEY]);
}

static void
put_derived (MqRowReader *self, gint64 first_line)
{
  const MqRowPlan *plan = self->plan;
  MqStrip         *strip = self->columns;
  gint64          *lines = self->values[MQ_TARGET_LINE] + self->strip;

  for (guint i = 0; i < strip->n; i++)
    lines[i] = first_line + strip->first + i;
  if (plan->status_target < 0)
    return;
  for (guint i = 0; i < strip->n; i++)
    self->texts[plan->status_target][i] = strip->instants[(gsize) plan->paid * MQ_STRIP_ROWS + i] != MQ_TIME_MISSING ? mq_row_paid : mq_row_unpaid;
}

/* What a marked row counts it counts when it is read by itself. */
static void
uncount (MqRowReader *self, guint row)
{
  const MqMapping *mapping = self->plan->mapping;

  for (guint k = 0; k < mapping->uses->len; k++)
    {
      guint  column = mq_mapping_use (mapping, k)->column;
      MqText text;

      self->columns->filled[k] -= look_at_cell (self, column, grid_begin (self, row, column), mq_csv_grid_end (self->grid, self->columns->first + row, column), &text) == LOOK_VALUE;
    }
}

static gboolean
read_unusual (MqRowReader *self, guint row, gint64 first_line, gboolean *kept, GError **error)
{
  const MqCsvGrid *grid = self->grid;
  guint            record = self->columns->first + row;
  gsize            begin = mq_csv_grid_begin (grid, record, 0);
  MqRow            whole = { self->row_cells, grid->n_columns, self->block + begin, mq_csv_grid_end (grid, record, grid->n_columns - 1) - begin, first_line + record };

  uncount (self, row);
  for (guint i = 0; i < grid->n_columns; i++)
    {
      begin = mq_csv_grid_begin (grid, record, i);
      self->row_cells[i] = (MqCsvCell){ .text = self->block + begin, .length = mq_csv_grid_end (grid, record, i) - begin };
    }
  self->row = self->strip + row;
  return mq_row_read (self, &whole, kept, error);
}

/* *bad: rows to leave out. */
static gboolean
read_all_unusual (MqRowReader *self, gint64 first_line, guint *usual, guint *bad, GError **error)
{
  MqStrip *strip = self->columns;

  *usual = *bad = 0;
  for (guint i = 0; i < strip->n; i++)
    {
      gboolean kept = TRUE;

      if (G_LIKELY (!strip->unusual[i]))
        (*usual)++;
      else if (!read_unusual (self, i, first_line, &kept, error))
        return FALSE;
      strip->rejected[i] = !kept;
      *bad += !kept;
    }
  return TRUE;
}

static void
count_usual (MqRowReader *self, guint usual)
{
  const MqRowPlan *plan = self->plan;
  MqStrip         *strip = self->columns;

  self->counts.rows += usual;
  for (guint k = 0; k < plan->mapping->uses->len; k++)
    self->notes[k].filled += strip->filled[k];
  for (guint k = 0; k < plan->texts->len; k++)
    {
      const MqRowOp *op = &g_array_index (plan->texts, MqRowOp, k);

      if (self->sources[op->use->column]->tokens == MQ_TOKENS_WHILE_QUOTED && strip->filled[op->index] > 0)
        self->notes[op->index].breaks_tokens = TRUE;
    }
  for (guint i = 0; plan->time_target >= 0 && i < strip->n; i++)
    self->counts.future_rows += !strip->unusual[i] && self->values[plan->time_target][self->strip + i] > plan->now;
}

/* Moves the strip's rows together. */
static void
drop_rejected (MqRowReader *self)
{
  const MqStrip *strip = self->columns;

  for (guint target = 0; target < self->n_targets; target++)
    {
      MqText *texts = self->texts[target];
      gint64 *values = texts == NULL ? self->values[target] + self->strip : NULL;
      guint   kept = 0;

      for (guint i = 0; i < strip->n; i++)
        {
          if (strip->rejected[i])
            continue;
          if (texts != NULL)
            texts[kept++] = texts[i];
          else
            values[kept++] = values[i];
        }
    }
}

static gboolean
read_strip (MqRowReader *self, gint64 first_line, GError **error)
{
  MqStrip *strip = self->columns;
  guint    usual, bad;

  if (!mq_row_make_room (self, self->strip + strip->n))
    return mq_fail_memory (error);
  memset (strip->unusual, 0, strip->n);
  memset (strip->filled, 0, self->plan->mapping->uses->len * sizeof *strip->filled);
  look_at_unused (self);
  put_times (self);
  put_numbers (self);
  put_texts (self);
  put_derived (self, first_line);
  if (!read_all_unusual (self, first_line, &usual, &bad, error))
    return FALSE;
  count_usual (self, usual);
  if (bad > 0)
    drop_rejected (self);
  self->row = self->strip + strip->n - bad;
  mq_row_code_strip (self, strip->n - bad);
  return TRUE;
}

/* Customers without a key need their whole row for one, several key columns are joined, and what is carried down goes
 * from row to row. */
gboolean
mq_row_can_read_columns (const MqRowPlan *plan)
{
  if (plan->by_rows || plan->carry || plan->mapping->n_columns < plan->mapping->sources->len || plan->keys->len != 1 || plan->mapping->kind == MQ_KIND_CUSTOMERS || plan->times->len > MQ_MAX_TIMES)
    return FALSE;
  for (guint i = 0; i < plan->mapping->sources->len; i++)
    if (mq_mapping_source (plan->mapping, i)->guard != MQ_GUARD_NONE)
      return FALSE;
  for (guint i = 0; i < plan->mapping->uses->len; i++)
    if (mq_mapping_use (plan->mapping, i)->second >= 0)
      return FALSE;
  return TRUE;
}

MqStrip *
mq_strip_new (const MqRowPlan *plan)
{
  MqStrip *self = g_new0 (MqStrip, 1);

  self->filled = g_new0 (guint, plan->mapping->uses->len + 1);
  self->instants = g_new (gint64, (gsize) MQ_STRIP_ROWS * (plan->times->len + 1));
  self->precisions = g_new (guint8, (gsize) MQ_STRIP_ROWS * (plan->times->len + 1));
  return self;
}

void
mq_strip_free (MqStrip *self)
{
  g_free (self->filled);
  g_free (self->instants);
  g_free (self->precisions);
  g_free (self);
}

gboolean
mq_row_read_columns (MqRowReader *self, gint64 first_line, GError **error)
{
  MqStrip *strip = self->columns;
  guint    n = self->grid->n_records;
  guint    header = CLAMP (self->plan->header_line - first_line + 1, 0, n);

  for (strip->first = header; strip->first < n; strip->first += strip->n)
    {
      strip->n = MIN (MQ_STRIP_ROWS, n - strip->first);
      if (!read_strip (self, first_line, error))
        return FALSE;
    }
  return TRUE;
}
