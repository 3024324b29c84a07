/* customers-window.h: who is behind a mark: a window with the list, to be looked at, copied, exported and saved as a segment. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

GtkWidget *mq_customers_window_present (MqPage *page, MqTable *table); /* (transfer none) */
void       mq_customers_window_set_table (GtkWidget *window, MqTable *table);

/* Other customers that may be shown instead: "Lost (24)". `chosen` is called on `object`, until it is gone, when the user takes
 * another; it sets the table. */
typedef void (*MqCustomersChosen) (gpointer object, GtkWidget *window, guint index);
void mq_customers_window_offer (GtkWidget *window, const char *const *labels, guint index, MqCustomersChosen chosen, GObject *object);

G_END_DECLS
