/* report-table.c: columns as wide as their figures; long texts (actions, reasons) wrap in what is left. */

#include "config.h"

#include "chart/report-table.h"

#include "chart/figures.h"

#include <math.h>

#define SCALE 0.8
#define MOST_ROWS 400     /* on paper; the files have the rest */
#define LONG_TEXT 0.22    /* of the width: a text wider than this wraps */
#define COLUMN_GAP 1.1    /* em */
#define LINE_PADDING 0.22 /* em above and below a row's text */

typedef struct
{
  guint    column; /* of the table */
  gboolean is_text;
  double   natural, least, width;
} Column;

struct _MqTableBlock
{
  const MqTextKit *kit;   /* (borrowed) */
  const MqTheme   *theme; /* (borrowed) */
  double           width;
  gsize            n_rows;
  guint            n_columns;
  Column          *columns;   /* (owned) */
  GPtrArray       *headers;   /* (element-type PangoLayout) one a column */
  GPtrArray       *cells;     /* (element-type PangoLayout) row by row */
  double          *heights;   /* (owned) of rows */
  double          *baselines; /* (owned) of their first lines, from the top of the text */
  double           header_height;
};

static double
get_gap (const MqTextKit *kit)
{
  return COLUMN_GAP * kit->em;
}

static PangoLayout *
make_cell (const MqTextKit *kit, const MqTable *table, gsize row, guint column)
{
  g_autofree char *words = mq_figure_text (table, row, column);

  return mq_text_new (kit, words, SCALE, FALSE);
}

static PangoLayout *
make_header (const MqTextKit *kit, const MqTable *table, guint column)
{
  return mq_text_new (kit, mq_figure_title (table, column), SCALE, TRUE);
}

/* The width of a text's longest word. */
static double
measure_longest_word (PangoLayout *text)
{
  double width;

  pango_layout_set_wrap (text, PANGO_WRAP_WORD);
  pango_layout_set_width (text, 0);
  width = mq_text_width (text);
  pango_layout_set_width (text, -1);
  return width;
}

static Column
measure_column (const MqTextKit *kit, const MqTable *table, guint column, gsize n_rows, double width)
{
  g_autoptr (PangoLayout) header = make_header (kit, table, column);
  Column measured = { .column = column, .is_text = mq_figure_is_text (table, column) };
  double words = 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (PangoLayout) cell = make_cell (kit, table, i, column);

      measured.natural = MAX (measured.natural, mq_text_width (cell));
      if (measured.is_text)
        words = MAX (words, measure_longest_word (cell));
    }
  measured.least = measured.natural > LONG_TEXT * width ? MAX (words, LONG_TEXT * width) : measured.natural;
  measured.least = MIN (MAX (measured.least, measure_longest_word (header)), width);
  measured.natural = MAX (measured.natural, measured.least);
  return measured;
}

/* Gives what is left after the least widths first to the texts that would wrap, then evenly to all columns but the first. */
static void
spread_width (MqTableBlock *self)
{
  double left = self->width - get_gap (self->kit) * (self->n_columns - 1);
  double wanted = 0;
  double share;

  for (guint i = 0; i < self->n_columns; i++)
    {
      left -= self->columns[i].least;
      wanted += self->columns[i].natural - self->columns[i].least;
    }
  share = wanted > 0 ? CLAMP (left / wanted, 0, 1) : 0;
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i].width = self->columns[i].least + share * (self->columns[i].natural - self->columns[i].least);
  left = MAX (0, left - wanted * share);
  for (guint i = 1; i < self->n_columns; i++)
    self->columns[i].width += left / (self->n_columns - 1);
}

static void
wrap_text (const MqTableBlock *self, PangoLayout *text, const Column *column)
{
  if (mq_text_width (text) <= column->width + 0.01)
    return;
  mq_text_wrap (self->kit, text, column->width);
  /* Figures and their headers end at the column's end. */
  if (!column->is_text)
    pango_layout_set_alignment (text, pango_layout_get_alignment (text) == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static void
make_texts (MqTableBlock *self, const MqTable *table)
{
  double padding = 2 * LINE_PADDING * self->kit->em;

  for (guint k = 0; k < self->n_columns; k++)
    {
      PangoLayout *header = make_header (self->kit, table, self->columns[k].column);

      wrap_text (self, header, &self->columns[k]);
      self->header_height = MAX (self->header_height, mq_text_height (header) + padding);
      g_ptr_array_add (self->headers, header);
    }
  for (gsize i = 0; i < self->n_rows; i++)
    {
      double below = 0;

      for (guint k = 0; k < self->n_columns; k++)
        {
          PangoLayout *cell = make_cell (self->kit, table, i, self->columns[k].column);

          wrap_text (self, cell, &self->columns[k]);
          self->baselines[i] = MAX (self->baselines[i], mq_text_baseline (cell));
          below = MAX (below, mq_text_height (cell) - mq_text_baseline (cell));
          g_ptr_array_add (self->cells, cell);
        }
      self->heights[i] = self->baselines[i] + below + padding;
    }
}

static void
place_text (const MqTableBlock *self, MqPicture *picture, PangoLayout *text, const Column *column, double x, double y, MqColor color)
{
  if (!column->is_text)
    x += column->width - mq_text_width (text);
  mq_picture_take_text (picture, g_object_ref (text), x, y, color);
}

static void
place_line (const MqTableBlock *self, MqPicture *picture, double x, double y, MqColor color)
{
  mq_picture_fill (picture, (MqRect){ x, y - self->theme->hairline / 2, self->width, self->theme->hairline }, color);
}

MqTableBlock *
mq_table_block_new (const MqTextKit *kit, const MqTheme *theme, MqTable *table, GArray *columns, guint *next, double width)
{
  MqTableBlock *self = g_new0 (MqTableBlock, 1);
  double        used = 0;

  self->kit = kit;
  self->theme = theme;
  self->width = width;
  self->n_rows = MIN (mq_table_n_rows (table), MOST_ROWS);
  self->columns = g_new0 (Column, columns->len + 1);
  self->headers = g_ptr_array_new_with_free_func (g_object_unref);
  self->cells = g_ptr_array_new_with_free_func (g_object_unref);
  self->heights = g_new0 (double, self->n_rows + 1);
  self->baselines = g_new0 (double, self->n_rows + 1);

  if (*next > 0)
    {
      self->columns[0] = measure_column (kit, table, g_array_index (columns, guint, 0), self->n_rows, width);
      used = self->columns[self->n_columns++].least + get_gap (kit);
    }
  for (gboolean first = TRUE; *next < columns->len; first = FALSE)
    {
      Column column = measure_column (kit, table, g_array_index (columns, guint, *next), self->n_rows, width);

      if (!first && used + column.least > width)
        break;
      self->columns[self->n_columns++] = column;
      used += column.least + get_gap (kit);
      (*next)++;
    }
  spread_width (self);
  make_texts (self, table);
  return self;
}

void
mq_table_block_free (MqTableBlock *self)
{
  g_free (self->columns);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->cells);
  g_free (self->heights);
  g_free (self->baselines);
  g_free (self);
}

double
mq_table_block_height (const MqTableBlock *self, gsize first, gsize rows)
{
  double height = self->header_height;

  for (gsize i = first; i < first + rows; i++)
    height += self->heights[i];
  return height;
}

gsize
mq_table_block_n_rows (const MqTableBlock *self)
{
  return self->n_rows;
}

gsize
mq_table_block_fit (const MqTableBlock *self, gsize first, double height)
{
  gsize rows = 0;

  height -= self->header_height;
  while (first + rows < self->n_rows && self->heights[first + rows] <= height)
    height -= self->heights[first + rows++];
  return rows;
}

void
mq_table_block_place (const MqTableBlock *self, MqPicture *picture, double x, double y, gsize first, gsize rows)
{
  double padding = LINE_PADDING * self->kit->em;
  double left = x;

  for (guint k = 0; k < self->n_columns; k++)
    {
      PangoLayout *header = self->headers->pdata[k];

      place_text (self, picture, header, &self->columns[k], left, y + self->header_height - padding - mq_text_height (header), self->theme->foreground);
      left += self->columns[k].width + get_gap (self->kit);
    }
  y += self->header_height;
  place_line (self, picture, x, y, self->theme->foreground);
  for (gsize i = first; i < first + rows; i++)
    {
      left = x;
      for (guint k = 0; k < self->n_columns; k++)
        {
          PangoLayout *cell = self->cells->pdata[i * self->n_columns + k];

          place_text (self, picture, cell, &self->columns[k], left, y + padding + self->baselines[i] - mq_text_baseline (cell), self->theme->foreground);
          left += self->columns[k].width + get_gap (self->kit);
        }
      y += self->heights[i];
      place_line (self, picture, x, y, self->theme->grid);
    }
}
