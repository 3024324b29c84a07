/* window-actions.c: the actions "project.…" of the window. */

#include "config.h"

#include "window-parts.h"

#include <glib/gi18n.h>

#include "commands.h"
#include "dialogs/export-places.h"
#include "dialogs/import-dialog.h"
#include "file-picker.h"
#include "finder.h"
#include "message.h"
#include "preferences.h"
#include "sample-job.h"
#include "weak.h"

static void
export_places_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_export_places_show (widget);
}

static void
picked_cb (GFile *file, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    mq_window_open_path (user_data, path);
  else
    mq_window_show_toast (user_data, _ ("Choose a file on this computer."));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const MqFileType type = { _ ("Marquetry projects"), { "marquetry" } };

  mq_file_picker_open (widget, _ ("Open a Project"), &type, picked_cb, widget);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const MqFileType type = mq_import_file_type ();

  mq_file_picker_open (widget, _ ("Import Data"), &type, picked_cb, widget);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL)
    mq_message_show (GTK_WIDGET (self), _ ("The Project Was Not Closed Cleanly"), error->message);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_session_cancel_jobs (mq_window_get_session (MQ_WINDOW (widget)));
  mq_session_close (mq_window_get_session (MQ_WINDOW (widget)), closed_cb, mq_weak_new (widget));
}

static void
sample_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_sample_job_finish (result, &error);

  if (self == NULL || mq_window_is_closing (self))
    return;
  if (path != NULL)
    mq_window_open_project (self, path);
  else
    {
      mq_window_show_project (self);
      mq_message_show (GTK_WIDGET (self), _ ("The Sample Was Not Opened"), error->message);
    }
}

static void
sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_window_show_opening (MQ_WINDOW (widget), _ ("Preparing the sample project…"));
  mq_sample_job_start (sample_made_cb, mq_weak_new (widget));
}

static void
export_pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (mq_window_get_page (MQ_WINDOW (widget)), MQ_EXPORT_PDF);
}

static void
export_png_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (mq_window_get_page (MQ_WINDOW (widget)), MQ_EXPORT_PNG);
}

static void
export_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (mq_window_get_page (MQ_WINDOW (widget)), MQ_EXPORT_CSV);
}

static void
export_xlsx_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (mq_window_get_page (MQ_WINDOW (widget)), MQ_EXPORT_XLSX);
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (mq_session_is_open (mq_window_get_session (MQ_WINDOW (widget))))
    mq_window_select_page (MQ_WINDOW (widget), (guint) g_variant_get_int32 (parameter));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_refresh (mq_window_get_page (MQ_WINDOW (widget)));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_search (mq_window_get_page (MQ_WINDOW (widget)));
}

static void
pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_toggle_pane (mq_window_get_page (MQ_WINDOW (widget)));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_session_cancel_jobs (mq_window_get_session (MQ_WINDOW (widget)));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (mq_finder_new (GTK_WINDOW (widget))));
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_window_import_pasted (MQ_WINDOW (widget));
}

static void
correct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_window_import_rejects (MQ_WINDOW (widget), g_variant_get_int64 (parameter));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_preferences_show (GTK_WINDOW (widget), mq_window_get_settings (MQ_WINDOW (widget)));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_window_show_menu (MQ_WINDOW (widget));
}

void
mq_window_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "project.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "project.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "project.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "project.export-places", NULL, export_places_action);
  gtk_widget_class_install_action (widget_class, "project.correct-rejects", "x", correct_action);
  gtk_widget_class_install_action (widget_class, "project.sample", NULL, sample_action);
  gtk_widget_class_install_action (widget_class, "project.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "project.export-pdf", NULL, export_pdf_action);
  gtk_widget_class_install_action (widget_class, "project.export-png", NULL, export_png_action);
  gtk_widget_class_install_action (widget_class, "project.export-csv", NULL, export_csv_action);
  gtk_widget_class_install_action (widget_class, "project.export-xlsx", NULL, export_xlsx_action);
  gtk_widget_class_install_action (widget_class, "project.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "project.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "project.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "project.pane", NULL, pane_action);
  gtk_widget_class_install_action (widget_class, "project.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "project.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "project.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "project.menu", NULL, menu_action);
  mq_commands_bind (widget_class);
  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint) i, GDK_CONTROL_MASK, "project.page", "i", i);
}
