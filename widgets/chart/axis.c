/* axis.c: axes. Of all round steps the finest is taken whose texts do not touch. */

#include "config.h"

#include "chart/axis.h"

#include "chart/calendar.h"
#include "chart/figures.h"
#include "chart/scale.h"

#include <math.h>

#define TEXT_GAP 0.5 /* em between texts beside each other */

static const MqZone *
get_zone (const MqAxis *self)
{
  if (mq_table_column_type (self->table, self->column) != MQ_COLUMN_TIME)
    return NULL;
  return mq_zone_get (mq_table_zone (self->table) != NULL ? mq_table_zone (self->table) : "UTC", NULL);
}

static MqTickFlags
get_flags (const MqAxis *self)
{
  return mq_figure_tick_flags (self->table, self->column, MAX (fabs (self->low), fabs (self->high)));
}

static void
clear_texts (MqAxis *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_object (&self->texts[i]);
}

/* The place a text takes along the axis: where it begins and ends. */
static void
get_span (const MqAxis *self, guint tick, gboolean vertical, double *from, double *to)
{
  double center = mq_axis_position (self, self->ticks[tick]);
  double extent = vertical ? mq_text_height (self->texts[tick]) : mq_text_width (self->texts[tick]);

  *from = center - extent / 2;
  *to = center + extent / 2;
}

static gboolean
is_clear (const MqAxis *self, const MqTextKit *kit, gboolean vertical)
{
  double gap = (vertical ? 0.2 : TEXT_GAP) * kit->em;

  for (guint i = 1; i < self->n; i++)
    {
      double from, to, next_from, next_to;

      get_span (self, i - 1, vertical, &from, &to);
      get_span (self, i, vertical, &next_from, &next_to);
      if (MAX (from, next_from) - MIN (to, next_to) < gap)
        return FALSE;
    }
  return TRUE;
}

static void
take_text (MqAxis *self, const MqTextKit *kit, guint tick, char *words)
{
  g_autofree char *taken = words;

  self->texts[tick] = mq_text_new (kit, taken, MQ_AXIS_TEXT, FALSE);
}

/* Round durations are round in days, hours or minutes. */
static double
get_unit (const MqAxis *self)
{
  static const double units[] = { 86400, 3600, 60 };

  if (mq_table_column_type (self->table, self->column) == MQ_COLUMN_DURATION)
    for (guint i = 0; i < G_N_ELEMENTS (units); i++)
      if (self->high >= 2 * units[i])
        return units[i];
  return 1;
}

static gboolean
try_linear (MqAxis *self, const MqTextKit *kit, guint most)
{
  double  unit = get_unit (self);
  MqTicks ticks = mq_ticks_inside (self->low / unit, self->high / unit, most, get_flags (self));

  self->n = 0;
  for (guint i = 0; i < ticks.n; i++)
    {
      double value = mq_ticks_value (&ticks, i) * unit;

      if (value < self->low - ticks.step * unit * 1e-6)
        continue;
      self->ticks[self->n] = value;
      take_text (self, kit, self->n++, mq_figure_axis (self->table, self->column, value, ticks.step * unit));
    }
  return self->n > 0;
}

/* Powers of ten, every so many-th. */
static gboolean
try_log (MqAxis *self, const MqTextKit *kit, guint every)
{
  self->n = 0;
  for (int e = (int) ceil (log10 (self->low) - 1e-9); e <= floor (log10 (self->high) + 1e-9); e++)
    if (e % (int) every == 0 && self->n < MQ_AXIS_TICKS)
      {
        self->ticks[self->n] = pow (10, e);
        take_text (self, kit, self->n, mq_figure_axis (self->table, self->column, self->ticks[self->n], self->ticks[self->n]));
        self->n++;
      }
  return self->n > 0;
}

static gboolean
try_calendar (MqAxis *self, const MqTextKit *kit, guint index)
{
  MqCalendarStep step = mq_calendar_step (index);

  self->n = mq_calendar_ticks (step, get_zone (self), self->low, self->high, self->ticks, MQ_AXIS_TICKS);
  for (guint i = 0; i < self->n; i++)
    take_text (self, kit, i, mq_calendar_text (step, get_zone (self), self->ticks[i], i == 0));
  return self->n > 0;
}

static gboolean
try_ticks (MqAxis *self, const MqTextKit *kit, guint attempt)
{
  switch (self->kind)
    {
    case MQ_AXIS_LOG:
      return try_log (self, kit, attempt + 1);
    case MQ_AXIS_CALENDAR:
      return try_calendar (self, kit, attempt);
    case MQ_AXIS_LINEAR:
    default:
      return try_linear (self, kit, MQ_TICKS_MAX - attempt);
    }
}

static guint
count_attempts (const MqAxis *self)
{
  if (self->kind == MQ_AXIS_CALENDAR)
    return mq_calendar_n_steps ();
  return self->kind == MQ_AXIS_LOG ? 24 : MQ_TICKS_MAX;
}

static void
widen (MqAxis *self, guint most)
{
  double  unit = get_unit (self);
  MqTicks ticks = mq_ticks_around (self->low / unit, self->high / unit, most, get_flags (self));

  self->low = mq_ticks_value (&ticks, 0) * unit;
  self->high = mq_ticks_value (&ticks, ticks.n - 1) * unit;
}

MqAxisKind
mq_axis_kind_for (const MqTable *table, guint column)
{
  MqColumnType type = mq_table_column_type (table, column);

  return type == MQ_COLUMN_DAY || type == MQ_COLUMN_TIME ? MQ_AXIS_CALENDAR : MQ_AXIS_LINEAR;
}

void
mq_axis_init (MqAxis *self, MqAxisKind kind, const MqTable *table, guint column, double low, double high, gboolean wide, guint most)
{
  *self = (MqAxis){ .kind = kind, .table = table, .column = column, .low = low, .high = high };
  if (kind == MQ_AXIS_LINEAR && wide)
    widen (self, most);
  if (kind == MQ_AXIS_LOG && wide)
    {
      self->low = pow (10, floor (log10 (low) + 1e-9));
      self->high = pow (10, ceil (log10 (high) - 1e-9));
    }
  if (!(self->high > self->low))
    self->high = kind == MQ_AXIS_LOG ? self->low * 10 : self->low + 1;
}

void
mq_axis_clear (MqAxis *self)
{
  clear_texts (self);
  self->n = 0;
}

double
mq_axis_position (const MqAxis *self, double value)
{
  double part;

  if (self->kind == MQ_AXIS_LOG)
    part = (log10 (value) - log10 (self->low)) / (log10 (self->high) - log10 (self->low));
  else
    part = (value - self->low) / (self->high - self->low);
  return self->start + part * (self->end - self->start);
}

void
mq_axis_make_ticks (MqAxis *self, const MqTextKit *kit, gboolean vertical)
{
  for (guint attempt = 0; attempt < count_attempts (self); attempt++)
    {
      clear_texts (self);
      if (try_ticks (self, kit, attempt) && is_clear (self, kit, vertical))
        return;
    }
  clear_texts (self);
  self->n = 0;
}

double
mq_axis_text_width (const MqAxis *self)
{
  double widest = 0;

  for (guint i = 0; i < self->n; i++)
    widest = MAX (widest, mq_text_width (self->texts[i]));
  return widest;
}

void
mq_axis_draw_vertical (MqAxis *self, MqChartLayout *layout, double left, double right)
{
  for (guint i = 0; i < self->n; i++)
    {
      double y = mq_axis_position (self, self->ticks[i]);
      double top = y + layout->kit->figure * MQ_AXIS_TEXT / 2 - mq_text_baseline (self->texts[i]);
      double hairline = layout->theme.hairline;

      mq_picture_fill (layout->picture, (MqRect){ left, mq_chart_layout_snap (layout, y - hairline / 2), right - left, hairline }, self->ticks[i] == 0 ? layout->theme.dim : layout->theme.grid);
      mq_chart_layout_try_text (layout, g_object_ref (self->texts[i]), left - 0.5 * layout->kit->em - mq_text_width (self->texts[i]), top, layout->theme.dim);
    }
}

void
mq_axis_draw_horizontal (MqAxis *self, MqChartLayout *layout, double top, double bottom)
{
  for (guint i = 0; i < self->n; i++)
    {
      double x = mq_axis_position (self, self->ticks[i]);
      double hairline = layout->theme.hairline;
      double width = mq_text_width (self->texts[i]);

      if (top < bottom)
        mq_picture_fill (layout->picture, (MqRect){ mq_chart_layout_snap (layout, x - hairline / 2), top, hairline, bottom - top }, layout->theme.grid);
      mq_chart_layout_try_text (layout, g_object_ref (self->texts[i]), CLAMP (x - width / 2, 0, MAX (0, layout->width - width)), bottom + MQ_AXIS_GAP * layout->kit->em, layout->theme.dim);
    }
}

double
mq_axis_title_height (const MqChartLayout *layout)
{
  return layout->chart->axis_titles[0] != NULL ? 1.4 * layout->kit->em : 0;
}

void
mq_axis_draw_title (MqChartLayout *layout, MqRect plot)
{
  const char  *title = layout->chart->axis_titles[0];
  PangoLayout *text;

  if (title == NULL)
    return;
  text = mq_text_new (layout->kit, title, MQ_AXIS_TEXT, FALSE);
  mq_text_ellipsize (text, plot.width);
  mq_chart_layout_try_text (layout, text, plot.x + plot.width - mq_text_width (text), plot.y + plot.height + (MQ_AXIS_GAP + 1.3) * layout->kit->em, layout->theme.dim);
}
