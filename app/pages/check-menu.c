/* check-menu.c: a menu button over a popover of check buttons. */

#include "config.h"

#include "pages/check-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "drop-down.h"
#include "pages/menu-words.h"

#define SEPARATOR ","
#define HIGHEST_LIST 400

struct _MqCheckMenu
{
  AdwBin parent_instance;

  GtkMenuButton *button;  /* (borrowed) */
  GtkLabel      *label;   /* (borrowed) what is chosen */
  GtkBox        *list;    /* (borrowed) */
  GPtrArray     *checks;  /* (owned) (element-type GtkCheckButton) with "text" and "words" */
  char          *title;   /* (owned) */
  char          *none;    /* (owned) */
  char          *text;    /* (owned) */
  char          *shown;   /* (owned) (nullable) the choices, to know them again */
  gboolean       showing; /* checks are set after the text: these changes are not the user's */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqCheckMenu, mq_check_menu, ADW_TYPE_BIN)

static const char *
get_own (gpointer check, const char *name)
{
  return g_object_get_data (G_OBJECT (check), name);
}

/* (transfer full) The parts of the text, none empty. */
static char **
split_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, SEPARATOR, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static gboolean
is_listed (MqCheckMenu *self, const char *part)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (g_str_equal (get_own (self->checks->pdata[i], "text"), part))
      return TRUE;
  return FALSE;
}

static void
append (GString *out, const char *separator, const char *text)
{
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, text);
}

static void
show_label (MqCheckMenu *self)
{
  g_auto (GStrv) parts = split_text (self->text);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *spoken = NULL;

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      append (words, _ (", "), get_own (self->checks->pdata[i], "words"));
  for (guint i = 0; parts[i] != NULL; i++)
    if (!is_listed (self, parts[i]))
      append (words, _ (", "), parts[i]);
  if (words->len == 0)
    g_string_append (words, self->none);
  gtk_label_set_text (self->label, words->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words->str);
  /* Translators: a setting, and what is chosen for it */
  spoken = g_strdup_printf (C_ ("setting", "%s: %s"), self->title, words->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_checks (MqCheckMenu *self)
{
  g_auto (GStrv) parts = split_text (self->text);

  self->showing = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], g_strv_contains ((const char *const *) parts, get_own (self->checks->pdata[i], "text")));
  self->showing = FALSE;
  show_label (self);
}

static void
toggled_cb (MqCheckMenu *self)
{
  g_auto (GStrv) parts = split_text (self->text);
  GString *text;

  if (self->showing)
    return;
  text = g_string_new (NULL);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      append (text, SEPARATOR, get_own (self->checks->pdata[i], "text"));
  for (guint i = 0; parts[i] != NULL; i++)
    if (!is_listed (self, parts[i]))
      append (text, SEPARATOR, parts[i]);
  g_free (self->text);
  self->text = g_string_free (text, FALSE);
  show_label (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_heading (MqCheckMenu *self, const char *words)
{
  GtkWidget *heading = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_top (heading, self->checks->len > 0 ? 6 : 0);
  gtk_box_append (self->list, heading);
}

static void
add_check (MqCheckMenu *self, GMenuModel *items, int index)
{
  g_autofree char *words = NULL, *text = NULL;
  GtkWidget       *check;

  if (!g_menu_model_get_item_attribute (items, index, G_MENU_ATTRIBUTE_LABEL, "s", &words) || !g_menu_model_get_item_attribute (items, index, G_MENU_ATTRIBUTE_TARGET, "s", &text) ||
      strstr (text, SEPARATOR) != NULL) /* it would be two */
    return;
  check = gtk_check_button_new_with_label (words);
  g_object_set_data_full (G_OBJECT (check), "words", g_steal_pointer (&words), g_free);
  g_object_set_data_full (G_OBJECT (check), "text", g_steal_pointer (&text), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->list, check);
  g_ptr_array_add (self->checks, check);
}

static void
add_section (MqCheckMenu *self, GMenuModel *choices, int index)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (choices, index, G_MENU_LINK_SECTION);
  g_autofree char *heading = NULL;

  if (section == NULL || g_menu_model_get_n_items (section) == 0)
    return;
  if (g_menu_model_get_item_attribute (choices, index, G_MENU_ATTRIBUTE_LABEL, "s", &heading))
    add_heading (self, heading);
  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    add_check (self, section, i);
}

static void
drop_choices (MqCheckMenu *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->checks, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
}

static void
mq_check_menu_finalize (GObject *object)
{
  MqCheckMenu *self = MQ_CHECK_MENU (object);

  g_ptr_array_unref (self->checks);
  g_free (self->title);
  g_free (self->none);
  g_free (self->text);
  g_free (self->shown);

  G_OBJECT_CLASS (mq_check_menu_parent_class)->finalize (object);
}

static void
mq_check_menu_class_init (MqCheckMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_check_menu_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_check_menu_init (MqCheckMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->checks = g_ptr_array_new ();
  self->text = g_strdup ("");
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HIGHEST_LIST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  self->label = mq_menu_button_add_label (self->button);
  gtk_menu_button_set_popover (self->button, popover);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

GtkWidget *
mq_check_menu_new (const char *title, const char *none)
{
  MqCheckMenu *self = g_object_new (MQ_TYPE_CHECK_MENU, NULL);

  self->title = g_strdup (title);
  self->none = g_strdup (none);
  show_label (self);
  return GTK_WIDGET (self);
}

const char *
mq_check_menu_get_text (MqCheckMenu *self)
{
  g_return_val_if_fail (MQ_IS_CHECK_MENU (self), "");

  return self->text;
}

const char *
mq_check_menu_get_words (MqCheckMenu *self)
{
  g_return_val_if_fail (MQ_IS_CHECK_MENU (self), "");

  return gtk_label_get_text (self->label);
}

void
mq_check_menu_set_text (MqCheckMenu *self, const char *text)
{
  g_return_if_fail (MQ_IS_CHECK_MENU (self));

  g_free (self->text);
  self->text = g_strdup (text);
  show_checks (self);
}

void
mq_check_menu_set_choices (MqCheckMenu *self, GMenuModel *choices)
{
  g_autofree char *described = NULL;

  g_return_if_fail (MQ_IS_CHECK_MENU (self));

  described = mq_menu_words (choices);
  if (g_strcmp0 (described, self->shown) == 0)
    return; /* the list may be open, with the focus in it */
  g_free (self->shown);
  self->shown = g_steal_pointer (&described);
  drop_choices (self);
  for (int i = 0; i < g_menu_model_get_n_items (choices); i++)
    add_section (self, choices, i);
  show_checks (self);
}
