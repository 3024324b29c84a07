/* heat-map-cells.c: the cells, their figures and labels as large as they fit, lines between labels. */

#include "config.h"

#include "chart/figures.h"
#include "chart/heat-map.h"

#include <math.h>
#include <string.h>

static gsize
get_cell (const MqHeatMap *self, guint column, guint line)
{
  return self->cells[(gsize) line * self->x.n + column];
}

/* The colour of a cell; FALSE if its value is missing. */
static gboolean
get_fill (const MqHeatMap *self, gsize row, MqColor *fill)
{
  guint  n = self->classes.n - 1;
  double value;
  double at;

  if (!mq_figure_number (mq_heat_map_table (self), row, mq_heat_map_column (self, MQ_HEAT_VALUE), &value))
    return FALSE;
  at = floor (value / self->classes.step - self->classes.first + 1e-9);
  *fill = mq_theme_ramp (&self->layout->theme, (guint) CLAMP (at, 0, n - 1), n);
  return TRUE;
}

static double
get_left (const MqHeatMap *self, guint column)
{
  return mq_chart_layout_snap (self->layout, self->grid.x + self->grid.width * column / self->x.n);
}

static double
get_top (const MqHeatMap *self, guint line)
{
  return mq_chart_layout_snap (self->layout, self->grid.y + self->grid.height * line / self->y.n);
}

static MqRect
get_rect (const MqHeatMap *self, guint column, guint line)
{
  double left = get_left (self, column);
  double top = get_top (self, line);

  return (MqRect){ left, top, get_left (self, column + 1) - left, get_top (self, line + 1) - top };
}

static PangoLayout *
make_value (const MqHeatMap *self, gsize row, double scale, gboolean in_full)
{
  guint column = mq_heat_map_column (self, MQ_HEAT_VALUE);

  return mq_heat_map_text (self, in_full ? mq_figure_text (mq_heat_map_table (self), row, column) : mq_figure_short (mq_heat_map_table (self), row, column), scale, FALSE);
}

static PangoLayout *
make_label (const MqHeatMap *self, gsize row, double scale, double width)
{
  g_autofree char *words = mq_figure_text (mq_heat_map_table (self), row, mq_heat_map_column (self, MQ_HEAT_LABEL));
  PangoLayout     *text = mq_text_new (self->layout->kit, words, scale, FALSE);

  if (mq_text_width (text) > width)
    {
      mq_text_wrap (self->layout->kit, text, width);
      pango_layout_set_wrap (text, PANGO_WRAP_WORD);
      pango_layout_set_alignment (text, PANGO_ALIGN_CENTER);
    }
  return text;
}

static double
get_padding (const MqHeatMap *self)
{
  return 0.25 * self->layout->kit->em;
}

static gboolean
fits (const MqHeatMap *self, double width, double height)
{
  return width <= self->grid.width / self->x.n - 2 * get_padding (self) - self->gap && height <= self->grid.height / self->y.n - self->gap;
}

/* The extents of the largest value, written at 1 em. */
typedef struct
{
  double width, height;
} Extents;

static Extents
measure_values (const MqHeatMap *self, gboolean in_full)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize   n = mq_table_n_rows (mq_heat_map_table (self));
  guint   column = mq_heat_map_column (self, MQ_HEAT_VALUE);
  Extents largest = { 0, 0 };

  for (gsize i = 0; i < n; i++)
    {
      char *words = in_full ? mq_figure_text (mq_heat_map_table (self), i, column) : mq_figure_short (mq_heat_map_table (self), i, column);
      g_autoptr (PangoLayout) text = NULL;

      if (!g_hash_table_add (seen, words))
        continue;
      text = mq_text_new (self->layout->kit, words, 1.0, FALSE);
      largest.width = MAX (largest.width, mq_text_width (text));
      largest.height = MAX (largest.height, mq_text_height (text));
    }
  return largest;
}

static gboolean
labels_fit (const MqHeatMap *self, double scale, double value_height)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize  n = mq_table_n_rows (mq_heat_map_table (self));
  double width = self->grid.width / self->x.n - 2 * get_padding (self) - self->gap;

  if (mq_heat_map_column (self, MQ_HEAT_LABEL) < 0 || !fits (self, 0, value_height + self->layout->kit->em))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const char *words = mq_table_text (mq_heat_map_table (self), i, mq_heat_map_column (self, MQ_HEAT_LABEL));
      g_autoptr (PangoLayout) text = NULL;

      if (words == NULL || !g_hash_table_add (seen, (gpointer) words))
        continue;
      text = make_label (self, i, scale, width);
      if (!fits (self, mq_text_width (text), value_height + mq_text_height (text) + get_padding (self)))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  double   scale; /* em, of the values; 0: none are written */
  gboolean in_full;
  double   labels; /* em; 0: none are written */
} Writing;

/* The largest figures that leave room for the labels; where there is none, the largest figures alone. */
static Writing
choose_writing (const MqHeatMap *self)
{
  static const Writing choices[] = {
    { 1.6, TRUE, 1.0 }, { 1.2, TRUE, 0.8 }, { 1.0, TRUE, 0.8 }, { 0.85, TRUE, 0.8 }, { 0.85, TRUE, 0.7 }, { 1.2, TRUE, 0 }, { 1.0, TRUE, 0 }, { 0.85, TRUE, 0 }, { 1.0, FALSE, 0 }, { 0.85, FALSE, 0 }, { 0.7, FALSE, 0 }
  };
  const double slack = 1.02; /* hinted glyphs do not grow evenly */
  Extents      full, brief;

  if (!fits (self, 0, 0.7 * self->layout->kit->em))
    return (Writing){ 0 };
  full = measure_values (self, TRUE);
  brief = measure_values (self, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const Writing *choice = &choices[i];
      double         width = (choice->in_full ? full : brief).width * choice->scale * slack;
      double         height = (choice->in_full ? full : brief).height * choice->scale * slack;

      if (choice->scale > 1.5 && !fits (self, 8 * self->layout->kit->em, 6 * self->layout->kit->em))
        continue;
      if (fits (self, width, height) && (choice->labels == 0 || labels_fit (self, choice->labels, height)))
        return *choice;
    }
  return (Writing){ 0 };
}

static void
write_cell (const MqHeatMap *self, gsize row, MqRect rect, MqColor color, Writing writing)
{
  PangoLayout *value = make_value (self, row, writing.scale, writing.in_full);
  gboolean     labelled = writing.labels > 0 && !mq_table_is_missing (mq_heat_map_table (self), row, mq_heat_map_column (self, MQ_HEAT_LABEL));
  PangoLayout *label = labelled ? make_label (self, row, writing.labels, rect.width - 2 * get_padding (self) - self->gap) : NULL;
  double       height = mq_text_height (value) + (label != NULL ? mq_text_height (label) : 0);
  double       y = rect.y + (rect.height - height) / 2;

  if (label == NULL)
    y = rect.y + rect.height / 2 + self->layout->kit->figure * writing.scale / 2 - mq_text_baseline (value);
  mq_picture_take_text (self->layout->picture, value, rect.x + (rect.width - mq_text_width (value)) / 2, y, color);
  if (label != NULL)
    mq_picture_take_text (self->layout->picture, label, rect.x + (rect.width - mq_text_width (label)) / 2, y + height - mq_text_height (label), color);
}

static void
draw_cell (const MqHeatMap *self, guint column, guint line, Writing writing)
{
  const MqTheme *theme = &self->layout->theme;
  gsize          row = get_cell (self, column, line);
  MqRect         rect = get_rect (self, column, line);
  MqRect         inner = { rect.x + self->gap / 2, rect.y + self->gap / 2, rect.width - self->gap, rect.height - self->gap };
  MqColor        fill;
  gboolean       filled = get_fill (self, row, &fill);

  if (filled)
    mq_picture_fill (self->layout->picture, inner, fill);
  if (!filled || theme->high_contrast)
    mq_picture_frame (self->layout->picture, inner, theme->hairline, filled ? theme->foreground : theme->grid);
  if (writing.scale > 0)
    write_cell (self, row, rect, filled ? mq_theme_text_on (fill) : theme->dim, writing);
}

static gboolean
is_border (const MqHeatMap *self, gsize one, gsize two)
{
  const char *before, *after;

  if (one == MQ_NO_ROW || two == MQ_NO_ROW)
    return FALSE;
  before = mq_table_text (mq_heat_map_table (self), one, mq_heat_map_column (self, MQ_HEAT_LABEL));
  after = mq_table_text (mq_heat_map_table (self), two, mq_heat_map_column (self, MQ_HEAT_LABEL));
  return before != NULL && after != NULL && strcmp (before, after) != 0;
}

/* Lines between neighbours of different labels, in the gap between the cells. */
static void
draw_borders (const MqHeatMap *self)
{
  double  line = 2 * self->layout->theme.hairline;
  MqColor color = self->layout->theme.foreground;

  for (guint y = 0; y < self->y.n; y++)
    for (guint x = 0; x < self->x.n; x++)
      {
        MqRect rect = get_rect (self, x, y);
        /* Over the crossing, but not out of the grid. */
        double before = y > 0 ? line / 2 : 0, after = y + 1 < self->y.n ? line / 2 : 0;
        double left = x > 0 ? line / 2 : 0, right = x + 1 < self->x.n ? line / 2 : 0;

        if (x + 1 < self->x.n && is_border (self, get_cell (self, x, y), get_cell (self, x + 1, y)))
          mq_picture_fill (self->layout->picture, (MqRect){ rect.x + rect.width - line / 2, rect.y - before, line, rect.height + before + after }, color);
        if (y + 1 < self->y.n && is_border (self, get_cell (self, x, y), get_cell (self, x, y + 1)))
          mq_picture_fill (self->layout->picture, (MqRect){ rect.x - left, rect.y + rect.height - line / 2, rect.width + left + right, line }, color);
      }
}

void
mq_heat_map_draw_cells (MqHeatMap *self)
{
  Writing writing;

  self->gap = MIN (2 * self->layout->theme.hairline, MIN (self->grid.width / self->x.n, self->grid.height / self->y.n) * 0.2);
  writing = choose_writing (self);
  for (guint y = 0; y < self->y.n; y++)
    for (guint x = 0; x < self->x.n; x++)
      {
        gsize row = get_cell (self, x, y);

        if (row == MQ_NO_ROW)
          continue;
        draw_cell (self, x, y, writing);
        mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, get_rect (self, x, y)), row, (MqPlace){ x, y }, self->layout->chart->kind->label (self->layout->chart, row));
      }
  if (mq_heat_map_column (self, MQ_HEAT_LABEL) >= 0)
    draw_borders (self);
}
