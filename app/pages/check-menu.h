/* check-menu.h: MqCheckMenu, a button that says what is chosen of several choices, and opens them as a list of checks. Its text
 * is the chosen ones with commas between, in the order of the list; what the list does not have is kept, and stands behind them.
 * Main thread.
 *
 * Signal "changed": the user chose another set. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_CHECK_MENU (mq_check_menu_get_type ())
G_DECLARE_FINAL_TYPE (MqCheckMenu, mq_check_menu, MQ, CHECK_MENU, AdwBin)

/* `title`: what is chosen, for who cannot see the label beside; `none`: what the button says if nothing is. Both translated. */
GtkWidget  *mq_check_menu_new (const char *title, const char *none);
const char *mq_check_menu_get_text (MqCheckMenu *self);
const char *mq_check_menu_get_words (MqCheckMenu *self);                  /* as the button says it */
void        mq_check_menu_set_text (MqCheckMenu *self, const char *text); /* does not emit "changed" */
/* Sections of items that have a label and, as target, a text. */
void mq_check_menu_set_choices (MqCheckMenu *self, GMenuModel *choices /* (transfer none) */);

G_END_DECLS
