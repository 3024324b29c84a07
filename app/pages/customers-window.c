/* customers-window.c: the customers behind a mark. */

#include "config.h"

#include "pages/customers-window.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "dialogs/segment-dialog.h"
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

void
mq_customers_window_present (MqPage *page, MqTable *table)
{
  GtkWidget       *window = adw_window_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *bar = adw_header_bar_new ();
  GtkWidget       *view = mq_table_view_new ();
  g_autofree char *n = mq_format_integer (mq_table_n_rows (table));
  g_autofree char *title = g_strdup_printf (_ ("%s customers"), n);

  mq_table_view_set_table (MQ_TABLE_VIEW (view), table, title);
  g_object_set_data_full (G_OBJECT (view), "page", g_object_ref (page), g_object_unref);
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
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
