/* erase-dialog.h: counts what the project holds of a customer, asks whether it is to go, erases it and says when that is done. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

/* customer: the key as lists show it. `parent` is in the window in front. Does nothing while an earlier question is open. */
void mq_erase_dialog_ask (MqPage *page, GtkWidget *parent, const char *customer);

G_END_DECLS
