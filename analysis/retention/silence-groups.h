/* silence-groups.h: the gaps between orders by the category of the order that begins them, where there are enough. */

#pragma once

#include "query/value-groups.h"
#include "retention/gaps.h"
#include "retention/retention-source.h"

G_BEGIN_DECLS

typedef struct
{
  MqFieldValues *values; /* (owned) (nullable) */
  MqValueGroups  groups;
  guint          n;     /* categories with at least MQ_N_SMALL gaps of MQ_SILENCE_BASE days */
  const char   **names; /* (owned) n of them */
  MqGaps        *gaps;  /* (owned) n + 1: [0] is all of them together */
} MqSilenceGroups;

/* Takes *all, the gaps of all orders or returns. FALSE with error. */
gboolean mq_silence_groups_init (MqSilenceGroups *self, MqDataset *dataset, const MqRetentionSource *source, const MqGapCount *count, MqGaps *all, const MqRun *run, GError **error);
void     mq_silence_groups_clear (MqSilenceGroups *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqSilenceGroups, mq_silence_groups_clear)

G_END_DECLS
