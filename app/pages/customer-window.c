/* customer-window.c: a window around the pane of a customer. */

#include "config.h"

#include "pages/customer-window.h"

#include "customer-pane.h"
#include "dialogs/erase-dialog.h"
#include "escape.h"

static void
erase_cb (GtkWidget *pane, const char *customer, MqPage *page)
{
  mq_erase_dialog_ask (page, pane, customer);
}

GtkWidget *
mq_customer_window_present (MqPage *page, GtkWindow *parent, const char *customer)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pane = g_object_new (MQ_TYPE_CUSTOMER_PANE, "vexpand", TRUE, NULL);
  MqSession *session = mq_page_get_session (page);

  g_signal_connect_object (pane, "erase", G_CALLBACK (erase_cb), page, 0);
  mq_customer_pane_set_page (MQ_CUSTOMER_PANE (pane), page);
  mq_customer_pane_set_erasable (MQ_CUSTOMER_PANE (pane), !mq_session_is_read_only (session));
  mq_customer_pane_show (MQ_CUSTOMER_PANE (pane), mq_session_get_dataset (session), customer);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), pane);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), customer);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 560);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  mq_window_close_on_escape (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
