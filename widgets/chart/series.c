/* series.c: looks, fills, legends. */

#include "config.h"

#include "chart/series.h"

#include <math.h>

#define LEGEND_TEXT 0.9 /* em */

static const MqPattern patterns[] = { MQ_PATTERN_NONE, MQ_PATTERN_FALLING, MQ_PATTERN_LEVEL, MQ_PATTERN_CROSSED, MQ_PATTERN_UPRIGHT };
static const MqDash    dashes[] = { MQ_DASH_NONE, MQ_DASH_LONG, MQ_DASH_SHORT, MQ_DASH_MIXED, MQ_DASH_DOTS };
static const MqSymbol  symbols[] = { MQ_SYMBOL_DISC, MQ_SYMBOL_SQUARE, MQ_SYMBOL_TRIANGLE, MQ_SYMBOL_DIAMOND, MQ_SYMBOL_RING };

static double
get_radius (const MqChartLayout *layout, MqRect rect)
{
  return layout->theme.high_contrast ? 0 : MIN (0.18 * layout->kit->em, MIN (rect.width, rect.height) / 3);
}

static void
fill_form (MqChartLayout *layout, MqRect rect, MqFillForm form, MqColor color)
{
  double radius = mq_series_is_faint (&layout->theme, color) ? 0 : get_radius (layout, rect);

  switch (form)
    {
    case MQ_FILL_BAR:
      mq_picture_bar (layout->picture, rect, radius, color);
      return;
    case MQ_FILL_COLUMN:
      mq_picture_column (layout->picture, rect, radius, color);
      return;
    case MQ_FILL_ROUND:
      mq_picture_round (layout->picture, rect, radius, color);
      return;
    case MQ_FILL_RECT:
    default:
      mq_picture_fill (layout->picture, rect, color);
    }
}

static double
get_entry_width (const MqChartLayout *layout, PangoLayout *text)
{
  return 1.5 * layout->kit->em + mq_text_width (text);
}

MqSeriesLook
mq_series_look (const MqTheme *theme, guint index, guint n)
{
  MqSeriesLook look = { .color = mq_theme_series (theme, index) };

  if (n > 1)
    look.symbol = symbols[index % G_N_ELEMENTS (symbols)];
  if (n > 1 && theme->patterns)
    {
      look.pattern = patterns[index % G_N_ELEMENTS (patterns)];
      look.dash = dashes[index % G_N_ELEMENTS (dashes)];
    }
  return look;
}

void
mq_series_fill (MqChartLayout *layout, MqRect rect, MqFillForm form, const MqSeriesLook *look, gboolean complete)
{
  const MqTheme *theme = &layout->theme;
  double         em = layout->kit->em;

  if (rect.width <= 0 || rect.height <= 0)
    return;
  if (!complete)
    {
      mq_series_open (layout, rect, look->color);
      return;
    }
  fill_form (layout, rect, form, look->color);
  if (look->pattern != MQ_PATTERN_NONE)
    mq_picture_hatch (layout->picture, rect, look->pattern, 0.5 * em, theme->hairline, mq_color_mix (look->color, theme->background, theme->high_contrast ? 1 : 0.55));
  mq_series_outline (layout, rect, look->color);
}

gboolean
mq_series_is_faint (const MqTheme *theme, MqColor color)
{
  return mq_color_contrast (color, theme->background) < MQ_CONTRAST_MARK;
}

void
mq_series_outline (MqChartLayout *layout, MqRect rect, MqColor color)
{
  const MqTheme *theme = &layout->theme;

  if (theme->high_contrast)
    mq_picture_frame (layout->picture, rect, theme->hairline, theme->foreground);
  else if (mq_series_is_faint (theme, color))
    mq_picture_frame (layout->picture, rect, theme->hairline, mq_theme_edge (theme, color));
}

void
mq_series_open (MqChartLayout *layout, MqRect rect, MqColor color)
{
  const MqTheme *theme = &layout->theme;
  double         em = layout->kit->em;

  mq_picture_fill (layout->picture, rect, mq_color_mix (color, theme->background, 0.85));
  mq_picture_hatch (layout->picture, rect, MQ_PATTERN_RISING, 0.42 * em, 1.2 * theme->hairline, mq_color_mix (color, theme->background, 0.5));
  mq_picture_frame (layout->picture, rect, theme->hairline, theme->high_contrast ? theme->foreground : mq_color_mix (color, theme->background, 0.2));
}

/* The part of a line that lies on the bar, and the whole of it below that. */
static void
draw_over (MqChartLayout *layout, MqRect line, MqRect bar, MqColor fill)
{
  const MqTheme *theme = &layout->theme;
  double         left = MAX (line.x, bar.x), right = MIN (line.x + line.width, bar.x + bar.width);
  double         top = MAX (line.y, bar.y), bottom = MIN (line.y + line.height, bar.y + bar.height);

  mq_picture_fill (layout->picture, line, theme->foreground);
  if (left < right && top < bottom && mq_color_contrast (theme->foreground, fill) < MQ_CONTRAST_MARK)
    mq_picture_fill (layout->picture, (MqRect){ left, top, right - left, bottom - top }, mq_theme_text_on (fill));
}

void
mq_series_whisker (MqChartLayout *layout, double center, double low, double high, double cap, gboolean vertical, MqRect bar, MqColor fill)
{
  double line = 1.2 * layout->theme.hairline;
  double from = MIN (low, high), extent = fabs (high - low);
  MqRect stem = vertical ? (MqRect){ center - line / 2, from, line, extent } : (MqRect){ from, center - line / 2, extent, line };
  MqRect first = vertical ? (MqRect){ center - cap / 2, from - line / 2, cap, line } : (MqRect){ from - line / 2, center - cap / 2, line, cap };
  MqRect last = first;

  if (vertical)
    last.y += extent;
  else
    last.x += extent;
  draw_over (layout, stem, bar, fill);
  draw_over (layout, first, bar, fill);
  draw_over (layout, last, bar, fill);
}

void
mq_legend_swatch (MqChartLayout *layout, const MqLegendEntry *entry, double x, double center)
{
  double em = layout->kit->em;

  if (entry->line)
    {
      const MqPoint ends[] = { { x, center }, { x + 1.1 * em, center } };

      mq_picture_line (layout->picture, ends, 2, layout->theme.hairline * 2.2, entry->look.dash, entry->look.color);
    }
  else
    mq_series_fill (layout, (MqRect){ mq_chart_layout_snap (layout, x + 0.2 * em), mq_chart_layout_snap (layout, center - 0.4 * em), round (0.8 * em), round (0.8 * em) }, MQ_FILL_ROUND, &entry->look, TRUE);
}

double
mq_legend_arrange (MqChartLayout *layout, MqRect area, const MqLegendEntry *entries, guint n, guint lines)
{
  PangoLayout *texts[MQ_SERIES_MOST];
  double       em = layout->kit->em;
  double       x = 0, line_height = 0;
  guint        line = 0;
  double       lefts[MQ_SERIES_MOST];
  guint        rows[MQ_SERIES_MOST];
  gboolean     fits = TRUE;

  if (n > MQ_SERIES_MOST || (layout->parts & MQ_CHART_WITH_LEGEND) == 0)
    return 0;
  for (guint i = 0; i < n; i++)
    {
      double width;

      texts[i] = NULL;
      if (entries[i].name == NULL)
        continue;
      texts[i] = mq_text_new (layout->kit, entries[i].name, LEGEND_TEXT, FALSE);
      width = get_entry_width (layout, texts[i]);
      line_height = MAX (line_height, mq_text_height (texts[i]));
      if (x > 0 && x + width > area.width)
        {
          x = 0;
          line++;
        }
      fits = fits && width <= area.width;
      lefts[i] = x;
      rows[i] = line;
      x += width + 1.2 * em;
    }
  fits = fits && line < lines && (line + 1) * line_height <= area.height * 0.35;
  for (guint i = 0; i < n; i++)
    if (fits && texts[i] != NULL)
      {
        double top = area.y + rows[i] * line_height;

        mq_legend_swatch (layout, &entries[i], area.x + lefts[i], top + mq_text_baseline (texts[i]) - layout->kit->figure * LEGEND_TEXT / 2);
        mq_chart_layout_try_text (layout, texts[i], area.x + lefts[i] + 1.5 * em, top, layout->theme.foreground);
      }
    else
      g_clear_object (&texts[i]);
  return fits ? (line + 1) * line_height + 0.4 * em : 0;
}

/* Boxes that touch are one cluster around the mean of what its members want. */
gboolean
mq_spread (double *centers, const double *heights, guint n, double top, double bottom)
{
  g_autofree double *wanted = g_new (double, n);
  g_autofree double *extents = g_new (double, n);
  g_autofree guint  *sizes = g_new (guint, n);
  double             total = 0;
  guint              n_clusters = 0;

  for (guint i = 0; i < n; i++)
    total += heights[i];
  if (total > bottom - top + 1e-6)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      /* wanted: the top of the cluster. */
      wanted[n_clusters] = CLAMP (centers[i] - heights[i] / 2, top, bottom - heights[i]);
      extents[n_clusters] = heights[i];
      sizes[n_clusters++] = 1;
      while (n_clusters > 1 && wanted[n_clusters - 2] + extents[n_clusters - 2] > wanted[n_clusters - 1])
        {
          guint  a = n_clusters - 2, b = n_clusters - 1;
          double mean = (wanted[a] * sizes[a] + (wanted[b] - extents[a]) * sizes[b]) / (sizes[a] + sizes[b]);

          extents[a] += extents[b];
          sizes[a] += sizes[b];
          wanted[a] = CLAMP (mean, top, bottom - extents[a]);
          n_clusters--;
        }
    }
  for (guint k = 0, i = 0; k < n_clusters; k++)
    for (guint m = 0; m < sizes[k]; m++, i++)
      {
        centers[i] = wanted[k] + heights[i] / 2;
        wanted[k] += heights[i];
      }
  return TRUE;
}
