/* finder.c: pages and commands by name. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "commands.h"
#include "finder.h"
#include "page-registry.h"

/* What a row does. */
typedef struct
{
  const char *action;
  int         page;  /* index, or -1 */
  char       *words; /* (owned) folded, in both languages */
} Target;

struct _MqFinder
{
  AdwWindow parent_instance;

  GtkSearchEntry *entry; /* (template) */
  GtkListBox     *list;  /* (template) */
  char           *words; /* (owned) what is looked for, folded */
};

G_DEFINE_FINAL_TYPE (MqFinder, mq_finder, ADW_TYPE_WINDOW)

static void
free_target (gpointer data)
{
  Target *target = data;

  g_free (target->words);
  g_free (target);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

/* `title` is untranslated: a person may know either name. */
static void
add_row (MqFinder *self, const char *title, const char *icon, const char *accel, const char *action, int page)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *label = gtk_label_new (_ (title));
  g_autofree char *both = g_strjoin ("\n", _ (title), title, NULL);
  Target          *target = g_new0 (Target, 1);

  target->action = action;
  target->page = page;
  target->words = fold (both);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  if (accel != NULL)
    {
      GtkWidget *keys = gtk_shortcut_label_new (accel);

      gtk_widget_add_css_class (keys, "dim-label");
      gtk_box_append (GTK_BOX (box), keys);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (title), -1);
  g_object_set_data_full (G_OBJECT (row), "target", target, free_target);
  gtk_list_box_append (self->list, row);
}

static void
add_rows (MqFinder *self)
{
  guint             n_pages, n_commands;
  const MqPageInfo *pages = mq_page_registry (&n_pages);
  const MqCommand  *commands = mq_commands (&n_commands);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *accel = i < 9 ? g_strdup_printf ("<Control>%u", i + 1) : NULL;

      add_row (self, pages[i].title, pages[i].icon, accel, "project.page", (int) i);
    }
  for (guint i = 0; i < n_commands; i++)
    {
      if (commands[i].title != NULL)
        add_row (self, commands[i].title, "system-run-symbolic", commands[i].accel, commands[i].action, -1);
    }
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  MqFinder *self = user_data;
  Target   *target = g_object_get_data (G_OBJECT (row), "target");

  return self->words == NULL || strstr (target->words, self->words) != NULL;
}

/* The next row shown, or NULL. Among the children of a list there is its placeholder too. */
static GtkWidget *
find_row (GtkWidget *child, GtkWidget *(*step) (GtkWidget *) )
{
  while (child != NULL && (!GTK_IS_LIST_BOX_ROW (child) || !gtk_widget_get_child_visible (child)))
    child = step (child);
  return child;
}

/* The first row that is found is chosen by Enter. */
static void
select_first (MqFinder *self)
{
  GtkWidget *row = find_row (gtk_widget_get_first_child (GTK_WIDGET (self->list)), gtk_widget_get_next_sibling);

  gtk_list_box_select_row (self->list, row != NULL ? GTK_LIST_BOX_ROW (row) : NULL);
}

static void
search_changed_cb (MqFinder *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_clear_pointer (&self->words, g_free);
  if (*text != '\0')
    self->words = fold (text);
  gtk_list_box_invalidate_filter (self->list);
  select_first (self);
}

/* The window is closed first: what is activated may open another one. */
static void
row_activated_cb (MqFinder *self, GtkListBoxRow *row)
{
  Target     *target = g_object_get_data (G_OBJECT (row), "target");
  const char *action = target->action;
  int         page = target->page;
  g_autoptr (GtkWidget) parent = GTK_WIDGET (g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self))));

  gtk_window_destroy (GTK_WINDOW (self));
  if (page >= 0)
    gtk_widget_activate_action (parent, action, "i", page);
  else
    gtk_widget_activate_action (parent, action, NULL);
}

static void
activate_cb (MqFinder *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
}

static void
stop_cb (MqFinder *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Up and Down walk the list while the entry keeps the focus. */
static gboolean
key_cb (MqFinder *self, guint key, guint code, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkWidget     *next = NULL;

  if (key != GDK_KEY_Up && key != GDK_KEY_Down)
    return FALSE;
  if (row != NULL && key == GDK_KEY_Down)
    next = find_row (gtk_widget_get_next_sibling (GTK_WIDGET (row)), gtk_widget_get_next_sibling);
  else if (row != NULL)
    next = find_row (gtk_widget_get_prev_sibling (GTK_WIDGET (row)), gtk_widget_get_prev_sibling);
  if (next != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (next));
  return TRUE;
}

static void
mq_finder_finalize (GObject *object)
{
  g_free (MQ_FINDER (object)->words);

  G_OBJECT_CLASS (mq_finder_parent_class)->finalize (object);
}

static void
mq_finder_class_init (MqFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mq_finder_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/finder.ui");
  gtk_widget_class_bind_template_child (widget_class, MqFinder, entry);
  gtk_widget_class_bind_template_child (widget_class, MqFinder, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_finder_init (MqFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  select_first (self);
}

GtkWidget *
mq_finder_new (GtkWindow *parent)
{
  return g_object_new (MQ_TYPE_FINDER, "transient-for", parent, NULL);
}
