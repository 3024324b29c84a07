/* scatter.c: dots by two numbers, on linear or logarithmic axes; where there are many, cells by how many dots lie in them. */

#include "config.h"

#include "chart/axis.h"
#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/scale.h"
#include "chart/series.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

enum
{
  X,
  Y,
  LABEL,
  SERIES,
};

enum
{
  LOG_X = 1 << 0,
  LOG_Y = 1 << 1,
};

#define MOST_DOTS 3000
#define MOST_MARKS 200
#define MOST_NAMES 40
#define MARK_COLUMNS 16
#define MARK_ROWS 12

typedef struct
{
  gsize   row;
  guint   series;
  double  x, y;
  MqPoint at;
} Dot;

typedef struct
{
  MqChartLayout *layout;
  MqRect         plot;
  MqGroups       series;
  GArray        *dots; /* (element-type Dot) in the table's order */
  MqAxis         x, y;
} Scatter;

static const Dot *
get_dot (const Scatter *self, guint index)
{
  return &g_array_index (self->dots, Dot, index);
}

static const char *
get_title (const MqChart *chart, guint axis)
{
  return chart->axis_titles[axis] != NULL ? chart->axis_titles[axis] : mq_figure_title (chart->table, chart->columns[axis]);
}

static void
read_dots (Scatter *self)
{
  const MqChart *chart = self->layout->chart;

  self->dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      Dot dot = { .row = i, .series = self->series.of_row[i] };

      if (!mq_figure_number (chart->table, i, chart->columns[X], &dot.x) || !mq_figure_number (chart->table, i, chart->columns[Y], &dot.y))
        continue;
      if (((chart->flags & LOG_X) != 0 && dot.x <= 0) || ((chart->flags & LOG_Y) != 0 && dot.y <= 0))
        continue;
      if (mq_chart_hides (chart, dot.series))
        continue;
      g_array_append_val (self->dots, dot);
    }
}

static void
init_axes (Scatter *self, MqRect area)
{
  const MqChart *chart = self->layout->chart;
  double         low[2] = { G_MAXDOUBLE, G_MAXDOUBLE }, high[2] = { -G_MAXDOUBLE, -G_MAXDOUBLE };
  guint          most = (guint) CLAMP (area.height / (2.6 * self->layout->kit->em), 1, MQ_TICKS_MAX - 1);

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = get_dot (self, i);

      low[0] = MIN (low[0], dot->x);
      high[0] = MAX (high[0], dot->x);
      low[1] = MIN (low[1], dot->y);
      high[1] = MAX (high[1], dot->y);
    }
  for (guint i = 0; i < 2; i++)
    {
      gboolean   logarithmic = (chart->flags & (i == 0 ? LOG_X : LOG_Y)) != 0;
      MqAxisKind kind = logarithmic ? MQ_AXIS_LOG : mq_axis_kind_for (chart->table, chart->columns[i]);

      mq_axis_init (i == 0 ? &self->x : &self->y, kind, chart->table, chart->columns[i], low[i], high[i], TRUE, most);
    }
}

static double
arrange_legend (const Scatter *self, MqRect area)
{
  g_autofree MqLegendEntry *entries = g_new0 (MqLegendEntry, self->series.n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const MqChart *chart = self->layout->chart;

  if (chart->columns[SERIES] < 0)
    return 0;
  for (guint s = 0; s < self->series.n; s++)
    {
      g_ptr_array_add (names, mq_chart_hides (chart, s) ? NULL : mq_figure_text (chart->table, self->series.first_row[s], chart->columns[SERIES]));
      entries[s] = (MqLegendEntry){ names->pdata[s], mq_series_look (&self->layout->theme, s, self->series.n), FALSE };
    }
  return mq_legend_arrange (self->layout, area, entries, self->series.n, 3);
}

static void
write_title (const Scatter *self, guint axis, double x, double y, gboolean end)
{
  PangoLayout *text = mq_text_new (self->layout->kit, get_title (self->layout->chart, axis), MQ_AXIS_TEXT, FALSE);

  mq_chart_layout_try_text (self->layout, text, end ? x - mq_text_width (text) : x, y, self->layout->theme.dim);
}

static void
fit_plot (Scatter *self, MqRect area)
{
  double   em = self->layout->kit->em;
  double   used = arrange_legend (self, area);
  gboolean roomy = area.height - used > 8 * em && area.width > 12 * em;
  double   inset = MIN (0.6 * em, area.width / 8);

  self->plot = (MqRect){ area.x + inset, area.y + used + (roomy ? 1.9 * em : inset), MAX (area.width - 2 * inset, 1), 1 };
  self->plot.height = MAX (area.y + area.height - self->plot.y - (roomy ? 3.4 * em : inset), 1);
  self->y.start = self->plot.y + self->plot.height;
  self->y.end = self->plot.y;
  if (roomy)
    {
      double width;

      mq_axis_make_ticks (&self->y, self->layout->kit, TRUE);
      width = mq_axis_text_width (&self->y) + 0.6 * em - inset;
      self->plot.x += width;
      self->plot.width = MAX (self->plot.width - width, 1);
      write_title (self, Y, area.x, area.y + used, FALSE);
      write_title (self, X, area.x + area.width, self->plot.y + self->plot.height + 2 * em, TRUE);
    }
  self->x.start = self->plot.x;
  self->x.end = self->plot.x + self->plot.width;
  if (roomy)
    mq_axis_make_ticks (&self->x, self->layout->kit, FALSE);
  for (guint i = 0; i < self->dots->len; i++)
    {
      Dot *dot = &g_array_index (self->dots, Dot, i);

      dot->at = (MqPoint){ mq_axis_position (&self->x, dot->x), mq_axis_position (&self->y, dot->y) };
    }
}

/* Dots with a rim of ground, so that two that overlap are two. */
static void
draw_dots (const Scatter *self)
{
  const MqTheme *theme = &self->layout->theme;
  double         radius = (self->dots->len > 300 ? 0.2 : 0.3) * self->layout->kit->em;

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot   *dot = get_dot (self, i);
      MqSeriesLook look = mq_series_look (theme, dot->series, self->series.n);

      mq_picture_symbols (self->layout->picture, &dot->at, 1, look.symbol, radius + theme->hairline * 0.75, 0, theme->background);
      mq_picture_symbols (self->layout->picture, &dot->at, 1, look.symbol, radius, 0, look.color);
    }
}

/* Counts dots into columns × rows cells of the plot. (transfer full) */
static guint *
count_cells (const Scatter *self, guint columns, guint rows, gsize *first_row)
{
  guint *counts = g_new0 (guint, (gsize) columns * rows);

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = get_dot (self, i);
      guint      column = (guint) CLAMP ((dot->at.x - self->plot.x) / self->plot.width * columns, 0, columns - 1);
      guint      row = (guint) CLAMP ((dot->at.y - self->plot.y) / self->plot.height * rows, 0, rows - 1);

      if (counts[(gsize) row * columns + column]++ == 0 && first_row != NULL)
        first_row[(gsize) row * columns + column] = dot->row;
    }
  return counts;
}

/* Cells by count, each class four times the one before. */
static void
draw_cells (const Scatter *self)
{
  double            side = MAX (3, round (0.45 * self->layout->kit->em));
  guint             columns = MAX (1, (guint) (self->plot.width / side));
  guint             rows = MAX (1, (guint) (self->plot.height / side));
  g_autofree guint *counts = count_cells (self, columns, rows, NULL);
  double            width = self->plot.width / columns, height = self->plot.height / rows;
  guint             most = 1;

  for (gsize i = 0; i < (gsize) columns * rows; i++)
    most = MAX (most, counts[i]);
  for (gsize i = 0; i < (gsize) columns * rows; i++)
    if (counts[i] > 0)
      {
        double part = most > 1 ? log (counts[i]) / log (most) : 1;
        guint class = 1 + (guint) MIN (part * (MQ_THEME_RAMP - 1), MQ_THEME_RAMP - 2);

        mq_picture_fill (self->layout->picture, (MqRect){ self->plot.x + i % columns * width, self->plot.y + i / columns * height, width * 0.94, height * 0.94 }, mq_theme_ramp (&self->layout->theme, class, MQ_THEME_RAMP));
      }
}

/* Whether another dot would lie under a name. */
static gboolean
covers_dot (const Scatter *self, guint own, MqRect box)
{
  double rim = 0.3 * self->layout->kit->em;

  for (guint i = 0; i < self->dots->len; i++)
    {
      MqPoint at = get_dot (self, i)->at;

      if (i != own && at.x > box.x - rim && at.x < box.x + box.width + rim && at.y > box.y - rim && at.y < box.y + box.height + rim)
        return TRUE;
    }
  return FALSE;
}

static void
write_names (const Scatter *self)
{
  const MqChart *chart = self->layout->chart;
  double         em = self->layout->kit->em;

  if (chart->columns[LABEL] < 0 || self->dots->len > MOST_NAMES)
    return;
  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot       *dot = get_dot (self, i);
      g_autofree char *name = mq_figure_text (chart->table, dot->row, chart->columns[LABEL]);
      PangoLayout     *text = mq_text_new (self->layout->kit, name, 0.85, FALSE);
      double           width = mq_text_width (text);
      double           x = dot->at.x + 0.6 * em + width > self->layout->width ? dot->at.x - 0.6 * em - width : dot->at.x + 0.6 * em;

      double top = dot->at.y - mq_text_height (text) / 2;

      if (width > 0.4 * self->plot.width || covers_dot (self, i, (MqRect){ x, top, width, mq_text_height (text) }))
        g_object_unref (text);
      else
        mq_chart_layout_try_text (self->layout, text, x, top, self->layout->theme.foreground);
    }
}

static int
compare_places (const void *a, const void *b)
{
  const Dot *one = *(const Dot *const *) a;
  const Dot *two = *(const Dot *const *) b;

  if (one->at.x != two->at.x)
    return one->at.x < two->at.x ? -1 : 1;
  return one->row < two->row ? -1 : one->row > two->row;
}

/* From left to right. */
static void
take_dots (const Scatter *self)
{
  g_autofree const Dot **order = g_new (const Dot *, self->dots->len);
  MqChart               *chart = self->layout->chart;
  double                 half = 0.45 * self->layout->kit->em;

  for (guint i = 0; i < self->dots->len; i++)
    order[i] = get_dot (self, i);
  qsort (order, self->dots->len, sizeof *order, compare_places);
  for (guint i = 0; i < self->dots->len; i++)
    mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, (MqRect){ order[i]->at.x - half, order[i]->at.y - half, 2 * half, 2 * half }), order[i]->row, (MqPlace){ .column = i }, chart->kind->label (chart, order[i]->row));
}

/* Many dots are marks by regions of the plot. */
static void
take_regions (const Scatter *self)
{
  gsize             first_row[MARK_COLUMNS * MARK_ROWS];
  g_autofree guint *counts = count_cells (self, MARK_COLUMNS, MARK_ROWS, first_row);
  MqChart          *chart = self->layout->chart;
  double            width = self->plot.width / MARK_COLUMNS, height = self->plot.height / MARK_ROWS;

  for (guint i = 0; i < MARK_COLUMNS * MARK_ROWS; i++)
    if (counts[i] > 0)
      {
        g_autofree char *number = mq_format_integer (counts[i]);
        g_autofree char *near = chart->kind->label (chart, first_row[i]);

        /* Translators: a region of a scatter chart: how many dots, then the words of one of them. */
        mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, (MqRect){ self->plot.x + i % MARK_COLUMNS * width, self->plot.y + i / MARK_COLUMNS * height, width, height }), first_row[i], (MqPlace){ .column = i }, g_strdup_printf (_ ("%s here; one of them: %s"), number, near));
      }
}

static void
draw (Scatter *self, MqRect area)
{
  init_axes (self, area);
  fit_plot (self, area);
  mq_axis_draw_vertical (&self->y, self->layout, self->plot.x, self->plot.x + self->plot.width);
  mq_axis_draw_horizontal (&self->x, self->layout, self->plot.y, self->plot.y + self->plot.height);
  if (self->dots->len > MOST_DOTS)
    draw_cells (self);
  else
    draw_dots (self);
  write_names (self);
  if (self->dots->len > MOST_MARKS)
    take_regions (self);
  else
    take_dots (self);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Scatter scatter = { .layout = layout };

  mq_groups_read (&scatter.series, layout->chart->table, layout->chart->columns[SERIES]);
  read_dots (&scatter);
  if (scatter.dots->len == 0)
    mq_chart_layout_say (layout, area, _ ("No data"));
  else
    draw (&scatter, area);
  mq_axis_clear (&scatter.x);
  mq_axis_clear (&scatter.y);
  g_array_unref (scatter.dots);
  mq_groups_clear (&scatter.series);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *x = mq_figure_text (chart->table, row, chart->columns[X]);
  g_autofree char *y = mq_figure_text (chart->table, row, chart->columns[Y]);
  g_autofree char *name = NULL;
  g_autofree char *isolated = NULL;

  if (chart->columns[LABEL] < 0 || mq_table_is_missing (chart->table, row, chart->columns[LABEL]))
    /* Translators: a dot: title and value of x, title and value of y. */
    return g_strdup_printf (_ ("%s %s, %s %s"), get_title (chart, X), x, get_title (chart, Y), y);
  name = mq_figure_text (chart->table, row, chart->columns[LABEL]);
  isolated = mq_text_isolate (name);
  /* Translators: a dot: its name, title and value of x, title and value of y. */
  return g_strdup_printf (_ ("%s: %s %s, %s %s"), isolated, get_title (chart, X), x, get_title (chart, Y), y);
}

static const MqChartKind scatter_kind = {
  .arrange = arrange,
  .label = label,
  .value = Y,
  .series = SERIES,
  .moves = MQ_MOVES_SEQUENCE,
  .points = TRUE,
};

MqChart *
mq_chart_new_scatter (MqTable *table, const char *title, const char *subtitle, const MqScatterColumns *c)
{
  const char *columns[MQ_CHART_COLUMNS] = { c->x, c->y, c->label, c->series };
  MqChart    *chart = mq_chart_new (&scatter_kind, table, title, subtitle, columns);

  if (chart != NULL)
    chart->flags = (c->log_x ? LOG_X : 0) | (c->log_y ? LOG_Y : 0);
  return chart;
}
