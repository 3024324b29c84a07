/* export-places.h: where the platforms whose files are known hide their exports: the way through their menus, what to choose
 * there, and how sure it is. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A window of its own over that of `from`. */
void mq_export_places_show (GtkWidget *from);

G_END_DECLS
