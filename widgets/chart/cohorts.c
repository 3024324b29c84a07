/* cohorts.c: the triangle of cohorts by period. Cohorts run downwards from the oldest, periods to the right; figures stand
 * in the cells where they fit, all of one size. */

#include "config.h"

#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/scale.h"
#include "chart/series.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  COHORT,
  PERIOD,
  VALUE,
  SIZE,
  COMPLETE,
};

enum
{
  TOTALS = 1 << 0,
};

#define NAME_TEXT 0.85
#define WIDEST_NAMES 0.3 /* of the width */
#define HIGHEST_CELL 2.4 /* em */
#define WIDEST_CELL 6.0  /* em */
#define MOST_LINES 400

typedef struct
{
  MqChartLayout *layout;
  MqGroups       cohorts, periods;
  gsize         *cells; /* (owned) by cohort, then period */
  MqRect         grid;
  double         pitch_x, pitch_y;
  double         total_top; /* of the last row; NaN: none */
  MqTicks        classes;
  double         text; /* scale of the figures; 0: none are written */
} Cohorts;

static const MqChart *
get_chart (const Cohorts *self)
{
  return self->layout->chart;
}

static double
read_number (const Cohorts *self, gsize row, guint index)
{
  double value;

  if (row == MQ_NO_ROW || get_chart (self)->columns[index] < 0 || !mq_figure_number (get_chart (self)->table, row, get_chart (self)->columns[index], &value))
    return NAN;
  return value;
}

static gsize
get_cell (const Cohorts *self, guint cohort, guint period)
{
  return self->cells[(gsize) cohort * self->periods.n + period];
}

static void
read_classes (Cohorts *self)
{
  const MqChart *chart = get_chart (self);
  double         low = 0, high = 0;

  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      double value = read_number (self, i, VALUE);

      low = isnan (value) ? low : MIN (low, value);
      /* The first period of a share is all of it and would leave one shade to the rest. */
      if (!isnan (value) && !(value == 1 && mq_table_column_type (chart->table, chart->columns[VALUE]) == MQ_COLUMN_SHARE))
        high = MAX (high, value);
    }
  self->classes = mq_ticks_around (low, high, MQ_THEME_RAMP, mq_figure_tick_flags (chart->table, chart->columns[VALUE], high));
}

static MqColor
get_fill (const Cohorts *self, double value)
{
  guint n = self->classes.n - 1;

  return mq_theme_ramp (&self->layout->theme, (guint) CLAMP (floor (value / self->classes.step - self->classes.first + 1e-9), 0, n - 1), n);
}

/* The mean weighted by size of a share, the sum of anything else, over complete cohorts. NaN if there is none. */
static double
get_total (const Cohorts *self, guint period)
{
  const MqChart *chart = get_chart (self);
  gboolean       share = mq_table_column_type (chart->table, chart->columns[VALUE]) == MQ_COLUMN_SHARE;
  double         sum = 0, weights = 0;

  for (guint c = 0; c < self->cohorts.n; c++)
    {
      gsize  row = get_cell (self, c, period);
      double value = read_number (self, row, VALUE);
      double size = read_number (self, row, SIZE);
      double weight = !share || isnan (size) ? 1 : size;

      if (isnan (value) || !mq_chart_is_complete (chart, row, COMPLETE))
        continue;
      sum += value * (share ? weight : 1);
      weights += weight;
    }
  return weights > 0 ? sum / (share ? weights : 1) : NAN;
}

static char *
say_total (const Cohorts *self, guint period)
{
  const MqChart *chart = get_chart (self);
  double         total = get_total (self, period);

  if (isnan (total))
    return g_strdup ("");
  if (mq_table_column_type (chart->table, chart->columns[VALUE]) == MQ_COLUMN_SHARE)
    return mq_format_share (total, 1);
  return mq_figure_axis (chart->table, chart->columns[VALUE], total, 1);
}

static PangoLayout *
take_text (const Cohorts *self, char *words, double scale)
{
  g_autofree char *taken = words;

  return mq_text_new (self->layout->kit, taken, scale, FALSE);
}

static PangoLayout *
make_name (const Cohorts *self, guint cohort)
{
  PangoLayout *text = take_text (self, mq_figure_text (get_chart (self)->table, self->cohorts.first_row[cohort], self->cohorts.column), NAME_TEXT);

  if (mq_text_width (text) > WIDEST_NAMES * self->layout->width)
    mq_text_ellipsize (text, WIDEST_NAMES * self->layout->width);
  return text;
}

static PangoLayout *
make_size (const Cohorts *self, guint cohort)
{
  if (get_chart (self)->columns[SIZE] < 0)
    return NULL;
  return take_text (self, mq_figure_short (get_chart (self)->table, self->cohorts.first_row[cohort], get_chart (self)->columns[SIZE]), NAME_TEXT);
}

static void
measure_sides (const Cohorts *self, double *names, double *sizes)
{
  for (guint c = 0; c < self->cohorts.n; c++)
    {
      g_autoptr (PangoLayout) name = make_name (self, c);
      g_autoptr (PangoLayout) size = make_size (self, c);

      *names = MAX (*names, mq_text_width (name));
      *sizes = size != NULL ? MAX (*sizes, mq_text_width (size)) : 0;
    }
}

/* The largest size at which every figure has room in its cell. */
static double
choose_text (const Cohorts *self)
{
  static const double scales[] = { 0.95, 0.85, 0.75 };
  const MqChart      *chart = get_chart (self);
  double              em = self->layout->kit->em;
  double              widest = 0;

  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      g_autoptr (PangoLayout) text = take_text (self, mq_figure_short (chart->table, i, chart->columns[VALUE]), 1);

      widest = MAX (widest, mq_text_width (text));
    }
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (widest * scales[i] + 0.4 * em <= self->pitch_x && 1.4 * em * scales[i] <= self->pitch_y)
      return scales[i];
  return 0;
}

static void
fit (Cohorts *self, MqRect area)
{
  double   em = self->layout->kit->em;
  double   names = 0, sizes = 0, sides;
  gboolean totals = (get_chart (self)->flags & TOTALS) != 0;
  guint    lines;

  measure_sides (self, &names, &sizes);
  sides = names + 0.7 * em + (sizes > 0 ? sizes + 0.9 * em : 0);
  totals = totals && area.height > 9 * em;
  lines = self->cohorts.n + totals;
  if (sides > area.width * 0.55)
    sides = 0;
  self->grid = (MqRect){ area.x + sides, area.y, area.width - sides, area.height };
  if (area.height > 5 * em)
    {
      self->grid.y += 1.6 * em;
      self->grid.height -= 1.6 * em + (totals ? 0.5 * em : 0);
    }
  self->pitch_x = MIN (self->grid.width / self->periods.n, WIDEST_CELL * em);
  self->pitch_y = MIN (self->grid.height / lines, HIGHEST_CELL * em);
  self->total_top = totals ? self->grid.y + self->pitch_y * self->cohorts.n + 0.5 * em : NAN;
  self->text = choose_text (self);
  if (self->text == 0)
    self->total_top = NAN;
}

static double
get_text_top (const Cohorts *self, double center, PangoLayout *text, double scale)
{
  return center + self->layout->kit->figure * scale / 2 - mq_text_baseline (text);
}

static void
write_side (const Cohorts *self, PangoLayout *name, PangoLayout *size, double center)
{
  double right = self->grid.x - 0.7 * self->layout->kit->em;

  if (size != NULL)
    {
      mq_chart_layout_try_text (self->layout, g_object_ref (size), right - mq_text_width (size), get_text_top (self, center, size, NAME_TEXT), self->layout->theme.dim);
      g_object_unref (size);
    }
  mq_chart_layout_try_text (self->layout, name, 0, get_text_top (self, center, name, NAME_TEXT), self->layout->theme.foreground);
}

static void
write_periods (const Cohorts *self)
{
  double widest = 0;
  guint  every;

  for (guint p = 0; p < self->periods.n; p++)
    {
      g_autoptr (PangoLayout) text = take_text (self, mq_figure_text (get_chart (self)->table, self->periods.first_row[p], self->periods.column), NAME_TEXT);

      widest = MAX (widest, mq_text_width (text));
    }
  every = (guint) MAX (1, ceil ((widest + 0.4 * self->layout->kit->em) / self->pitch_x));
  for (guint p = 0; p < self->periods.n && self->grid.y > 0; p += every)
    {
      PangoLayout *text = take_text (self, mq_figure_text (get_chart (self)->table, self->periods.first_row[p], self->periods.column), NAME_TEXT);

      mq_chart_layout_try_text (self->layout, text, self->grid.x + (p + 0.5) * self->pitch_x - mq_text_width (text) / 2, self->grid.y - mq_text_height (text) - 0.1 * self->layout->kit->em, self->layout->theme.dim);
    }
}

static void
draw_cell (const Cohorts *self, gsize row, MqRect rect, guint cohort, guint period)
{
  const MqChart *chart = get_chart (self);
  const MqTheme *theme = &self->layout->theme;
  double         value = read_number (self, row, VALUE);
  gboolean       complete = mq_chart_is_complete (chart, row, COMPLETE);
  MqRect         inner = { rect.x, rect.y, MAX (rect.width - 2 * theme->hairline, 0.2), MAX (rect.height - 2 * theme->hairline, 0.2) };
  MqColor        fill = isnan (value) ? theme->background : get_fill (self, value);
  MqSeriesLook   look = { .color = fill };
  PangoLayout   *text;

  if (isnan (value))
    mq_picture_frame (self->layout->picture, inner, theme->hairline, theme->grid);
  else if (complete)
    mq_series_fill (self->layout, inner, MQ_FILL_RECT, &look, TRUE);
  else
    mq_series_open (self->layout, inner, theme->series[0]);
  if (self->text > 0)
    {
      text = take_text (self, mq_figure_short (chart->table, row, chart->columns[VALUE]), self->text);
      mq_chart_layout_try_text (self->layout, text, rect.x + (inner.width - mq_text_width (text)) / 2, get_text_top (self, rect.y + inner.height / 2, text, self->text), isnan (value) || !complete ? theme->foreground : mq_theme_text_on (fill));
    }
  mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, rect), row, (MqPlace){ period, cohort, 0 }, chart->kind->label (chart, row));
}

static void
draw_cohort (const Cohorts *self, guint cohort)
{
  double top = mq_chart_layout_snap (self->layout, self->grid.y + cohort * self->pitch_y);
  double bottom = mq_chart_layout_snap (self->layout, self->grid.y + (cohort + 1) * self->pitch_y);

  if (self->grid.x > 0)
    write_side (self, make_name (self, cohort), make_size (self, cohort), (top + bottom) / 2);
  for (guint p = 0; p < self->periods.n; p++)
    {
      double left = mq_chart_layout_snap (self->layout, self->grid.x + p * self->pitch_x);
      double right = mq_chart_layout_snap (self->layout, self->grid.x + (p + 1) * self->pitch_x);

      if (get_cell (self, cohort, p) != MQ_NO_ROW)
        draw_cell (self, get_cell (self, cohort, p), (MqRect){ left, top, right - left, bottom - top }, cohort, p);
    }
}

static void
draw_totals (const Cohorts *self)
{
  const MqTheme *theme = &self->layout->theme;
  double         center = self->total_top + self->pitch_y / 2;

  if (isnan (self->total_top))
    return;
  mq_picture_fill (self->layout->picture, (MqRect){ self->grid.x, mq_chart_layout_snap (self->layout, self->total_top - 0.3 * self->layout->kit->em), self->periods.n * self->pitch_x, theme->hairline }, theme->dim);
  if (self->grid.x > 0)
    /* Translators: the last row of a table of cohorts: all of them together. */
    write_side (self, take_text (self, g_strdup (_ ("All")), NAME_TEXT), NULL, center);
  for (guint p = 0; p < self->periods.n && self->text > 0; p++)
    {
      PangoLayout *text = take_text (self, say_total (self, p), self->text);

      if (mq_text_width (text) > self->pitch_x - 0.2 * self->layout->kit->em || mq_text_width (text) == 0)
        g_object_unref (text);
      else
        mq_chart_layout_try_text (self->layout, text, self->grid.x + (p + 0.5) * self->pitch_x - mq_text_width (text) / 2, get_text_top (self, center, text, self->text), theme->foreground);
    }
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Cohorts cohorts = { .layout = layout };

  mq_groups_read (&cohorts.cohorts, layout->chart->table, layout->chart->columns[COHORT]);
  mq_groups_read (&cohorts.periods, layout->chart->table, layout->chart->columns[PERIOD]);
  if (cohorts.cohorts.n > MOST_LINES || cohorts.periods.n > MOST_LINES)
    mq_chart_layout_say (layout, area, _ ("Too many cells to draw. The table has them all."));
  else
    {
      cohorts.cells = mq_groups_cross (&cohorts.periods, &cohorts.cohorts, mq_table_n_rows (layout->chart->table));
      read_classes (&cohorts);
      fit (&cohorts, area);
      write_periods (&cohorts);
      for (guint c = 0; c < cohorts.cohorts.n; c++)
        draw_cohort (&cohorts, c);
      draw_totals (&cohorts);
    }
  g_free (cohorts.cells);
  mq_groups_clear (&cohorts.cohorts);
  mq_groups_clear (&cohorts.periods);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *cohort = mq_figure_text (chart->table, row, chart->columns[COHORT]);
  g_autofree char *period = mq_figure_text (chart->table, row, chart->columns[PERIOD]);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);
  const char      *title = chart->axis_titles[0] != NULL ? chart->axis_titles[0] : mq_figure_title (chart->table, chart->columns[PERIOD]);

  /* Translators: a cell of a cohort: the cohort, the period's title and number, value. */
  return mq_chart_say_complete (chart, row, COMPLETE, g_strdup_printf (_ ("%s, %s %s: %s"), cohort, title, period, value));
}

static const MqChartKind cohorts_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
  .prints_values = TRUE,
};

MqChart *
mq_chart_new_cohorts (MqTable *table, const char *title, const char *subtitle, const MqCohortColumns *c)
{
  const char *columns[MQ_CHART_COLUMNS] = { c->cohort, c->period, c->value, c->size, c->complete };
  MqChart    *chart = mq_chart_new (&cohorts_kind, table, title, subtitle, columns);

  if (chart != NULL)
    chart->flags = c->totals ? TOTALS : 0;
  return chart;
}
