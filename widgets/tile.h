/* tile.h: a headline figure: what it is, the figure, and a note under it. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_TILE (mq_tile_get_type ())
G_DECLARE_FINAL_TYPE (MqTile, mq_tile, MQ, TILE, AdwBin)

GtkWidget *mq_tile_new (const char *caption);
/* Formatted for people. A screen reader hears "CAPTION: VALUE, NOTE". `full` (nullable) is the exact figure, for the
 * tooltip where value is compact. */
void mq_tile_set_value (MqTile *self, const char *value, const char *full /* (nullable) */, const char *note /* (nullable) */);

G_END_DECLS
