/* choice-menu.c: a menu button over an action whose state is the choice. */

#include "config.h"

#include "pages/choice-menu.h"

#include <glib/gi18n.h>

#include "drop-down.h"
#include "pages/menu-words.h"

#define ACTION "choice.choose"

struct _MqChoiceMenu
{
  AdwBin parent_instance;

  GtkMenuButton *button; /* (borrowed) */
  GtkLabel      *label;  /* (borrowed) */
  GAction       *action; /* (owned) */
  GHashTable    *words;  /* (owned) (element-type utf8 utf8) by text */
  char          *title;  /* (owned) */
  char          *none;   /* (owned) */
  char          *shown;  /* (owned) (nullable) the choices, to know them again */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqChoiceMenu, mq_choice_menu, ADW_TYPE_BIN)

static void
show_label (MqChoiceMenu *self)
{
  const char      *text = mq_choice_menu_get_text (self);
  const char      *words = *text != '\0' ? g_hash_table_lookup (self->words, text) : self->none;
  g_autofree char *spoken = NULL;

  gtk_label_set_text (self->label, words != NULL ? words : text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), gtk_label_get_text (self->label));
  spoken = g_strdup_printf (C_ ("setting", "%s: %s"), self->title, gtk_label_get_text (self->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
choose_cb (GSimpleAction *action, GVariant *text, gpointer user_data)
{
  MqChoiceMenu *self = user_data;

  if (g_str_equal (g_variant_get_string (text, NULL), mq_choice_menu_get_text (self)))
    return;
  g_simple_action_set_state (action, text);
  show_label (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
append_choice (MqChoiceMenu *self, GMenu *menu, const char *words, const char *text)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target (item, ACTION, "s", text);
  g_menu_append_item (menu, item);
  g_hash_table_insert (self->words, g_strdup (text), g_strdup (words));
}

static void
append_section (MqChoiceMenu *self, GMenu *menu, GMenuModel *choices, int index)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (choices, index, G_MENU_LINK_SECTION);
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autofree char *heading = NULL;

  g_menu_model_get_item_attribute (choices, index, G_MENU_ATTRIBUTE_LABEL, "s", &heading);
  for (int i = 0; section != NULL && i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *words = NULL, *text = NULL;

      if (g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_LABEL, "s", &words) && g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_TARGET, "s", &text))
        append_choice (self, copy, words, text);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (copy)) > 0)
    g_menu_append_section (menu, heading, G_MENU_MODEL (copy));
}

static void
mq_choice_menu_finalize (GObject *object)
{
  MqChoiceMenu *self = MQ_CHOICE_MENU (object);

  g_clear_object (&self->action);
  g_hash_table_unref (self->words);
  g_free (self->title);
  g_free (self->none);
  g_free (self->shown);

  G_OBJECT_CLASS (mq_choice_menu_parent_class)->finalize (object);
}

static void
mq_choice_menu_class_init (MqChoiceMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_choice_menu_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_choice_menu_init (MqChoiceMenu *self)
{
  static const GActionEntry entries[] = { { "choose", NULL, "s", "''", choose_cb } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "choice", G_ACTION_GROUP (actions));
  self->action = g_object_ref (g_action_map_lookup_action (G_ACTION_MAP (actions), "choose"));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->label = mq_menu_button_add_label (self->button);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

GtkWidget *
mq_choice_menu_new (const char *title, const char *none)
{
  MqChoiceMenu *self = g_object_new (MQ_TYPE_CHOICE_MENU, NULL);
  g_autoptr (GMenu) empty = g_menu_new ();

  self->title = g_strdup (title);
  self->none = g_strdup (none);
  mq_choice_menu_set_choices (self, G_MENU_MODEL (empty));
  return GTK_WIDGET (self);
}

const char *
mq_choice_menu_get_text (MqChoiceMenu *self)
{
  g_autoptr (GVariant) state = NULL;

  g_return_val_if_fail (MQ_IS_CHOICE_MENU (self), "");

  state = g_action_get_state (self->action);
  return g_variant_get_string (state, NULL); /* the action holds it */
}

const char *
mq_choice_menu_get_words (MqChoiceMenu *self)
{
  g_return_val_if_fail (MQ_IS_CHOICE_MENU (self), "");

  return gtk_label_get_text (self->label);
}

void
mq_choice_menu_set_text (MqChoiceMenu *self, const char *text)
{
  g_return_if_fail (MQ_IS_CHOICE_MENU (self));

  g_simple_action_set_state (G_SIMPLE_ACTION (self->action), g_variant_new_string (text));
  show_label (self);
}

void
mq_choice_menu_set_choices (MqChoiceMenu *self, GMenuModel *choices)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *words = NULL;

  g_return_if_fail (MQ_IS_CHOICE_MENU (self));

  words = mq_menu_words (choices);
  if (g_strcmp0 (words, self->shown) == 0)
    return; /* the menu may be open */
  g_free (self->shown);
  self->shown = g_steal_pointer (&words);
  g_hash_table_remove_all (self->words);
  append_choice (self, menu, self->none, "");
  for (int i = 0; i < g_menu_model_get_n_items (choices); i++)
    append_section (self, menu, choices, i);
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
  show_label (self);
}
