/* heat-map-axes.c: what stands around the grid: ticks with what they stand for, titles, legend. */

#include "config.h"

#include "chart/figures.h"
#include "chart/heat-map.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define TICK_SCALE 0.9
#define SMALL_SCALE 0.8

static gsize
get_y_row (const MqHeatMap *self, guint line)
{
  return self->y.first_row[self->y.keys != NULL ? self->y.n - 1 - line : line];
}

/* "5", or with what it stands for "5 · 0–28". (transfer full) */
static char *
write_tick (const MqHeatMap *self, const MqGroups *groups, guint axis, gsize row)
{
  char              *text = mq_figure_text (mq_heat_map_table (self), row, groups->column);
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
make_x_tick (const MqHeatMap *self, guint column)
{
  return mq_heat_map_text (self, write_tick (self, &self->x, 0, self->x.first_row[column]), TICK_SCALE, FALSE);
}

static PangoLayout *
make_y_tick (const MqHeatMap *self, guint line)
{
  PangoLayout *text = mq_heat_map_text (self, write_tick (self, &self->y, 1, get_y_row (self, line)), TICK_SCALE, FALSE);

  if (mq_text_width (text) > 0.3 * self->layout->width)
    mq_text_ellipsize (text, 0.3 * self->layout->width);
  return text;
}

static double
measure_y_ticks (const MqHeatMap *self)
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
draw_x_ticks (const MqHeatMap *self, double y)
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
draw_y_ticks (const MqHeatMap *self, double right)
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
arrange_legend (const MqHeatMap *self, double x, double y, gboolean draw)
{
  const MqTextKit *kit = self->layout->kit;
  const MqTheme   *theme = &self->layout->theme;
  guint            value = mq_heat_map_column (self, MQ_HEAT_VALUE);
  guint            n = self->classes.n - 1;
  PangoLayout     *texts[3];
  double           at[4];
  double           box = 1.5 * kit->em;

  texts[0] = mq_text_new (kit, mq_figure_title (mq_heat_map_table (self), value), SMALL_SCALE, FALSE);
  texts[1] = mq_heat_map_text (self, mq_figure_axis (mq_heat_map_table (self), value, mq_ticks_value (&self->classes, 0), self->classes.step), SMALL_SCALE, FALSE);
  texts[2] = mq_heat_map_text (self, mq_figure_axis (mq_heat_map_table (self), value, mq_ticks_value (&self->classes, n), self->classes.step), SMALL_SCALE, FALSE);
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
make_axis_title (const MqHeatMap *self, guint axis, const char *arrow)
{
  const MqChart *chart = self->layout->chart;
  const char    *title = mq_heat_map_axis_title (chart, axis);

  if (chart->tick_units[axis] != NULL && title[0] != '\0')
    /* Translators: what an axis shows, the unit of the values beside its numbers, an arrow */
    return mq_heat_map_text (self, g_strdup_printf (_ ("%s (%s) %s"), title, chart->tick_units[axis], arrow), SMALL_SCALE, FALSE);
  return mq_heat_map_text (self, title[0] != '\0' ? g_strdup_printf ("%s %s", title, arrow) : g_strdup (""), SMALL_SCALE, FALSE);
}

static void
draw_titles (const MqHeatMap *self, MqRect area, double line)
{
  const char  *forward = self->layout->kit->rtl ? "←" : "→";
  PangoLayout *x = make_axis_title (self, MQ_HEAT_X, self->x.keys != NULL ? forward : "");
  PangoLayout *y = make_axis_title (self, MQ_HEAT_Y, self->y.keys != NULL ? "↑" : "");
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
void
mq_heat_map_arrange_axes (MqHeatMap *self, MqRect area)
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
