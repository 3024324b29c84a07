/* heat-map.c: cells coloured by value, the value printed in each, a thick line where the label (the segment) changes. Small
 * integers ascend to the right and upwards, so that the best of all stands at the top right; terms stand as the table has
 * them. What finds no room is left out in this order: labels, legend and axis titles, ticks, values; marks keep it all. */

#include "config.h"

#include "chart/figures.h"
#include "chart/heat-map.h"

#include <glib/gi18n-lib.h>

#define MOST_LINES 500 /* columns or rows: more cannot be seen */

/* Position from the top: integers ascend upwards, terms downwards. */
static guint
get_line (const MqHeatMap *self, gsize row)
{
  return self->y.keys != NULL ? self->y.n - 1 - self->y.of_row[row] : self->y.of_row[row];
}

static void
read_cells (MqHeatMap *self)
{
  gsize  n = mq_table_n_rows (mq_heat_map_table (self));
  double low = 0, high = 0, value;

  self->cells = g_new (gsize, self->x.n * self->y.n);
  for (gsize i = 0; i < (gsize) self->x.n * self->y.n; i++)
    self->cells[i] = MQ_NO_ROW;
  for (gsize i = 0; i < n; i++)
    {
      gsize at = (gsize) get_line (self, i) * self->x.n + self->x.of_row[i];

      if (self->cells[at] == MQ_NO_ROW)
        self->cells[at] = i;
      if (mq_figure_number (mq_heat_map_table (self), i, mq_heat_map_column (self, MQ_HEAT_VALUE), &value))
        {
          low = MIN (low, value);
          high = MAX (high, value);
        }
    }
  self->classes = mq_ticks_around (low, high, MQ_THEME_RAMP, mq_figure_tick_flags (mq_heat_map_table (self), mq_heat_map_column (self, MQ_HEAT_VALUE), high));
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  MqHeatMap map = { .layout = layout };

  mq_groups_read (&map.x, layout->chart->table, layout->chart->columns[MQ_HEAT_X]);
  mq_groups_read (&map.y, layout->chart->table, layout->chart->columns[MQ_HEAT_Y]);
  if (map.x.n > MOST_LINES || map.y.n > MOST_LINES)
    mq_chart_layout_say (layout, area, _ ("Too many cells to draw. The table has them all."));
  else
    {
      read_cells (&map);
      mq_heat_map_arrange_axes (&map, area);
      mq_heat_map_draw_cells (&map);
    }
  g_free (map.cells);
  mq_groups_clear (&map.x);
  mq_groups_clear (&map.y);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *x = mq_figure_text (chart->table, row, chart->columns[MQ_HEAT_X]);
  g_autofree char *y = mq_figure_text (chart->table, row, chart->columns[MQ_HEAT_Y]);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[MQ_HEAT_VALUE]);
  const char      *x_title = mq_heat_map_axis_title (chart, MQ_HEAT_X);
  const char      *y_title = mq_heat_map_axis_title (chart, MQ_HEAT_Y);
  g_autofree char *name = NULL;

  if (chart->columns[MQ_HEAT_LABEL] < 0 || mq_table_is_missing (chart->table, row, chart->columns[MQ_HEAT_LABEL]))
    /* Translators: a cell: column's title and value, row's title and value, figure. */
    return g_strdup_printf (_ ("%s %s, %s %s: %s"), x_title, x, y_title, y, value);
  name = mq_figure_text (chart->table, row, chart->columns[MQ_HEAT_LABEL]);
  /* Translators: a cell: column's title and value, row's title and value, figure, segment. */
  return g_strdup_printf (_ ("%s %s, %s %s: %s, %s"), x_title, x, y_title, y, value, name);
}

static const MqChartKind heat_map_kind = {
  .arrange = arrange,
  .label = label,
  .value = MQ_HEAT_VALUE,
  .prints_values = TRUE,
};

MqTable *
mq_heat_map_table (const MqHeatMap *self)
{
  return self->layout->chart->table;
}

int
mq_heat_map_column (const MqHeatMap *self, guint index)
{
  return self->layout->chart->columns[index];
}

const char *
mq_heat_map_axis_title (const MqChart *chart, guint axis)
{
  return chart->axis_titles[axis] != NULL ? chart->axis_titles[axis] : mq_figure_title (chart->table, chart->columns[axis]);
}

PangoLayout *
mq_heat_map_text (const MqHeatMap *self, char *words, double scale, gboolean bold)
{
  g_autofree char *taken = words;

  return mq_text_new (self->layout->kit, taken, scale, bold);
}

MqChart *
mq_chart_new_heat_map (MqTable *table, const char *title, const char *subtitle, const char *x, const char *y, const char *value, const char *label_column)
{
  const char *columns[MQ_CHART_COLUMNS] = { x, y, value, label_column };

  return mq_chart_new (&heat_map_kind, table, title, subtitle, columns);
}
