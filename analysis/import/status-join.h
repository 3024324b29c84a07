/* status-join.h: the status of an order that stands in two columns: what became of it, and what became of the refund that was
 * asked for. Both words together are its status, "已完成 + 退款成功", as statuses are shown, settled and exported. */

#pragma once

#include "import/infer.h"

G_BEGIN_DECLS

#define MQ_STATUS_JOINT " + "

/* The first word was read; puts the second behind it where the use has one and its cell says something. scratch: holds what
 * is joined. */
void mq_status_join (const MqMapping *mapping, const MqTokenList *tokens, const MqUse *use, const MqCsvCell *cells, guint n_cells, GString *scratch, const char **text, gsize *length);

G_END_DECLS
