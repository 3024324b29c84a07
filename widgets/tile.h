/* tile.h: a headline figure: what it is, the figure, and a note under it. Signal "activated": one that opens what is behind the
 * figure was clicked, or Enter or the space bar pressed on it. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_TILE (mq_tile_get_type ())
G_DECLARE_FINAL_TYPE (MqTile, mq_tile, MQ, TILE, AdwBin)

GtkWidget *mq_tile_new (const char *caption);
GtkWidget *mq_tile_new_opening (const char *caption);
/* Formatted for people. A screen reader hears "CAPTION: VALUE, NOTE". `full` (nullable) is the exact figure, for the
 * tooltip where value is compact. */
void mq_tile_set_value (MqTile *self, const char *value, const char *full /* (nullable) */, const char *note /* (nullable) */);

/* Of one that opens: whether there is anything behind the figure now. `what` (nullable): the tooltip, what it opens. */
void mq_tile_set_opens (MqTile *self, gboolean opens, const char *what);

G_END_DECLS
