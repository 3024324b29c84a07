/* path-table.h: the table of paths: which sequences of channels converted, how often, for how much, how long they took. */

#pragma once

#include "attribution/touch-source.h"

G_BEGIN_DECLS

/* By conversions, then by bytes. NULL with error when cancelled or without memory. (transfer full) */
MqTable *mq_attribution_paths_table (const MqTouchSource *source, const char *currency, const MqRun *run, GError **error);

G_END_DECLS
