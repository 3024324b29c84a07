/* cell-look.h: what a cell looks like at a glance, to tell headers from data; the types of columns are infer.c's. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A number, an amount, a date or a time of any writing: digits, marks between them and no other words. */
gboolean mq_cell_looks_typed (const char *text, gsize length);
/* An e-mail address or a web address. */
gboolean mq_cell_looks_contact (const char *text, gsize length);

G_END_DECLS
