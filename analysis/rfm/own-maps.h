/* own-maps.h: the maps that a project has of its own, beside eleven, grid and eight: kept as the small value MQ_OWN_MAPS_VALUE
 * (the text of a GVariant), read with the dataset. Immutable once made. */

#pragma once

#include "rfm/segment-map.h"

G_BEGIN_DECLS

#define MQ_OWN_MAPS_VALUE "rfm.maps"
#define MQ_OWN_MAPS_MOST_SEGMENTS 60

/* A list of maps; the maps, their names and texts belong to it. */
typedef struct
{
  GPtrArray *maps; /* (owned) (element-type MqSegmentMap) */
} MqOwnMaps;

/* NULL text: none. A map that cannot be used is passed over. */
MqOwnMaps          *mq_own_maps_parse (const char *text /* (nullable) */);
char               *mq_own_maps_print (const MqOwnMaps *self);
void                mq_own_maps_free (MqOwnMaps *self);
const MqSegmentMap *mq_own_maps_find (const MqOwnMaps *self, const char *name); /* (nullable) */

/* Adds a map or replaces the one of this name. Each segment has a name of its own, and every cell belongs to one of them.
 * G_IO_ERROR_INVALID_DATA names the cell or the segment that is wrong; the list stays as it was. The action may be empty. */
gboolean mq_own_maps_set (MqOwnMaps *self, const char *name, MqMapShape shape, const MqSegment *segments, guint n_segments, GError **error);
gboolean mq_own_maps_remove (MqOwnMaps *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqOwnMaps, mq_own_maps_free)

G_END_DECLS
