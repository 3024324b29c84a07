/* finder.h: MqFinder, a small window that finds a page or a command by a few letters of its name (Ctrl+K). What is chosen is
 * activated on the window it belongs to. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_FINDER (mq_finder_get_type ())
G_DECLARE_FINAL_TYPE (MqFinder, mq_finder, MQ, FINDER, AdwWindow)

GtkWidget *mq_finder_new (GtkWindow *parent);

G_END_DECLS
