/* file-kind.h: recognises by content what is no text table. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A translated sentence: what the file is and what to do; NULL if nothing is recognised. head: the file's first bytes,
 * 1 KiB or more where there are. */
const char *mq_file_kind_refusal (const char *head, gsize length);

G_END_DECLS
