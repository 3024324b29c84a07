/* stock-editing.h: the project's stock phrases changed from a page: kept with the project, applied by reading it again. */

#pragma once

#include "page.h"
#include "sentiment/stock-phrases.h"

G_BEGIN_DECLS

/* `value` is mq_stock_phrases_print()'s. Read-only projects keep nothing and say so: FALSE. */
gboolean mq_stock_keep (MqPage *page, const char *value);
/* A comment's text is a stock phrase from now on, or none any more. Offers to undo on the page. FALSE: nothing was changed. */
gboolean mq_stock_mark (MqPage *page, const char *text, gboolean is_stock);

G_END_DECLS
