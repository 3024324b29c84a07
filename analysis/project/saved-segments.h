/* saved-segments.h: the static segments of a project: customers chosen once, kept by their first key. What an import adds to a
 * customer, and what it joins, stays with the segment; who is not in the data any more is not counted. Names are unique.
 * Thread and blocking as project.h says; each change is one short transaction. */

#pragma once

#include "base/strings.h"
#include "project/db.h"
#include "project/project.h"

G_BEGIN_DECLS

#define MQ_SEGMENT_NAME_LENGTH 100 /* characters */

typedef struct
{
  char      *name;   /* (owned) */
  char      *source; /* (owned) where it was saved from, in words; may be empty */
  gint64     time;   /* when */
  MqStrings *keys;   /* (owned) mq_dataset_keys_of_labels() */
} MqSavedSegment;

MqSavedSegment *mq_saved_segment_new (const char *name, const char *source, gint64 time, MqStrings *keys);
MqSavedSegment *mq_saved_segment_copy (const MqSavedSegment *self);
void            mq_saved_segment_free (MqSavedSegment *self);

/* MQ_PROJECT_ERROR_EXISTS where the name is taken, MQ_PROJECT_ERROR_SETTING where it cannot be one. Blanks around it go. */
gboolean mq_project_save_segment (MqProject *self, const MqSavedSegment *segment, GError **error);
/* MQ_PROJECT_ERROR_NO_SEGMENT where there is none of the name. */
gboolean mq_project_rename_segment (MqProject *self, const char *name, const char *to, GError **error);
/* What was deleted, so that it can be saved again. (transfer full) */
MqSavedSegment *mq_project_delete_segment (MqProject *self, const char *name, GError **error);
/* segment customers saved source, by name. */
MqTable *mq_project_list_segments (MqProject *self, GError **error);

/* The keys of a segment, read through any connection; MQ_PROJECT_ERROR_NO_SEGMENT. (transfer full) */
MqStrings *mq_segment_read_keys (MqDb *db, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSavedSegment, mq_saved_segment_free)

G_END_DECLS
