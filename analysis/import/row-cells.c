/* row-cells.c: the cells of one record: what is plain is told from its first and last byte, the rest looked at closely. */

#include "config.h"

#include "import/row-reading.h"

#include "base/strings.h"

#include <string.h>

/* The long way of mq_row_cell(). */
MqCellState
mq_row_read_cell (MqRowReader *self, const MqRow *row, guint column, MqUseNotes *notes, const char **text, gsize *length)
{
  int token;

  if (mq_cell_read (self->plan->mapping, &self->plan->inference->tokens, row->cells, row->n_cells, column, text, length, &token))
    {
      notes->filled++;
      return MQ_CELL_VALUE;
    }
  if (token >= 0)
    {
      notes->filled++;
      notes->tokens[token]++;
    }
  return MQ_CELL_MISSING;
}

const char *
mq_row_check_cells (MqRowReader *self, const MqRow *row, guint *cell)
{
  guint n_columns = self->plan->mapping->n_columns;

  if (row->n_cells > 0 && row->cells[0].broken)
    return "unreadable";
  for (guint i = 0; i < row->n_cells; i++)
    {
      if (G_LIKELY (i < n_columns && !row->cells[i].nul && !row->cells[i].odd && !(row->cells[i].length > 1 && row->cells[i].text[0] == '\'')))
        continue;
      *cell = i;
      if (row->cells[i].nul)
        return self->plan->has_marks ? "undecodable" : "text with NUL";
      if (i >= n_columns && row->cells[i].length > 0)
        return "too many cells";
      if (row->cells[i].length > 1 && row->cells[i].text[0] == '\'' && i < n_columns && self->sources[i]->guard == MQ_GUARD_NONE)
        self->counts.formulas += mq_text_count_guards (row->cells[i].text, row->cells[i].length) > 0;
      if (row->cells[i].odd && (i >= n_columns || self->sources[i]->guard != MQ_GUARD_FORMULA))
        {
          self->counts.odd_cells++;
          self->counts.first_odd = MIN (self->counts.first_odd, row->line);
        }
    }
  if (row->n_cells < n_columns && !self->plan->dialect.packed)
    {
      self->counts.short_rows++;
      self->counts.first_short = MIN (self->counts.first_short, row->line);
    }
  return NULL;
}

/* Puts the order's cells where a line of it has none. */
void
mq_row_carry_down (MqRowReader *self, MqRow *row)
{
  const GArray *columns = mq_order_carry_list (self->plan->carry);
  const MqText *values = NULL;
  const char   *text;
  gsize         length;

  if (mq_row_cell (self, row, self->plan->order_column, &self->ignored, &text, &length) == MQ_CELL_VALUE)
    values = mq_order_carry_find (self->plan->carry, text, length);
  if (values == NULL)
    return;
  memcpy (self->row_cells, row->cells, row->n_cells * sizeof (MqCsvCell));
  for (; row->n_cells < self->plan->mapping->n_columns; row->n_cells++)
    self->row_cells[row->n_cells] = (MqCsvCell){ .text = "" };
  row->cells = self->row_cells;
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      if (values[i].text != NULL && mq_row_cell (self, row, column, &self->ignored, &text, &length) == MQ_CELL_MISSING)
        self->row_cells[column] = (MqCsvCell){ .text = values[i].text, .length = values[i].length, .quoted = TRUE };
    }
}

void
mq_row_init_looks (MqRowReader *self)
{
  const MqTokenList *tokens = &self->plan->inference->tokens;

  for (guint i = 0; i < G_N_ELEMENTS (self->looks); i++)
    self->looks[i] = MQ_LOOK_ANY | (i <= ' ' || i >= 0x80 ? MQ_LOOK_BLANK : 0) | (tokens->first[i] ? MQ_LOOK_TOKEN : 0) | (i == '\'' ? MQ_LOOK_QUOTE : 0);
  self->stops = g_new0 (guint8, MQ_MAX_COLUMNS);
  for (guint i = 0; i < self->plan->mapping->sources->len; i++)
    if (self->sources[i]->guard != MQ_GUARD_NONE)
      self->stops[i] = MQ_LOOK_ANY;
    else
      self->stops[i] = MQ_LOOK_BLANK | MQ_LOOK_QUOTE | (self->sources[i]->tokens == MQ_TOKENS_KEEP ? 0 : MQ_LOOK_TOKEN);
}
