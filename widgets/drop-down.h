/* drop-down.h: what GtkDropDown and GtkMenuButton lack in GTK 4.8. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button inside of a drop-down takes the focus, but GTK 4.8 leaves it without a name. */
void mq_drop_down_name_button (GtkDropDown *drop_down, const char *name);

/* A label for a menu button that looks like a drop-down; it is shortened where there is no room, as the button's own is not.
 * (transfer none) */
GtkLabel *mq_menu_button_add_label (GtkMenuButton *button);

G_END_DECLS
