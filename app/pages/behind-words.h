/* behind-words.h: what the comments behind a figure have in common, in words: "negative · Survey". */

#pragma once

#include "base/result.h"

G_BEGIN_DECLS

/* `result` is sentiment's, asked with "behind". "": all comments. (transfer full) */
char *mq_behind_words (MqResult *result);

G_END_DECLS
