/* html-table.h: the largest table of a web page as packed records: what many shop programs send as "Excel". Tags inside
 * cells are dropped, entities decoded, blanks joined; a cell over several columns is followed by empty ones. */

#pragma once

#include "import/record-pack.h"

G_BEGIN_DECLS

/* The records, line by line of the text, of the table with the most rows, if it has two rows and two columns; else NULL; NULL with error: there is no
 * memory. */
GBytes *mq_html_find_table (const char *text, gsize length, gint64 *first_line, GError **error);

G_END_DECLS
