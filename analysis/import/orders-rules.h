/* orders-rules.h: what the rows of an order file say together: whose amount a cell is, whether the amount already is
 * after refunds, whether cells of the order stand on some of its lines only. Decided from the whole file, each decision
 * with the sentence that proves it. */

#pragma once

#include "import/infer.h"
#include "import/order-carry.h"
#include "project/import-draft.h"

G_BEGIN_DECLS

typedef struct _MqOrderEvidence MqOrderEvidence;

typedef struct
{
  MqAmountOf amount_of;
  gboolean   refund_is_net;
} MqOrderRules;

MqOrderEvidence *mq_order_evidence_new (const MqMapping *mapping, const MqInference *inference, int digits);
void             mq_order_evidence_free (MqOrderEvidence *self);
/* Rows in the order of the file. */
void mq_order_evidence_add (MqOrderEvidence *self, const MqCsvCell *cells, guint n_cells);
/* FALSE: there was no memory for an order. */
gboolean mq_order_evidence_is_whole (const MqOrderEvidence *self);
/* amount_of: as given by the user, or NULL. proofs, warnings: (element-type utf8). */
/* refund: "net", "gross", or NULL. */
gboolean mq_order_evidence_decide (MqOrderEvidence *self, const char *amount_of, const char *refund, MqOrderRules *rules, GPtrArray *proofs, GPtrArray *warnings, GError **error);
/* The orders of which some lines lack what others have, to be filled by a second look at all rows; NULL if there are
 * none (transfer full). */
MqOrderCarry *mq_order_evidence_carry (const MqOrderEvidence *self);
const char   *mq_amount_of_name (MqAmountOf amount_of); /* "order-first" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOrderEvidence, mq_order_evidence_free)

G_END_DECLS
