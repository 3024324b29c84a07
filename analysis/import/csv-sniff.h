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

/* Delimiter by consistency of cell counts over records: , ; TAB | U+001F U+0001 ，or runs of blanks. Header: a first row all
 * text, distinct, where columns below are numbers or dates; or known field names. given_delimiter "" : find. */
gboolean mq_csv_sniff (const char *text, gsize length, const char *given_delimiter, MqCsvLayout *layout, GError **error);

G_END_DECLS
