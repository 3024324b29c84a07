/* export.c: one chart as a file: margins, ground, chart, note. */

#include "config.h"

#include "chart/chart-private.h"
#include "chart/surface.h"

#include "base/interactive.h"
#include "base/sheet-writer.h"
#include "base/table-workbook.h"

#include <glib/gi18n-lib.h>

#define LEAST_PIXELS 100.0
#define MOST_PIXELS 20000.0
#define MOST_PIXELS_IN_ALL 1e8
#define CSS_RESOLUTION 96.0
#define POINTS 0.75 /* a CSS pixel */

G_DEFINE_QUARK (mq - export - error - quark, mq_export_error)

static gboolean
check_size (double width, double height, double scale, GError **error)
{
  double least = MIN (width, height) * MIN (scale, 1);
  double most = MAX (width, height) * scale;

  /* Written so that NaN fails. */
  if (least >= LEAST_PIXELS && most <= MOST_PIXELS && width * scale * height * scale <= MOST_PIXELS_IN_ALL)
    return TRUE;
  g_set_error_literal (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_SIZE, _ ("The size of the picture must be from 100 to 20,000 pixels a side and at most 100 million pixels in all."));
  return FALSE;
}

/* In CSS pixels. */
static void
draw (MqChart *chart, const MqTheme *theme, double width, double height, cairo_t *cr)
{
  g_autoptr (MqTextKit) kit = mq_text_kit_new_for_file (theme->font, CSS_RESOLUTION);
  g_autoptr (MqPicture) picture = mq_picture_new (kit->rtl ? width : 0);
  g_autoptr (MqChartLayout) layout = NULL;
  double margin = MIN (1.5 * kit->em, MIN (width, height) * 0.06);
  double bottom = height - margin;

  if (mq_chart_note (chart) != NULL)
    {
      PangoLayout *note = mq_text_new (kit, mq_chart_note (chart), 0.8, FALSE);

      mq_text_wrap (kit, note, width - 2 * margin);
      bottom -= mq_text_height (note);
      mq_picture_take_text (picture, note, margin, bottom, theme->dim);
      bottom -= 0.8 * kit->em;
    }
  layout = mq_chart_layout_new (chart, kit->context, theme, width - 2 * margin, MAX (bottom - margin, 1));

  mq_color_set_source (theme->background, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  mq_picture_draw (picture, cr);
  cairo_translate (cr, margin, margin);
  mq_chart_layout_draw (layout, cr);
}

static gboolean
draw_png (MqChart *chart, const MqTheme *theme, double width, double height, double scale, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale), (int) (height * scale));
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  draw (chart, theme, width, height, cr);
  cairo_destroy (cr);
  return mq_surface_finish_png (surface, bytes, error);
}

static gboolean
draw_page (MqChart *chart, MqFileType type, const MqTheme *theme, double width, double height, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = mq_surface_new (type, width * POINTS, height * POINTS, bytes);
  cairo_t         *cr;

  mq_surface_describe (surface, mq_chart_title (chart), chart->as_of);
  cr = cairo_create (surface);
  cairo_scale (cr, POINTS, POINTS);
  draw (chart, theme, width, height, cr);
  cairo_destroy (cr);
  return mq_surface_finish (surface, error);
}

gboolean
mq_chart_export (MqChart *chart, const char *path, const MqTheme *theme, double width, double height, double scale, GError **error)
{
  MqFileType type = mq_file_type (path);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) settled = NULL;

  if (type == MQ_FILE_NONE || type == MQ_FILE_HTML)
    {
      mq_file_type_set_error (path, _ (".png, .pdf or .svg"), error);
      return FALSE;
    }
  if (!check_size (width, height, type == MQ_FILE_PNG ? scale : 1, error))
    return FALSE;
  if (type == MQ_FILE_PNG)
    return draw_png (chart, theme, width, height, scale, bytes, error) && mq_file_write (path, bytes, error);
  if (!draw_page (chart, type, theme, width, height, bytes, error))
    return FALSE;
  if (type == MQ_FILE_SVG)
    settled = mq_svg_settle (bytes, "");
  return mq_file_write (path, settled != NULL ? settled : bytes, error);
}

GBytes *
mq_chart_to_png (MqChart *chart, const MqTheme *theme, double width, double height, double scale, GError **error)
{
  GByteArray *bytes;

  if (!check_size (width, height, scale, error))
    return NULL;
  bytes = g_byte_array_new ();
  if (draw_png (chart, theme, width, height, scale, bytes, error))
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  return NULL;
}

gboolean
mq_table_export (MqTable *table, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  mq_assert_may_block ();
  if (mq_sheet_is_named_so (path))
    return mq_table_write_workbook (table, path, NULL, error);
  mq_table_write_csv (table, TRUE, text);
  /* Customers' data is for the owner's eyes. */
  return g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}
