/* heat-map.c: cells coloured by value, the value printed in each, a thick line where the label (the segment) changes. Small
 * integers ascend to the right and upwards, so that the best of all stands at the top right; terms stand as the table has
 * them. What finds no room is left out in this order: labels, legend and axis titles, ticks, values; marks keep it all. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/scale.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  X,
  Y,
  VALUE,
  LABEL,
};

#define MOST_LINES 500 /* columns or rows: more cannot be seen */
#define TICK_SCALE 0.9
#define SMALL_SCALE 0.8

typedef struct
{
  MqChartLayout *layout;
  MqGroups       x, y;
  gsize         *cells;   /* (owned) table row by position, or MQ_NO_ROW; y counted from the top */
  MqTicks        classes; /* borders of the colours */
  MqRect         grid;
  double         gap;
} HeatMap;

static MqTable *
get_table (const HeatMap *self)
{
  return self->layout->chart->table;
}

static int
get_column (const HeatMap *self, guint index)
{
  return self->layout->chart->columns[index];
}

static const char *
get_axis_title (const MqChart *chart, guint axis)
{
  return chart->axis_titles[axis] != NULL ? chart->axis_titles[axis] : mq_figure_title (chart->table, chart->columns[axis]);
}

/* Position from the top: integers ascend upwards, terms downwards. */
static guint
get_line (const HeatMap *self, gsize row)
{
  return self->y.keys != NULL ? self->y.n - 1 - self->y.of_row[row] : self->y.of_row[row];
}

static gsize
get_y_row (const HeatMap *self, guint line)
{
  return self->y.first_row[self->y.keys != NULL ? self->y.n - 1 - line : line];
}

static void
read_cells (HeatMap *self)
{
  gsize  n = mq_table_n_rows (get_table (self));
  double low = 0, high = 0, value;

  self->cells = g_new (gsize, self->x.n * self->y.n);
  for (gsize i = 0; i < (gsize) self->x.n * self->y.n; i++)
    self->cells[i] = MQ_NO_ROW;
  for (gsize i = 0; i < n; i++)
    {
      gsize at = (gsize) get_line (self, i) * self->x.n + self->x.of_row[i];

      if (self->cells[at] == MQ_NO_ROW)
        self->cells[at] = i;
      if (mq_figure_number (get_table (self), i, get_column (self, VALUE), &value))
        {
          low = MIN (low, value);
          high = MAX (high, value);
        }
    }
  self->classes = mq_ticks_around (low, high, MQ_THEME_RAMP, mq_figure_tick_flags (get_table (self), get_column (self, VALUE), high));
}

static gsize
get_cell (const HeatMap *self, guint column, guint line)
{
  return self->cells[(gsize) line * self->x.n + column];
}

/* The colour of a cell; FALSE if its value is missing. */
static gboolean
get_fill (const HeatMap *self, gsize row, MqColor *fill)
{
  guint  n = self->classes.n - 1;
  double value;
  double at;

  if (!mq_figure_number (get_table (self), row, get_column (self, VALUE), &value))
    return FALSE;
  at = floor (value / self->classes.step - self->classes.first + 1e-9);
  *fill = mq_theme_ramp (&self->layout->theme, (guint) CLAMP (at, 0, n - 1), n);
  return TRUE;
}

static double
snap (const HeatMap *self, double position)
{
  return self->layout->theme.hairline == 1 ? round (position) : position;
}

static double
get_left (const HeatMap *self, guint column)
{
  return snap (self, self->grid.x + self->grid.width * column / self->x.n);
}

static double
get_top (const HeatMap *self, guint line)
{
  return snap (self, self->grid.y + self->grid.height * line / self->y.n);
}

static MqRect
get_rect (const HeatMap *self, guint column, guint line)
{
  double left = get_left (self, column);
  double top = get_top (self, line);

  return (MqRect){ left, top, get_left (self, column + 1) - left, get_top (self, line + 1) - top };
}

static PangoLayout *
make_text (const HeatMap *self, char *words, double scale, gboolean bold)
{
  g_autofree char *taken = words;

  return mq_text_new (self->layout->kit, taken, scale, bold);
}

/* "5", or with what it stands for "5 · 0–28". (transfer full) */
static char *
write_tick (const HeatMap *self, const MqGroups *groups, guint axis, gsize row)
{
  char              *text = mq_figure_text (get_table (self), row, groups->column);
  const char *const *notes = (const char *const *) self->layout->chart->tick_notes[axis];
  gint64             key = groups->keys != NULL ? groups->keys[groups->of_row[row]] : -1;
  char              *whole;

  if (notes == NULL || key < 0 || key >= g_strv_length ((char **) notes) || *notes[key] == '\0')
    return text;
  whole = g_strdup_printf ("%s · %s", text, notes[key]);
  g_free (text);
  return whole;
}

static PangoLayout *
make_x_tick (const HeatMap *self, guint column)
{
  return make_text (self, write_tick (self, &self->x, 0, self->x.first_row[column]), TICK_SCALE, FALSE);
}

static PangoLayout *
make_y_tick (const HeatMap *self, guint line)
{
  PangoLayout *text = make_text (self, write_tick (self, &self->y, 1, get_y_row (self, line)), TICK_SCALE, FALSE);

  if (mq_text_width (text) > 0.3 * self->layout->width)
    mq_text_ellipsize (text, 0.3 * self->layout->width);
  return text;
}

static double
measure_y_ticks (const HeatMap *self)
{
  double widest = 0;

  for (guint i = 0; i < self->y.n; i++)
    {
      g_autoptr (PangoLayout) text = make_y_tick (self, i);

      widest = MAX (widest, mq_text_width (text));
    }
  return widest;
}

/* Every so many-th of n texts of this extent stands clear of the next, at this distance of positions. */
static guint
get_modulus (double extent, double distance)
{
  return (guint) MAX (1, ceil (extent / MAX (distance, 0.01)));
}

static void
draw_x_ticks (const HeatMap *self, double y)
{
  double distance = self->grid.width / self->x.n;
  double widest = 0;
  double used = 0;
  guint  every;

  for (guint i = 0; i < self->x.n; i++)
    {
      g_autoptr (PangoLayout) text = make_x_tick (self, i);

      widest = MAX (widest, mq_text_width (text));
    }
  every = get_modulus (MIN (widest, self->grid.width) + 0.3 * self->layout->kit->em, distance);
  for (guint i = 0; i < self->x.n; i += every)
    {
      PangoLayout *text = make_x_tick (self, i);
      double       room = MIN (distance * every, self->grid.width);
      double       width, x;

      if (mq_text_width (text) > room)
        mq_text_ellipsize (text, room);
      width = mq_text_width (text);
      x = CLAMP (self->grid.x + (i + 0.5) * distance - width / 2, 0, MAX (0, self->layout->width - width));
      /* The last one may have been pushed back from the edge. */
      if (x < used)
        {
          g_object_unref (text);
          break;
        }
      mq_picture_take_text (self->layout->picture, text, x, y, self->layout->theme.dim);
      used = x + width + 0.3 * self->layout->kit->em;
    }
}

static void
draw_y_ticks (const HeatMap *self, double right)
{
  double distance = self->grid.height / self->y.n;
  double highest = 0;

  for (guint i = 0; i < self->y.n; i++)
    {
      g_autoptr (PangoLayout) text = make_y_tick (self, i);

      highest = MAX (highest, mq_text_height (text));
    }
  if (highest > self->grid.height)
    return;
  for (guint i = 0, every = get_modulus (highest, distance); i < self->y.n; i += every)
    {
      PangoLayout *text = make_y_tick (self, i);
      double       center = self->grid.y + (i + 0.5) * distance;
      double       top = center + self->layout->kit->figure * TICK_SCALE / 2 - mq_text_baseline (text);

      mq_picture_take_text (self->layout->picture, text, right - mq_text_width (text), CLAMP (top, 0, MAX (0, self->layout->height - mq_text_height (text))), self->layout->theme.dim);
    }
}

/* The measure's name, least value, one box a class, largest value. Returns its width; draws if asked. */
static double
arrange_legend (const HeatMap *self, double x, double y, gboolean draw)
{
  const MqTextKit *kit = self->layout->kit;
  const MqTheme   *theme = &self->layout->theme;
  guint            value = get_column (self, VALUE);
  guint            n = self->classes.n - 1;
  PangoLayout     *texts[3];
  double           at[4];
  double           box = 1.5 * kit->em;

  texts[0] = mq_text_new (kit, mq_figure_title (get_table (self), value), SMALL_SCALE, FALSE);
  texts[1] = make_text (self, mq_figure_axis (get_table (self), value, mq_ticks_value (&self->classes, 0), self->classes.step), SMALL_SCALE, FALSE);
  texts[2] = make_text (self, mq_figure_axis (get_table (self), value, mq_ticks_value (&self->classes, n), self->classes.step), SMALL_SCALE, FALSE);
  at[0] = x;
  at[1] = at[0] + mq_text_width (texts[0]) + 0.8 * kit->em;
  at[2] = at[1] + mq_text_width (texts[1]) + 0.4 * kit->em + n * box + 0.4 * kit->em;
  at[3] = at[2] + mq_text_width (texts[2]);

  for (guint i = 0; i < n && draw; i++)
    {
      MqRect rect = { at[2] - 0.4 * kit->em - (n - i) * box, y + 0.25 * kit->em, box, 0.65 * kit->em };

      mq_picture_fill (self->layout->picture, rect, mq_theme_ramp (theme, i, n));
      if (theme->high_contrast)
        mq_picture_frame (self->layout->picture, rect, theme->hairline, theme->foreground);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (draw)
      mq_picture_take_text (self->layout->picture, texts[i], at[i], y + 0.58 * kit->em + kit->figure * SMALL_SCALE / 2 - mq_text_baseline (texts[i]), theme->dim);
    else
      g_object_unref (texts[i]);
  return at[3] - x;
}

/* "Recency score →": an arrow shows where the axis leads. */
static PangoLayout *
make_axis_title (const HeatMap *self, guint axis, const char *arrow)
{
  const MqChart *chart = self->layout->chart;
  const char    *title = get_axis_title (chart, axis);

  if (chart->tick_units[axis] != NULL && title[0] != '\0')
    /* Translators: what an axis shows, the unit of the values beside its numbers, an arrow */
    return make_text (self, g_strdup_printf (_ ("%s (%s) %s"), title, chart->tick_units[axis], arrow), SMALL_SCALE, FALSE);
  return make_text (self, title[0] != '\0' ? g_strdup_printf ("%s %s", title, arrow) : g_strdup (""), SMALL_SCALE, FALSE);
}

static void
draw_titles (const HeatMap *self, MqRect area, double line)
{
  const char  *forward = self->layout->kit->rtl ? "←" : "→";
  PangoLayout *x = make_axis_title (self, X, self->x.keys != NULL ? forward : "");
  PangoLayout *y = make_axis_title (self, Y, self->y.keys != NULL ? "↑" : "");
  double       bottom = self->grid.y + self->grid.height + line;
  double       legend = arrange_legend (self, self->grid.x, 0, FALSE);
  double       x_width = mq_text_width (x);
  gboolean     beside = legend + x_width + 1.5 * self->layout->kit->em <= self->grid.width;

  if (mq_text_width (y) > area.width)
    mq_text_ellipsize (y, area.width);
  if (x_width > area.width)
    {
      mq_text_ellipsize (x, area.width);
      x_width = mq_text_width (x);
    }
  mq_picture_take_text (self->layout->picture, y, area.x, area.y, self->layout->theme.dim);
  mq_picture_take_text (self->layout->picture, x, self->grid.x + MAX (self->grid.width - x_width, area.x - self->grid.x), bottom, self->layout->theme.dim);
  if (beside)
    arrange_legend (self, self->grid.x, bottom, TRUE);
  else if (legend <= area.width)
    arrange_legend (self, MIN (self->grid.x, area.x + area.width - legend), bottom + line, TRUE);
}

/* Gives each part of the surroundings its room while cells stay high and wide enough to read. */
static void
arrange_axes (HeatMap *self, MqRect area)
{
  double   em = self->layout->kit->em;
  double   line = 1.5 * em;
  double   legend = arrange_legend (self, 0, 0, FALSE);
  double   ticks = measure_y_ticks (self) + 0.6 * em;
  double   room = area.height - line * 3;
  gboolean narrow;
  gboolean titles, axes;

  narrow = legend + 8 * em > area.width - ticks;
  if (narrow)
    room -= line;
  titles = room >= self->y.n * 1.3 * em && area.width - ticks > 6 * em;
  axes = titles || (area.height - line >= MIN (self->y.n, 3) * em && area.width - ticks >= area.width * 0.5);
  self->grid = area;
  if (axes)
    {
      self->grid.x += ticks;
      self->grid.width -= ticks;
      self->grid.height -= line;
    }
  if (titles)
    {
      self->grid.y += line;
      self->grid.height -= line * (narrow ? 3 : 2);
    }
  if (axes)
    {
      draw_x_ticks (self, self->grid.y + self->grid.height + 0.25 * em);
      draw_y_ticks (self, self->grid.x - 0.6 * em);
    }
  if (titles)
    draw_titles (self, area, line + 0.2 * em);
}

static PangoLayout *
make_value (const HeatMap *self, gsize row, double scale, gboolean in_full)
{
  guint column = get_column (self, VALUE);

  return make_text (self, in_full ? mq_figure_text (get_table (self), row, column) : mq_figure_short (get_table (self), row, column), scale, FALSE);
}

static PangoLayout *
make_label (const HeatMap *self, gsize row, double value_scale, double width)
{
  g_autofree char *words = mq_figure_text (get_table (self), row, get_column (self, LABEL));
  PangoLayout     *text = mq_text_new (self->layout->kit, words, MAX (SMALL_SCALE, value_scale * 0.625), FALSE);

  if (mq_text_width (text) > width)
    {
      mq_text_wrap (self->layout->kit, text, width);
      pango_layout_set_wrap (text, PANGO_WRAP_WORD);
      pango_layout_set_alignment (text, PANGO_ALIGN_CENTER);
    }
  return text;
}

static double
get_padding (const HeatMap *self)
{
  return 0.25 * self->layout->kit->em;
}

static gboolean
fits (const HeatMap *self, double width, double height)
{
  return width <= self->grid.width / self->x.n - 2 * get_padding (self) - self->gap && height <= self->grid.height / self->y.n - self->gap;
}

/* The extents of the largest value, written at 1 em. */
typedef struct
{
  double width, height;
} Extents;

static Extents
measure_values (const HeatMap *self, gboolean in_full)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize   n = mq_table_n_rows (get_table (self));
  guint   column = get_column (self, VALUE);
  Extents largest = { 0, 0 };

  for (gsize i = 0; i < n; i++)
    {
      char *words = in_full ? mq_figure_text (get_table (self), i, column) : mq_figure_short (get_table (self), i, column);
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
labels_fit (const HeatMap *self, double value_scale, double value_height)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize  n = mq_table_n_rows (get_table (self));
  double width = self->grid.width / self->x.n - 2 * get_padding (self) - self->gap;

  if (get_column (self, LABEL) < 0 || !fits (self, 0, value_height + self->layout->kit->em))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const char *words = mq_table_text (get_table (self), i, get_column (self, LABEL));
      g_autoptr (PangoLayout) text = NULL;

      if (words == NULL || !g_hash_table_add (seen, (gpointer) words))
        continue;
      text = make_label (self, i, value_scale, width);
      if (!fits (self, mq_text_width (text), value_height + mq_text_height (text) + get_padding (self)))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  double   scale; /* of the values; 0: none are written */
  gboolean in_full;
  gboolean labels;
} Writing;

/* The largest figures that leave room for the labels; where there is none, the largest figures alone. */
static Writing
choose_writing (const HeatMap *self)
{
  static const Writing choices[] = {
    { 1.6, TRUE, TRUE }, { 1.2, TRUE, TRUE }, { 1.0, TRUE, TRUE }, { 0.85, TRUE, TRUE }, { 1.2, TRUE, FALSE }, { 1.0, TRUE, FALSE }, { 0.85, TRUE, FALSE }, { 1.0, FALSE, FALSE }, { 0.85, FALSE, FALSE }, { 0.7, FALSE, FALSE }
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
      if (fits (self, width, height) && (!choice->labels || labels_fit (self, choice->scale, height)))
        return *choice;
    }
  return (Writing){ 0 };
}

static void
write_cell (const HeatMap *self, gsize row, MqRect rect, MqColor color, Writing writing)
{
  PangoLayout *value = make_value (self, row, writing.scale, writing.in_full);
  gboolean     labelled = writing.labels && !mq_table_is_missing (get_table (self), row, get_column (self, LABEL));
  PangoLayout *label = labelled ? make_label (self, row, writing.scale, rect.width - 2 * get_padding (self) - self->gap) : NULL;
  double       height = mq_text_height (value) + (label != NULL ? mq_text_height (label) : 0);
  double       y = rect.y + (rect.height - height) / 2;

  if (label == NULL)
    y = rect.y + rect.height / 2 + self->layout->kit->figure * writing.scale / 2 - mq_text_baseline (value);
  mq_picture_take_text (self->layout->picture, value, rect.x + (rect.width - mq_text_width (value)) / 2, y, color);
  if (label != NULL)
    mq_picture_take_text (self->layout->picture, label, rect.x + (rect.width - mq_text_width (label)) / 2, y + height - mq_text_height (label), color);
}

static void
draw_cell (const HeatMap *self, guint column, guint line, Writing writing)
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
is_border (const HeatMap *self, gsize one, gsize two)
{
  const char *before, *after;

  if (one == MQ_NO_ROW || two == MQ_NO_ROW)
    return FALSE;
  before = mq_table_text (get_table (self), one, get_column (self, LABEL));
  after = mq_table_text (get_table (self), two, get_column (self, LABEL));
  return before != NULL && after != NULL && strcmp (before, after) != 0;
}

/* Lines between neighbours of different labels, in the gap between the cells. */
static void
draw_borders (const HeatMap *self)
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

static MqRect
clip (const HeatMap *self, MqRect rect)
{
  double left = MAX (rect.x, 0);
  double top = MAX (rect.y, 0);

  return (MqRect){ left, top, MIN (rect.x + rect.width, self->layout->width) - left, MIN (rect.y + rect.height, self->layout->height) - top };
}

static void
draw_cells (HeatMap *self)
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
        mq_chart_layout_take_mark (self->layout, clip (self, get_rect (self, x, y)), row, (MqPlace){ x, y }, self->layout->chart->kind->label (self->layout->chart, row));
      }
  if (get_column (self, LABEL) >= 0)
    draw_borders (self);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  HeatMap map = { .layout = layout };

  mq_groups_read (&map.x, layout->chart->table, layout->chart->columns[X]);
  mq_groups_read (&map.y, layout->chart->table, layout->chart->columns[Y]);
  if (map.x.n > MOST_LINES || map.y.n > MOST_LINES)
    mq_chart_layout_say (layout, area, _ ("Too many cells to draw. The table has them all."));
  else
    {
      read_cells (&map);
      arrange_axes (&map, area);
      draw_cells (&map);
    }
  g_free (map.cells);
  mq_groups_clear (&map.x);
  mq_groups_clear (&map.y);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *x = mq_figure_text (chart->table, row, chart->columns[X]);
  g_autofree char *y = mq_figure_text (chart->table, row, chart->columns[Y]);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);
  const char      *x_title = get_axis_title (chart, X);
  const char      *y_title = get_axis_title (chart, Y);
  g_autofree char *name = NULL;

  if (chart->columns[LABEL] < 0 || mq_table_is_missing (chart->table, row, chart->columns[LABEL]))
    /* Translators: a cell: column's title and value, row's title and value, figure. */
    return g_strdup_printf (_ ("%s %s, %s %s: %s"), x_title, x, y_title, y, value);
  name = mq_figure_text (chart->table, row, chart->columns[LABEL]);
  /* Translators: a cell: column's title and value, row's title and value, figure, segment. */
  return g_strdup_printf (_ ("%s %s, %s %s: %s, %s"), x_title, x, y_title, y, value, name);
}

static const MqChartKind heat_map_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
  .prints_values = TRUE,
};

MqChart *
mq_chart_new_heat_map (MqTable *table, const char *title, const char *subtitle, const char *x, const char *y, const char *value, const char *label_column)
{
  const char *columns[MQ_CHART_COLUMNS] = { x, y, value, label_column };

  return mq_chart_new (&heat_map_kind, table, title, subtitle, columns);
}
