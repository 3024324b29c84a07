/* status-dictionary.h: what the status texts of shops mean. */

#pragma once

#include "project/import-draft.h"

G_BEGIN_DECLS

/* The proposal for a text as it stands in a file; MQ_STATUS_UNKNOWN if the dictionary does not have it. */
MqStatus mq_status_guess (const char *text);

G_END_DECLS
