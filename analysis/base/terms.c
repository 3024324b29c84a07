/* terms.c: words of machine output and the words for people. */

#include "config.h"

#include "base/terms.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *term;
  const char *title;
} titles[] = {
  { "important value", N_ ("High-value Champions") },
  { "important keep", N_ ("High-value Lapsing") },
  { "important develop", N_ ("High-value Occasional") },
  { "important retain", N_ ("High-value One-off") },
  { "general value", N_ ("Low-value Regulars") },
  { "general keep", N_ ("Low-value Lapsing") },
  { "general develop", N_ ("Low-value Occasional") },
  { "general retain", N_ ("Low-value One-off") },
  /* models of attribution */
  { "first", N_ ("First touch") },
  { "last", N_ ("Last touch") },
  { "last-non-direct", N_ ("Last non-direct") },
  { "linear", N_ ("Linear") },
  { "participation", N_ ("Participation") },
  { "u", N_ ("Position (U)") },
  { "j", N_ ("Position (J)") },
  { "inverse-j", N_ ("Position (inverse J)") },
  { "own", N_ ("Own weights") },
  { "time-decay", N_ ("Time decay") },
  { "shapley", N_ ("Shapley") },
  { "markov", N_ ("Markov") },
};

const char *
mq_term_text (const char *term)
{
  if (*term == '\0')
    return term;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].term, term))
      return g_dgettext (GETTEXT_PACKAGE, titles[i].title);
  return g_dgettext (GETTEXT_PACKAGE, term);
}
