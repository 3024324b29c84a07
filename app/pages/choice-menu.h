/* choice-menu.h: MqChoiceMenu, a button that says which one of several choices holds, and opens them as a menu. What the menu does
 * not have stands on the button as it is. Main thread.
 *
 * Signal "changed": the user chose another. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_CHOICE_MENU (mq_choice_menu_get_type ())
G_DECLARE_FINAL_TYPE (MqChoiceMenu, mq_choice_menu, MQ, CHOICE_MENU, AdwBin)

/* `title`: what is chosen, for who cannot see the label beside; `none`: the choice "", which is there always. Both translated. */
GtkWidget  *mq_choice_menu_new (const char *title, const char *none);
const char *mq_choice_menu_get_text (MqChoiceMenu *self);
const char *mq_choice_menu_get_words (MqChoiceMenu *self);                  /* as the button says it */
void        mq_choice_menu_set_text (MqChoiceMenu *self, const char *text); /* does not emit "changed" */
/* Sections of items that have a label and, as target, a text. */
void mq_choice_menu_set_choices (MqChoiceMenu *self, GMenuModel *choices /* (transfer none) */);

G_END_DECLS
