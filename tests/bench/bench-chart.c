/* bench-chart.c: CPU of one layout and one redraw of every sample, and of the fullest chart, at 1600×900 on an image surface:
 * median of N (31) in milliseconds, as JSON. */

#include "chart-samples.h"

#include <stdlib.h>
#include <time.h>

#define WIDTH 1600
#define HEIGHT 900

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare_doubles (const void *a, const void *b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static double
find_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (mq_theme_light.font);

  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, font);
  return context;
}

static void
measure (const char *name, MqChart *chart, guint n, gboolean last)
{
  PangoContext      *context = make_context ();
  cairo_surface_t   *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  g_autofree double *layouts = g_new (double, n);
  g_autofree double *redraws = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      double         start = get_cpu ();
      MqChartLayout *layout = mq_chart_layout_new (chart, context, &mq_theme_light, WIDTH, HEIGHT);
      cairo_t       *cr;

      layouts[i] = get_cpu () - start;
      start = get_cpu ();
      cr = cairo_create (surface);
      mq_chart_layout_draw (layout, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      redraws[i] = get_cpu () - start;
      mq_chart_layout_free (layout);
    }
  g_print ("  {\"chart\": \"%s\", \"layout_ms\": %.2f, \"redraw_ms\": %.2f}%s\n", name, find_median (layouts, n), find_median (redraws, n), last ? "" : ",");
  cairo_surface_destroy (surface);
  g_object_unref (context);
}

int
main (int argc, char *argv[])
{
  guint n = argc > 1 ? (guint) MAX (1, atoi (argv[1])) : 31;
  g_autoptr (MqChart) fullest = chart_sample_fullest ();

  g_print ("[\n");
  for (guint i = 0; i < chart_sample_n (); i++)
    {
      g_autoptr (MqChart) chart = chart_sample_make (i, SAMPLE_ENGLISH, 0);

      measure (chart_sample_name (i), chart, n, FALSE);
    }
  measure ("fullest", fullest, n, TRUE);
  g_print ("]\n");
  return EXIT_SUCCESS;
}
