/* sidebar.h: MqSidebar, the list of the pages in their groups.
 *
 * Signals: "page-selected" (guint index of the registry); "page-activated": also if it was selected already. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_SIDEBAR (mq_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (MqSidebar, mq_sidebar, MQ, SIDEBAR, AdwBin)

/* An index beyond the pages does nothing. */
void mq_sidebar_select (MqSidebar *self, guint index);

G_END_DECLS
