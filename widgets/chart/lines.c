/* lines.c: lines over numbers, time or steps, with bands, gaps, steps and a dashed part that is not yet complete. Names
 * stand at the lines' ends; where they find no room there, in a legend. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/line-names.h"
#include "chart/track.h"
#include "chart/value-looks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  X,
  VALUE,
  SERIES,
  LOW,
  HIGH,
  COMPLETE,
};

enum
{
  STEPS = 1 << 0,
  FROM_ZERO = 1 << 1,
};

#define TICK_TEXT 0.82
#define MOST_MARKS 200
#define MOST_SERIES 200

typedef struct
{
  MqChartLayout *layout;
  MqRect         plot;
  MqGroups       series, x_groups;
  gboolean       ordinal;                /* x is a step in order, not a number */
  MqTrack      **tracks;                 /* (owned) one a series */
  double         low, high, first, last; /* of all points */
  MqAxis         x, y;
  MqLineNames    names;
} Lines;

static MqTable *
get_table (const Lines *self)
{
  return self->layout->chart->table;
}

static int
get_column (const Lines *self, guint index)
{
  return self->layout->chart->columns[index];
}

static gboolean
has_flag (const Lines *self, guint flag)
{
  return (self->layout->chart->flags & flag) != 0;
}

static double
read_number (const Lines *self, gsize row, guint index)
{
  double value;

  if (get_column (self, index) < 0 || !mq_figure_number (get_table (self), row, get_column (self, index), &value))
    return NAN;
  return value;
}

static void
widen_range (double *low, double *high, double value)
{
  if (isnan (value))
    return;
  *low = MIN (*low, value);
  *high = MAX (*high, value);
}

static int
compare_points (const void *a, const void *b)
{
  const MqTrackPoint *one = a;
  const MqTrackPoint *two = b;

  if (one->x != two->x)
    return one->x < two->x ? -1 : 1;
  return one->row < two->row ? -1 : one->row > two->row;
}

static void
read_tracks (Lines *self)
{
  gsize n = mq_table_n_rows (get_table (self));

  self->low = self->first = G_MAXDOUBLE;
  self->high = self->last = -G_MAXDOUBLE;
  self->tracks = g_new (MqTrack *, self->series.n);
  for (guint s = 0; s < self->series.n; s++)
    self->tracks[s] = g_array_new (FALSE, FALSE, sizeof (MqTrackPoint));
  for (gsize i = 0; i < n; i++)
    {
      const guint  series = self->series.of_row[i];
      MqTrackPoint point = { .row = i, .x = self->ordinal ? self->x_groups.of_row[i] : read_number (self, i, X) };

      if (isnan (point.x) || mq_chart_hides (self->layout->chart, series))
        continue;
      point.value = read_number (self, i, VALUE);
      point.low = read_number (self, i, LOW);
      point.high = read_number (self, i, HIGH);
      point.complete = mq_chart_is_complete (self->layout->chart, i, COMPLETE);
      widen_range (&self->low, &self->high, point.value);
      widen_range (&self->low, &self->high, point.low);
      widen_range (&self->low, &self->high, point.high);
      widen_range (&self->first, &self->last, point.x);
      g_array_append_val (self->tracks[series], point);
    }
  for (guint s = 0; s < self->series.n; s++)
    g_array_sort (self->tracks[s], compare_points);
}

static double
get_end_value (const Lines *self, guint series)
{
  const MqTrack *track = self->tracks[series];

  for (guint i = track->len; i > 0; i--)
    if (!isnan (g_array_index (track, MqTrackPoint, i - 1).value))
      return g_array_index (track, MqTrackPoint, i - 1).value;
  return NAN;
}

static MqSeriesLook
get_look (const Lines *self, guint series)
{
  MqSeriesLook look = mq_series_look (&self->layout->theme, series, self->series.n);

  if (mq_chart_value_look (self->layout->chart, &self->layout->theme, self->series.first_row[series], self->series.column, &look))
    look.color = mq_theme_edge (&self->layout->theme, look.color); /* a line is thinner than a bar */
  return look;
}

/* Where the lines end; more than can be named have no names. */
static void
read_ends (Lines *self)
{
  if (self->series.column < 0 || self->series.n > MQ_LINE_NAMES)
    return;
  for (guint s = 0; s < self->series.n; s++)
    self->names.ends[s] = (MqLineEnd){ mq_chart_hides (self->layout->chart, s) ? NULL : mq_figure_text (get_table (self), self->series.first_row[s], self->series.column), get_look (self, s), NAN };
  self->names.n = self->series.n;
}

static void
place_ends (Lines *self)
{
  for (guint s = 0; s < self->names.n; s++)
    self->names.ends[s].end = mq_axis_position (&self->y, get_end_value (self, s));
}

static void
place_axes (Lines *self)
{
  double inset = self->ordinal ? 0.6 * self->layout->kit->em : 0;

  self->x.start = self->plot.x + inset;
  self->x.end = self->plot.x + self->plot.width - inset;
  self->y.start = self->plot.y + self->plot.height;
  self->y.end = self->plot.y;
}

/* The plot's place: room for a half tick text above, tick texts to the left and below, names to the right. */
static void
fit_plot (Lines *self, MqRect area)
{
  double   em = self->layout->kit->em;
  double   half = 0.6 * em;
  gboolean roomy = area.height > 6 * em && area.width > 12 * em;

  self->plot = area;
  if (roomy)
    {
      self->plot.y += half;
      self->plot.height -= half + 2 * em + mq_axis_title_height (self->layout);
    }
  place_axes (self);
  place_ends (self);
  if (self->names.n > 0 && (!roomy || !mq_line_names_fit (&self->names, self->layout, self->plot.y, self->plot.y + self->plot.height)))
    {
      double used = mq_line_names_legend (&self->names, self->layout, area);

      self->plot.y += used;
      self->plot.height -= used;
      place_axes (self);
    }
  if (roomy)
    mq_axis_make_ticks (&self->y, self->layout->kit, TRUE);
  if (self->y.n > 0)
    {
      double width = mq_axis_text_width (&self->y) + 0.6 * em;

      self->plot.x += width;
      self->plot.width -= width;
    }
  self->plot.width -= self->names.width > 0 ? self->names.width + 0.9 * em : half;
  place_axes (self);
}

/* Texts of steps, every so many-th, the last one always if it stands clear. */
static void
draw_steps (const Lines *self)
{
  double bottom = self->plot.y + self->plot.height + MQ_AXIS_GAP * self->layout->kit->em;
  double step = self->x_groups.n > 1 ? (self->x.end - self->x.start) / (self->x_groups.n - 1) : self->plot.width;
  double widest = 0;
  guint  every;

  for (guint i = 0; i < self->x_groups.n; i++)
    {
      g_autofree char *words = mq_figure_text (get_table (self), self->x_groups.first_row[i], self->x_groups.column);
      g_autoptr (PangoLayout) text = mq_text_new (self->layout->kit, words, TICK_TEXT, FALSE);

      widest = MAX (widest, mq_text_width (text));
    }
  every = (guint) MAX (1, ceil ((widest + 0.5 * self->layout->kit->em) / MAX (step, 0.1)));
  for (guint i = 0; i < self->x_groups.n; i += every)
    {
      g_autofree char *words = mq_figure_text (get_table (self), self->x_groups.first_row[i], self->x_groups.column);
      PangoLayout     *text = mq_text_new (self->layout->kit, words, TICK_TEXT, FALSE);
      double           width = mq_text_width (text);
      double           x = mq_axis_position (&self->x, i) - width / 2;

      mq_chart_layout_try_text (self->layout, text, CLAMP (x, 0, MAX (0, self->layout->width - width)), bottom, self->layout->theme.dim);
    }
}

static void
draw_x_axis (Lines *self)
{
  double bottom = self->plot.y + self->plot.height;

  if (self->y.n == 0)
    return;
  mq_axis_draw_title (self->layout, self->plot);
  if (self->ordinal)
    draw_steps (self);
  else
    {
      mq_axis_make_ticks (&self->x, self->layout->kit, FALSE);
      mq_axis_draw_horizontal (&self->x, self->layout, bottom, bottom);
      for (guint i = 0; i < self->x.n; i++)
        mq_picture_fill (self->layout->picture, (MqRect){ mq_chart_layout_snap (self->layout, mq_axis_position (&self->x, self->x.ticks[i]) - 0.5), bottom, self->layout->theme.hairline, 0.25 * self->layout->kit->em }, self->layout->theme.grid);
    }
}

static void
draw_band (const Lines *self, guint series)
{
  const MqTheme *theme = &self->layout->theme;
  MqColor        color = get_look (self, series).color;
  g_autoptr (GPtrArray) bands = mq_track_bands (self->tracks[series], &self->x, &self->y, has_flag (self, STEPS));

  for (guint i = 0; i < bands->len; i++)
    {
      GArray *outline = bands->pdata[i];

      mq_picture_area (self->layout->picture, (const MqPoint *) (gpointer) outline->data, outline->len, mq_color_mix (color, theme->background, 0.82));
      if (!mq_track_is_dense (self->tracks[series], &self->x))
        mq_picture_line (self->layout->picture, (const MqPoint *) (gpointer) outline->data, outline->len, theme->hairline, MQ_DASH_NONE, mq_color_mix (color, theme->background, 0.6));
    }
}

/* Points are marked where they stand apart, and a lone one always. */
static void
draw_points (const Lines *self, guint series)
{
  const MqTrack *track = self->tracks[series];
  MqSeriesLook   look = get_look (self, series);
  double         radius = 0.24 * self->layout->kit->em;
  gboolean       apart = track->len * radius * 7 < self->plot.width && !has_flag (self, STEPS);

  for (guint i = 0; i < track->len; i++)
    {
      const MqTrackPoint *point = &g_array_index (track, MqTrackPoint, i);
      MqPoint             at = { mq_axis_position (&self->x, point->x), mq_axis_position (&self->y, point->value) };
      gboolean            alone = (i == 0 || isnan (point[-1].value)) && (i + 1 == track->len || isnan (point[1].value));

      if (isnan (point->value) || (!apart && !alone))
        continue;
      mq_picture_symbols (self->layout->picture, &at, 1, look.symbol, radius * 1.55, 0, self->layout->theme.background);
      mq_picture_symbols (self->layout->picture, &at, 1, look.symbol, radius, 0, look.color);
      if (!point->complete)
        mq_picture_symbols (self->layout->picture, &at, 1, look.symbol, radius * 0.5, 0, self->layout->theme.background);
    }
}

/* A line of more points than pixels is a filled envelope: much cheaper than its stroke, and the same to the eye. */
static void
draw_whole (const Lines *self, guint series, double width, const MqSeriesLook *look)
{
  g_autoptr (GArray) whole = NULL;
  g_autoptr (GPtrArray) envelopes = NULL;

  if (!mq_track_is_dense (self->tracks[series], &self->x))
    {
      whole = mq_track_line (self->tracks[series], &self->x, &self->y, has_flag (self, STEPS), TRUE);
      mq_picture_line (self->layout->picture, (const MqPoint *) (gpointer) whole->data, whole->len, width, look->dash, look->color);
      return;
    }
  envelopes = mq_track_envelopes (self->tracks[series], &self->x, &self->y, width);
  for (guint i = 0; i < envelopes->len; i++)
    {
      GArray *outline = envelopes->pdata[i];

      mq_picture_area (self->layout->picture, (const MqPoint *) (gpointer) outline->data, outline->len, look->color);
    }
}

static void
draw_line (const Lines *self, guint series)
{
  MqSeriesLook look = get_look (self, series);
  double       width = MAX (1.2, 0.14 * self->layout->kit->em) * (self->layout->theme.high_contrast ? 1.4 : 1);
  g_autoptr (GArray) open = mq_track_line (self->tracks[series], &self->x, &self->y, has_flag (self, STEPS), FALSE);

  draw_whole (self, series, width, &look);
  mq_picture_line (self->layout->picture, (const MqPoint *) (gpointer) open->data, open->len, width, MQ_DASH_SHORT, look.color);
}

static void
rank_marks (const Lines *self)
{
  GArray *places = self->layout->places;

  for (guint i = 0; i < places->len; i++)
    {
      MqPlace *place = &g_array_index (places, MqPlace, i);
      double   y = g_array_index (self->layout->marks, MqMark, i).bounds.y;

      place->row = 0;
      for (guint k = 0; k < places->len; k++)
        {
          double other = g_array_index (self->layout->marks, MqMark, k).bounds.y;

          if (g_array_index (places, MqPlace, k).column == place->column && (other < y || (other == y && k < i)))
            place->row++;
        }
    }
}

static void
take_marks (const Lines *self)
{
  MqChart *chart = self->layout->chart;
  double   half = 0.5 * self->layout->kit->em;

  for (guint s = 0; s < self->series.n; s++)
    {
      g_autoptr (GArray) stops = mq_track_stops (self->tracks[s], mq_table_n_rows (get_table (self)) <= MOST_MARKS ? MOST_MARKS : MOST_MARKS / self->series.n);

      for (guint i = 0; i < stops->len; i++)
        {
          const MqTrackPoint *point = &g_array_index (self->tracks[s], MqTrackPoint, g_array_index (stops, guint, i));
          MqRect              bounds = { mq_axis_position (&self->x, point->x) - half, mq_axis_position (&self->y, point->value) - half, 2 * half, 2 * half };

          mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, bounds), point->row, (MqPlace){ .column = self->x_groups.of_row[point->row], .lane = s }, chart->kind->label (chart, point->row));
        }
    }
  rank_marks (self);
}

static void
init_axes (Lines *self, MqRect area)
{
  MqTable *table = get_table (self);
  guint    value = get_column (self, VALUE);
  guint    most = (guint) CLAMP (area.height / (2.6 * self->layout->kit->em), 1, MQ_TICKS_MAX - 1);

  if (has_flag (self, FROM_ZERO))
    {
      widen_range (&self->low, &self->high, 0);
      if (mq_table_column_type (table, value) == MQ_COLUMN_SHARE && self->high > 0.7)
        widen_range (&self->low, &self->high, 1);
    }
  mq_axis_init (&self->y, MQ_AXIS_LINEAR, table, value, self->low, self->high, TRUE, most);
  mq_axis_init (&self->x, self->ordinal ? MQ_AXIS_LINEAR : mq_axis_kind_for (table, get_column (self, X)), table, get_column (self, X), self->first, self->last, FALSE, 1);
}

static void
clear_lines (Lines *self)
{
  for (guint s = 0; s < self->series.n; s++)
    g_array_unref (self->tracks[s]);
  g_free (self->tracks);
  mq_line_names_clear (&self->names);
  mq_axis_clear (&self->x);
  mq_axis_clear (&self->y);
  mq_groups_clear (&self->series);
  mq_groups_clear (&self->x_groups);
}

static void
draw (Lines *self)
{
  mq_axis_draw_vertical (&self->y, self->layout, self->plot.x, self->plot.x + self->plot.width);
  draw_x_axis (self);
  for (guint s = self->series.n; s > 0; s--)
    draw_band (self, s - 1);
  for (guint s = self->series.n; s > 0; s--)
    draw_line (self, s - 1);
  for (guint s = self->series.n; s > 0; s--)
    draw_points (self, s - 1);
  mq_line_names_draw (&self->names, self->layout, self->plot.x + self->plot.width);
  take_marks (self);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Lines lines = { .layout = layout, .ordinal = mq_figure_is_text (layout->chart->table, layout->chart->columns[X]) };

  mq_groups_read (&lines.series, layout->chart->table, layout->chart->columns[SERIES]);
  mq_groups_read (&lines.x_groups, layout->chart->table, layout->chart->columns[X]);
  read_tracks (&lines);
  if (lines.series.n > MOST_SERIES)
    mq_chart_layout_say (layout, area, _ ("Too many lines to draw. The table has them all."));
  else if (lines.first > lines.last)
    mq_chart_layout_say (layout, area, _ ("No data"));
  else
    {
      init_axes (&lines, area);
      read_ends (&lines);
      fit_plot (&lines, area);
      draw (&lines);
    }
  clear_lines (&lines);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *x = mq_figure_text (chart->table, row, chart->columns[X]);
  g_autofree char *value = mq_chart_value_words (chart, row, chart->columns[VALUE], chart->columns[LOW], chart->columns[HIGH]);
  g_autofree char *series = NULL;
  g_autofree char *name = NULL;

  if (chart->columns[SERIES] < 0)
    return mq_chart_say_complete (chart, row, COMPLETE, g_strdup_printf (_ ("%s: %s"), x, value));
  series = mq_figure_text (chart->table, row, chart->columns[SERIES]);
  name = mq_text_isolate (series);
  /* Translators: a point: the line's name, where on the axis, value. */
  return mq_chart_say_complete (chart, row, COMPLETE, g_strdup_printf (_ ("%s, %s: %s"), name, x, value));
}

static const MqChartKind lines_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
  .series = SERIES,
  .lines = TRUE,
  .moves = MQ_MOVES_LANES,
  .points = TRUE,
};

MqChart *
mq_chart_new_lines (MqTable *table, const char *title, const char *subtitle, const MqLineColumns *c)
{
  const char *columns[MQ_CHART_COLUMNS] = { c->x, c->value, c->series, c->low, c->high, c->complete };
  MqChart    *chart = mq_chart_new (&lines_kind, table, title, subtitle, columns);

  if (chart != NULL)
    chart->flags = (c->steps ? STEPS : 0) | (c->from_zero ? FROM_ZERO : 0);
  return chart;
}
