/* terms.h: the program's own words of TERM cells as people read them. Machine output keeps the contract's words; a few of these say
 * little to a reader ("important keep") and have others on screen. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Translated; the term itself if it is none of ours (a name that a person gave). "" for "". Lives as long as the term. */
const char *mq_term_text (const char *term);

G_END_DECLS
