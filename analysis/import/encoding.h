/* encoding.h: what bytes say about how text is written in them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes from the beginning are valid UTF-8 (strictly: no overlong forms, surrogates or code points above
 * U+10FFFF; NUL and noncharacters are valid). A character cut at the end is not counted. */
gsize mq_utf8_check (const char *text, gsize length);
/* Whether these bytes, 1 to 3, can begin a valid character that is longer than them. */
gboolean mq_utf8_is_cut (const char *text, gsize length);
/* UTF-8 with damage rather than another encoding: more valid characters beyond ASCII than bytes that fit into none. */
gboolean mq_utf8_is_damaged (const char *text, gsize length);

/* Encoding by byte order mark: its iconv name, or NULL without one. */
const char *mq_encoding_by_mark (const char *text, gsize length, gsize *mark_length);
/* UTF-16 or UTF-32 by where the NUL bytes are: iconv name, or NULL. */
const char *mq_encoding_by_nuls (const char *text, gsize length);
/* Share of the characters beyond ASCII that are usual in Chinese text if the bytes are GB18030 (Big5 or Shift_JIS read as
 * GB18030 gives rare ones); 1 without any. */
double mq_gb18030_usual_share (const char *text, gsize length);

G_END_DECLS
