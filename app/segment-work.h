/* segment-work.h: changes of the project's saved segments on its store thread. When one is done the session knows the new list,
 * and what was changed can be turned back. Main thread. */

#pragma once

#include "base/table.h"
#include "project/saved-segments.h"
#include "session.h"

G_BEGIN_DECLS

/* What takes a change back: to be run once. */
#define MQ_TYPE_SEGMENT_CHANGE (mq_segment_change_get_type ())
G_DECLARE_FINAL_TYPE (MqSegmentChange, mq_segment_change, MQ, SEGMENT_CHANGE, GObject)

/* The customers of a table (its column "customer") as a segment. `source`: where they were looked at, in words. */
MqSegmentChange *mq_segment_change_save (MqSession *session, MqTable *customers, const char *name, const char *source);
MqSegmentChange *mq_segment_change_rename (MqSession *session, const char *name, const char *to);
MqSegmentChange *mq_segment_change_delete (MqSession *session, const char *name);

void mq_segment_change_run (MqSegmentChange *self, GAsyncReadyCallback callback, gpointer user_data);
/* The change that undoes it. *customers (nullable): how many a saved one has. (transfer full) NULL with error. */
MqSegmentChange *mq_segment_change_finish (MqSegmentChange *self, GAsyncResult *result, gint64 *customers, GError **error);

G_END_DECLS
