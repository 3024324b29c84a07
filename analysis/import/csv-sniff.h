/* csv-sniff.h: how a text is laid out, from its first 1 MiB: delimiter, header, a sep= line, title rows above. */

#pragma once

#include "import/csv-parser.h"

G_BEGIN_DECLS

typedef struct
{
  MqCsvDialect dialect;
  gboolean     has_header;
  guint        skip_lines; /* physical lines before the header (title rows, sep= line) */
  guint        n_columns;
} MqCsvLayout;

/* text: up to 1 MiB; from 1 MiB on its last record counts as cut. Delimiter by consistency of cell counts over records:
 * , ; TAB | U+001F U+0001 ， or runs of blanks. Header: a first row all text, distinct, where columns below are numbers or
 * dates; or known field names. given_delimiter NULL or "": find; else one character, "tab", "\\t" or "blanks" (MQ_IMPORT_ERROR_SETTING if it cannot be one). Other errors begin with
 * "LINE:COLUMN: ": a quote never closed, or no record at all. */
gboolean mq_csv_sniff (const char *text, gsize length, const char *given_delimiter, MqCsvLayout *layout, GError **error);

/* The same of packed records (record-pack.h): which of them is the header. */
gboolean mq_csv_sniff_packed (const char *block, gsize length, MqCsvLayout *layout, GError **error);

G_END_DECLS
