/* line-names.c: names at lines' ends. */

#include "config.h"

#include "chart/line-names.h"

#include <math.h>

#define NAME_TEXT 0.9
#define WIDEST_NAMES 0.3 /* of the width */

static PangoLayout *
make_text (const MqChartLayout *layout, const char *name)
{
  PangoLayout *text = mq_text_new (layout->kit, name, NAME_TEXT, FALSE);

  if (mq_text_width (text) > WIDEST_NAMES * layout->width)
    mq_text_ellipsize (text, WIDEST_NAMES * layout->width);
  return text;
}

/* Lines that have an end, from the top. Returns how many. */
static guint
sort_ends (const MqLineNames *self, guint order[MQ_LINE_NAMES])
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    {
      guint at = n;

      if (isnan (self->ends[i].end))
        continue;
      for (; at > 0 && self->ends[order[at - 1]].end > self->ends[i].end; at--)
        order[at] = order[at - 1];
      order[at] = i;
      n++;
    }
  return n;
}

static void
drop_texts (MqLineNames *self)
{
  for (guint i = 0; i < MQ_LINE_NAMES; i++)
    g_clear_object (&self->texts[i]);
  self->width = 0;
}

static void
draw_name (MqLineNames *self, MqChartLayout *layout, guint i, double right)
{
  double  em = layout->kit->em;
  double  left = right + 0.8 * em;
  double  center = self->tops[i] + mq_text_height (self->texts[i]) / 2;
  MqColor color = self->ends[i].look.color;

  if (fabs (center - self->ends[i].end) > 0.4 * em)
    {
      const MqPoint leader[] = { { right + 0.15 * em, self->ends[i].end }, { left - 0.2 * em, center } };

      mq_picture_line (layout->picture, leader, 2, layout->theme.hairline, MQ_DASH_NONE, mq_color_mix (color, layout->theme.background, 0.4));
    }
  mq_chart_layout_try_text (layout, g_steal_pointer (&self->texts[i]), left, self->tops[i], mq_theme_ink (&layout->theme, color));
}

gboolean
mq_line_names_fit (MqLineNames *self, const MqChartLayout *layout, double top, double bottom)
{
  double centers[MQ_LINE_NAMES], heights[MQ_LINE_NAMES];
  guint  order[MQ_LINE_NAMES];
  guint  n = sort_ends (self, order);

  for (guint i = 0; i < n; i++)
    {
      self->texts[order[i]] = make_text (layout, self->ends[order[i]].name);
      centers[i] = self->ends[order[i]].end;
      heights[i] = mq_text_height (self->texts[order[i]]);
      self->width = MAX (self->width, mq_text_width (self->texts[order[i]]));
    }
  if (n > 0 && !mq_spread (centers, heights, n, top - heights[0] / 2, bottom + heights[0] / 2))
    {
      drop_texts (self);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    self->tops[order[i]] = centers[i] - heights[i] / 2;
  return TRUE;
}

double
mq_line_names_legend (const MqLineNames *self, MqChartLayout *layout, MqRect area)
{
  MqLegendEntry entries[MQ_LINE_NAMES];

  for (guint i = 0; i < self->n; i++)
    entries[i] = (MqLegendEntry){ self->ends[i].name, self->ends[i].look, TRUE };
  return mq_legend_arrange (layout, area, entries, self->n, 3);
}

void
mq_line_names_draw (MqLineNames *self, MqChartLayout *layout, double right)
{
  for (guint i = 0; i < self->n; i++)
    if (self->texts[i] != NULL)
      draw_name (self, layout, i, right);
}

void
mq_line_names_clear (MqLineNames *self)
{
  drop_texts (self);
  for (guint i = 0; i < self->n; i++)
    g_free (self->ends[i].name);
  self->n = 0;
}
