/* bar-series.c: bars in series: the chart, its rows and words. bar-rows.c and bar-columns.c lay them out. */

#include "config.h"

#include "chart/bar-series.h"
#include "chart/figures.h"
#include "chart/value-looks.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define INSIDE_TEXT 0.85 /* em */
#define LEAST_ROW 1.1    /* lines */
#define MOST_ROW 2.8
#define MOST_LANE 1.8 /* of bars side by side, or in panels */
#define LEGEND_LINES 1.5
#define PANEL_LINES 3.0  /* name and axis */
#define PANELS_WIDTH 0.7 /* of the width */
#define USUAL_PANEL 8.0  /* em */

static MqTable *
get_table (const MqBarData *self)
{
  return self->layout->chart->table;
}

static int
get_column (const MqBarData *self, guint index)
{
  return self->layout->chart->columns[index];
}

static gboolean
is_stacked (const MqBarData *self)
{
  return self->options->form == MQ_BARS_STACKED || self->options->form == MQ_BARS_DIVERGING;
}

/* Levels in the order asked for, then what is no level. */
static void
read_order (MqBarData *self)
{
  guint n = 0;

  self->neutral = G_MAXUINT;
  self->order = g_new (guint, MAX (self->series.n, 1));
  for (guint i = 0; self->options->levels != NULL && self->options->levels[i] != NULL; i++)
    {
      int found = mq_groups_find (&self->series, get_table (self), self->options->levels[i]);

      if (found < 0)
        continue;
      if (g_strcmp0 (self->options->levels[i], self->options->neutral) == 0)
        self->neutral = n;
      self->order[n++] = found;
    }
  for (guint s = 0; s < self->series.n; s++)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < n && !known; i++)
        known = self->order[i] == s;
      if (!known)
        self->order[n++] = s;
    }
}

static double
sum_stack (const MqBarData *self, guint category)
{
  double sum = 0;

  for (guint s = 0; s < self->series.n; s++)
    {
      double value = mq_bar_data_value (self, mq_bar_data_row (self, category, s));

      sum += isnan (value) ? 0 : MAX (value, 0);
    }
  return sum;
}

static void
include (MqBarData *self, double value)
{
  if (isnan (value))
    return;
  self->low = MIN (self->low, value);
  self->high = MAX (self->high, value);
}

static void
read_range (MqBarData *self)
{
  gsize n = mq_table_n_rows (get_table (self));

  for (gsize i = 0; i < n && !is_stacked (self); i++)
    {
      if (mq_chart_hides (self->layout->chart, self->series.of_row[i]))
        continue;
      include (self, mq_bar_data_value (self, i));
      include (self, mq_bar_data_number (self, i, MQ_BAR_LOW));
      include (self, mq_bar_data_number (self, i, MQ_BAR_HIGH));
    }
  for (guint c = 0; c < self->categories.n && is_stacked (self); c++)
    {
      include (self, mq_bar_data_start (self, c));
      include (self, mq_bar_data_start (self, c) + sum_stack (self, c));
    }
}

static gboolean
is_month_start (const MqBarData *self)
{
  for (guint c = 0; c < self->categories.n; c++)
    {
      int year, month, day;

      mq_day_to_civil ((gint32) self->categories.keys[c], &year, &month, &day);
      if (day != 1)
        return FALSE;
    }
  return TRUE;
}

static int
get_year (const MqBarData *self, guint category)
{
  int year, month, day;

  mq_day_to_civil ((gint32) self->categories.keys[category], &year, &month, &day);
  return year;
}

void
mq_bar_data_read (MqBarData *self, MqChartLayout *layout)
{
  *self = (MqBarData){ .layout = layout, .options = layout->chart->extra };
  mq_groups_read (&self->categories, layout->chart->table, layout->chart->columns[MQ_BAR_CATEGORY]);
  mq_groups_read (&self->series, layout->chart->table, layout->chart->columns[MQ_BAR_SERIES]);
  self->cells = mq_groups_cross (&self->series, &self->categories, mq_table_n_rows (layout->chart->table));
  read_order (self);
  self->slots = g_new (guint, MAX (self->series.n, 1));
  for (guint s = 0; s < self->series.n; s++)
    {
      self->slots[s] = self->n_slots;
      self->n_slots += !mq_chart_hides (layout->chart, s);
    }
  read_range (self);
}

void
mq_bar_data_clear (MqBarData *self)
{
  mq_groups_clear (&self->categories);
  mq_groups_clear (&self->series);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->slots, g_free);
}

gsize
mq_bar_data_row (const MqBarData *self, guint category, guint series)
{
  return mq_chart_hides (self->layout->chart, series) ? MQ_NO_ROW : self->cells[(gsize) category * self->series.n + series];
}

double
mq_bar_data_number (const MqBarData *self, gsize row, guint index)
{
  double value;

  if (row == MQ_NO_ROW || get_column (self, index) < 0 || !mq_figure_number (get_table (self), row, get_column (self, index), &value))
    return NAN;
  return value;
}

double
mq_bar_data_value (const MqBarData *self, gsize row)
{
  return mq_bar_data_number (self, row, MQ_BAR_VALUE);
}

MqSeriesLook
mq_bar_data_look (const MqBarData *self, guint series)
{
  const MqTheme *theme = &self->layout->theme;
  MqSeriesLook   look = mq_series_look (theme, series, self->series.n);

  if (self->options->form == MQ_BARS_PANELS)
    return mq_series_look (theme, 0, 1);
  mq_chart_value_look (self->layout->chart, theme, self->series.first_row[series], self->series.column, &look);
  return look;
}

/* The names beside the bars say what a pattern would. */
MqSeriesLook
mq_bar_data_row_look (const MqBarData *self, gsize row, guint series)
{
  MqSeriesLook look;

  if ((self->series.column >= 0 && self->options->form != MQ_BARS_PANELS) ||
      !mq_chart_value_look (self->layout->chart, &self->layout->theme, row, self->categories.column, &look))
    return mq_bar_data_look (self, series);
  look.pattern = MQ_PATTERN_NONE;
  return look;
}

MqColor
mq_bar_data_ground (const MqBarData *self, gsize row, const MqSeriesLook *look)
{
  return mq_chart_is_complete (self->layout->chart, row, MQ_BAR_COMPLETE) ? look->color : self->layout->theme.background;
}

double
mq_bar_data_start (const MqBarData *self, guint category)
{
  double below = 0;

  if (self->options->form != MQ_BARS_DIVERGING)
    return 0;
  for (guint i = 0; i < self->series.n; i++)
    {
      double   value = mq_bar_data_value (self, mq_bar_data_row (self, category, self->order[i]));
      gboolean middle = self->neutral != G_MAXUINT && i == self->neutral;

      value = isnan (value) ? 0 : MAX (value, 0);
      if (self->neutral == G_MAXUINT ? i < self->series.n / 2 : i < self->neutral)
        below += value;
      else if (middle)
        below += value / 2;
    }
  return -below;
}

char *
mq_bar_data_series_name (const MqBarData *self, guint series)
{
  return self->series.column < 0 ? g_strdup ("") : mq_figure_text (get_table (self), self->series.first_row[series], self->series.column);
}

char *
mq_bar_data_category_name (const MqBarData *self, guint category, int before)
{
  MqColumnType type = mq_table_column_type (get_table (self), self->categories.column);

  if (type == MQ_COLUMN_DAY && before >= 0 && get_year (self, category) == get_year (self, (guint) before))
    return mq_format_day_part ((gint32) self->categories.keys[category], is_month_start (self) ? MQ_DAY_PART_MONTH : MQ_DAY_PART_MONTH_DAY);
  if (type == MQ_COLUMN_DAY && is_month_start (self))
    return mq_format_day_part ((gint32) self->categories.keys[category], MQ_DAY_PART_YEAR_MONTH);
  return mq_figure_text (get_table (self), self->categories.first_row[category], self->categories.column);
}

double
mq_bar_data_legend (const MqBarData *self, MqRect area)
{
  g_autofree MqLegendEntry *entries = g_new (MqLegendEntry, self->series.n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (self->series.column < 0 || self->options->form == MQ_BARS_PANELS)
    return 0;
  for (guint i = 0; i < self->series.n; i++)
    {
      g_ptr_array_add (names, mq_chart_hides (self->layout->chart, self->order[i]) ? NULL : mq_bar_data_series_name (self, self->order[i]));
      entries[i] = (MqLegendEntry){ names->pdata[i], mq_bar_data_look (self, self->order[i]), FALSE };
    }
  return mq_legend_arrange (self->layout, area, entries, self->series.n, 3);
}

/* (transfer full) (nullable) The figure of a part, and what it needs with the space around it; NULL: it has none. */
static PangoLayout *
make_inside (const MqBarData *self, gsize row, double *width, double *height)
{
  g_autofree char *words = NULL;
  PangoLayout     *text;
  double           em = self->layout->kit->em;

  if (!mq_chart_is_complete (self->layout->chart, row, MQ_BAR_COMPLETE))
    return NULL;
  words = mq_figure_short (get_table (self), row, get_column (self, MQ_BAR_VALUE));
  text = mq_text_new (self->layout->kit, words, INSIDE_TEXT, FALSE);
  *width = mq_text_width (text) + 0.7 * em;
  *height = self->layout->kit->figure * INSIDE_TEXT + 0.5 * em;
  return text;
}

gboolean
mq_bar_data_needs_inside (const MqBarData *self, gsize row, double *width, double *height)
{
  g_autoptr (PangoLayout) text = make_inside (self, row, width, height);

  return text != NULL;
}

void
mq_bar_data_write_inside (const MqBarData *self, gsize row, MqRect rect, const MqSeriesLook *look)
{
  double needed_width, needed_height;
  g_autoptr (PangoLayout) text = make_inside (self, row, &needed_width, &needed_height);
  double em = self->layout->kit->em;
  double width, height;

  if (text == NULL || needed_width > rect.width || needed_height > rect.height)
    return;
  width = mq_text_width (text);
  height = self->layout->kit->figure * INSIDE_TEXT;
  /* Figures are not read over lines. */
  if (look->pattern != MQ_PATTERN_NONE)
    mq_picture_fill (self->layout->picture, (MqRect){ rect.x + (rect.width - width) / 2 - 0.2 * em, rect.y + (rect.height - height) / 2 - 0.2 * em, width + 0.4 * em, height + 0.4 * em }, look->color);
  mq_chart_layout_try_text (self->layout, g_object_ref (text), rect.x + (rect.width - width) / 2, rect.y + (rect.height + height) / 2 - mq_text_baseline (text), mq_theme_text_on (look->color));
}

void
mq_bar_data_take_mark (const MqBarData *self, gsize row, MqRect bounds, MqPlace place)
{
  MqChart *chart = self->layout->chart;
  MqRect   clipped;

  /* The smallest bar can be hit too. */
  bounds.width = MAX (bounds.width, 1);
  bounds.height = MAX (bounds.height, 1);
  clipped = mq_chart_layout_clip (self->layout, bounds);
  mq_chart_layout_take_mark (self->layout, clipped, row, place, chart->kind->label (chart, row));
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *category = mq_figure_text (chart->table, row, chart->columns[MQ_BAR_CATEGORY]);
  g_autofree char *name = mq_text_isolate (category);
  g_autofree char *value = mq_chart_value_words (chart, row, chart->columns[MQ_BAR_VALUE], chart->columns[MQ_BAR_LOW], chart->columns[MQ_BAR_HIGH]);
  g_autofree char *series = NULL;
  g_autofree char *isolated = NULL;
  g_autofree char *share = NULL;
  GString         *out = g_string_new (NULL);

  if (chart->columns[MQ_BAR_SERIES] >= 0)
    {
      series = mq_figure_text (chart->table, row, chart->columns[MQ_BAR_SERIES]);
      isolated = mq_text_isolate (series);
      /* Translators: a part of a bar: the bar's name, the part's name, value. */
      g_string_append_printf (out, _ ("%s, %s: %s"), name, isolated, value);
    }
  else
    g_string_append_printf (out, _ ("%s: %s"), name, value);
  if (chart->columns[MQ_BAR_SHARE] >= 0 && !mq_table_is_missing (chart->table, row, chart->columns[MQ_BAR_SHARE]))
    {
      share = mq_figure_text (chart->table, row, chart->columns[MQ_BAR_SHARE]);
      g_string_append_printf (out, " (%s)", share);
    }
  return mq_chart_say_complete (chart, row, MQ_BAR_COMPLETE, g_string_free (out, FALSE));
}

static void
free_options (gpointer data)
{
  MqBarOptions *options = data;

  g_strfreev (options->levels);
  g_free (options->neutral);
  g_free (options);
}

/* Panels stand below each other where the width has no room for them; a stack has a legend. */
static void
fit_rows (const MqChart *chart, double width, double *least, double *most)
{
  const MqBarOptions *options = chart->extra;
  MqGroups            categories, series;
  double              rows, lines = 0;

  mq_groups_read (&categories, chart->table, chart->columns[MQ_BAR_CATEGORY]);
  mq_groups_read (&series, chart->table, chart->columns[MQ_BAR_SERIES]);
  rows = categories.n;
  if (options->form == MQ_BARS_PANELS)
    {
      double down = ceil (series.n / MAX (1, floor (width * PANELS_WIDTH / USUAL_PANEL)));

      rows *= down;
      lines = down * PANEL_LINES;
    }
  else if (options->form == MQ_BARS_GROUPED)
    rows *= MAX (series.n, 1);
  else
    lines = LEGEND_LINES;
  *least = rows * LEAST_ROW + lines;
  *most = MAX (categories.n * MOST_ROW, rows * MOST_LANE) + lines;
  mq_groups_clear (&categories);
  mq_groups_clear (&series);
}

static const MqChartKind rows_kind = {
  .fit = fit_rows,
  .arrange = mq_bar_rows_arrange,
  .label = label,
  .value = MQ_BAR_VALUE,
  .series = MQ_BAR_SERIES,
};

static const MqChartKind columns_kind = {
  .arrange = mq_bar_columns_arrange,
  .label = label,
  .value = MQ_BAR_VALUE,
  .series = MQ_BAR_SERIES,
};

MqChart *
mq_chart_new_bar_series (MqTable *table, const char *title, const char *subtitle, const MqBarColumns *c)
{
  gboolean      stacked = c->form == MQ_BARS_STACKED || c->form == MQ_BARS_DIVERGING;
  gboolean      vertical = c->vertical && (c->form == MQ_BARS_GROUPED || c->form == MQ_BARS_STACKED);
  const char   *columns[MQ_CHART_COLUMNS] = { c->category, c->value, c->series, stacked ? NULL : c->low, stacked ? NULL : c->high, c->complete, c->share };
  MqChart      *chart = mq_chart_new (vertical ? &columns_kind : &rows_kind, table, title, subtitle, columns);
  MqBarOptions *options;

  if (chart == NULL)
    return NULL;
  options = g_new0 (MqBarOptions, 1);
  options->form = c->form;
  options->levels = g_strdupv ((char **) c->levels);
  options->neutral = g_strdup (c->neutral);
  chart->extra = options;
  chart->free_extra = free_options;
  if (c->levels != NULL && (c->form == MQ_BARS_DIVERGING || c->neutral != NULL))
    mq_chart_set_levels (chart, c->levels, c->neutral);
  chart->whole = c->form == MQ_BARS_DIVERGING || c->form == MQ_BARS_PANELS || c->neutral != NULL;
  return chart;
}
