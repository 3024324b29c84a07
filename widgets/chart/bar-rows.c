/* bar-rows.c: horizontal bars in series: side by side, stacked, away from the middle of the neutral part, or in panels on one
 * scale. */

#include "config.h"

#include "chart/axis.h"
#include "chart/bar-series.h"
#include "chart/figures.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NAME_TEXT 0.9
#define VALUE_TEXT 0.85
#define HIGHEST_ROW 4.0     /* em */
#define THICKEST_BAR 2.25   /* em */
#define WIDEST_NAMES 0.35   /* of the width */
#define NARROWEST_PANEL 4.5 /* em */
#define PANEL_GAP 0.8       /* em between the names of panels */
#define NAME_LINES 2        /* of a panel */
#define LOWEST_ROW 0.8      /* em, in panels below each other */
#define MOST_ROWS 2000

typedef struct
{
  MqBarData data;
  MqRect    area; /* of the rows */
  double    pitch, thickness;
  double    names; /* their width with the gap after them */
  gboolean  with_axis, panels;
  MqAxis    axis; /* of the first panel */
  double    panel_pitch;
  guint     across, down; /* panels beside and below each other */
  double    header;       /* of each line of panels */
  double    line_pitch;
} Rows;

static MqChartLayout *
get_layout (const Rows *self)
{
  return self->data.layout;
}

/* How far to the right and down the panel of a series stands from the first one. */
static double
get_shift (const Rows *self, guint series)
{
  return self->panels ? series % self->across * self->panel_pitch : 0;
}

static double
get_drop (const Rows *self, guint series)
{
  return self->panels ? series / self->across * self->line_pitch : 0;
}

static double
get_top (const Rows *self, guint category)
{
  return self->area.y + category * self->pitch + (self->pitch - self->thickness) / 2;
}

static PangoLayout *
make_name (const Rows *self, guint category)
{
  g_autofree char *words = mq_bar_data_category_name (&self->data, category, -1);
  PangoLayout     *name = mq_text_new (get_layout (self)->kit, words, NAME_TEXT, FALSE);
  double           limit = self->area.width * WIDEST_NAMES;

  if (mq_text_width (name) <= limit)
    return name;
  mq_text_wrap (get_layout (self)->kit, name, limit);
  if (mq_text_height (name) > self->pitch)
    mq_text_ellipsize (name, limit);
  return name;
}

static PangoLayout *
make_value (const Rows *self, gsize row)
{
  g_autofree char *words = mq_figure_short (get_layout (self)->chart->table, row, get_layout (self)->chart->columns[MQ_BAR_VALUE]);

  return mq_text_new (get_layout (self)->kit, words, VALUE_TEXT, FALSE);
}

static gboolean
is_stacked (const Rows *self)
{
  return self->data.options->form == MQ_BARS_STACKED || self->data.options->form == MQ_BARS_DIVERGING;
}

/* How many bars stand below each other in a category. */
static guint
count_lanes (const Rows *self)
{
  return is_stacked (self) || self->panels ? 1 : self->data.n_slots;
}

/* Divides the height; what is left of it is the axis'. */
static void
fit_rows (Rows *self)
{
  double em = get_layout (self)->kit->em;
  double used = mq_bar_data_legend (&self->data, self->area);
  guint  n = self->data.categories.n;

  self->line_pitch = (self->area.height - used) / self->down;
  self->area.y += used + self->header;
  self->area.height = MAX (self->line_pitch - self->header, 1);
  self->with_axis = self->area.height - 1.9 * em >= n * count_lanes (self) * 0.9 * em;
  if (self->with_axis)
    self->area.height -= 1.9 * em;
  self->pitch = MIN (self->area.height / n, HIGHEST_ROW * em * MAX (1, count_lanes (self) * 0.5));
  self->thickness = MAX (MIN (self->pitch * (count_lanes (self) > 1 ? 0.78 : 0.66), THICKEST_BAR * em * count_lanes (self)), MIN (self->pitch, 1));
}

static double
measure_names (const Rows *self)
{
  double widest = 0;

  for (guint c = 0; c < self->data.categories.n; c++)
    {
      g_autoptr (PangoLayout) name = make_name (self, c);

      widest = MAX (widest, mq_text_width (name));
    }
  return widest;
}

/* Room for the values written at the bars' ends. */
static double
measure_values (const Rows *self)
{
  double widest = 0;
  gsize  n = mq_table_n_rows (get_layout (self)->chart->table);

  for (gsize i = 0; i < n && !is_stacked (self); i++)
    {
      g_autoptr (PangoLayout) text = make_value (self, i);

      widest = MAX (widest, mq_text_width (text));
    }
  return widest > 0 ? widest + 0.6 * get_layout (self)->kit->em : 0;
}

static void
fit_scale (Rows *self)
{
  MqChartLayout *layout = get_layout (self);
  double         em = layout->kit->em;
  double         width, values;

  self->names = MIN (measure_names (self) + 0.8 * em, self->area.width * 0.45);
  width = self->area.width - self->names;
  self->panel_pitch = width / self->across;
  width = self->panel_pitch - (self->panels ? 1.2 * em : 0);
  values = measure_values (self);
  if (values > width * 0.5)
    values = 0;
  mq_axis_init (&self->axis, MQ_AXIS_LINEAR, layout->chart->table, layout->chart->columns[MQ_BAR_VALUE], self->data.low, self->data.high, FALSE, 1);
  self->axis.start = self->area.x + self->names;
  self->axis.end = self->axis.start + MAX (width - values, 1);
}

/* Amounts of both directions from the middle: no sign, as both are counts or shares. */
static void
unsign_ticks (Rows *self)
{
  MqChartLayout *layout = get_layout (self);

  for (guint i = 0; i < self->axis.n; i++)
    if (self->axis.ticks[i] < 0)
      {
        g_autofree char *words = mq_figure_axis (layout->chart->table, layout->chart->columns[MQ_BAR_VALUE], -self->axis.ticks[i], self->axis.n > 1 ? self->axis.ticks[1] - self->axis.ticks[0] : 1);

        g_object_unref (self->axis.texts[i]);
        self->axis.texts[i] = mq_text_new (layout->kit, words, MQ_AXIS_TEXT, FALSE);
      }
}

static void
draw_panel_axis (const Rows *self, guint panel)
{
  MqChartLayout *layout = get_layout (self);
  double         top = self->area.y + get_drop (self, panel);
  double         bottom = top + self->pitch * self->data.categories.n;
  double         hairline = layout->theme.hairline;
  MqAxis         axis = self->axis;

  axis.start += get_shift (self, panel);
  axis.end += get_shift (self, panel);
  if (self->with_axis)
    mq_axis_draw_horizontal (&axis, layout, top, bottom);
  mq_picture_fill (layout->picture, (MqRect){ mq_chart_layout_snap (layout, mq_axis_position (&axis, 0) - hairline / 2), top, hairline, bottom - top }, layout->theme.dim);
}

static void
draw_panel_name (const Rows *self, guint panel)
{
  MqChartLayout   *layout = get_layout (self);
  g_autofree char *words = mq_bar_data_series_name (&self->data, panel);
  PangoLayout     *text = mq_text_new (layout->kit, words, NAME_TEXT, TRUE);
  double           width = self->panel_pitch - PANEL_GAP * layout->kit->em;
  double           bottom = self->area.y + get_drop (self, panel) - 0.4 * layout->kit->em;

  if (mq_text_width (text) > width)
    {
      mq_text_wrap (layout->kit, text, width);
      mq_text_limit (text, NAME_LINES);
    }
  mq_chart_layout_try_text (layout, text, self->axis.start + get_shift (self, panel), bottom - mq_text_height (text), layout->theme.foreground);
}

/* Of the categories, beside a line of panels. */
static void
draw_names (const Rows *self, double drop)
{
  MqChartLayout *layout = get_layout (self);

  for (guint c = 0; c < self->data.categories.n; c++)
    {
      PangoLayout *name = make_name (self, c);
      double       center = get_top (self, c) + drop + self->thickness / 2;
      double       top = center + layout->kit->figure * NAME_TEXT / 2 - mq_text_baseline (name);

      if (pango_layout_get_line_count (name) > 1)
        top = center - mq_text_height (name) / 2;
      if (mq_text_height (name) > self->pitch + 0.5 && !mq_picture_is_free (layout->picture, (MqRect){ self->area.x, top, self->names, mq_text_height (name) }, 0))
        g_object_unref (name);
      else
        mq_chart_layout_try_text (layout, name, self->area.x + self->names - 0.8 * layout->kit->em - mq_text_width (name), top, layout->theme.foreground);
    }
}

static void
draw_stack (const Rows *self, guint category)
{
  double at = mq_bar_data_start (&self->data, category);
  double gap = MIN (get_layout (self)->theme.hairline, self->thickness / 4);

  for (guint i = 0; i < self->data.series.n; i++)
    {
      gsize        row = mq_bar_data_row (&self->data, category, self->data.order[i]);
      double       value = mq_bar_data_value (&self->data, row);
      double       from = mq_axis_position (&self->axis, at);
      MqSeriesLook look = mq_bar_data_look (&self->data, self->data.order[i]);
      MqRect       rect;

      at += isnan (value) ? 0 : MAX (value, 0);
      rect = (MqRect){ from, get_top (self, category), mq_axis_position (&self->axis, at) - from, self->thickness };
      if (row == MQ_NO_ROW)
        continue;
      mq_series_fill (get_layout (self), (MqRect){ rect.x, rect.y, MAX (rect.width - gap, MIN (rect.width, gap)), rect.height }, MQ_FILL_RECT, &look, mq_chart_is_complete (get_layout (self)->chart, row, MQ_BAR_COMPLETE));
      mq_bar_data_write_inside (&self->data, row, rect, &look);
      mq_bar_data_take_mark (&self->data, row, rect, (MqPlace){ i, category, 0 });
    }
}

static void
draw_bar (const Rows *self, gsize row, MqRect slot, double shift, const MqSeriesLook *look)
{
  MqChartLayout *layout = get_layout (self);
  double         value = mq_bar_data_value (&self->data, row);
  double         zero = mq_axis_position (&self->axis, 0) + shift;
  double         end = isnan (value) ? zero : mq_axis_position (&self->axis, value) + shift;
  double         low = mq_bar_data_number (&self->data, row, MQ_BAR_LOW);
  double         high = mq_bar_data_number (&self->data, row, MQ_BAR_HIGH);
  PangoLayout   *text = make_value (self, row);
  MqRect         bar = { MIN (zero, end), slot.y, fabs (end - zero), slot.height };

  mq_series_fill (layout, bar, end > zero ? MQ_FILL_BAR : MQ_FILL_RECT, look, mq_chart_is_complete (layout->chart, row, MQ_BAR_COMPLETE));
  end = MAX (end, zero);
  if (!isnan (low) && !isnan (high))
    {
      mq_series_whisker (layout, slot.y + slot.height / 2, mq_axis_position (&self->axis, low) + shift, mq_axis_position (&self->axis, high) + shift, MIN (slot.height * 0.5, 0.7 * layout->kit->em), FALSE, bar, mq_bar_data_ground (&self->data, row, look));
      end = MAX (end, mq_axis_position (&self->axis, high) + shift);
    }
  if (end + 0.4 * layout->kit->em + mq_text_width (text) > slot.x + slot.width + 0.5 || mq_text_height (text) > MAX (slot.height, self->pitch / count_lanes (self)) + 0.5)
    g_object_unref (text);
  else
    mq_chart_layout_try_text (layout, text, end + 0.4 * layout->kit->em, slot.y + slot.height / 2 + layout->kit->figure * VALUE_TEXT / 2 - mq_text_baseline (text), layout->theme.foreground);
}

static void
draw_group (const Rows *self, guint category)
{
  guint lanes = count_lanes (self);

  for (guint s = 0; s < self->data.series.n; s++)
    {
      gsize  row = mq_bar_data_row (&self->data, category, s);
      guint  lane = self->panels ? 0 : self->data.slots[s];
      double height = self->thickness / lanes;
      double shift = get_shift (self, s);
      double gap = lanes > 1 ? MIN (1, height * 0.1) : 0;
      MqRect slot = { self->axis.start + shift, get_top (self, category) + get_drop (self, s) + lane * height, (self->panels ? self->panel_pitch : self->area.width - self->names), height - gap };
      MqRect mark = { slot.x, self->panels ? self->area.y + get_drop (self, s) + category * self->pitch : slot.y, slot.width, self->panels ? self->pitch : height };

      MqSeriesLook look;

      if (row == MQ_NO_ROW)
        continue;
      look = mq_bar_data_row_look (&self->data, row, s);
      draw_bar (self, row, slot, shift, &look);
      mq_bar_data_take_mark (&self->data, row, mark, self->panels ? (MqPlace){ s % self->across, s / self->across * self->data.categories.n + category, 0 } : (MqPlace){ 0, category * lanes + lane, 0 });
    }
}

static void
draw (Rows *self)
{
  if (self->with_axis)
    mq_axis_make_ticks (&self->axis, get_layout (self)->kit, FALSE);
  if (self->data.options->form == MQ_BARS_DIVERGING)
    unsign_ticks (self);
  for (guint panel = 0; panel < (self->panels ? self->data.series.n : 1); panel++)
    {
      draw_panel_axis (self, panel);
      if (self->panels)
        draw_panel_name (self, panel);
    }
  for (guint line = 0; line < self->down; line++)
    draw_names (self, line * self->line_pitch);
  for (guint c = 0; c < self->data.categories.n; c++)
    if (is_stacked (self))
      draw_stack (self, c);
    else
      draw_group (self, c);
}

/* The widest name of a panel, or the widest word of one. */
static double
measure_panel_names (const Rows *self, gboolean word)
{
  double widest = 0;

  for (guint s = 0; s < self->data.series.n; s++)
    {
      g_autofree char *name = mq_bar_data_series_name (&self->data, s);
      g_auto (GStrv) words = g_strsplit (name, word ? " " : "\n", -1);

      for (guint i = 0; words[i] != NULL; i++)
        {
          g_autoptr (PangoLayout) text = mq_text_new (get_layout (self)->kit, words[i], NAME_TEXT, TRUE);

          widest = MAX (widest, mq_text_width (text));
        }
    }
  return widest;
}

/* Panels in as few lines as their width allows; where they find no room below each other, bars side by side. */
static void
fit_panels (Rows *self)
{
  double em = get_layout (self)->kit->em;
  guint  n = self->data.series.n;
  double width = self->area.width * (1 - WIDEST_NAMES);
  double narrowest, line;
  guint  most;

  self->across = self->down = 1;
  if (self->data.options->form != MQ_BARS_PANELS)
    return;
  narrowest = MAX (NARROWEST_PANEL * em, MIN (measure_panel_names (self, TRUE), width) + PANEL_GAP * em);
  most = (guint) MAX (1, width / narrowest);
  self->down = (n + most - 1) / most;
  self->across = (n + self->down - 1) / self->down;
  line = 1.3 * NAME_TEXT * em;
  self->header = 0.5 * em + (measure_panel_names (self, FALSE) + PANEL_GAP * em > width / self->across ? NAME_LINES : 1) * line;
  self->panels = self->down == 1 || self->area.height / self->down - self->header > self->data.categories.n * LOWEST_ROW * em;
  if (self->panels)
    return;
  self->across = self->down = 1;
  self->header = 0;
}

void
mq_bar_rows_arrange (MqChartLayout *layout, MqRect area)
{
  Rows rows = { .area = area };

  mq_bar_data_read (&rows.data, layout);
  fit_panels (&rows);
  if (rows.data.categories.n > MOST_ROWS)
    mq_chart_layout_say (layout, area, _ ("Too many bars to draw. The table has them all."));
  else
    {
      fit_rows (&rows);
      fit_scale (&rows);
      draw (&rows);
    }
  mq_axis_clear (&rows.axis);
  mq_bar_data_clear (&rows.data);
}
