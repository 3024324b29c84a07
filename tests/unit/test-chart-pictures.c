/* test-chart-pictures.c: every sample drawn as its file would be, with the fonts that Marquetry is shipped with, against the
 * reference in tests/charts/pictures: the mean colours of a coarse grid, so that a hair's breadth in a glyph's edge passes and
 * a bar, a label or a colour out of place does not. Where it fails the picture lies in the build folder. After a change that was
 * looked at: MQ_UPDATE_PICTURES=1 writes new references. */

#include "chart-samples.h"

#include "chart/export.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 560
#define HEIGHT 360
#define COLUMNS 28
#define ROWS 18
#define LEVELS 63
#define FIRST '0' /* of 64 printable characters up to 'o' */

/* Of 63 levels: no cell may be further off, and not many that far. */
#define MOST_OFF 7
#define MOST_MEAN 0.35

typedef struct
{
  SampleWords    words;
  const MqTheme *theme;
} Look;

static const MqTheme *const themes[] = { &mq_theme_dark, &mq_theme_light_hc, &mq_theme_print, &mq_theme_dark_hc };

typedef struct
{
  const guint8 *data;
  gsize         length, at;
} Reader;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->length - reader->at)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data + reader->at, length);
  reader->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* Three characters a cell, a line a row. */
static char *
describe (GBytes *png)
{
  Reader           reader = { .at = 0 };
  cairo_surface_t *surface;
  const guchar    *pixels;
  int              stride;
  GString         *out = g_string_new (NULL);

  reader.data = g_bytes_get_data (png, &reader.length);
  surface = cairo_image_surface_create_from_png_stream (read_cb, &reader);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, WIDTH);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int row = 0; row < ROWS; row++)
    {
      for (int column = 0; column < COLUMNS; column++)
        {
          double sums[3] = { 0 };

          for (int y = 0; y < HEIGHT / ROWS; y++)
            for (int x = 0; x < WIDTH / COLUMNS; x++)
              for (int c = 0; c < 3; c++)
                sums[c] += pixels[(row * HEIGHT / ROWS + y) * stride + (column * WIDTH / COLUMNS + x) * 4 + 2 - c];
          for (int c = 0; c < 3; c++)
            g_string_append_c (out, (char) (FIRST + lround (sums[c] / (HEIGHT / ROWS * (WIDTH / COLUMNS)) / 255 * LEVELS)));
        }
      g_string_append_c (out, '\n');
    }
  cairo_surface_destroy (surface);
  return g_string_free (out, FALSE);
}

static gboolean
compare (const char *expected, const char *actual)
{
  gsize  n = strlen (actual);
  double sum = 0;
  int    most = 0;

  if (strlen (expected) != n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      int off = abs (expected[i] - actual[i]);

      most = MAX (most, off);
      sum += off;
    }
  g_test_message ("furthest %d of %d levels, mean %.3f", most, LEVELS, sum / n);
  return most <= MOST_OFF && sum / n <= MOST_MEAN;
}

static void
check_picture (guint sample, const Look *look)
{
  g_autoptr (MqChart) chart = chart_sample_make (sample, look->words, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = mq_chart_to_png (chart, look->theme, WIDTH, HEIGHT, 1, &error);
  g_autofree char *actual = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *name = g_strdup_printf ("%s-%s.txt", chart_sample_name (sample), look->theme->name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "charts", "pictures", name, NULL);

  g_assert_no_error (error);
  actual = describe (png);
  if (g_getenv ("MQ_UPDATE_PICTURES") != NULL)
    {
      g_file_set_contents (path, actual, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (!compare (expected, actual))
    {
      g_autofree char *drawn = g_strdup_printf ("%s-%s.png", chart_sample_name (sample), look->theme->name);
      g_autofree char *drawn_path = g_test_build_filename (G_TEST_BUILT, drawn, NULL);

      g_file_set_contents (drawn_path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), NULL);
      g_test_message ("%s is not as its reference: see %s", name, drawn_path);
      g_test_fail ();
    }
}

static gboolean
has_family (const char *wanted)
{
  PangoFontFamily **families;
  int               n;
  gboolean          found = FALSE;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n && !found; i++)
    found = g_str_equal (pango_font_family_get_name (families[i]), wanted);
  g_free (families);
  return found;
}

static void
test_pictures (gconstpointer data)
{
  guint      sample = GPOINTER_TO_UINT (data);
  const Look looks[] = { { SAMPLE_ENGLISH, &mq_theme_light }, { SAMPLE_CHINESE, themes[sample % G_N_ELEMENTS (themes)] } };

  if (!has_family ("Cantarell") || !has_family ("Noto Sans CJK SC"))
    {
      g_test_skip ("the references are drawn with Cantarell and Noto Sans CJK SC; they are not installed");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    check_picture (sample, &looks[i]);
}

/* The comparison itself: the same passes, a label that is missing does not. */
static void
test_comparison (void)
{
  g_autoptr (MqChart) one = chart_sample_make (0, SAMPLE_ENGLISH, 0);
  g_autoptr (MqChart) two = chart_sample_make (0, SAMPLE_CHINESE, 0);
  g_autoptr (GBytes) png_one = mq_chart_to_png (one, &mq_theme_light, WIDTH, HEIGHT, 1, NULL);
  g_autoptr (GBytes) png_two = mq_chart_to_png (two, &mq_theme_light, WIDTH, HEIGHT, 1, NULL);
  g_autofree char *a = describe (png_one);
  g_autofree char *b = describe (png_two);

  g_assert_true (compare (a, a));
  g_assert_false (compare (a, b));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < chart_sample_n (); i++)
    {
      g_autofree char *path = g_strconcat ("/chart-pictures/", chart_sample_name (i), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pictures);
    }
  g_test_add_func ("/chart-pictures/comparison", test_comparison);
  return g_test_run ();
}
