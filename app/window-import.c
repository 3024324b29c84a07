/* window-import.c: how data comes into the window: files that are chosen or dropped, text that is pasted, rejected rows that
 * are corrected. */

#include "config.h"

#include "window-parts.h"

#include <glib/gi18n.h>

#include "dialogs/import-dialog.h"
#include "dialogs/text-dialog.h"
#include "import-list.h"
#include "message.h"
#include "weak.h"

static void
show_rejects_cb (MqWindow *self, gint64 number)
{
  GVariantDict target;
  g_autoptr (GVariant) owned = NULL;

  g_variant_dict_init (&target, NULL);
  g_variant_dict_insert (&target, "import", "x", number);
  owned = g_variant_ref_sink (g_variant_dict_end (&target));
  mq_window_navigate (self, "imports", owned);
}

static void
present (MqWindow *self, GtkWidget *dialog)
{
  g_signal_connect_object (dialog, "show-rejects", G_CALLBACK (show_rejects_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
text_ready_cb (MqWindow *self, const char *path)
{
  present (self, mq_import_dialog_new_for_text (GTK_WINDOW (self), mq_window_get_session (self), path));
}

static void
edit_text (MqWindow *self, const char *title, const char *hint, const char *name, const char *text)
{
  GtkWidget *dialog = mq_text_dialog_new (GTK_WINDOW (self), title, hint, name, text);

  g_signal_connect_object (dialog, "import", G_CALLBACK (text_ready_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rejects_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = mq_reject_text_finish (result, &error);

  if (self == NULL || mq_window_is_closing (self))
    return;
  if (text != NULL)
    edit_text (self, _ ("Correct Rejected Rows"), _ ("Correct the rows under their header, or take lines out; then they are imported alone."), "rejected.csv", text);
  else
    mq_message_show (GTK_WIDGET (self), _ ("The Rows Were Not Read"), error->message);
}

static gboolean
drop_cb (MqWindow *self, const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    return FALSE;
  if (paths->len == 1)
    mq_window_open_path (self, paths->pdata[0]);
  else
    {
      g_ptr_array_add (paths, NULL);
      mq_window_import_files (self, (const char *const *) paths->pdata);
    }
  return TRUE;
}

void
mq_window_import_files (MqWindow *self, const char *const *paths)
{
  MqSession *session = mq_window_get_session (self);

  if (mq_session_is_open (session) && mq_session_is_read_only (session))
    mq_message_show (GTK_WIDGET (self), _ ("The Project Is Read-Only"), _ ("Close it in the other program, or open another project, then import the file."));
  else
    present (self, mq_import_dialog_new (GTK_WINDOW (self), session, paths));
}

void
mq_window_import_pasted (MqWindow *self)
{
  edit_text (self, _ ("Paste Data"), _ ("Cells copied from a spreadsheet, with their header in the first line."), "pasted.txt", NULL);
}

void
mq_window_import_rejects (MqWindow *self, gint64 number)
{
  MqSession *session = mq_window_get_session (self);

  if (mq_session_is_open (session) && !mq_session_is_read_only (session))
    mq_reject_text_start (mq_session_get_store (session), number, rejects_ready_cb, mq_weak_new (self));
}

void
mq_window_take_drops (MqWindow *self, GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
