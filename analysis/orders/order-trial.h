/* order-trial.h: what files of orders come to under the rules chosen so far, before anything of them is in a project: the
 * same reading and the same order book as after the import, in a project of its own that is thrown away. */

#pragma once

#include "import/importer.h"
#include "orders/order-summary.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;
  const char *part; /* (nullable) of a zip */
} MqOrderTrialFile;

typedef struct
{
  gint64        rows; /* of all files, or of their beginnings */
  gint64        rejected;
  gboolean      is_part;       /* a file is larger than its share of `limit`: its beginning only */
  MqOrderTotals totals;        /* at the newest order's time, wholly */
  MqAmountOf    amount_of;     /* of the first file */
  gboolean      refund_is_net; /* of the first file */
  GPtrArray    *statuses;      /* (owned) (element-type MqStatusCount) of these rows, by text */
} MqOrderTrial;

/* The files one after the other, as they would be imported: what stands in two of them counts once. limit: bytes of text files that are read in all, in equal shares, each up to a line's end; 0: all.
 * options: without the part. plan: of the first file and the same options (its format is looked at). NULL with error. Blocks. */
MqOrderTrial *mq_order_trial_run (const MqOrderTrialFile *files, guint n_files, const MqImportOptions *options, const MqImportPlan *plan, gint64 limit, const MqRun *run, GError **error);
void          mq_order_trial_free (MqOrderTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderTrial, mq_order_trial_free)

G_END_DECLS
