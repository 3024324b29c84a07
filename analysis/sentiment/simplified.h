/* simplified.h: the table that folds traditional characters. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8: a traditional character, its simplified one, the next traditional one …, ascending. */
extern const char mq_simplified_pairs[];

G_END_DECLS
