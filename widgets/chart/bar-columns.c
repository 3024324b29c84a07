/* bar-columns.c: upright bars in series over categories or periods: side by side or stacked, from zero. */

#include "config.h"

#include "chart/axis.h"
#include "chart/bar-series.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NAME_TEXT 0.85
#define VALUE_TEXT 0.85
#define WIDEST_COLUMN 5.0  /* em, of a category's bars together for each series */
#define NARROWEST_NAME 3.2 /* em, to break over two lines */
#define MOST_COLUMNS 4000

typedef struct
{
  MqBarData data;
  MqRect    plot;
  MqAxis    axis;
  double    pitch, width; /* of a category; of its bars */
  double    names;        /* height of the categories' names */
  gboolean  with_inside;  /* figures stand in the parts of stacks */
} Columns;

static MqChartLayout *
get_layout (const Columns *self)
{
  return self->data.layout;
}

static gboolean
is_stacked (const Columns *self)
{
  return self->data.options->form == MQ_BARS_STACKED;
}

static double
get_left (const Columns *self, guint category)
{
  return self->plot.x + category * self->pitch + (self->pitch - self->width) / 2;
}

static PangoLayout *
make_name (const Columns *self, guint category, int before, gboolean wrap)
{
  MqChartLayout   *layout = get_layout (self);
  g_autofree char *words = mq_bar_data_category_name (&self->data, category, before);
  PangoLayout     *name = mq_text_new (layout->kit, words, NAME_TEXT, FALSE);
  double           room = self->pitch - 0.5 * layout->kit->em;

  if (!wrap || mq_text_width (name) <= room)
    return name;
  mq_text_wrap (layout->kit, name, room);
  mq_text_limit (name, 2);
  pango_layout_set_alignment (name, PANGO_ALIGN_CENTER);
  return name;
}

/* Names break over two lines where columns are wide enough, else every so many-th is written. */
static gboolean
names_wrap (const Columns *self)
{
  return self->pitch >= NARROWEST_NAME * get_layout (self)->kit->em;
}

static double
measure_names (const Columns *self, gboolean height)
{
  double most = 0;

  for (guint c = 0; c < self->data.categories.n; c++)
    {
      g_autoptr (PangoLayout) name = make_name (self, c, (int) c - 1, names_wrap (self));

      most = MAX (most, height ? mq_text_height (name) : mq_text_width (name));
    }
  return most;
}

static void
fit_width (Columns *self)
{
  double most = WIDEST_COLUMN * get_layout (self)->kit->em * (is_stacked (self) ? 1 : MAX (1, self->data.series.n * 0.6));

  self->pitch = self->plot.width / self->data.categories.n;
  self->width = MIN (self->pitch * (self->data.series.n > 1 && !is_stacked (self) ? 0.8 : 0.7), most);
  if (self->pitch < 4)
    self->width = self->pitch;
}

static void
fit_plot (Columns *self, MqRect area)
{
  MqChartLayout *layout = get_layout (self);
  double         em = layout->kit->em;
  double         used = mq_bar_data_legend (&self->data, area);
  gboolean       roomy = area.height - used > 6 * em && area.width > 10 * em;
  guint          most = (guint) CLAMP ((area.height - used) / (2.6 * em), 1, MQ_TICKS_MAX - 1);
  MqChart       *chart = layout->chart;

  self->plot = (MqRect){ area.x, area.y + used + 0.6 * em, area.width, MAX (area.height - used - 0.6 * em, 1) };
  mq_axis_init (&self->axis, MQ_AXIS_LINEAR, chart->table, chart->columns[MQ_BAR_VALUE], self->data.low, self->data.high, TRUE, most);
  self->axis.start = self->plot.y + self->plot.height - 1.8 * em;
  self->axis.end = self->plot.y;
  if (roomy)
    mq_axis_make_ticks (&self->axis, layout->kit, TRUE);
  if (self->axis.n > 0)
    {
      double width = mq_axis_text_width (&self->axis) + 0.6 * em;

      self->plot.x += width;
      self->plot.width -= width;
    }
  fit_width (self);
  self->names = roomy ? measure_names (self, TRUE) + (MQ_AXIS_GAP + 0.05) * em : 0;
  self->plot.height -= self->names;
  self->axis.start = self->plot.y + self->plot.height;
}

static void
draw_names (const Columns *self)
{
  MqChartLayout *layout = get_layout (self);
  double         em = layout->kit->em;
  guint          every = (guint) MAX (1, ceil ((MIN (measure_names (self, FALSE), self->plot.width) + 0.4 * em) / self->pitch - 0.01));

  for (guint c = 0; c < self->data.categories.n && self->names > 0; c += every)
    {
      PangoLayout *name = make_name (self, c, (int) c - (int) every, names_wrap (self));
      double       width = mq_text_width (name);
      double       x = self->plot.x + (c + 0.5) * self->pitch - width / 2;

      mq_chart_layout_try_text (layout, name, CLAMP (x, 0, MAX (0, layout->width - width)), self->plot.y + self->plot.height + MQ_AXIS_GAP * em, layout->theme.dim);
    }
}

/* The value over its bar, where all of a chart of one series find room. */
static gboolean
values_fit (const Columns *self)
{
  MqChartLayout *layout = get_layout (self);
  gsize          n = mq_table_n_rows (layout->chart->table);

  if (self->data.series.n > 1 || self->names == 0)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *words = mq_figure_short (layout->chart->table, i, layout->chart->columns[MQ_BAR_VALUE]);
      g_autoptr (PangoLayout) text = mq_text_new (layout->kit, words, VALUE_TEXT, FALSE);

      if (mq_text_width (text) + 0.4 * layout->kit->em > self->pitch)
        return FALSE;
    }
  return TRUE;
}

/* Figures stand in the parts that are high enough if the columns are wide enough for all of them: one figure alone, of a part
 * that happens to have few digits, would look as if it were of another kind. */
static gboolean
inside_fits (const Columns *self)
{
  gsize n = mq_table_n_rows (get_layout (self)->chart->table);

  if (!is_stacked (self))
    return FALSE;
  for (gsize row = 0; row < n; row++)
    {
      double value = mq_bar_data_value (&self->data, row);
      double width, height;

      if (!(value > 0) || !mq_bar_data_needs_inside (&self->data, row, &width, &height))
        continue;
      if (height <= mq_axis_position (&self->axis, 0) - mq_axis_position (&self->axis, value) && width > self->width - 1) /* edges lie on whole pixels */
        return FALSE;
    }
  return TRUE;
}

static void
write_value (const Columns *self, gsize row, double center, double top)
{
  MqChartLayout   *layout = get_layout (self);
  g_autofree char *words = mq_figure_short (layout->chart->table, row, layout->chart->columns[MQ_BAR_VALUE]);
  PangoLayout     *text = mq_text_new (layout->kit, words, VALUE_TEXT, FALSE);

  mq_chart_layout_try_text (layout, text, center - mq_text_width (text) / 2, top - mq_text_height (text) - 0.05 * layout->kit->em, layout->theme.foreground);
}

/* A bar between two values; returns the top of what is drawn. */
static double
draw_bar (const Columns *self, gsize row, double left, double width, double from, double to, gboolean end, guint series)
{
  MqChartLayout *layout = get_layout (self);
  MqSeriesLook   look = mq_bar_data_row_look (&self->data, row, series);
  double         a = mq_axis_position (&self->axis, from), b = mq_axis_position (&self->axis, to);
  MqRect         rect = { mq_chart_layout_snap (layout, left), MIN (a, b), MAX (mq_chart_layout_snap (layout, left + width) - mq_chart_layout_snap (layout, left), MIN (width, 1)), fabs (a - b) };
  double         low = mq_bar_data_number (&self->data, row, MQ_BAR_LOW);
  double         high = mq_bar_data_number (&self->data, row, MQ_BAR_HIGH);
  double         top = rect.y;

  mq_series_fill (layout, rect, end && to > from ? MQ_FILL_COLUMN : MQ_FILL_RECT, &look, mq_chart_is_complete (layout->chart, row, MQ_BAR_COMPLETE));
  if (self->with_inside)
    mq_bar_data_write_inside (&self->data, row, rect, &look);
  if (!isnan (low) && !isnan (high))
    {
      mq_series_whisker (layout, left + width / 2, mq_axis_position (&self->axis, low), mq_axis_position (&self->axis, high), MIN (width * 0.5, 0.7 * layout->kit->em), TRUE, rect, mq_bar_data_ground (&self->data, row, &look));
      top = MIN (top, mq_axis_position (&self->axis, high));
    }
  return top;
}

static void
draw_group (const Columns *self, guint category, gboolean with_values)
{
  double width = self->width / self->data.n_slots;
  double gap = self->data.n_slots > 1 && width > 4 ? 1 : 0;

  for (guint s = 0; s < self->data.series.n; s++)
    {
      gsize  row = mq_bar_data_row (&self->data, category, s);
      double value = mq_bar_data_value (&self->data, row);
      double left = get_left (self, category) + self->data.slots[s] * width;
      double top = mq_axis_position (&self->axis, 0);

      if (row == MQ_NO_ROW)
        continue;
      if (!isnan (value))
        top = draw_bar (self, row, left, width - gap, 0, value, TRUE, s);
      if (with_values)
        write_value (self, row, left + width / 2, MIN (top, mq_axis_position (&self->axis, 0)));
      mq_bar_data_take_mark (&self->data, row, (MqRect){ self->data.series.n > 1 ? left : self->plot.x + category * self->pitch, self->plot.y, self->data.series.n > 1 ? width : self->pitch, self->plot.height }, (MqPlace){ category * self->data.series.n + s, 0, 0 });
    }
}

static void
draw_stack (const Columns *self, guint category)
{
  double at = 0;

  for (guint i = 0; i < self->data.series.n; i++)
    {
      guint  s = self->data.order[i];
      gsize  row = mq_bar_data_row (&self->data, category, s);
      double value = mq_bar_data_value (&self->data, row);
      double to = at + (isnan (value) ? 0 : MAX (value, 0));
      double from_y = mq_axis_position (&self->axis, at), to_y = mq_axis_position (&self->axis, to);

      if (row == MQ_NO_ROW)
        continue;
      if (to > at)
        draw_bar (self, row, get_left (self, category), self->width, at, to, FALSE, s);
      mq_bar_data_take_mark (&self->data, row, (MqRect){ get_left (self, category), to_y, self->width, from_y - to_y }, (MqPlace){ category, self->data.series.n - i, 0 });
      at = to;
    }
}

static void
draw (Columns *self)
{
  MqChartLayout *layout = get_layout (self);
  gboolean       with_values = values_fit (self);
  double         hairline = layout->theme.hairline;

  mq_axis_draw_vertical (&self->axis, layout, self->plot.x, self->plot.x + self->plot.width);
  draw_names (self);
  for (guint c = 0; c < self->data.categories.n; c++)
    if (is_stacked (self))
      draw_stack (self, c);
    else
      draw_group (self, c, with_values);
  mq_picture_fill (layout->picture, (MqRect){ self->plot.x, mq_chart_layout_snap (layout, mq_axis_position (&self->axis, 0) - hairline / 2), self->plot.width, hairline }, layout->theme.dim);
}

void
mq_bar_columns_arrange (MqChartLayout *layout, MqRect area)
{
  Columns columns = { 0 };

  mq_bar_data_read (&columns.data, layout);
  if ((gsize) columns.data.categories.n * columns.data.series.n > MOST_COLUMNS)
    mq_chart_layout_say (layout, area, _ ("Too many bars to draw. The table has them all."));
  else
    {
      fit_plot (&columns, area);
      columns.with_inside = inside_fits (&columns);
      draw (&columns);
    }
  mq_axis_clear (&columns.axis);
  mq_bar_data_clear (&columns.data);
}
