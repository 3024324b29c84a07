/* menu-words.h: to know a menu of choices again. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* All that a menu says and does, as one text: menus of the same text are the same. (transfer full) */
char *mq_menu_words (GMenuModel *menu);

G_END_DECLS
