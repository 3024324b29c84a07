/* surface.h: cairo surfaces that end as bytes in memory, and bytes that end as a whole file. */

#pragma once

#include "chart/export.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_FILE_NONE,
  MQ_FILE_PNG,
  MQ_FILE_PDF,
  MQ_FILE_SVG,
  MQ_FILE_HTML,
} MqFileType;

MqFileType mq_file_type (const char *path); /* by suffix */
void       mq_file_type_set_error (const char *path, const char *suffixes, GError **error);

/* PDF and SVG append to `bytes` until finished. Width and height in points. */
cairo_surface_t *mq_surface_new (MqFileType type, double width, double height, GByteArray *bytes);
/* Title, program and a date that is not the clock's: `as_of` instant, or none. */
void mq_surface_describe (cairo_surface_t *surface, const char *title, gint64 as_of);
/* Finishes and frees the surface; FALSE with MQ_EXPORT_ERROR_WRITE if anything went wrong in it. */
gboolean mq_surface_finish (cairo_surface_t *surface, GError **error);
/* The picture of an image surface as PNG, appended to `bytes`; frees the surface. */
gboolean mq_surface_finish_png (cairo_surface_t *surface, GByteArray *bytes, GError **error);
/* Names in an SVG that count up within a process made plain: the same picture gives the same bytes. `prefix` keeps the names
 * of several pictures in one page apart. */
GByteArray *mq_svg_settle (GByteArray *svg, const char *prefix);

gboolean mq_file_write (const char *path, GByteArray *bytes, GError **error);

G_END_DECLS
