/* histogram.c: classes of a number, their counts as height, marked values (percentiles, cuts) as lines across. */

#include "config.h"

#include "chart/axis.h"
#include "chart/figures.h"
#include "chart/series.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  FROM,
  TO,
  VALUE,
};

#define MARKER_TEXT 0.85
#define MOST_MARKS 200
#define MOST_CLASSES 5000

typedef struct
{
  guint     n;
  MqMarker *markers; /* (owned), labels too */
} Markers;

typedef struct
{
  MqChartLayout *layout;
  const Markers *markers;
  MqRect         plot;
  gsize          n;
  double        *from, *to; /* (owned) */
  MqAxis         x, y;
  guint          lines; /* of markers' names over the plot */
} Histogram;

static double
read_number (const MqChart *chart, gsize row, guint index)
{
  double value;

  return mq_figure_number (chart->table, row, chart->columns[index], &value) ? value : NAN;
}

/* A class without an upper border is drawn as wide as the one before. */
static void
read_classes (Histogram *self)
{
  const MqChart *chart = self->layout->chart;

  self->from = g_new (double, self->n);
  self->to = g_new (double, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      self->from[i] = read_number (chart, i, FROM);
      self->to[i] = read_number (chart, i, TO);
      if (isnan (self->to[i]))
        self->to[i] = self->from[i] + (i > 0 ? self->to[i - 1] - self->from[i - 1] : 1);
    }
}

static void
init_axes (Histogram *self, MqRect area)
{
  const MqChart *chart = self->layout->chart;
  double         low = G_MAXDOUBLE, high = -G_MAXDOUBLE, most = 0;
  guint          classes = (guint) CLAMP (area.height / (2.6 * self->layout->kit->em), 1, 5);

  for (gsize i = 0; i < self->n; i++)
    {
      double value = read_number (chart, i, VALUE);

      if (isnan (self->from[i]))
        continue;
      low = MIN (low, self->from[i]);
      high = MAX (high, self->to[i]);
      most = isnan (value) ? most : MAX (most, value);
    }
  if (low > high)
    low = high = 0;
  mq_axis_init (&self->y, MQ_AXIS_LINEAR, chart->table, chart->columns[VALUE], 0, most, TRUE, classes);
  mq_axis_init (&self->x, mq_axis_kind_for (chart->table, chart->columns[FROM]), chart->table, chart->columns[FROM], low, high, FALSE, 1);
}

static char *
say_marker (const Histogram *self, guint index)
{
  const MqMarker  *marker = &self->markers->markers[index];
  const MqChart   *chart = self->layout->chart;
  double           step = pow (10, floor (log10 (MAX (fabs (marker->value), 1e-6))) - 1);
  MqColumnType     type = mq_table_column_type (chart->table, chart->columns[FROM]);
  g_autofree char *value = mq_figure_axis (chart->table, chart->columns[FROM], marker->value, type == MQ_COLUMN_INTEGER ? 1 : step);

  /* Translators: a marked value on an axis: its name, its value. */
  return g_strdup_printf (_ ("%s: %s"), marker->label, value);
}

/* As many rows over the plot as markers' names stand side by side in none of fewer. */
static guint
count_lines (const Histogram *self, guint most)
{
  double used[3] = { -G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  guint  lines = 0;

  for (guint i = 0; i < self->markers->n; i++)
    {
      g_autofree char *words = say_marker (self, i);
      g_autoptr (PangoLayout) text = mq_text_new (self->layout->kit, words, MARKER_TEXT, FALSE);
      double left = mq_axis_position (&self->x, self->markers->markers[i].value) - mq_text_width (text) / 2 - 0.3 * self->layout->kit->em;

      for (guint row = 0; row < most; row++)
        if (used[row] < left)
          {
            used[row] = left + mq_text_width (text) + 0.6 * self->layout->kit->em;
            lines = MAX (lines, row + 1);
            break;
          }
    }
  return lines;
}

static void
place_y (Histogram *self, MqRect area, double head, double foot)
{
  self->plot.y = area.y + head;
  self->plot.height = MAX (area.height - head - foot, 1);
  self->y.start = self->plot.y + self->plot.height;
  self->y.end = self->plot.y;
}

static void
fit_plot (Histogram *self, MqRect area)
{
  double   em = self->layout->kit->em;
  gboolean roomy = area.height > 6 * em && area.width > 10 * em;
  double   foot = roomy ? 2 * em + mq_axis_title_height (self->layout) : 0;

  self->plot = (MqRect){ .x = area.x, .width = area.width - 0.6 * em };
  place_y (self, area, 0.6 * em, foot);
  if (roomy)
    {
      double width;

      mq_axis_make_ticks (&self->y, self->layout->kit, TRUE);
      width = mq_axis_text_width (&self->y) + 0.6 * em;
      self->plot.x += width;
      self->plot.width -= width;
    }
  self->x.start = self->plot.x;
  self->x.end = self->plot.x + MAX (self->plot.width, 1);
  self->lines = roomy ? count_lines (self, area.height > 14 * em ? 3 : 1) : 0;
  if (self->lines > 0)
    place_y (self, area, (self->lines * 1.3 + 0.3) * em, foot);
  if (roomy)
    mq_axis_make_ticks (&self->x, self->layout->kit, FALSE);
}

static MqRect
get_bar (const Histogram *self, gsize row)
{
  double left = mq_axis_position (&self->x, self->from[row]);
  double right = mq_axis_position (&self->x, self->to[row]);
  double value = read_number (self->layout->chart, row, VALUE);
  double top = isnan (value) ? self->y.start : mq_axis_position (&self->y, value);
  double gap = right - left > 3 ? MIN (1.0, self->layout->theme.hairline) : 0;

  if (right - left > 6)
    {
      left = mq_chart_layout_snap (self->layout, left);
      right = mq_chart_layout_snap (self->layout, right);
    }
  return (MqRect){ left, top, MAX (right - left - gap, 0.1), self->y.start - top };
}

static void
draw_bars (const Histogram *self)
{
  MqSeriesLook look = mq_series_look (&self->layout->theme, 0, 1);
  gboolean     dense = self->n > self->plot.width;

  for (gsize i = 0; i < self->n; i++)
    if (!isnan (self->from[i]))
      {
        MqRect rect = get_bar (self, i);

        if (dense || rect.width < 4)
          mq_picture_fill (self->layout->picture, rect, look.color);
        else
          mq_series_fill (self->layout, rect, MQ_FILL_COLUMN, &look, TRUE);
      }
}

/* Over 200 classes only every so many-th is a mark. */
static void
take_marks (const Histogram *self)
{
  MqChart *chart = self->layout->chart;
  gsize    every = self->n <= MOST_MARKS ? 1 : (self->n + MOST_MARKS - 1) / MOST_MARKS;

  for (gsize i = 0, column = 0; i < self->n; i += every)
    if (!isnan (self->from[i]))
      {
        MqRect rect = get_bar (self, i);

        rect = mq_chart_layout_clip (self->layout, (MqRect){ rect.x, self->plot.y, rect.width * every, self->plot.height });
        mq_chart_layout_take_mark (self->layout, rect, i, (MqPlace){ column++, 0, 0 }, chart->kind->label (chart, i));
      }
}

/* Names stand over their lines, in the first row where they find room. */
static void
draw_marker (const Histogram *self, guint index)
{
  const MqTheme   *theme = &self->layout->theme;
  double           em = self->layout->kit->em;
  double           value = self->markers->markers[index].value;
  double           x = mq_chart_layout_snap (self->layout, mq_axis_position (&self->x, value));
  g_autofree char *words = say_marker (self, index);
  double           line = MAX (1, 1.5 * theme->hairline);
  double           from = self->plot.y - 0.2 * em;

  if (value < self->x.low || value > self->x.high)
    return;
  for (guint row = self->lines; row > 0; row--)
    {
      double       top = self->plot.y - 0.3 * em - (self->lines - row + 1) * 1.3 * em;
      PangoLayout *text = mq_text_new (self->layout->kit, words, MARKER_TEXT, FALSE);
      double       left = CLAMP (x - mq_text_width (text) / 2, self->plot.x, MAX (self->plot.x, self->layout->width - mq_text_width (text)));

      if (mq_chart_layout_try_text (self->layout, text, left, top, theme->foreground))
        {
          from = top + 1.3 * em;
          break;
        }
    }
  mq_picture_fill (self->layout->picture, (MqRect){ x - line / 2, from, line, self->plot.y + self->plot.height - from }, theme->foreground);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Histogram self = { .layout = layout, .markers = layout->chart->extra, .n = mq_table_n_rows (layout->chart->table) };

  if (self.n > MOST_CLASSES)
    {
      mq_chart_layout_say (layout, area, _ ("Too many bars to draw. The table has them all."));
      return;
    }
  read_classes (&self);
  init_axes (&self, area);
  fit_plot (&self, area);
  mq_axis_draw_vertical (&self.y, layout, self.plot.x, self.plot.x + self.plot.width);
  mq_axis_draw_horizontal (&self.x, layout, self.plot.y + self.plot.height, self.plot.y + self.plot.height);
  if (self.x.n > 0)
    mq_axis_draw_title (layout, self.plot);
  draw_bars (&self);
  mq_picture_fill (layout->picture, (MqRect){ self.plot.x, mq_chart_layout_snap (layout, self.plot.y + self.plot.height) - layout->theme.hairline / 2, self.plot.width, layout->theme.hairline }, layout->theme.dim);
  for (guint i = 0; i < self.markers->n; i++)
    draw_marker (&self, i);
  take_marks (&self);
  mq_axis_clear (&self.x);
  mq_axis_clear (&self.y);
  g_free (self.from);
  g_free (self.to);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *from = mq_figure_text (chart->table, row, chart->columns[FROM]);
  g_autofree char *to = mq_figure_text (chart->table, row, chart->columns[TO]);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);

  if (mq_table_is_missing (chart->table, row, chart->columns[TO]))
    /* Translators: the last class of a histogram: from, count. */
    return g_strdup_printf (_ ("%s or more: %s"), from, value);
  /* Translators: a class of a histogram: from, up to, count. */
  return g_strdup_printf (_ ("%s to %s: %s"), from, to, value);
}

static void
free_markers (gpointer data)
{
  Markers *self = data;

  for (guint i = 0; i < self->n; i++)
    g_free ((char *) self->markers[i].label);
  g_free (self->markers);
  g_free (self);
}

static const MqChartKind histogram_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
};

MqChart *
mq_chart_new_histogram (MqTable *table, const char *title, const char *subtitle, const char *from, const char *to, const char *value, const MqMarker *markers, guint n_markers)
{
  const char *columns[MQ_CHART_COLUMNS] = { from, to, value };
  MqChart    *chart = mq_chart_new (&histogram_kind, table, title, subtitle, columns);
  Markers    *own;

  if (chart == NULL)
    return NULL;
  own = g_new0 (Markers, 1);
  own->n = n_markers;
  own->markers = g_new (MqMarker, MAX (n_markers, 1));
  for (guint i = 0; i < n_markers; i++)
    own->markers[i] = (MqMarker){ g_strdup (markers[i].label), markers[i].value };
  chart->extra = own;
  chart->free_extra = free_markers;
  return chart;
}
