/* customers-window.c: the customers behind a mark. */

#include "config.h"

#include "pages/customers-window.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "dialogs/segment-dialog.h"
#include "drop-down.h"
#include "escape.h"
#include "table-view.h"

static void
export_as (MqTableView *view, MqExportWhat what)
{
  mq_page_export_table (g_object_get_data (G_OBJECT (view), "page"), what, mq_table_view_get_table (view), _ ("Customers"));
}

static void
export_csv_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  export_as (user_data, MQ_EXPORT_CSV);
}

static void
export_xlsx_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  export_as (user_data, MQ_EXPORT_XLSX);
}

/* The button writes CSV, its menu a workbook as well. */
static GtkWidget *
make_export_button (GtkWidget *view)
{
  static const GActionEntry entries[] = { { "export-csv", export_csv_cb }, { "export-xlsx", export_xlsx_cb } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = adw_split_button_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), view);
  gtk_widget_insert_action_group (button, "customers", G_ACTION_GROUP (actions));
  g_menu_append (menu, _ ("Export _CSV…"), "customers.export-csv");
  g_menu_append (menu, _ ("Export _XLSX…"), "customers.export-xlsx");
  adw_split_button_set_label (ADW_SPLIT_BUTTON (button), _ ("Export CSV…"));
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (button), G_MENU_MODEL (menu));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "customers.export-csv");
  return button;
}

static void
save_cb (MqTableView *view)
{
  mq_segment_dialog_save (g_object_get_data (G_OBJECT (view), "page"), GTK_WIDGET (view), mq_table_view_get_table (view));
}

typedef struct
{
  GWeakRef          object;
  MqCustomersChosen chosen;
} Offer;

static void
free_offer (gpointer data, GClosure *closure)
{
  Offer *offer = data;

  g_weak_ref_clear (&offer->object);
  g_free (offer);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *spec, gpointer user_data)
{
  Offer *offer = user_data;
  g_autoptr (GObject) object = g_weak_ref_get (&offer->object);

  if (object != NULL)
    offer->chosen (object, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (drop_down))), gtk_drop_down_get_selected (drop_down));
}

GtkWidget *
mq_customers_window_present (MqPage *page, MqTable *table)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *view = mq_table_view_new ();

  g_object_set_data_full (G_OBJECT (view), "page", g_object_ref (page), g_object_unref);
  g_object_set_data (G_OBJECT (window), "view", view);
  g_object_set_data (G_OBJECT (window), "box", box);
  gtk_widget_set_vexpand (view, TRUE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), make_export_button (view));
  if (!mq_session_is_read_only (mq_page_get_session (page)))
    {
      GtkWidget *save = gtk_button_new_with_label (_ ("Save as Segment…"));

      g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), view);
      adw_header_bar_pack_start (ADW_HEADER_BAR (bar), save);
    }
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), view);
  adw_window_set_content (ADW_WINDOW (window), box);
  mq_customers_window_set_table (window, table);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  mq_window_close_on_escape (GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
mq_customers_window_set_table (GtkWidget *window, MqTable *table)
{
  g_autofree char *n = mq_format_integer (mq_table_n_rows (table));
  g_autofree char *title = g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong) mq_table_n_rows (table)), n);

  mq_table_view_set_table (g_object_get_data (G_OBJECT (window), "view"), table, title);
  gtk_window_set_title (GTK_WINDOW (window), title);
}

void
mq_customers_window_offer (GtkWidget *window, const char *const *labels, guint index, MqCustomersChosen chosen, GObject *object)
{
  GtkWidget *choices = gtk_drop_down_new_from_strings (labels);
  GtkWidget *bar = gtk_widget_get_first_child (g_object_get_data (G_OBJECT (window), "box"));
  Offer     *offer = g_new0 (Offer, 1);

  g_weak_ref_init (&offer->object, object);
  offer->chosen = chosen;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choices), index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choices), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Which customers"), -1);
  mq_drop_down_name_button (GTK_DROP_DOWN (choices), _ ("Which customers"));
  gtk_widget_set_margin_top (choices, 6);
  gtk_widget_set_margin_bottom (choices, 6);
  gtk_widget_set_margin_start (choices, 6);
  gtk_widget_set_halign (choices, GTK_ALIGN_START);
  g_signal_connect_data (choices, "notify::selected", G_CALLBACK (selected_cb), offer, free_offer, 0);
  gtk_box_insert_child_after (g_object_get_data (G_OBJECT (window), "box"), choices, bar);
}
