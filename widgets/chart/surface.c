/* surface.c: everything is drawn in memory first, so that a file appears whole or not at all. */

#include "config.h"

#include "base/interactive.h"
#include "chart/surface.h"

#include "base/civil-time.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *suffix;
  MqFileType  type;
} suffixes[] = {
  { ".png", MQ_FILE_PNG },
  { ".pdf", MQ_FILE_PDF },
  { ".svg", MQ_FILE_SVG },
  { ".html", MQ_FILE_HTML },
};

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_WRITE, _ ("The picture could not be drawn (%s). Try a smaller size."), cairo_status_to_string (status));
  return FALSE;
}

static gboolean
is_name_start (const char *text, gsize at)
{
  static const char *const starts[] = { "id=\"", "href=\"#", "url(#" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      gsize length = strlen (starts[i]);

      if (at >= length && memcmp (text + at - length, starts[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

static cairo_status_t
append_cb (gpointer closure, const guchar *data, guint length)
{
  GByteArray *bytes = closure;

  if (length > G_MAXUINT / 2 - bytes->len)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

MqFileType
mq_file_type (const char *path)
{
  gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize suffix = strlen (suffixes[i].suffix);

      if (length > suffix && g_ascii_strcasecmp (path + length - suffix, suffixes[i].suffix) == 0)
        return suffixes[i].type;
    }
  return MQ_FILE_NONE;
}

void
mq_file_type_set_error (const char *path, const char *names, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  /* Translators: a file's name, then a list such as ".png, .pdf or .svg". */
  g_set_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_FORMAT, _ ("The name “%s” does not say which format to write. Let it end in %s."), name, names);
}

cairo_surface_t *
mq_surface_new (MqFileType type, double width, double height, GByteArray *bytes)
{
  cairo_surface_t *surface;

  if (type == MQ_FILE_PDF)
    return cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  surface = cairo_svg_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  return surface;
}

void
mq_surface_describe (cairo_surface_t *surface, const char *title, gint64 as_of)
{
  /* A PDF without a date would get the clock's. */
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (as_of != MQ_TIME_MISSING ? as_of / MQ_SECOND : 0);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("1970-01-01T00:00:00Z");

  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_PDF)
    return;
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Marquetry " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

gboolean
mq_surface_finish (cairo_surface_t *surface, GError **error)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, error);
}

gboolean
mq_surface_finish_png (cairo_surface_t *surface, GByteArray *bytes, GError **error)
{
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  return check_status (status, error);
}

GByteArray *
mq_svg_settle (GByteArray *svg, const char *prefix)
{
  GByteArray *out = g_byte_array_sized_new (svg->len + svg->len / 16);
  const char *text = (const char *) svg->data;

  for (gsize i = 0; i < svg->len; i++)
    {
      if (is_name_start (text, i))
        {
          g_byte_array_append (out, (const guint8 *) prefix, strlen (prefix));
          /* cairo counts surfaces through the process. */
          if (svg->len - i > 7 && memcmp (text + i, "surface", 7) == 0)
            {
              g_byte_array_append (out, (const guint8 *) "surface", 7);
              for (i += 7; i < svg->len && g_ascii_isdigit (text[i]); i++)
                ;
            }
        }
      g_byte_array_append (out, svg->data + i, 1);
    }
  return out;
}

gboolean
mq_file_write (const char *path, GByteArray *bytes, GError **error)
{
  g_autoptr (GError) local = NULL;

  mq_assert_may_block ();
  if (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  g_set_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_WRITE, _ ("The file could not be written: %s. Choose another folder or make room."), local->message);
  return FALSE;
}
