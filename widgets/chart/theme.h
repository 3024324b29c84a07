/* theme.h: MqTheme, the colours and measures a chart is drawn with. Constants by UI.md; a unit test recomputes contrast and
 * colour-blind distances from them. */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue, alpha;
} MqColor;

#define MQ_THEME_SERIES 7
#define MQ_THEME_RAMP 7

typedef struct
{
  MqColor     background, foreground, dim, grid, accent;
  MqColor     series[MQ_THEME_SERIES]; /* the first n_series are distinct under colour-blind vision */
  guint       n_series;
  MqColor     ramp[MQ_THEME_RAMP]; /* sequential, from least to most */
  MqColor     other;               /* "Other", too-small samples */
  const char *font;                /* Pango description with size in points; the widget replaces it by its own */
  double      hairline;            /* in user units: 1 on screen, 0.5 pt on paper */
  gboolean    rtl;
  gboolean    high_contrast; /* outlines and patterns */
} MqTheme;

extern const MqTheme mq_theme_light, mq_theme_dark, mq_theme_light_hc, mq_theme_dark_hc, mq_theme_print;

const MqTheme *mq_theme_find (const char *name); /* light dark print; (nullable) */
/* Black or white, whichever is read better on a fill. */
MqColor mq_theme_text_on (MqColor fill);
void    mq_color_set_source (MqColor color, cairo_t *cr);

G_END_DECLS
