/* customers-window.h: who is behind a mark: a window with the list, to be looked at, copied, exported and saved as a segment. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

void mq_customers_window_present (MqPage *page, MqTable *table);

G_END_DECLS
