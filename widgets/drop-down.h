/* drop-down.h: what GtkDropDown lacks in GTK 4.8. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button inside of a drop-down takes the focus, but GTK 4.8 leaves it without a name. */
void mq_drop_down_name_button (GtkDropDown *drop_down, const char *name);

G_END_DECLS
