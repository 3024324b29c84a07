/* provenance-list.h: where the figures of a result come from, as a grid of names and values for a popover. */

#pragma once

#include <gtk/gtk.h>

#include "base/result.h"

G_BEGIN_DECLS

/* (transfer floating) */
GtkWidget *mq_provenance_list_new (MqResult *result);

G_END_DECLS
