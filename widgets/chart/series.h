/* series.h: how the n-th series looks (colour, pattern, dash, symbol), how its bars are filled, and where the names of
 * series stand. */

#pragma once

#include "chart/chart-private.h"

G_BEGIN_DECLS

typedef struct
{
  MqColor   color;
  MqPattern pattern; /* on fills, where the theme has patterns */
  MqDash    dash;
  MqSymbol  symbol;
} MqSeriesLook;

/* index of n; a chart of more series than the theme has colours draws the rest as "other". */
MqSeriesLook mq_series_look (const MqTheme *theme, guint index, guint n);

typedef enum
{
  MQ_FILL_RECT,
  MQ_FILL_BAR,    /* round away from the reading start */
  MQ_FILL_COLUMN, /* round at the top */
  MQ_FILL_ROUND,
} MqFillForm;

/* A filled part of a chart; one that is not complete is hatched. In high contrast with an outline. */
void mq_series_fill (MqChartLayout *layout, MqRect rect, MqFillForm form, const MqSeriesLook *look, gboolean complete);
/* Whether a fill of this colour is hard to tell from the ground. */
gboolean mq_series_is_faint (const MqTheme *theme, MqColor color);
/* Around what is filled: in high contrast always, else where its colour is faint. */
void mq_series_outline (MqChartLayout *layout, MqRect rect, MqColor color);
/* What is not yet complete: hatched on a light ground of the colour. */
void mq_series_open (MqChartLayout *layout, MqRect rect, MqColor color);
/* The interval low … high as a line with caps across a bar's end; what lies on the bar's fill stands out from that. */
void mq_series_whisker (MqChartLayout *layout, double center, double low, double high, double cap, gboolean vertical, MqRect bar, MqColor fill);

typedef struct
{
  const char  *name; /* (borrowed) (nullable) translated; NULL: left out */
  MqSeriesLook look;
  gboolean     line; /* else a square */
} MqLegendEntry;

/* A swatch at x, in the middle of `center`: 1.1 em wide. */
void mq_legend_swatch (MqChartLayout *layout, const MqLegendEntry *entry, double x, double center);
/* Names with their swatches in up to `lines` rows at the top of the area; returns the height used, 0 if they find no room. */
double mq_legend_arrange (MqChartLayout *layout, MqRect area, const MqLegendEntry *entries, guint n, guint lines);

/* Moves boxes of these heights apart, as little as may be, so that they stand in order within top … bottom. centers come
 * ascending and leave so. FALSE if there is not room for all. */
gboolean mq_spread (double *centers, const double *heights, guint n, double top, double bottom);

G_END_DECLS
