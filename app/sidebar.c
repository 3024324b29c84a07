/* sidebar.c: the list of the pages. */

#include "config.h"

#include <glib/gi18n.h>

#include "page-registry.h"
#include "sidebar.h"

struct _MqSidebar
{
  AdwBin parent_instance;

  GtkListBox *list; /* (borrowed) */
};

enum
{
  SIGNAL_PAGE_SELECTED,
  SIGNAL_PAGE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqSidebar, mq_sidebar, ADW_TYPE_BIN)

static GtkWidget *
make_row (const MqPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (info->title));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (info->title), -1);
  return row;
}

static void
set_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);
  const char       *group = infos[gtk_list_box_row_get_index (row)].group;
  GtkWidget        *label;

  if (before != NULL && g_str_equal (group, infos[gtk_list_box_row_get_index (before)].group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_ (group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_header (row, label);
}

static void
row_selected_cb (MqSidebar *self, GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_PAGE_SELECTED], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
row_activated_cb (MqSidebar *self)
{
  g_signal_emit (self, signals[SIGNAL_PAGE_ACTIVATED], 0);
}

/* One stop for Tab. GTK 4.8 would walk over the rows, and select each. */
static gboolean
mq_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MqSidebar     *self = MQ_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if ((direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD) || row == NULL)
    return GTK_WIDGET_CLASS (mq_sidebar_parent_class)->focus (widget, direction);
  return gtk_widget_get_focus_child (widget) == NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
mq_sidebar_class_init (MqSidebarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = mq_sidebar_focus;

  signals[SIGNAL_PAGE_SELECTED] = g_signal_new ("page-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PAGE_ACTIVATED] = g_signal_new ("page-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_sidebar_init (MqSidebar *self)
{
  GtkWidget        *scrolled = gtk_scrolled_window_new ();
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, make_row (&infos[i]));
  gtk_list_box_set_header_func (self->list, set_header_cb, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

void
mq_sidebar_select (MqSidebar *self, guint index)
{
  GtkListBoxRow *row;

  g_return_if_fail (MQ_IS_SIDEBAR (self));

  row = gtk_list_box_get_row_at_index (self->list, (int) index);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}
