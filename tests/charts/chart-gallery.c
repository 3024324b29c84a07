/* chart-gallery.c: chart-gallery FOLDER [--width W] [--height H] [--theme T]… [--words english|chinese|arabic|long] [--rtl] [--seed N]
 * [NAME…]: the samples as PNG, to be looked at. */

#include "chart-samples.h"

#include <stdlib.h>
#include <string.h>

static double   width = 560, height = 360, scale = 1;
static char   **themes, **names;
static char    *words_name;
static gboolean rtl;
static int      seed;

static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_DOUBLE, &width, "width in pixels", "W" },
  { "height", 0, 0, G_OPTION_ARG_DOUBLE, &height, "height in pixels", "H" },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &scale, "pixels a unit", "S" },
  { "theme", 0, 0, G_OPTION_ARG_STRING_ARRAY, &themes, "light dark light-hc dark-hc print", "T" },
  { "words", 0, 0, G_OPTION_ARG_STRING, &words_name, "english chinese arabic long", "W" },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "mirrored", NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "wild figures", "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "FOLDER NAME…" },
  { NULL },
};

static SampleWords
find_words (void)
{
  static const char *const all[] = { "english", "chinese", "arabic", "long" };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (words_name, all[i]) == 0)
      return (SampleWords) i;
  return SAMPLE_ENGLISH;
}

static PangoContext *
make_context (const MqTheme *theme)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (theme->font);

  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, font);
  pango_context_set_language (context, pango_language_from_string (find_words () == SAMPLE_CHINESE ? "zh-cn" : "en"));
  pango_context_set_base_dir (context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return context;
}

static void
paint (MqChart *chart, const MqTheme *theme, const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale), (int) (height * scale));
  cairo_t         *cr = cairo_create (surface);
  PangoContext    *context = make_context (theme);
  g_autoptr (MqChartLayout) layout = mq_chart_layout_new (chart, context, theme, width - 32, height - 32);

  cairo_scale (cr, scale, scale);
  mq_color_set_source (theme->background, cr);
  cairo_paint (cr);
  cairo_translate (cr, 16, 16);
  mq_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  g_object_unref (context);
}

static gboolean
is_wanted (const char *name)
{
  return names[1] == NULL || g_strv_contains ((const char *const *) names + 1, name);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  const char *all_themes[] = { "light", "dark", "light-hc", "print", NULL };

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, NULL) || names == NULL)
    return EXIT_FAILURE;
  g_mkdir_with_parents (names[0], 0777);
  for (guint i = 0; i < chart_sample_n (); i++)
    for (const char *const *name = themes != NULL ? (const char *const *) themes : all_themes; *name != NULL; name++)
      if (is_wanted (chart_sample_name (i)))
        {
          g_autoptr (MqChart) chart = chart_sample_make (i, find_words (), (guint) seed);
          g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", names[0], chart_sample_name (i), *name);

          paint (chart, mq_theme_find (*name), path);
        }
  return EXIT_SUCCESS;
}
