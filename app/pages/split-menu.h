/* split-menu.h: the fields by which feedback can be split - its own, its customers', and the saved segments - and those by which
 * its customers are weighted. */

#pragma once

#include "session.h"

G_BEGIN_DECLS

/* Items of mq_page_controls_add_offer(). (transfer full) */
GMenuModel *mq_split_menu_new (MqSession *session);
GMenuModel *mq_weight_menu_new (MqSession *session);

G_END_DECLS
