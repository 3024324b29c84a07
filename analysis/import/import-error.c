/* import-error.c: errors of the importer, with the place in the file. */

#include "import/import-error.h"

G_DEFINE_QUARK (mq - import - error - quark, mq_import_error)

void
mq_import_error_at (GError **error, MqImportError code, gint64 line, gint64 column, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MQ_IMPORT_ERROR, code, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ": %s", line, column, message);
}
