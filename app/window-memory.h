/* window-memory.h: what the window remembers between two starts, and the preferences. Without an installed schema nothing is
 * remembered and every preference has its default. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GSettings *mq_settings_new (void); /* (transfer full) (nullable) */
void       mq_window_memory_load (GtkWindow *window, GSettings *settings /* (nullable) */);
void       mq_window_memory_save (GtkWindow *window, GSettings *settings /* (nullable) */);

G_END_DECLS
