/* chart.c: what all kinds of chart share: the object, the header over the plot, marks, hit test, movement, words. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/value-looks.h"

#include "base/civil-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LARGEST 3       /* marks named by mq_chart_describe() */
#define OTHER_LINES 4.0 /* subtitle and axis */
#define LEAST_LINES 9.0 /* of a chart that has little to show */
#define MOST_LINES 80.0 /* that one with many rows may want */

static const double title_scales[] = { 1.25, 1.0, 0.9 };

static void
clear_mark (gpointer data)
{
  g_free (((MqMark *) data)->label);
}

static PangoLayout *
make_title (const MqChartLayout *self, double budget)
{
  PangoLayout *title = NULL;
  guint        lines;

  for (guint i = 0; i < G_N_ELEMENTS (title_scales); i++)
    {
      g_clear_object (&title);
      title = mq_text_new (self->kit, self->chart->title, title_scales[i], TRUE);
      mq_text_wrap (self->kit, title, self->width);
      if (mq_text_height (title) <= budget)
        return title;
    }
  /* A surface this small: the rest of the title is in the description. */
  lines = (guint) (budget / (mq_text_height (title) / pango_layout_get_line_count (title)));
  mq_text_limit (title, MAX (lines, 1));
  return title;
}

/* Title and subtitle take at most half of the height, the subtitle stays out first. Returns what is left. */
static MqRect
arrange_header (MqChartLayout *self, gboolean with_title)
{
  double em = self->kit->em;
  double y = 0;
  g_autoptr (PangoLayout) subtitle = mq_text_new (self->kit, self->chart->subtitle, 0.9, FALSE);

  if (with_title && self->chart->title[0] != '\0')
    {
      PangoLayout *title = make_title (self, self->height * 0.45);

      mq_picture_take_text (self->picture, title, 0, 0, self->theme.foreground);
      y = mq_text_height (title) + 0.2 * em;
    }
  mq_text_wrap (self->kit, subtitle, self->width);
  if (self->chart->subtitle[0] != '\0' && y + mq_text_height (subtitle) <= self->height * 0.5)
    {
      double height = mq_text_height (subtitle);

      mq_picture_take_text (self->picture, g_steal_pointer (&subtitle), 0, y, self->theme.dim);
      y += height;
    }
  if (y > 0)
    y += 0.8 * em;
  y = MIN (y, self->height * 0.6);
  return (MqRect){ 0, y, self->width, self->height - y };
}

static gboolean
has_values (const MqChart *chart)
{
  gsize  n = mq_table_n_rows (chart->table);
  double value;

  for (gsize i = 0; i < n; i++)
    if (mq_figure_number (chart->table, i, chart->columns[chart->kind->value], &value))
      return TRUE;
  return FALSE;
}

/* The rows of the largest values, largest first, equal ones in the table's order. */
static guint
find_largest (const MqChart *chart, gsize rows[LARGEST])
{
  MqGroups series = { 0 };
  double   values[LARGEST];
  guint    n = 0;

  if (chart->hidden != 0)
    mq_groups_read (&series, chart->table, chart->columns[chart->kind->series]);
  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      double value;
      guint  at = n;

      if (chart->hidden != 0 && mq_chart_hides (chart, series.of_row[i]))
        continue;
      if (!mq_figure_number (chart->table, i, chart->columns[chart->kind->value], &value))
        continue;
      while (at > 0 && values[at - 1] < value)
        at--;
      if (at == LARGEST)
        continue;
      n = MIN (n + 1, LARGEST);
      memmove (values + at + 1, values + at, (n - at - 1) * sizeof *values);
      memmove (rows + at + 1, rows + at, (n - at - 1) * sizeof *rows);
      values[at] = value;
      rows[at] = i;
    }
  mq_groups_clear (&series);
  return n;
}

static gboolean
ends_sentence (const char *text)
{
  static const char *const ends[] = { ".", "!", "?", "。", "！", "？" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

MqChart *
mq_chart_new (const MqChartKind *kind, MqTable *table, const char *title, const char *subtitle, const char *const columns[MQ_CHART_COLUMNS])
{
  MqChart *self = g_new0 (MqChart, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->table = mq_table_ref (table);
  self->id = "";
  self->title = g_strdup (title != NULL ? title : "");
  self->subtitle = g_strdup (subtitle != NULL ? subtitle : "");
  self->as_of = MQ_TIME_MISSING;
  for (guint i = 0; i < MQ_CHART_COLUMNS; i++)
    {
      self->columns[i] = columns[i] != NULL ? mq_table_find_column (table, columns[i]) : -1;
      if (columns[i] != NULL && self->columns[i] < 0)
        {
          g_critical ("table %s has no column %s", mq_table_name (table), columns[i]);
          mq_chart_unref (self);
          return NULL;
        }
    }
  return self;
}

void
mq_chart_set_note (MqChart *self, const char *note, gint64 as_of)
{
  g_free (self->note);
  self->note = g_strdup (note);
  self->as_of = as_of;
}

void
mq_chart_take_tick_notes (MqChart *self, guint axis, char **notes, const char *unit)
{
  g_strfreev (self->tick_notes[axis]);
  g_free (self->tick_units[axis]);
  self->tick_units[axis] = g_strdup (unit);
  self->tick_notes[axis] = notes;
}

void
mq_chart_set_axis_titles (MqChart *self, const char *x, const char *y)
{
  if (self == NULL)
    return;
  g_free (self->axis_titles[0]);
  g_free (self->axis_titles[1]);
  self->axis_titles[0] = g_strdup (x);
  self->axis_titles[1] = g_strdup (y);
}

MqChart *
mq_chart_ref (MqChart *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_chart_unref (MqChart *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->base != NULL)
    {
      mq_chart_unref (self->base);
      g_free (self);
      return;
    }
  mq_table_unref (self->table);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->note);
  g_free (self->axis_titles[0]);
  g_free (self->axis_titles[1]);
  g_strfreev (self->tick_notes[0]);
  g_strfreev (self->tick_notes[1]);
  g_free (self->tick_units[0]);
  g_free (self->tick_units[1]);
  g_clear_pointer (&self->looks, mq_value_looks_free);
  if (self->free_extra != NULL)
    self->free_extra (self->extra);
  g_free (self);
}

const char *
mq_chart_id (const MqChart *self)
{
  return self->id;
}

const char *
mq_chart_title (const MqChart *self)
{
  return self->title;
}

const char *
mq_chart_subtitle (const MqChart *self)
{
  return self->subtitle;
}

const char *
mq_chart_note (const MqChart *self)
{
  return self->note;
}

MqTable *
mq_chart_table (const MqChart *self)
{
  return self->table;
}

char *
mq_chart_describe (const MqChart *self)
{
  g_autoptr (GString) largest = g_string_new (NULL);
  GString *out = g_string_new (self->title);
  gsize    rows[LARGEST];
  gsize    n = mq_table_n_rows (self->table);
  guint    n_largest = find_largest (self, rows);

  if (out->len > 0)
    g_string_append (out, ends_sentence (out->str) ? " " : ". ");
  if (n_largest == 0)
    {
      g_string_append (out, _ ("No data."));
      return g_string_free (out, FALSE);
    }
  for (guint i = 0; i < n_largest; i++)
    {
      g_autofree char *label = self->kind->label (self, rows[i]);

      g_string_append (largest, i > 0 ? _ ("; ") : "");
      g_string_append (largest, label);
    }
  g_string_append_printf (out, g_dngettext (GETTEXT_PACKAGE, "%lu value.", "%lu values.", n), (gulong) n);
  g_string_append_c (out, ' ');
  /* Translators: a list of marks, each with its value. */
  g_string_append_printf (out, _ ("Largest: %s."), largest->str);
  return g_string_free (out, FALSE);
}

MqChartLayout *
mq_chart_layout_new_full (MqChart *chart, PangoContext *context, const MqTheme *theme, double width, double height, MqChartParts parts)
{
  MqChartLayout *self = g_new0 (MqChartLayout, 1);
  MqRect         area;

  self->chart = mq_chart_ref (chart);
  self->kit = mq_text_kit_new (context);
  self->theme = *theme;
  self->parts = parts;
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->picture = mq_picture_new (self->kit->rtl ? self->width : 0);
  self->marks = g_array_new (FALSE, FALSE, sizeof (MqMark));
  g_array_set_clear_func (self->marks, clear_mark);
  self->places = g_array_new (FALSE, FALSE, sizeof (MqPlace));

  area = arrange_header (self, (parts & MQ_CHART_WITH_TITLE) != 0);
  if (mq_chart_hides_all (chart))
    mq_chart_layout_say (self, area, _ ("All series are hidden"));
  else if (has_values (chart))
    chart->kind->arrange (self, area);
  else
    mq_chart_layout_say (self, area, _ ("No data"));
  return self;
}

MqChartLayout *
mq_chart_layout_new (MqChart *chart, PangoContext *context, const MqTheme *theme, double width, double height)
{
  return mq_chart_layout_new_full (chart, context, theme, width, height, MQ_CHART_WITH_TITLE | MQ_CHART_WITH_LEGEND);
}

void
mq_chart_layout_free (MqChartLayout *self)
{
  mq_picture_free (self->picture);
  g_array_unref (self->marks);
  g_array_unref (self->places);
  mq_text_kit_free (self->kit);
  mq_chart_unref (self->chart);
  g_free (self);
}

void
mq_chart_layout_take_mark (MqChartLayout *self, MqRect bounds, gsize row, MqPlace place, char *label)
{
  mq_chart_layout_take_mark_of (self, bounds, row, (guint) self->chart->columns[self->chart->kind->value], place, label);
}

void
mq_chart_layout_take_mark_of (MqChartLayout *self, MqRect bounds, gsize row, guint column, MqPlace place, char *label)
{
  MqMark mark = { mq_picture_mirror (self->picture, bounds), row, column, label };

  g_array_append_val (self->marks, mark);
  g_array_append_val (self->places, place);
}

void
mq_chart_layout_say (MqChartLayout *self, MqRect area, const char *text)
{
  PangoLayout *layout = mq_text_new (self->kit, text, 1.0, FALSE);

  mq_text_wrap (self->kit, layout, area.width);
  mq_text_limit (layout, MAX (1, (guint) (area.height / (1.6 * self->kit->em))));
  mq_picture_take_text (self->picture, layout, area.x + MAX (0, (area.width - mq_text_width (layout)) / 2), area.y + MAX (0, (area.height - mq_text_height (layout)) / 2), self->theme.dim);
}

void
mq_chart_layout_draw (const MqChartLayout *self, cairo_t *cr)
{
  mq_picture_draw (self->picture, cr);
}

void
mq_chart_layout_draw_cursor (const MqChartLayout *self, cairo_t *cr, guint mark)
{
  const MqRect *bounds;
  double        left, top, right, bottom;

  g_return_if_fail (mark < self->marks->len);

  bounds = &g_array_index (self->marks, MqMark, mark).bounds;
  left = MAX (bounds->x - 2, 1);
  top = MAX (bounds->y - 2, 1);
  right = MIN (bounds->x + bounds->width + 2, self->width - 1);
  bottom = MIN (bounds->y + bounds->height + 2, self->height - 1);
  mq_color_set_source (self->theme.accent, cr);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, left, top, MAX (right - left, 1), MAX (bottom - top, 1));
  cairo_stroke (cr);
}

guint
mq_chart_layout_n_marks (const MqChartLayout *self)
{
  return self->marks->len;
}

const MqMark *
mq_chart_layout_mark (const MqChartLayout *self, guint mark)
{
  g_return_val_if_fail (mark < self->marks->len, NULL);
  return &g_array_index (self->marks, MqMark, mark);
}

const MqRect *
mq_chart_layout_texts (const MqChartLayout *self, guint *n)
{
  *n = self->picture->boxes->len;
  return (const MqRect *) (gpointer) self->picture->boxes->data;
}

gboolean
mq_chart_layout_try_text (MqChartLayout *self, PangoLayout *text, double x, double y, MqColor color)
{
  const double slack = 0.005;
  MqRect       box = { x, y, mq_text_width (text), mq_text_height (text) };

  if (box.x >= -slack && box.y >= -slack && box.x + box.width <= self->width + slack && box.y + box.height <= self->height + slack && mq_picture_is_free (self->picture, box, 0.25 * self->kit->em))
    {
      mq_picture_take_text (self->picture, text, x, y, color);
      return TRUE;
    }
  g_object_unref (text);
  return FALSE;
}

double
mq_chart_layout_snap (const MqChartLayout *self, double position)
{
  return self->theme.hairline == 1 ? round (position) : position;
}

MqRect
mq_chart_layout_clip (const MqChartLayout *self, MqRect rect)
{
  double left = CLAMP (rect.x, 0, self->width);
  double top = CLAMP (rect.y, 0, self->height);

  return (MqRect){ left, top, CLAMP (rect.x + rect.width, left, self->width) - left, CLAMP (rect.y + rect.height, top, self->height) - top };
}

gboolean
mq_chart_is_complete (const MqChart *chart, gsize row, guint index)
{
  int column = chart->columns[index];

  return column < 0 || mq_table_is_missing (chart->table, row, column) || mq_table_integer (chart->table, row, column) != 0;
}

char *
mq_chart_say_complete (const MqChart *chart, gsize row, guint index, char *label)
{
  g_autofree char *taken = label;

  if (mq_chart_is_complete (chart, row, index))
    return g_steal_pointer (&taken);
  /* Translators: after a mark's words: its period is still running. */
  return g_strdup_printf (_ ("%s, not yet complete"), label);
}

char *
mq_chart_value_words (const MqChart *chart, gsize row, int value, int low, int high)
{
  g_autofree char *words = mq_figure_text (chart->table, row, value);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (low < 0 || high < 0 || mq_table_is_missing (chart->table, row, low) || mq_table_is_missing (chart->table, row, high))
    return g_steal_pointer (&words);
  from = mq_figure_text (chart->table, row, low);
  to = mq_figure_text (chart->table, row, high);
  /* Translators: a value and its 95 % interval. */
  return g_strdup_printf (_ ("%s (%s to %s)"), words, from, to);
}

double
mq_chart_fit_lines (const MqChart *self, double width, double lines)
{
  double least = 0, most = G_MAXDOUBLE;

  if (self->kind->fit == NULL || mq_table_n_rows (self->table) == 0)
    return lines;
  self->kind->fit (self, width, &least, &most);
  return CLAMP (lines, MIN (least, MOST_LINES) + OTHER_LINES, MAX (most + OTHER_LINES, LEAST_LINES));
}
