/* segment-actions.h: MqSegmentActions, what to do with each segment of RFM: a list that unfolds. Main thread. */

#pragma once

#include <adwaita.h>

#include "base/table.h"

G_BEGIN_DECLS

/* Signal "opened" (segment): the row of a segment was activated. */
#define MQ_TYPE_SEGMENT_ACTIONS (mq_segment_actions_get_type ())
G_DECLARE_FINAL_TYPE (MqSegmentActions, mq_segment_actions, MQ, SEGMENT_ACTIONS, AdwBin)

GtkWidget *mq_segment_actions_new (void); /* empty, it is hidden */
/* The table `segments` of RFM: those with a customer are listed. */
void mq_segment_actions_set_table (MqSegmentActions *self, MqTable *segments);

G_END_DECLS
