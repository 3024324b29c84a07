/* page-controls.c: settings as drop-downs and entries, in a bar and a pane. */

#include "config.h"

#include "pages/page-controls.h"

#include <glib/gi18n.h>

#include "analysis.h"
#include "drop-down.h"
#include "pages/check-menu.h"
#include "pages/choice-menu.h"
#include "pages/menu-words.h"
#include "wrap-box.h"

#define SPACING 12
#define PANE_WIDTH 260
#define ENTRY_WIDTH 14
#define SEPARATOR " · "

struct _MqPageControls
{
  const MqPageControl  *controls;
  GPtrArray            *widgets; /* (owned) (element-type GtkWidget) GtkDropDown, MqChoiceMenu, MqCheckMenu or GtkEntry, one a control */
  GPtrArray            *menus;   /* (owned) (element-type GtkMenuButton) beside entries, or NULL, one a control */
  MqPageControlsChanged changed;
  gpointer              user_data;
};

static const char *
get_text (MqPageControls *self, guint index)
{
  const MqPageControl *control = &self->controls[index];
  GtkWidget           *widget = self->widgets->pdata[index];

  if (control->values != NULL)
    return control->values[gtk_drop_down_get_selected (GTK_DROP_DOWN (widget))];
  if (control->many != NULL)
    return mq_check_menu_get_text (MQ_CHECK_MENU (widget));
  if (control->one)
    return mq_choice_menu_get_text (MQ_CHOICE_MENU (widget));
  return gtk_editable_get_text (GTK_EDITABLE (widget));
}

static void
set_text (MqPageControls *self, guint index, const char *text)
{
  const MqPageControl *control = &self->controls[index];
  GtkWidget           *widget = self->widgets->pdata[index];
  guint                selected = 0;

  if (control->many != NULL)
    {
      mq_check_menu_set_text (MQ_CHECK_MENU (widget), text);
      return;
    }
  if (control->one)
    {
      mq_choice_menu_set_text (MQ_CHOICE_MENU (widget), text);
      return;
    }
  if (control->values == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (widget), text);
      return;
    }
  for (guint i = 0; control->values[i] != NULL; i++)
    if (g_str_equal (control->values[i], text))
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), selected);
}

/* What settings say of a control: a check list may say that nothing is chosen, so its default is another. */
static const char *
read_text (const MqPageControl *control, GVariant *settings)
{
  const char *text = NULL;

  if (settings == NULL || !g_variant_lookup (settings, control->setting, "&s", &text))
    return control->many != NULL ? control->many : "";
  return text;
}

/* Whether the control matters with what the others say. */
static gboolean
is_asked (MqPageControls *self, guint index)
{
  const MqPageControl *control = &self->controls[index];

  return control->only_with == NULL || g_str_equal (mq_page_controls_get (self, control->only_with), control->only_value);
}

/* (transfer full) (nullable) NULL: as it is at first. */
static char *
describe_value (MqPageControls *self, guint index)
{
  const MqPageControl *control = &self->controls[index];
  const char          *text = get_text (self, index);

  if (control->many != NULL)
    return g_str_equal (text, control->many) ? NULL : g_strdup (mq_check_menu_get_words (self->widgets->pdata[index]));
  if (control->one)
    return *text != '\0' ? g_strdup (mq_choice_menu_get_words (self->widgets->pdata[index])) : NULL;
  if (control->values == NULL)
    return *text != '\0' ? g_strdup (text) : NULL;
  for (guint i = 1; control->values[i] != NULL; i++)
    if (g_str_equal (control->values[i], text))
      return g_strdup (_ (control->labels[i]));
  return NULL;
}

static void
show_asked (MqPageControls *self)
{
  for (guint i = 0; i < self->widgets->len; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (self->widgets->pdata[i]), is_asked (self, i));
}

static void
changed_cb (MqPageControls *self)
{
  show_asked (self);
  self->changed (self->user_data);
}

static GtkWidget *
make_drop_down (const MqPageControl *control)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget     *drop_down;

  for (guint i = 0; control->values[i] != NULL; i++)
    gtk_string_list_append (list, _ (control->labels[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  mq_drop_down_name_button (GTK_DROP_DOWN (drop_down), _ (control->title));
  return drop_down;
}

static GtkWidget *
make_entry (const MqPageControl *control)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), control->width > 0 ? control->width : ENTRY_WIDTH);
  if (control->width > 0)
    gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), control->width);
  if (control->hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ (control->hint));
  if (control->tip != NULL)
    gtk_widget_set_tooltip_text (entry, _ (control->tip));
  return entry;
}

static GtkWidget *
make_checks (const MqPageControl *control)
{
  GtkWidget *menu = mq_check_menu_new (_ (control->title), _ (control->hint));

  mq_check_menu_set_text (MQ_CHECK_MENU (menu), control->many);
  return menu;
}

/* Chosen from the menu beside an entry. */
static void
write_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *entry = user_data;

  gtk_editable_set_text (GTK_EDITABLE (entry), g_variant_get_string (parameter, NULL));
  g_signal_emit_by_name (entry, "activate");
}

/* The entry and its button. */
static GtkWidget *
add_menu (MqPageControls *self, const MqPageControl *control, GtkWidget *entry)
{
  static const GActionEntry entries[] = { { "write", write_cb, "s" } };
  GtkWidget                *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget                *button = gtk_menu_button_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  /* Translators: %s is a setting, such as “Split by” */
  g_autofree char *label = g_strdup_printf (_ ("Choices of “%s”"), _ (control->title));

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), entry);
  gtk_widget_insert_action_group (box, "control", G_ACTION_GROUP (actions));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  self->menus->pdata[self->menus->len - 1] = button;
  return box;
}

static GtkWidget *
make_widget (const MqPageControl *control)
{
  if (control->many != NULL)
    return make_checks (control);
  if (control->one)
    return mq_choice_menu_new (_ (control->title), _ (control->hint));
  return control->values != NULL ? make_drop_down (control) : make_entry (control);
}

static const char *
find_signal (const MqPageControl *control)
{
  if (control->many != NULL || control->one)
    return "changed";
  return control->values != NULL ? "notify::selected" : "activate";
}

static GtkWidget *
make_control (MqPageControls *self, const MqPageControl *control, GtkOrientation orientation)
{
  GtkWidget *widget = make_widget (control);
  GtkWidget *box;

  g_signal_connect_swapped (widget, find_signal (control), G_CALLBACK (changed_cb), self);
  g_ptr_array_add (self->widgets, widget);
  g_ptr_array_add (self->menus, NULL);
  box = mq_page_control_label (_ (control->title), control->offers ? add_menu (self, control, widget) : widget, orientation);
  if (control->offers)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, gtk_widget_get_first_child (box), NULL, -1);
  return box;
}

/* How many controls stand in the bar. */
static guint
count_bar (MqPageControls *self, guint n_bar)
{
  guint n = 0;

  while (self->controls[n].setting != NULL && (n_bar == 0 || n < n_bar))
    n++;
  return n;
}

MqPageControls *
mq_page_controls_new (const MqPageControl *controls, MqPageControlsChanged changed, gpointer user_data)
{
  MqPageControls *self = g_new0 (MqPageControls, 1);

  self->controls = controls;
  self->widgets = g_ptr_array_new ();
  self->menus = g_ptr_array_new ();
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
mq_page_controls_free (MqPageControls *self)
{
  for (guint i = 0; i < self->widgets->len; i++)
    g_signal_handlers_disconnect_by_data (self->widgets->pdata[i], self);
  g_ptr_array_unref (self->widgets);
  g_ptr_array_unref (self->menus);
  g_free (self);
}

GtkWidget *
mq_page_controls_make_bar (MqPageControls *self, guint n_bar, GtkWidget *first)
{
  GtkWidget *bar = mq_wrap_box_new ();
  guint      n = count_bar (self, n_bar);

  g_object_set (bar, "spacing", SPACING, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Settings"), -1);
  gtk_widget_add_css_class (bar, "settings-bar");
  if (first != NULL)
    gtk_widget_set_parent (first, bar);
  for (guint i = 0; i < n; i++)
    gtk_widget_set_parent (make_control (self, &self->controls[i], GTK_ORIENTATION_HORIZONTAL), bar);
  if (self->controls[n].setting != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("More Settings"));

      gtk_widget_set_tooltip_text (button, _ ("Show or hide more settings (F9)"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "project.pane");
      gtk_widget_set_parent (button, bar);
    }
  show_asked (self);
  gtk_widget_set_visible (bar, self->controls[0].setting != NULL); /* else it is an empty strip */
  return bar;
}

GtkWidget *
mq_page_controls_make_pane (MqPageControls *self, guint n_bar)
{
  GtkWidget *box;
  GtkWidget *scrolled;

  if (self->controls[count_bar (self, n_bar)].setting == NULL)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  scrolled = gtk_scrolled_window_new ();
  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, SPACING);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  for (guint i = count_bar (self, n_bar); self->controls[i].setting != NULL; i++)
    gtk_box_append (GTK_BOX (box), make_control (self, &self->controls[i], GTK_ORIENTATION_VERTICAL));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_size_request (scrolled, PANE_WIDTH, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  return scrolled;
}

void
mq_page_controls_set (MqPageControls *self, const char *setting, const char *text)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if (g_str_equal (self->controls[i].setting, setting))
      set_text (self, i, text);
}

const char *
mq_page_controls_get (MqPageControls *self, const char *setting)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if (g_str_equal (self->controls[i].setting, setting))
      return get_text (self, i);
  return "";
}

void
mq_page_controls_fill (MqPageControls *self, GVariantDict *settings)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if ((*get_text (self, i) != '\0' || self->controls[i].many != NULL) && is_asked (self, i))
      g_variant_dict_insert (settings, self->controls[i].setting, "s", get_text (self, i));
}

void
mq_page_controls_read (MqPageControls *self, GVariant *settings)
{
  for (guint i = 0; i < self->widgets->len; i++)
    set_text (self, i, read_text (&self->controls[i], settings));
  show_asked (self);
}

char *
mq_page_controls_describe (MqPageControls *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->widgets->len; i++)
    {
      const MqPageControl *control = &self->controls[i];
      g_autofree char     *words = is_asked (self, i) ? describe_value (self, i) : NULL;

      if (words == NULL)
        continue;
      if (out->len > 0)
        g_string_append (out, SEPARATOR);
      g_string_append_printf (out, C_ ("setting", "%s: %s"), _ (control->title), words);
    }
  return g_string_free (out, FALSE);
}

void
mq_page_controls_add_offer (GMenu *menu, const char *label, const char *text)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "control.write", "s", text);
  g_menu_append_item (menu, item);
}

/* A menu that says the same stays: it may be open. */
static void
offer_menu (GtkMenuButton *button, GMenuModel *menu)
{
  GMenuModel      *before = gtk_menu_button_get_menu_model (button);
  g_autofree char *had = before != NULL ? mq_menu_words (before) : NULL;
  g_autofree char *has = mq_menu_words (menu);

  if (g_strcmp0 (had, has) != 0)
    gtk_menu_button_set_menu_model (button, menu);
}

void
mq_page_controls_offer (MqPageControls *self, const char *setting, GMenuModel *menu)
{
  for (guint i = 0; i < self->menus->len; i++)
    if (!g_str_equal (self->controls[i].setting, setting))
      continue;
    else if (self->controls[i].many != NULL)
      mq_check_menu_set_choices (MQ_CHECK_MENU (self->widgets->pdata[i]), menu);
    else if (self->controls[i].one)
      mq_choice_menu_set_choices (MQ_CHOICE_MENU (self->widgets->pdata[i]), menu);
    else if (self->menus->pdata[i] != NULL)
      offer_menu (self->menus->pdata[i], menu);
}

GtkWidget *
mq_page_control_label (const char *title, GtkWidget *widget, GtkOrientation orientation)
{
  GtkWidget *box = gtk_box_new (orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? 9 : 3);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), widget);
  return box;
}
