/* encoding-guess.h: what encoding the bytes of a text look like by the frequency of their characters (uchardet). A guess
 * only: whoever takes it decodes the whole file in it strictly. No locale: the same bytes give the same guess. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An iconv name, or NULL: too few bytes beyond ASCII, or nothing that is known. *wide: characters have several bytes, so
 * that decoding tests the guess. */
const char *mq_encoding_guess (const char *text, gsize length, gboolean *wide);

/* What is meant by a name that somebody gave: of a family the one that has all characters which programs write under its
 * name (in strict SHIFT_JIS a backslash is a yen sign). Other names as they are. */
const char *mq_encoding_widest (const char *name);

/* The encoding that a web page states for itself (<meta charset=…>), an iconv name, or NULL: none, one that is not known, or
 * no web page. UTF-8 is not among them: it is tried before anything is asked. */
const char *mq_encoding_stated (const char *page, gsize length);

G_END_DECLS
