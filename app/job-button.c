/* job-button.c: the list of jobs. Progress is pulled while the list is open. */

#include "config.h"

#include <glib/gi18n.h>

#include "job-button.h"

#define PROGRESS_INTERVAL_MS 200

struct _MqJobButton
{
  AdwBin parent_instance;

  GtkMenuButton *button; /* (borrowed) */
  GtkListBox    *list;   /* (borrowed) */
  guint          tick;   /* source, or 0 */
};

G_DEFINE_FINAL_TYPE (MqJobButton, mq_job_button, ADW_TYPE_BIN)

static void
show_progress (GtkWidget *row)
{
  MqJob           *job = g_object_get_data (G_OBJECT (row), "job");
  g_autofree char *text = NULL;
  double           fraction = mq_job_get_progress (job, &text);

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "text"), text);
  gtk_progress_bar_set_fraction (g_object_get_data (G_OBJECT (row), "bar"), fraction);
}

static gboolean
tick_cb (gpointer user_data)
{
  MqJobButton *self = user_data;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    show_progress (row);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (GtkButton *button, gpointer user_data)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  mq_job_cancel (user_data);
}

static GtkWidget *
make_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 28);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_cancel (MqJob *job)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("process-stop-symbolic");
  /* Translators: %s is what is under way: "Importing orders.csv" */
  g_autofree char *name = g_strdup_printf (_ ("Cancel: %s"), mq_job_get_title (job));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Cancel (Ctrl+.)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (cancel_cb), job, 0);
  return button;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  MqJob     *job = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = make_text ("", "caption");
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_widget_add_css_class (text, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, mq_job_get_title (job), -1);
  gtk_box_append (GTK_BOX (lines), make_text (mq_job_get_title (job), "heading"));
  gtk_box_append (GTK_BOX (lines), bar);
  gtk_box_append (GTK_BOX (lines), text);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), make_cancel (job));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "job", g_object_ref (job), g_object_unref);
  g_object_set_data (G_OBJECT (row), "text", text);
  g_object_set_data (G_OBJECT (row), "bar", bar);
  show_progress (row);
  return row;
}

static void
jobs_changed_cb (MqJobButton *self, guint position, guint removed, guint added, GListModel *jobs)
{
  const gboolean any = g_list_model_get_n_items (jobs) > 0;

  if (!any)
    gtk_menu_button_popdown (self->button); /* while its button is still there */
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

/* Nothing ticks while nobody looks. */
static void
shown_cb (MqJobButton *self)
{
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add (PROGRESS_INTERVAL_MS, tick_cb, self);
}

static void
hidden_cb (MqJobButton *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
}

static void
mq_job_button_dispose (GObject *object)
{
  MqJobButton *self = MQ_JOB_BUTTON (object);

  g_clear_handle_id (&self->tick, g_source_remove);

  G_OBJECT_CLASS (mq_job_button_parent_class)->dispose (object);
}

static void
mq_job_button_class_init (MqJobButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_job_button_dispose;
}

static void
mq_job_button_init (MqJobButton *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Jobs"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->list));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "content-loading-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Running jobs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Running jobs"), -1);
  g_signal_connect_object (popover, "map", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "unmap", G_CALLBACK (hidden_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mq_job_button_set_session (MqJobButton *self, MqSession *session)
{
  GListModel *jobs = mq_session_get_jobs (session);

  g_return_if_fail (MQ_IS_JOB_BUTTON (self));

  gtk_list_box_bind_model (self->list, jobs, make_row_cb, NULL, NULL);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
}
