/* funnel.c: bars in step order, tapering from one to the next. At a bar's end stand count and rate of the first step, between
 * two bars the rate of the step before and who was lost; the part of a bar that may still go on is hatched. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/series.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  NAME,
  VALUE,
  RATE,
  STEP_RATE,
  LOST,
  OPEN,
  LOW,
  HIGH,
};

#define LEAST_STEP 2.2 /* lines */
#define MOST_STEP 3.8
#define NAME_TEXT 0.95
#define VALUE_TEXT 1.0
#define DROP_TEXT 0.82
#define THICKEST_BAR 2.6 /* em */
#define WIDEST_NAMES 0.3 /* of the width */
#define NARROW 34.0      /* em: names stand above their bars */

typedef struct
{
  MqChartLayout *layout;
  MqRect         area;
  gsize          n;
  double         first; /* the greatest value: the whole width */
  double         pitch, thickness;
  double         head; /* height of a name above its bar */
  double         left, scale;
  PangoLayout  **names; /* (owned) */
} Funnel;

static MqTable *
get_table (const Funnel *self)
{
  return self->layout->chart->table;
}

static int
get_column (const Funnel *self, guint index)
{
  return self->layout->chart->columns[index];
}

static double
read_number (const MqChart *chart, gsize row, guint index)
{
  double value;

  if (chart->columns[index] < 0 || !mq_figure_number (chart->table, row, chart->columns[index], &value))
    return NAN;
  return value;
}

static double
read_length (const Funnel *self, gsize row)
{
  double value = read_number (self->layout->chart, row, VALUE);

  return isnan (value) ? 0 : MAX (value, 0);
}

static double
get_top (const Funnel *self, gsize row)
{
  return mq_chart_layout_snap (self->layout, self->area.y + row * self->pitch + self->head);
}

static void
make_names (Funnel *self, double limit)
{
  self->names = g_new0 (PangoLayout *, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      g_autofree char *name = mq_figure_text (get_table (self), i, get_column (self, NAME));

      self->names[i] = mq_text_new (self->layout->kit, name, NAME_TEXT, FALSE);
      if (mq_text_width (self->names[i]) <= limit)
        continue;
      mq_text_wrap (self->layout->kit, self->names[i], limit);
      if (self->head > 0 || mq_text_height (self->names[i]) > self->pitch)
        mq_text_ellipsize (self->names[i], limit);
    }
}

/* "962 62.0 %": the rate dimmed. */
static PangoLayout *
make_label (const Funnel *self, gsize row)
{
  g_autofree char *value = mq_figure_text (get_table (self), row, get_column (self, VALUE));
  g_autofree char *rate = NULL;
  g_autofree char *words = NULL;
  PangoLayout     *text;

  if (get_column (self, RATE) < 0 || mq_table_is_missing (get_table (self), row, get_column (self, RATE)))
    return mq_text_new (self->layout->kit, value, VALUE_TEXT, TRUE);
  rate = mq_figure_text (get_table (self), row, get_column (self, RATE));
  words = g_strconcat (value, "\xe2\x80\x82", rate, NULL);
  text = mq_text_new (self->layout->kit, words, VALUE_TEXT, FALSE);
  mq_text_embolden (text, 0, strlen (value));
  mq_text_dim (text, strlen (value), self->layout->theme.dim);
  return text;
}

static double
get_lost (const MqChart *chart, gsize row)
{
  double lost = read_number (chart, row, LOST);
  double open = read_number (chart, row, OPEN);

  if (!isnan (lost) || row + 1 >= mq_table_n_rows (chart->table))
    return lost;
  return read_number (chart, row, VALUE) - read_number (chart, row + 1, VALUE) - (isnan (open) ? 0 : open);
}

static char *
format_like_value (const MqChart *chart, double value)
{
  if (mq_table_column_type (chart->table, chart->columns[VALUE]) == MQ_COLUMN_MONEY)
    return mq_figure_axis (chart->table, chart->columns[VALUE], value, 1);
  return mq_format_integer ((gint64) CLAMP (value, -9e18, 9e18));
}

/* "43.2 % went on · 702 lost · 12 still open": what happens after a step. NULL after the last one. */
static char *
say_drop (const MqChart *chart, gsize row)
{
  double           lost = get_lost (chart, row);
  double           open = read_number (chart, row, OPEN);
  GString         *out = g_string_new (NULL);
  g_autofree char *number = NULL;
  g_autofree char *still = NULL;

  if (row + 1 >= mq_table_n_rows (chart->table))
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  if (chart->columns[STEP_RATE] >= 0 && !mq_table_is_missing (chart->table, row + 1, chart->columns[STEP_RATE]))
    {
      g_autofree char *rate = mq_figure_text (chart->table, row + 1, chart->columns[STEP_RATE]);

      /* Translators: a share of the customers of a step reached the next one. */
      g_string_append_printf (out, _ ("%s went on"), rate);
    }
  if (!isnan (lost))
    {
      number = format_like_value (chart, lost);
      g_string_append (out, out->len > 0 ? " · " : "");
      /* Translators: a number of customers did not reach the next step. */
      g_string_append_printf (out, _ ("%s lost"), number);
    }
  if (open > 0)
    {
      still = format_like_value (chart, open);
      g_string_append (out, out->len > 0 ? " · " : "");
      /* Translators: a number of customers may yet reach the next step. */
      g_string_append_printf (out, _ ("%s still open"), still);
    }
  return g_string_free (out, FALSE);
}

static double
get_whisker (const Funnel *self, gsize row, guint index)
{
  double rate = read_number (self->layout->chart, row, index);

  return self->left + rate * read_length (self, 0) * self->scale;
}

static double
get_end (const Funnel *self, gsize row)
{
  double end = self->left + read_length (self, row) * self->scale;
  double high = row > 0 ? get_whisker (self, row, HIGH) : NAN;

  return high - end >= 0.2 * self->layout->kit->em ? high : end;
}

static void
draw_bar (const Funnel *self, gsize row)
{
  MqSeriesLook look = mq_series_look (&self->layout->theme, 0, 1);
  double       open = read_number (self->layout->chart, row, OPEN);
  double       length = read_length (self, row) * self->scale;
  double       hatched = isnan (open) ? 0 : CLAMP (open * self->scale, 0, length);
  double       top = get_top (self, row);
  MqRect       full = { self->left, top, length - hatched, self->thickness };

  mq_series_fill (self->layout, full, hatched > 0 ? MQ_FILL_RECT : MQ_FILL_BAR, &look, TRUE);
  mq_series_fill (self->layout, (MqRect){ self->left + length - hatched, top, hatched, self->thickness }, MQ_FILL_RECT, &look, FALSE);
  if (row > 0 && get_whisker (self, row, HIGH) - get_whisker (self, row, LOW) >= 0.4 * self->layout->kit->em)
    mq_series_whisker (self->layout, top + self->thickness / 2, get_whisker (self, row, LOW), get_whisker (self, row, HIGH), self->thickness * 0.3, FALSE, full, look.color);
}

static void
draw_taper (const Funnel *self, gsize row)
{
  const MqTheme *theme = &self->layout->theme;
  double         top = get_top (self, row) + self->thickness;
  double         bottom = get_top (self, row + 1) - self->head;
  MqPoint        corners[] = {
           { self->left, top },
           { self->left + read_length (self, row) * self->scale, top },
           { self->left + read_length (self, row + 1) * self->scale, bottom },
           { self->left, bottom },
  };

  if (bottom > top)
    mq_picture_area (self->layout->picture, corners, G_N_ELEMENTS (corners), mq_color_mix (theme->series[0], theme->background, theme->high_contrast ? 1 : 0.86));
}

static void
write_step (const Funnel *self, gsize row)
{
  const MqTheme *theme = &self->layout->theme;
  double         em = self->layout->kit->em;
  double         center = get_top (self, row) + self->thickness / 2;
  PangoLayout   *name = self->names[row];
  PangoLayout   *label = make_label (self, row);
  double         half = self->layout->kit->figure / 2;
  double         name_top = mq_text_height (name) > 2 * em ? center - mq_text_height (name) / 2 : center + half * NAME_TEXT - mq_text_baseline (name);

  if (self->head > 0)
    mq_chart_layout_try_text (self->layout, g_object_ref (name), self->left, get_top (self, row) - mq_text_height (name), theme->foreground);
  else
    mq_chart_layout_try_text (self->layout, g_object_ref (name), self->left - 0.8 * em - mq_text_width (name), name_top, theme->foreground);
  mq_chart_layout_try_text (self->layout, label, get_end (self, row) + 0.6 * em, center + half * VALUE_TEXT - mq_text_baseline (label), theme->foreground);
}

static void
write_drop (const Funnel *self, gsize row)
{
  g_autofree char *words = say_drop (self->layout->chart, row);
  double           top = get_top (self, row) + self->thickness;
  double           bottom = get_top (self, row + 1) - self->head;
  PangoLayout     *text;

  if (words == NULL)
    return;
  text = mq_text_new (self->layout->kit, words, DROP_TEXT, FALSE);
  if (mq_text_height (text) > bottom - top + 0.5)
    g_object_unref (text);
  else
    mq_chart_layout_try_text (self->layout, text, self->left + 0.6 * self->layout->kit->em, (top + bottom - mq_text_height (text)) / 2, self->layout->theme.dim);
}

static void
take_marks (const Funnel *self, gsize row)
{
  MqChart *chart = self->layout->chart;
  double   top = self->area.y + row * self->pitch;
  gboolean dropped = get_column (self, LOST) >= 0 && row + 1 < self->n;
  double   bar = dropped ? self->head + self->thickness : self->pitch;

  mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, (MqRect){ self->area.x, top, self->area.width, bar }), row, (MqPlace){ 0, 2 * row, 0 }, chart->kind->label (chart, row));
  if (dropped)
    {
      g_autofree char *name = mq_figure_text (chart->table, row, chart->columns[NAME]);
      g_autofree char *isolated = mq_text_isolate (name);
      g_autofree char *words = say_drop (chart, row);

      /* Translators: after a step of a funnel: the step's name, then "43 % went on · 702 lost". */
      mq_chart_layout_take_mark_of (self->layout, mq_chart_layout_clip (self->layout, (MqRect){ self->area.x, top + bar, self->area.width, self->pitch - bar }), row, chart->columns[LOST], (MqPlace){ 0, 2 * row + 1, 0 }, g_strdup_printf (_ ("After %s: %s"), isolated, words));
    }
}

/* Divides the height among steps, the width among names, bars and figures. */
static void
fit (Funnel *self)
{
  double   em = self->layout->kit->em;
  gboolean narrow = self->area.width < NARROW * em;
  double   names = 0, figures = 0;
  double   room = self->area.height / (self->n > 1 ? self->n - 0.45 : 1);

  self->head = narrow && room > 3.2 * em ? 1.5 * em : 0;
  self->pitch = MIN (room, (THICKEST_BAR + 2.6) * em + self->head);
  self->thickness = round (CLAMP ((self->pitch - self->head) * 0.52, 1, THICKEST_BAR * em));
  make_names (self, narrow && self->head > 0 ? self->area.width : WIDEST_NAMES * self->area.width);
  for (gsize i = 0; i < self->n; i++)
    {
      g_autoptr (PangoLayout) label = make_label (self, i);

      names = MAX (names, mq_text_width (self->names[i]));
      figures = MAX (figures, mq_text_width (label));
      self->first = MAX (self->first, read_length (self, i));
    }
  self->left = self->area.x + (self->head > 0 ? 0 : names + 0.8 * em);
  if (self->left + 4 * em > self->area.x + self->area.width)
    self->left = self->area.x;
  self->scale = MAX (self->area.x + self->area.width - self->left - figures - 1.4 * em, 2 * em) / MAX (self->first, 1e-9);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Funnel funnel = { .layout = layout, .area = area, .n = mq_table_n_rows (layout->chart->table) };

  fit (&funnel);
  for (gsize i = 0; i + 1 < funnel.n; i++)
    draw_taper (&funnel, i);
  for (gsize i = 0; i < funnel.n; i++)
    {
      draw_bar (&funnel, i);
      write_step (&funnel, i);
    }
  for (gsize i = 0; i < funnel.n; i++)
    {
      write_drop (&funnel, i);
      take_marks (&funnel, i);
      g_object_unref (funnel.names[i]);
    }
  g_free (funnel.names);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *name = mq_figure_text (chart->table, row, chart->columns[NAME]);
  g_autofree char *isolated = mq_text_isolate (name);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);
  g_autofree char *rate = NULL;

  if (row == 0 || chart->columns[RATE] < 0 || mq_table_is_missing (chart->table, row, chart->columns[RATE]))
    return g_strdup_printf (_ ("%s: %s"), isolated, value);
  rate = mq_chart_value_words (chart, row, chart->columns[RATE], chart->columns[LOW], chart->columns[HIGH]);
  /* Translators: a step of a funnel: name, customers, rate. */
  return g_strdup_printf (_ ("%s: %s, %s of the first step"), isolated, value, rate);
}

static void
fit_steps (const MqChart *chart, double width, double *least, double *most)
{
  gsize n = mq_table_n_rows (chart->table);

  *least = n * LEAST_STEP;
  *most = n * MOST_STEP;
}

static const MqChartKind funnel_kind = {
  .fit = fit_steps,
  .arrange = arrange,
  .label = label,
  .value = VALUE,
};

MqChart *
mq_chart_new_funnel (MqTable *table, const char *title, const char *subtitle, const MqFunnelColumns *c)
{
  const char *columns[MQ_CHART_COLUMNS] = { c->name, c->value, c->rate, c->step_rate, c->lost, c->open, c->low, c->high };

  return mq_chart_new (&funnel_kind, table, title, subtitle, columns);
}
