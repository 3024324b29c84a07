/* order-trial.h: what a file of orders comes to under the rules chosen so far, before anything of it is in a project: the
 * same reading and the same order book as after the import, in a project of its own that is thrown away. */

#pragma once

#include "import/importer.h"
#include "orders/order-summary.h"

G_BEGIN_DECLS

typedef struct
{
  gint64        rows; /* of the file, or of its beginning */
  gint64        rejected;
  gboolean      is_part; /* the file is larger than `limit`: its beginning only */
  MqOrderTotals totals;  /* at the newest order's time, wholly */
  MqAmountOf    amount_of;
  gboolean      refund_is_net;
  GPtrArray    *statuses; /* (owned) (element-type MqStatusCount) of these rows */
} MqOrderTrial;

/* limit: bytes of a text file that are read, up to a line's end; 0: all. plan: of the same file and options (its format is
 * looked at). NULL with error. Blocks. */
MqOrderTrial *mq_order_trial_run (const char *path, const MqImportOptions *options, const MqImportPlan *plan, gint64 limit, const MqRun *run, GError **error);
void          mq_order_trial_free (MqOrderTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderTrial, mq_order_trial_free)

G_END_DECLS
