/* map-chooser.h: MqMapChooser, which map from scores to segments is used: the program's and the project's own, with a button
 * that opens the editor. Main thread. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

/* Signal "changed": another map was chosen. Signal "saved": the project has another map now, which is chosen; what it holds
 * in memory is to be read again. */
#define MQ_TYPE_MAP_CHOOSER (mq_map_chooser_get_type ())
G_DECLARE_FINAL_TYPE (MqMapChooser, mq_map_chooser, MQ, MAP_CHOOSER, AdwBin)

GtkWidget  *mq_map_chooser_new (MqSession *session /* (transfer none) */);
const char *mq_map_chooser_get_map (MqMapChooser *self); /* id */
/* Lists the maps of the project that is open, and chooses this one, or the first where there is none of this id. */
void mq_map_chooser_set_map (MqMapChooser *self, const char *id /* (nullable) */);

G_END_DECLS
