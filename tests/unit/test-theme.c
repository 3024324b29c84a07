/* test-theme.c: contrast (WCAG 2.1) and distances under normal and colour-blind vision (Machado 2009, CIEDE2000) of every
 * theme, recomputed from the constants. The formulas are first checked against published pairs. */

#include "chart/theme.h"

#include <math.h>

typedef struct
{
  double lightness, a, b;
} Lab;

static const MqTheme *const themes[] = { &mq_theme_light, &mq_theme_dark, &mq_theme_light_hc, &mq_theme_dark_hc, &mq_theme_print };

/* normal, protan, deutan, tritan; severity 1 */
static const double visions[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

static double
linearise (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
lab_curve (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

static Lab
see (MqColor color, guint vision)
{
  double in[3] = { linearise (color.red), linearise (color.green), linearise (color.blue) };
  double rgb[3];
  double x, y, z;

  for (guint i = 0; i < 3; i++)
    rgb[i] = CLAMP (visions[vision][i][0] * in[0] + visions[vision][i][1] * in[1] + visions[vision][i][2] * in[2], 0, 1);
  x = lab_curve ((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
  y = lab_curve (0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
  z = lab_curve ((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
  return (Lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double
radians (double degrees)
{
  return degrees * G_PI / 180;
}

static double
hue (double a, double b)
{
  double degrees = a == 0 && b == 0 ? 0 : atan2 (b, a) * 180 / G_PI;

  return degrees < 0 ? degrees + 360 : degrees;
}

/* Sharma, Wu, Dalal 2005. */
static double
ciede2000 (Lab one, Lab two)
{
  double mean_chroma = (hypot (one.a, one.b) + hypot (two.a, two.b)) / 2;
  double g = 0.5 * (1 - sqrt (pow (mean_chroma, 7) / (pow (mean_chroma, 7) + pow (25, 7))));
  double a1 = (1 + g) * one.a, a2 = (1 + g) * two.a;
  double c1 = hypot (a1, one.b), c2 = hypot (a2, two.b);
  double h1 = hue (a1, one.b), h2 = hue (a2, two.b);
  double dh = h2 - h1, mean_hue = (h1 + h2) / 2;
  double l = (one.lightness + two.lightness) / 2, c = (c1 + c2) / 2;
  double t, sl, sc, sh, rt, big;

  if (c1 * c2 == 0)
    {
      dh = 0;
      mean_hue = h1 + h2;
    }
  else if (fabs (h1 - h2) > 180)
    {
      dh += dh > 0 ? -360 : 360;
      mean_hue += mean_hue < 180 ? 180 : -180;
    }
  big = 2 * sqrt (c1 * c2) * sin (radians (dh / 2));
  t = 1 - 0.17 * cos (radians (mean_hue - 30)) + 0.24 * cos (radians (2 * mean_hue)) + 0.32 * cos (radians (3 * mean_hue + 6)) - 0.2 * cos (radians (4 * mean_hue - 63));
  sl = 1 + 0.015 * pow (l - 50, 2) / sqrt (20 + pow (l - 50, 2));
  sc = 1 + 0.045 * c;
  sh = 1 + 0.015 * c * t;
  rt = -2 * sqrt (pow (c, 7) / (pow (c, 7) + pow (25, 7))) * sin (radians (60 * exp (-pow ((mean_hue - 275) / 25, 2))));
  return sqrt (pow ((two.lightness - one.lightness) / sl, 2) + pow ((c2 - c1) / sc, 2) + pow (big / sh, 2) + rt * (c2 - c1) / sc * big / sh);
}

static double
oklab_hue (MqColor color)
{
  double r = linearise (color.red), g = linearise (color.green), b = linearise (color.blue);
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return hue (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
}

/* Under any vision. */
static double
find_least (const MqColor *colors, guint n)
{
  double least = G_MAXDOUBLE;

  for (guint vision = 0; vision < 4; vision++)
    for (guint i = 0; i < n; i++)
      for (guint j = 0; j < i; j++)
        least = MIN (least, ciede2000 (see (colors[i], vision), see (colors[j], vision)));
  return least;
}

static double
find_least_distance (const MqTheme *theme)
{
  return find_least (theme->series, theme->n_series);
}

static void
test_formulas (void)
{
  /* Pairs 1, 4, 7, 13, 17 and 25 of the paper's table. */
  static const struct
  {
    Lab    one, two;
    double distance;
  } pairs[] = {
    { { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
    { { 50, -1.3802, -84.2814 }, { 50, 0, -82.7485 }, 1.0000 },
    { { 50, 0, 0 }, { 50, -1, 2 }, 2.3669 },
    { { 50, -0.0010, 2.4900 }, { 50, 0.0009, -2.4900 }, 4.8045 },
    { { 50, 2.5, 0 }, { 73, 25, -18 }, 27.1492 },
    { { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpfloat_with_epsilon (ciede2000 (pairs[i].one, pairs[i].two), pairs[i].distance, 1e-4);
  g_assert_cmpfloat_with_epsilon (mq_color_contrast ((MqColor){ 0, 0, 0 }, (MqColor){ 1, 1, 1 }), 21, 1e-9);
  /* #777777 on white is the well-known 4.48. */
  g_assert_cmpfloat_with_epsilon (mq_color_contrast ((MqColor){ 119 / 255.0, 119 / 255.0, 119 / 255.0 }, (MqColor){ 1, 1, 1 }), 4.48, 0.005);
}

static void
test_contrast (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      const MqTheme *theme = themes[i];

      g_test_message ("theme %s", theme->name);
      g_assert_cmpfloat (mq_color_contrast (theme->foreground, theme->background), >=, 7);
      g_assert_cmpfloat (mq_color_contrast (theme->dim, theme->background), >=, 4.5);
      g_assert_cmpfloat (mq_color_contrast (theme->accent, theme->background), >=, 3);
      g_assert_cmpfloat (mq_color_contrast (theme->other, theme->background), >=, 3);
      for (guint k = 0; k < theme->n_series; k++)
        g_assert_cmpfloat (mq_color_contrast (theme->series[k], theme->background), >=, 3);
      if (theme->high_contrast)
        g_assert_cmpfloat (mq_color_contrast (theme->grid, theme->background), >=, 3);
      else
        g_assert_cmpfloat (mq_color_contrast (theme->grid, theme->background), <, 2);
    }
  /* Marks also stand on the window's own grounds. */
  for (guint k = 0; k < mq_theme_light.n_series; k++)
    g_assert_cmpfloat (mq_color_contrast (mq_theme_light.series[k], (MqColor){ 0xfa / 255.0, 0xfa / 255.0, 0xfa / 255.0 }), >=, 3);
}

/* Kinds stand apart from each other and from what is neutral, and are seen on their ground; the first two are the ends of what
 * diverges: a mood and the feeling that goes with it have one colour. */
static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      const MqTheme *theme = themes[i];
      MqColor        all[MQ_THEME_KINDS + 1];

      memcpy (all, theme->kinds, sizeof theme->kinds);
      all[MQ_THEME_KINDS] = mq_theme_diverging (theme, 0);
      g_assert_cmpfloat (find_least (all, G_N_ELEMENTS (all)), >=, theme->background.red < 0.5 ? 14.9 : 17.2);
      for (guint k = 0; k < MQ_THEME_KINDS; k++)
        {
          g_assert_cmpfloat (mq_color_contrast (theme->kinds[k], theme->background), >=, MQ_CONTRAST_MARK);
          g_assert_cmpfloat (mq_color_contrast (theme->kinds[k], mq_theme_text_on (theme->kinds[k])), >=, MQ_CONTRAST_TEXT);
        }
      g_assert_cmpmem (&theme->kinds[0], sizeof (MqColor), &theme->diverging[MQ_THEME_DIVERGING - 1], sizeof (MqColor));
      g_assert_cmpmem (&theme->kinds[1], sizeof (MqColor), &theme->diverging[0], sizeof (MqColor));
      for (guint k = 0; k < MQ_THEME_DIVERGING; k++)
        g_assert_cmpfloat (mq_color_contrast (mq_theme_edge (theme, theme->diverging[k]), theme->background), >=, MQ_CONTRAST_MARK);
    }
}

static void
test_distances (void)
{
  g_assert_cmpfloat (find_least_distance (&mq_theme_light), >=, 22.25);
  g_assert_cmpfloat (find_least_distance (&mq_theme_light_hc), >=, 22.25);
  g_assert_cmpfloat (find_least_distance (&mq_theme_print), >=, 22.25);
  g_assert_cmpfloat (find_least_distance (&mq_theme_dark), >=, 10.85);
  g_assert_cmpfloat (find_least_distance (&mq_theme_dark_hc), >=, 16.85);
}

static void
test_ramp (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      const MqTheme *theme = themes[i];
      gboolean       rising = see (theme->ramp[MQ_THEME_RAMP - 1], 0).lightness > see (theme->ramp[0], 0).lightness;

      /* The least is nearest to the ground. */
      g_assert_cmpint (rising, ==, mq_color_luminance (theme->background) < 0.5);
      for (guint k = 0; k < MQ_THEME_RAMP; k++)
        {
          g_assert_cmpfloat (mq_color_contrast (theme->ramp[k], mq_theme_text_on (theme->ramp[k])), >=, 4.5);
          g_assert_cmpfloat (fabs (oklab_hue (theme->ramp[k]) - oklab_hue (theme->ramp[3])), <, 4);
          for (guint vision = 0; vision < 4 && k > 0; vision++)
            {
              Lab from = see (theme->ramp[k - 1], vision);
              Lab to = see (theme->ramp[k], vision);

              g_assert_cmpfloat (rising ? to.lightness - from.lightness : from.lightness - to.lightness, >=, 9);
              g_assert_cmpfloat (ciede2000 (from, to), >=, 8);
            }
        }
    }
}

static void
test_ramp_classes (void)
{
  const MqTheme *theme = &mq_theme_light;

  for (guint n = 2; n <= MQ_THEME_RAMP; n++)
    {
      MqColor last = mq_theme_ramp (theme, 0, n);

      g_assert_cmpmem (&last, sizeof last, &theme->ramp[0], sizeof last);
      for (guint i = 1; i < n; i++)
        {
          MqColor color = mq_theme_ramp (theme, i, n);

          g_assert_cmpfloat (mq_color_luminance (color), <, mq_color_luminance (last));
          last = color;
        }
      g_assert_cmpmem (&last, sizeof last, &theme->ramp[MQ_THEME_RAMP - 1], sizeof last);
    }
}

/* Ends stand off the ground, all five from each other in every vision, and both sides grow away from the neutral one. */
static void
test_diverging (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      const MqTheme *theme = themes[i];
      gboolean       rising = mq_color_luminance (theme->background) < 0.5;

      g_test_message ("theme %s", theme->name);
      g_assert_cmpfloat (mq_color_contrast (theme->diverging[0], theme->background), >=, 4.5);
      g_assert_cmpfloat (mq_color_contrast (theme->diverging[MQ_THEME_DIVERGING - 1], theme->background), >=, 4.5);
      for (guint k = 0; k < MQ_THEME_DIVERGING; k++)
        {
          MqColor at = mq_theme_diverging (theme, k / 2.0 - 1);

          g_assert_cmpmem (&at, sizeof at, &theme->diverging[k], sizeof at);
          g_assert_cmpfloat (mq_color_contrast (at, mq_theme_text_on (at)), >=, 4.5);
          for (guint vision = 0; vision < 4; vision++)
            {
              for (guint other = 0; other < k; other++)
                g_assert_cmpfloat (ciede2000 (see (theme->diverging[k], vision), see (theme->diverging[other], vision)), >=, 9);
              if (k != 2)
                {
                  double inner = see (theme->diverging[k < 2 ? k + 1 : k - 1], vision).lightness;
                  double outer = see (theme->diverging[k], vision).lightness;

                  g_assert_cmpfloat (rising ? outer - inner : inner - outer, >, 0);
                }
            }
        }
    }
}

/* Names of lines are read as well as other text, and stay near their line's colour. */
static void
test_ink (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    for (guint k = 0; k < themes[i]->n_series; k++)
      {
        MqColor ink = mq_theme_ink (themes[i], themes[i]->series[k]);

        g_assert_cmpfloat (mq_color_contrast (ink, themes[i]->background), >=, 4.5);
        if (mq_color_contrast (themes[i]->series[k], themes[i]->background) >= 4.5)
          g_assert_cmpmem (&ink, sizeof ink, &themes[i]->series[k], sizeof ink);
      }
}

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    g_assert_true (mq_theme_find (themes[i]->name) == themes[i]);
  g_assert_null (mq_theme_find ("sepia"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/formulas", test_formulas);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/distances", test_distances);
  g_test_add_func ("/theme/kinds", test_kinds);
  g_test_add_func ("/theme/ramp", test_ramp);
  g_test_add_func ("/theme/ramp-classes", test_ramp_classes);
  g_test_add_func ("/theme/diverging", test_diverging);
  g_test_add_func ("/theme/ink", test_ink);
  g_test_add_func ("/theme/find", test_find);
  return g_test_run ();
}
