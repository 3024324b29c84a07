/* customer-window.h: one customer in a window of their own: who wrote a comment. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

/* customer: the key as lists show it. Closes with `parent`. (transfer none) */
GtkWidget *mq_customer_window_present (MqPage *page, GtkWindow *parent, const char *customer);

G_END_DECLS
