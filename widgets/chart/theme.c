/* theme.c: the five themes. The sets of colours are UI.md's, section 4; ramps have one OKLCH hue (257 degrees, dark 250)
 * and even steps of lightness. */

#include "config.h"

#include "chart/theme.h"

#include <math.h>
#include <string.h>

#define RGB(hex)                                                                         \
  {                                                                                      \
    (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) &0xff) / 255.0 \
  }

/* Latin first, then Chinese in its simplified forms: what a file shows must not hang on the locale's fallbacks. */
#define FONT "Cantarell, Noto Sans, DejaVu Sans, Noto Sans CJK SC 11"

#define SERIES_LIGHT                                                               \
  {                                                                                \
    RGB (0x3584e4), RGB (0xe66100), RGB (0x332288), RGB (0x63452c), RGB (0x77767b) \
  }
#define SERIES_DARK                                                                                                \
  {                                                                                                                \
    RGB (0x56b4e9), RGB (0xe69f00), RGB (0x009e73), RGB (0xf0e442), RGB (0x0072b2), RGB (0xd55e00), RGB (0xcc79a7) \
  }
#define SERIES_DARK_STRICT                                                                         \
  {                                                                                                \
    RGB (0x33bbee), RGB (0xff7800), RGB (0x77767b), RGB (0xcdab8f), RGB (0x0077bb), RGB (0x986a44) \
  }
#define RAMP_LIGHT                                                                                                 \
  {                                                                                                                \
    RGB (0xe2eefe), RGB (0xb6cff3), RGB (0x8ab0e5), RGB (0x6291d4), RGB (0x3b73bf), RGB (0x1455a6), RGB (0x003a7e) \
  }
#define RAMP_DARK                                                                                                  \
  {                                                                                                                \
    RGB (0x1b3753), RGB (0x305172), RGB (0x466c93), RGB (0x5e88b4), RGB (0x78a6d6), RGB (0x93c4f7), RGB (0xc6e1ff) \
  }

#define DIVERGING_LIGHT                                                            \
  {                                                                                \
    RGB (0xc64600), RGB (0xf0a873), RGB (0xc9c7c4), RGB (0x8ab5ec), RGB (0x1c64c0) \
  }
#define DIVERGING_DARK                                                             \
  {                                                                                \
    RGB (0xff9a3d), RGB (0xa3612b), RGB (0x5e5c64), RGB (0x3f77a8), RGB (0x7cc0ff) \
  }

/* Blue and orange as the ends of what diverges, then indigo, plum, green, brown: at least 17 apart; on dark at least 15. */
#define KINDS_LIGHT                                                                                \
  {                                                                                                \
    RGB (0x1c64c0), RGB (0xc64600), RGB (0x250759), RGB (0x803e60), RGB (0x2ca470), RGB (0x361900) \
  }
#define KINDS_DARK                                                                                 \
  {                                                                                                \
    RGB (0x7cc0ff), RGB (0xff9a3d), RGB (0x7978fb), RGB (0xc4299f), RGB (0x388963), RGB (0xede6b9) \
  }

const MqTheme mq_theme_light = {
  .name = "light",
  .background = RGB (0xffffff),
  .foreground = RGB (0x2e3436),
  .dim = RGB (0x5e5c64),
  .grid = RGB (0xe0e0e3),
  .accent = RGB (0x1c71d8),
  .series = SERIES_LIGHT,
  .n_series = 5,
  .ramp = RAMP_LIGHT,
  .diverging = DIVERGING_LIGHT,
  .kinds = KINDS_LIGHT,
  .other = RGB (0x77767b),
  .font = FONT,
  .hairline = 1.0,
};

const MqTheme mq_theme_dark = {
  .name = "dark",
  .background = RGB (0x1e1e1e),
  .foreground = RGB (0xf6f5f4),
  .dim = RGB (0xc0bfbc),
  .grid = RGB (0x3d3d3d),
  .accent = RGB (0x78aeed),
  .series = SERIES_DARK,
  .n_series = 7,
  .ramp = RAMP_DARK,
  .diverging = DIVERGING_DARK,
  .kinds = KINDS_DARK,
  .other = RGB (0x87868c),
  .font = FONT,
  .hairline = 1.0,
};

const MqTheme mq_theme_light_hc = {
  .name = "light-hc",
  .background = RGB (0xffffff),
  .foreground = RGB (0x000000),
  .dim = RGB (0x000000),
  .grid = RGB (0x7f7f7f),
  .accent = RGB (0x1a5fb4),
  .series = SERIES_LIGHT,
  .n_series = 5,
  .ramp = RAMP_LIGHT,
  .diverging = DIVERGING_LIGHT,
  .kinds = KINDS_LIGHT,
  .other = RGB (0x77767b),
  .font = FONT,
  .hairline = 1.0,
  .high_contrast = TRUE,
  .patterns = TRUE,
};

const MqTheme mq_theme_dark_hc = {
  .name = "dark-hc",
  .background = RGB (0x1e1e1e),
  .foreground = RGB (0xffffff),
  .dim = RGB (0xffffff),
  .grid = RGB (0x8e8e8e),
  .accent = RGB (0x99c1f1),
  .series = SERIES_DARK_STRICT,
  .n_series = 6,
  .ramp = RAMP_DARK,
  .diverging = DIVERGING_DARK,
  .kinds = KINDS_DARK,
  .other = RGB (0x87868c),
  .font = FONT,
  .hairline = 1.0,
  .high_contrast = TRUE,
  .patterns = TRUE,
};

const MqTheme mq_theme_print = {
  .name = "print",
  .background = RGB (0xffffff),
  .foreground = RGB (0x000000),
  .dim = RGB (0x4a4a4f),
  .grid = RGB (0xc8c8cc),
  .accent = RGB (0x1a5fb4),
  .series = SERIES_LIGHT,
  .n_series = 5,
  .ramp = RAMP_LIGHT,
  .diverging = DIVERGING_LIGHT,
  .kinds = KINDS_LIGHT,
  .other = RGB (0x77767b),
  .font = FONT,
  .hairline = 0.5,
  .patterns = TRUE,
};

static const MqTheme *const themes[] = { &mq_theme_light, &mq_theme_dark, &mq_theme_light_hc, &mq_theme_dark_hc, &mq_theme_print };

static double
linearise (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

const MqTheme *
mq_theme_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (strcmp (themes[i]->name, name) == 0)
      return themes[i];
  return NULL;
}

double
mq_color_luminance (MqColor color)
{
  return 0.2126 * linearise (color.red) + 0.7152 * linearise (color.green) + 0.0722 * linearise (color.blue);
}

double
mq_color_contrast (MqColor one, MqColor two)
{
  double a = mq_color_luminance (one);
  double b = mq_color_luminance (two);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

MqColor
mq_theme_text_on (MqColor fill)
{
  const MqColor black = { 0, 0, 0 };
  const MqColor white = { 1, 1, 1 };

  return mq_color_contrast (fill, black) >= mq_color_contrast (fill, white) ? black : white;
}

MqColor
mq_theme_ramp (const MqTheme *theme, guint index, guint n)
{
  g_return_val_if_fail (index < n, theme->other);

  if (n == 1)
    return theme->ramp[0];
  return theme->ramp[(index * (MQ_THEME_RAMP - 1) + (n - 1) / 2) / (n - 1)];
}

MqColor
mq_theme_series (const MqTheme *theme, guint index)
{
  return index < theme->n_series ? theme->series[index] : theme->other;
}

MqColor
mq_color_mix (MqColor from, MqColor to, double part)
{
  return (MqColor){ from.red + (to.red - from.red) * part, from.green + (to.green - from.green) * part, from.blue + (to.blue - from.blue) * part };
}

static MqColor
raise_contrast (const MqTheme *theme, MqColor color, double least)
{
  MqColor raised = color;

  for (double part = 0.1; mq_color_contrast (raised, theme->background) < least && part < 1; part += 0.1)
    raised = mq_color_mix (color, theme->foreground, part);
  return raised;
}

MqColor
mq_theme_ink (const MqTheme *theme, MqColor color)
{
  return raise_contrast (theme, color, MQ_CONTRAST_TEXT);
}

MqColor
mq_theme_edge (const MqTheme *theme, MqColor color)
{
  return raise_contrast (theme, color, MQ_CONTRAST_MARK);
}

MqColor
mq_theme_diverging (const MqTheme *theme, double position)
{
  double at = (CLAMP (position, -1, 1) + 1) / 2 * (MQ_THEME_DIVERGING - 1);
  guint  index = MIN ((guint) at, MQ_THEME_DIVERGING - 2);

  return mq_color_mix (theme->diverging[index], theme->diverging[index + 1], at - index);
}

void
mq_color_set_source (MqColor color, cairo_t *cr)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
}
