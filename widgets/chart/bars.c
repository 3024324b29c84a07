/* bars.c: horizontal bars from zero: name, bar, value and share at the bar's end. A mark is a whole row, so that the smallest bar can
 * be hit. Where rows are lower than a line of text, every n-th row is written and the others are heard and picked only. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/scale.h"
#include "chart/value-looks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  CATEGORY,
  VALUE,
  SHARE,
};

#define TEXT_SCALE 0.9
#define SMALL_SCALE 0.78
#define TICK_SCALE 0.8
#define HIGHEST_ROW 4.0   /* em */
#define THICKEST_BAR 2.25 /* em */
#define WIDEST_NAMES 0.4  /* of the width */
#define LEAST_BARS 0.3    /* of the width: before values are shortened */
#define LEAST_ROW 1.1     /* lines */
#define MOST_ROW 2.8

/* How much of a value is written, most first. */
typedef enum
{
  WRITE_FULL,
  WRITE_SHORT,
  WRITE_SHORT_ALONE,
  WRITE_NONE,
} Writing;

typedef struct
{
  MqChartLayout *layout;
  MqRect         area; /* of the rows: without the axis */
  gsize          n;
  double        *values; /* (owned) NaN: missing */
  double         low, high;
  double         text; /* scale of names and values */
  double         line; /* height of a line of them */
  double         pitch, thickness;
  gsize          every;  /* each so many-th row is written */
  PangoLayout  **names;  /* (owned) n of them, NULL where not written */
  PangoLayout  **labels; /* (owned) at the bars' ends */
  double         names_width;
  double         zero;  /* where bars start */
  double         scale; /* units a value */
} Bars;

static int
get_column (const Bars *self, guint index)
{
  return self->layout->chart->columns[index];
}

static MqTable *
get_table (const Bars *self)
{
  return self->layout->chart->table;
}

static double
get_center (const Bars *self, gsize row)
{
  return self->area.y + (row + 0.5) * self->pitch;
}

/* The top of a text whose figures stand in the middle of the row. */
static double
get_text_top (const Bars *self, gsize row, PangoLayout *text)
{
  if (pango_layout_get_line_count (text) > 1)
    return get_center (self, row) - mq_text_height (text) / 2;
  return get_center (self, row) + self->layout->kit->figure * self->text / 2 - mq_text_baseline (text);
}

static void
read_values (Bars *self)
{
  self->values = g_new (double, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      if (!mq_figure_number (get_table (self), i, get_column (self, VALUE), &self->values[i]))
        self->values[i] = NAN;
      else
        {
          self->low = MIN (self->low, self->values[i]);
          self->high = MAX (self->high, self->values[i]);
        }
    }
}

static void
clear_texts (PangoLayout **texts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_clear_object (&texts[i]);
}

/* A name on one line if it fits, on two if the row is high enough, else with an ellipsis (the mark says all of it). */
static PangoLayout *
make_name (const Bars *self, gsize row)
{
  const MqTextKit *kit = self->layout->kit;
  g_autofree char *words = mq_figure_text (get_table (self), row, get_column (self, CATEGORY));
  PangoLayout     *name = mq_text_new (kit, words, self->text, FALSE);
  double           limit = self->area.width * WIDEST_NAMES;

  if (mq_text_width (name) <= limit)
    return name;
  mq_text_wrap (kit, name, limit);
  if (self->every > 1 || mq_text_height (name) > self->pitch)
    mq_text_ellipsize (name, limit);
  return name;
}

/* Writes names at such a distance that none touches the next. */
static void
make_names (Bars *self)
{
  double line = self->layout->kit->em * self->text;

  self->names = g_new0 (PangoLayout *, self->n);
  for (self->every = MAX (1, (gsize) ceil (line / self->pitch));;)
    {
      double highest = 0;

      for (gsize i = 0; i < self->n; i += self->every)
        {
          self->names[i] = make_name (self, i);
          highest = MAX (highest, mq_text_height (self->names[i]));
          self->names_width = MAX (self->names_width, mq_text_width (self->names[i]));
        }
      if (highest <= self->pitch * self->every || self->every >= self->n)
        break;
      clear_texts (self->names, self->n);
      self->names_width = 0;
      self->every = MAX (self->every + 1, (gsize) ceil (highest / self->pitch));
    }
  if (self->every >= self->n && mq_text_height (self->names[0]) > self->area.height)
    {
      clear_texts (self->names, self->n);
      self->names_width = 0;
    }
}

static PangoLayout *
make_label (const Bars *self, gsize row, Writing writing)
{
  const MqTable   *table = get_table (self);
  guint            value = get_column (self, VALUE);
  g_autofree char *number = writing == WRITE_FULL ? mq_figure_text (table, row, value) : mq_figure_short (table, row, value);
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;
  PangoLayout     *label;

  if (get_column (self, SHARE) < 0 || writing == WRITE_SHORT_ALONE || mq_table_is_missing (table, row, get_column (self, SHARE)))
    return mq_text_new (self->layout->kit, number, self->text, FALSE);

  share = mq_figure_text (table, row, get_column (self, SHARE));
  words = g_strconcat (number, " · ", share, NULL);
  label = mq_text_new (self->layout->kit, words, self->text, FALSE);
  mq_text_dim (label, strlen (number), self->layout->theme.dim);
  return label;
}

static double
get_gap (const Bars *self)
{
  return 0.45 * self->layout->kit->em;
}

/* Zero and scale such that every bar and the text at its end find room. FALSE if the bars would be too short. */
static gboolean
fit_scale (Bars *self)
{
  double left = self->area.x + (self->names_width > 0 ? self->names_width + get_gap (self) * 1.6 : 0);
  double width = self->area.x + self->area.width - left;
  double extent = self->high - self->low;
  double scale = extent > 0 ? MAX (width, 0) / extent : 0;

  for (gsize i = 0; i < self->n; i++)
    if (self->labels[i] != NULL)
      {
        double room = width - get_gap (self) - mq_text_width (self->labels[i]);
        double value = isnan (self->values[i]) ? 0 : MAX (self->values[i], 0);

        if (room < 0)
          return FALSE;
        if (value - self->low > 0)
          scale = MIN (scale, room / (value - self->low));
      }
  self->scale = scale;
  self->zero = left - self->low * scale;
  return extent * scale >= LEAST_BARS * self->area.width || extent == 0;
}

static void
make_labels (Bars *self)
{
  self->labels = g_new0 (PangoLayout *, self->n);
  for (Writing writing = WRITE_FULL; writing < WRITE_NONE; writing++)
    {
      for (gsize i = 0; i < self->n; i += self->every)
        if (self->names[i] != NULL)
          self->labels[i] = make_label (self, i, writing);
      if (fit_scale (self))
        return;
      clear_texts (self->labels, self->n);
    }
  fit_scale (self);
}

/* Whether a written row's text would lie over the bar of a neighbour: rows are lower than text then. */
static gboolean
is_covered (const Bars *self, gsize row)
{
  double left = self->zero + (isnan (self->values[row]) ? 0 : MAX (self->values[row], 0)) * self->scale;
  gsize  reach = (gsize) ceil (mq_text_height (self->labels[row]) / 2 / self->pitch + 0.5);

  for (gsize i = row > reach ? row - reach : 0; i < MIN (self->n, row + reach + 1); i++)
    if (i != row && !isnan (self->values[i]) && self->zero + self->values[i] * self->scale > left + get_gap (self) / 2)
      return TRUE;
  return FALSE;
}

static void
drop_covered (Bars *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (self->labels[i] != NULL && mq_text_height (self->labels[i]) > self->pitch * 1.3 && is_covered (self, i))
      g_clear_object (&self->labels[i]);
}

/* A grid line, broken where it would run through the text at a bar's end. */
static void
draw_grid_line (const Bars *self, double x, MqColor color)
{
  double hairline = self->layout->theme.hairline;
  double margin = get_gap (self) * 0.7;
  double from = self->area.y;

  for (gsize i = 0; i < self->n; i++)
    if (self->labels[i] != NULL)
      {
        double left = self->zero + (isnan (self->values[i]) ? 0 : MAX (self->values[i], 0)) * self->scale + get_gap (self);
        double top = get_text_top (self, i, self->labels[i]);

        if (x < left - margin || x > left + mq_text_width (self->labels[i]) + margin)
          continue;
        mq_picture_fill (self->layout->picture, (MqRect){ x, from, hairline, top - from }, color);
        from = top + mq_text_height (self->labels[i]);
      }
  mq_picture_fill (self->layout->picture, (MqRect){ x, from, hairline, self->area.y + self->n * self->pitch - from }, color);
}

static double
snap (const Bars *self, double position)
{
  return self->layout->theme.hairline == 1 ? round (position) : position;
}

static void
clear_layouts (gpointer data)
{
  g_clear_object ((PangoLayout **) data);
}

static double
get_axis_top (const Bars *self)
{
  return self->area.y + self->n * self->pitch + MAX (0, (self->line - self->pitch) / 2) + 0.2 * self->layout->kit->em;
}

/* The texts of as many ticks as stand clear of each other; their values in `ticks`. (transfer full) */
static GArray *
make_ticks (const Bars *self, MqTicks *ticks)
{
  MqTickFlags flags = mq_figure_tick_flags (get_table (self), get_column (self, VALUE), MAX (self->high, -self->low));

  for (guint most = MQ_TICKS_MAX; most > 1; most--)
    {
      GArray *texts = g_array_new (FALSE, FALSE, sizeof (PangoLayout *));
      double  widest = 0;

      g_array_set_clear_func (texts, clear_layouts);
      *ticks = mq_ticks_inside (self->low, self->high, most, flags);
      for (guint i = 0; i < ticks->n; i++)
        {
          g_autofree char *words = mq_figure_axis (get_table (self), get_column (self, VALUE), mq_ticks_value (ticks, i), ticks->step);
          PangoLayout     *text = mq_text_new (self->layout->kit, words, TICK_SCALE, FALSE);

          widest = MAX (widest, mq_text_width (text));
          g_array_append_val (texts, text);
        }
      if (ticks->n < 2 || widest + self->layout->kit->em <= ticks->step * self->scale)
        return texts;
      g_array_unref (texts);
    }
  return NULL;
}

static void
draw_axis (const Bars *self)
{
  const MqTheme *theme = &self->layout->theme;
  MqTicks        ticks;
  g_autoptr (GArray) texts = self->scale > 0 ? make_ticks (self, &ticks) : NULL;

  for (guint i = 0; texts != NULL && i < ticks.n; i++)
    {
      PangoLayout *text = g_array_index (texts, PangoLayout *, i);
      double       x = self->zero + mq_ticks_value (&ticks, i) * self->scale;
      double       width = mq_text_width (text);

      draw_grid_line (self, snap (self, x), theme->grid);
      mq_chart_layout_try_text (self->layout, g_object_ref (text), CLAMP (x - width / 2, 0, MAX (0, self->layout->width - width)), get_axis_top (self), theme->dim);
    }
}

static void
draw_row (const Bars *self, gsize row)
{
  const MqTheme *theme = &self->layout->theme;
  MqPicture     *picture = self->layout->picture;
  double         value = isnan (self->values[row]) ? 0 : self->values[row];
  double         start = self->zero + MIN (value, 0) * self->scale;
  double         top = snap (self, get_center (self, row) - self->thickness / 2);
  MqRect         bar = { start, top, fabs (value) * self->scale, self->thickness };
  gboolean       rounded = value > 0 && self->thickness >= 4 && !theme->high_contrast;

  if (value != 0)
    {
      const double radius = rounded ? MIN (0.18 * self->layout->kit->em, self->thickness / 3) : 0;
      MqSeriesLook look = { .color = theme->series[0] };

      mq_chart_value_look (self->layout->chart, theme, row, get_column (self, CATEGORY), &look);
      mq_picture_bar (picture, bar, mq_series_is_faint (theme, look.color) ? 0 : radius, look.color);
      mq_series_outline (self->layout, bar, look.color);
    }
  if (self->names[row] != NULL)
    mq_chart_layout_try_text (self->layout, g_object_ref (self->names[row]), self->area.x + self->names_width - mq_text_width (self->names[row]), get_text_top (self, row, self->names[row]), theme->foreground);
  if (self->labels[row] != NULL)
    mq_chart_layout_try_text (self->layout, g_object_ref (self->labels[row]), self->zero + MAX (value, 0) * self->scale + get_gap (self), get_text_top (self, row, self->labels[row]), theme->foreground);
  mq_chart_layout_take_mark (self->layout, (MqRect){ self->area.x, self->area.y + row * self->pitch, self->area.width, self->pitch }, row, (MqPlace){ 0, row }, self->layout->chart->kind->label (self->layout->chart, row));
}

/* The height of a line that may hold Latin, Chinese and the table's own script. */
static double
measure_line (const Bars *self, double scale)
{
  g_autofree char *words = mq_figure_text (get_table (self), 0, get_column (self, CATEGORY));
  g_autofree char *sample = g_strconcat ("Ág国", words, NULL);
  g_autoptr (PangoLayout) text = mq_text_new (self->layout->kit, sample, scale, FALSE);

  return mq_text_height (text);
}

/* Finds the largest text with which every row can be written, rather without an axis than smaller. FALSE: there is none. */
static gboolean
choose_text (Bars *self, double axis, gboolean *with_axis)
{
  static const double scales[] = { TEXT_SCALE, SMALL_SCALE };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      self->text = scales[i];
      self->line = measure_line (self, scales[i]);
      *with_axis = self->area.height - axis >= self->n * self->line;
      if (*with_axis || self->area.height >= self->n * self->line)
        return TRUE;
    }
  self->text = TEXT_SCALE;
  self->line = measure_line (self, TEXT_SCALE);
  *with_axis = self->area.height - axis >= MIN (self->n, 4) * 1.4 * self->layout->kit->em;
  return FALSE;
}

/* Divides the height between rows and axis; FALSE if there is no room for the axis. Rows lower than a line of text leave room
 * above the first and below the last one for what their texts stand out. */
static gboolean
fit_rows (Bars *self)
{
  double   em = self->layout->kit->em;
  double   axis = 1.5 * em;
  gboolean with_axis;
  gboolean all = choose_text (self, axis, &with_axis);

  if (with_axis)
    self->area.height -= axis;
  self->pitch = MIN (self->area.height / self->n, HIGHEST_ROW * em);
  if (!all && self->n > 1 && self->area.height > self->line)
    {
      self->pitch = (self->area.height - self->line) / (self->n - 1);
      self->area.y += (self->line - self->pitch) / 2;
      self->area.height = self->pitch * self->n;
    }
  self->thickness = CLAMP (self->pitch * 0.64, MIN (self->pitch, 1), THICKEST_BAR * em);
  if (self->layout->theme.hairline == 1 && self->thickness > 3)
    self->thickness = round (self->thickness);
  return with_axis;
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Bars     bars = { .layout = layout, .area = area, .n = mq_table_n_rows (layout->chart->table) };
  gboolean with_axis = fit_rows (&bars);

  read_values (&bars);
  make_names (&bars);
  make_labels (&bars);
  drop_covered (&bars);
  if (with_axis)
    draw_axis (&bars);
  if (bars.scale > 0)
    mq_picture_fill (layout->picture, (MqRect){ snap (&bars, bars.zero), area.y, layout->theme.hairline, bars.n * bars.pitch }, layout->theme.dim);
  for (gsize i = 0; i < bars.n; i++)
    draw_row (&bars, i);

  clear_texts (bars.names, bars.n);
  clear_texts (bars.labels, bars.n);
  g_free (bars.names);
  g_free (bars.labels);
  g_free (bars.values);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *category = mq_figure_text (chart->table, row, chart->columns[CATEGORY]);
  g_autofree char *name = mq_text_isolate (category);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);
  g_autofree char *share = NULL;

  if (chart->columns[SHARE] < 0 || mq_table_is_missing (chart->table, row, chart->columns[SHARE]))
    /* Translators: a bar's name and its value. */
    return g_strdup_printf (_ ("%s: %s"), name, value);
  share = mq_figure_text (chart->table, row, chart->columns[SHARE]);
  /* Translators: a bar's name, its value and the value's share of all. */
  return g_strdup_printf (_ ("%s: %s (%s)"), name, value, share);
}

static void
fit (const MqChart *chart, double width, double *least, double *most)
{
  gsize n = mq_table_n_rows (chart->table);

  *least = n * LEAST_ROW;
  *most = n * MOST_ROW;
}

static const MqChartKind bars_kind = {
  .fit = fit,
  .arrange = arrange,
  .label = label,
  .value = VALUE,
};

MqChart *
mq_chart_new_bars (MqTable *table, const char *title, const char *subtitle, const char *category, const char *value, const char *share)
{
  const char *columns[MQ_CHART_COLUMNS] = { category, value, share };

  return mq_chart_new (&bars_kind, table, title, subtitle, columns);
}
