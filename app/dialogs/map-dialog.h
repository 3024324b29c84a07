/* map-dialog.h: MqMapDialog, the editor of the maps from scores to segments that a project has of its own. It begins with a copy of
 * the map shown, refuses a map with holes or overlaps and says which cell is wrong.
 *
 * Signal "saved" (name): the session has the map now; an empty name: the map was removed. The dialog closes. */

#pragma once

#include <adwaita.h>

#include "rfm/own-maps.h"
#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_MAP_DIALOG (mq_map_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MqMapDialog, mq_map_dialog, MQ, MAP_DIALOG, AdwWindow)

/* `map` is a map of the program or one of the session's own. */
GtkWidget *mq_map_dialog_new (GtkWindow *parent, MqSession *session, const MqSegmentMap *map);

G_END_DECLS
