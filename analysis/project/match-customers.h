/* match-customers.h: how many rows of a customers import are new, changed or the same. */

#pragma once

#include "project/ledger.h"

G_BEGIN_DECLS

gboolean mq_match_customers (MqLedger *ledger, gint64 import, MqImportOutcome *outcome, const MqRun *run, GError **error);

G_END_DECLS
