/* preferences.h: the preferences window: what the system cannot know. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `settings` (nullable): not installed, nothing can be chosen. */
void mq_preferences_show (GtkWindow *parent, GSettings *settings);

G_END_DECLS
