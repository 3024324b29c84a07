/* customers-window.c: the customers behind a mark. */

#include "config.h"

#include "pages/customers-window.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "table-view.h"

static void
export_cb (GtkButton *button, gpointer user_data)
{
  MqTableView *view = MQ_TABLE_VIEW (user_data);
  MqPage      *page = g_object_get_data (G_OBJECT (view), "page");

  mq_page_export_table (page, mq_table_view_get_table (view), _ ("Customers"));
}

void
mq_customers_window_present (MqPage *page, MqTable *table)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *export = gtk_button_new_with_label (_ ("Export CSV…"));
  GtkWidget       *view = mq_table_view_new ();
  g_autofree char *n = mq_format_integer (mq_table_n_rows (table));
  g_autofree char *title = g_strdup_printf (_ ("%s customers"), n);

  mq_table_view_set_table (MQ_TABLE_VIEW (view), table, title);
  g_object_set_data_full (G_OBJECT (view), "page", g_object_ref (page), g_object_unref);
  gtk_widget_set_vexpand (view, TRUE);
  g_signal_connect (export, "clicked", G_CALLBACK (export_cb), view);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), export);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), view);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
