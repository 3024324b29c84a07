/* theme.h: MqTheme, the colours and measures a chart is drawn with. Constants by UI.md; a unit test recomputes contrast and
 * colour-blind distances from them. Every colour is opaque, so that PDF and SVG need no transparency groups. */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue; /* sRGB, 0 to 1 */
} MqColor;

#define MQ_CONTRAST_TEXT 4.5 /* WCAG 1.4.3 */
#define MQ_CONTRAST_MARK 3.0 /* WCAG 1.4.11 */

#define MQ_THEME_SERIES 7
#define MQ_THEME_RAMP 7
#define MQ_THEME_DIVERGING 5
#define MQ_THEME_KINDS 6

typedef struct
{
  const char *name; /* "light" */
  MqColor     background, foreground, dim, grid, accent;
  MqColor     series[MQ_THEME_SERIES]; /* the first n_series are distinct under colour-blind vision */
  guint       n_series;
  MqColor     ramp[MQ_THEME_RAMP];           /* sequential: one hue, from least to most */
  MqColor     diverging[MQ_THEME_DIVERGING]; /* from negative over neutral to positive */
  MqColor     kinds[MQ_THEME_KINDS];         /* of values that keep theirs in every chart; distinct under colour-blind vision */
  MqColor     other;                         /* "Other", too-small samples */
  const char *font;                          /* Pango description with size in points, for files; a widget has its own */
  double      hairline;                      /* in user units: 1 on screen, 0.5 pt on paper */
  gboolean    high_contrast;                 /* outlines around marks */
  gboolean    patterns;                      /* series differ without colour too: paper, high contrast */
} MqTheme;

extern const MqTheme mq_theme_light, mq_theme_dark, mq_theme_light_hc, mq_theme_dark_hc, mq_theme_print;

const MqTheme *mq_theme_find (const char *name); /* light dark light-hc dark-hc print; (nullable) */
/* Black or white, whichever is read better on a fill: always at least 4.5 to 1. */
MqColor mq_theme_text_on (MqColor fill);
/* The colour of class `index` of `n` (n >= 1), spread over the whole ramp. */
MqColor mq_theme_ramp (const MqTheme *theme, guint index, guint n);
/* The colour of a series; "other" beyond the theme's number of them. */
MqColor mq_theme_series (const MqTheme *theme, guint index);
/* position from -1 (negative) over 0 (neutral) to 1. */
MqColor mq_theme_diverging (const MqTheme *theme, double position);
/* A colour for text that belongs to a mark of this colour: as near to it as is read well (4.5 to 1). */
MqColor mq_theme_ink (const MqTheme *theme, MqColor color);
/* A colour for a line or an outline: as near to it as is seen well (3 to 1). */
MqColor mq_theme_edge (const MqTheme *theme, MqColor color);
/* `part` of the way from one colour to the other. */
MqColor mq_color_mix (MqColor from, MqColor to, double part);
double  mq_color_luminance (MqColor color);           /* WCAG 2.1, 0 to 1 */
double  mq_color_contrast (MqColor one, MqColor two); /* WCAG 2.1, 1 to 21 */
void    mq_color_set_source (MqColor color, cairo_t *cr);

G_END_DECLS
