/* import-error.h: why a file could not be imported. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_IMPORT_ERROR_OPEN,      /* the file cannot be read */
  MQ_IMPORT_ERROR_FORMAT,    /* recognised as something else (picture, archive, web page), empty, or beyond a limit */
  MQ_IMPORT_ERROR_ENCODING,  /* no encoding decodes the file */
  MQ_IMPORT_ERROR_SYNTAX,    /* a quote never closed … */
  MQ_IMPORT_ERROR_MAPPING,   /* a required field has no column, or --map names one that is not there */
  MQ_IMPORT_ERROR_AMBIGUOUS, /* cannot be decided from the data: the message names the option (--date-format) */
  MQ_IMPORT_ERROR_NO_ROWS,   /* not one row could be read */
  MQ_IMPORT_ERROR_BAD_ROW,   /* on_bad_row stop */
  MQ_IMPORT_ERROR_SETTING,   /* an option's value is wrong */
} MqImportError;

#define MQ_IMPORT_ERROR (mq_import_error_quark ())
GQuark mq_import_error_quark (void);

/* An error whose message begins with "LINE:COLUMN: ": of the functions that do not know the file's name (the parser,
 * the splitter). Their caller puts "FILE:" before it (g_prefix_error). */
void mq_import_error_at (GError **error, MqImportError code, gint64 line, gint64 column, const char *format, ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
