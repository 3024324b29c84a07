/* text-dialog.c: an editor for a little text, and the file that it becomes. */

#include "config.h"

#include "dialogs/text-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "jobs/job-queue.h"
#include "weak.h"

struct _MqTextDialog
{
  AdwWindow parent_instance;

  GtkTextBuffer *buffer; /* of the view */
  GtkWidget     *next;
  GtkLabel      *failure;
  char          *name;  /* (owned) */
  GCancellable  *paste; /* (owned) */
};

typedef struct
{
  char *name; /* (owned) */
  char *text; /* (owned) */
} Write;

enum
{
  SIGNAL_IMPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqTextDialog, mq_text_dialog, ADW_TYPE_WINDOW)

static void
free_write (gpointer data)
{
  Write *job = data;

  g_free (job->name);
  g_free (job->text);
  g_free (job);
}

static gpointer
write_file (gpointer data, const MqRun *run, GError **error)
{
  const Write     *job = data;
  g_autofree char *folder = g_dir_make_tmp ("marquetry-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, job->name, NULL) : NULL;

  if (path == NULL)
    return NULL;
  if (g_file_set_contents_full (path, job->text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return g_steal_pointer (&path);
  g_rmdir (folder);
  return NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqTextDialog) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

  if (self == NULL)
    {
      if (path != NULL)
        mq_text_dialog_remove (path);
      return;
    }
  if (path == NULL)
    {
      gtk_label_set_text (self->failure, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
      gtk_widget_set_sensitive (self->next, TRUE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_IMPORT], 0, path);
  gtk_window_close (GTK_WINDOW (self));
}

static void
next_cb (MqTextDialog *self)
{
  Write      *job = g_new0 (Write, 1);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  job->name = g_strdup (self->name);
  job->text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  gtk_widget_set_sensitive (self->next, FALSE);
  mq_worker_run (write_file, job, free_write, g_free, NULL, written_cb, mq_weak_new (self));
}

static void
changed_cb (MqTextDialog *self)
{
  gtk_widget_set_sensitive (self->next, gtk_text_buffer_get_char_count (self->buffer) > 0);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqTextDialog) self = mq_weak_steal (user_data);
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self != NULL && text != NULL && gtk_text_buffer_get_char_count (self->buffer) == 0)
    gtk_text_buffer_set_text (self->buffer, text, -1);
}

static GtkWidget *
make_bar (MqTextDialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->next = gtk_button_new_with_mnemonic (_ ("_Next"));
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_set_sensitive (self->next, FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->next);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->next, "clicked", G_CALLBACK (next_cb), self);
  return bar;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 12);
  return label;
}

static void
fill (MqTextDialog *self, const char *title, const char *hint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_margin_top (scrolled, 12);
  self->failure = GTK_LABEL (make_label (NULL, "error"));
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), make_label (hint, "dim-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->failure));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_grab_focus (view);
}

static void
mq_text_dialog_dispose (GObject *object)
{
  MqTextDialog *self = MQ_TEXT_DIALOG (object);

  g_cancellable_cancel (self->paste);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  self->buffer = NULL;

  G_OBJECT_CLASS (mq_text_dialog_parent_class)->dispose (object);
}

static void
mq_text_dialog_finalize (GObject *object)
{
  g_free (MQ_TEXT_DIALOG (object)->name);
  g_object_unref (MQ_TEXT_DIALOG (object)->paste);

  G_OBJECT_CLASS (mq_text_dialog_parent_class)->finalize (object);
}

static void
mq_text_dialog_class_init (MqTextDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_text_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mq_text_dialog_finalize;

  signals[SIGNAL_IMPORT] = g_signal_new ("import", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_text_dialog_init (MqTextDialog *self)
{
  self->paste = g_cancellable_new ();
}

GtkWidget *
mq_text_dialog_new (GtkWindow *parent, const char *title, const char *hint, const char *name, const char *text)
{
  MqTextDialog *self = g_object_new (MQ_TYPE_TEXT_DIALOG, "transient-for", parent, "modal", TRUE, "title", title, "default-width", 640, "default-height", 480, NULL);

  self->name = g_strdup (name);
  fill (self, title, hint);
  if (text != NULL)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  else
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (parent)), self->paste, pasted_cb, mq_weak_new (self));
  return GTK_WIDGET (self);
}

void
mq_text_dialog_remove (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}
