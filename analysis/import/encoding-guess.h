/* encoding-guess.h: what encoding the bytes of a text look like by the frequency of their characters (uchardet). A guess
 * only: whoever takes it decodes the whole file in it strictly. No locale: the same bytes give the same guess. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An iconv name, or NULL: too few bytes beyond ASCII, or nothing that is known. *wide: characters have several bytes, so
 * that decoding tests the guess. */
const char *mq_encoding_guess (const char *text, gsize length, gboolean *wide);

G_END_DECLS
