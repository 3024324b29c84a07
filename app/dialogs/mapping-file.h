/* mapping-file.h: the mapping of a group of files written to a file of its own, and read from one: for colleagues and for other
 * computers. Main thread; reading and writing are on a worker. */

#pragma once

#include "dialogs/import-group.h"

G_BEGIN_DECLS

/* Two buttons for the head of the list of columns. They act on the group that mq_mapping_buttons_set_group() named last. */
GtkWidget *mq_mapping_buttons_new (void);
void       mq_mapping_buttons_set_group (GtkWidget *self, MqImportGroup *group);

G_END_DECLS
