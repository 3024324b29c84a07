/* window.c: the main window: which project is open, which page is seen. */

#include "config.h"

#include <glib/gi18n.h>

#include "banner.h"
#include "commands.h"
#include "dialogs/export-places.h"
#include "dialogs/import-dialog.h"
#include "dialogs/text-dialog.h"
#include "import-list.h"
#include "file-picker.h"
#include "finder.h"
#include "job-button.h"
#include "message.h"
#include "page-registry.h"
#include "page.h"
#include "pages/start-page.h"
#include "preferences.h"
#include "recent-projects.h"
#include "sample-job.h"
#include "scope-bar.h"
#include "session.h"
#include "sidebar.h"
#include "split-view.h"
#include "undo-toast.h"
#include "weak.h"
#include "window-memory.h"
#include "window.h"

#define PROJECT_SUFFIX ".marquetry"
#define FIRST_PAGE "rfm" /* of who opens the program for the first time */

struct _MqWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;        /* (template) */
  GtkStack        *stack;         /* (template) start opening project */
  MqStartPage     *start_page;    /* (template) */
  GtkMenuButton   *start_menu;    /* (template) */
  GtkMenuButton   *project_menu;  /* (template) */
  GtkLabel        *opening_label; /* (template) */
  MqSplitView     *split;         /* (template) */
  MqSidebar       *sidebar;       /* (template) */
  AdwWindowTitle  *project_title; /* (template) */
  AdwWindowTitle  *page_title;    /* (template) */
  MqJobButton     *jobs;          /* (template) */
  MqBanner        *banner;        /* (template) */
  MqScopeBar      *scope_bar;     /* (template) */
  GtkStack        *pages;         /* (template) */

  MqSession   *session;    /* (owned) */
  MqUndoToast *undo_toast; /* (owned) */
  GSettings   *settings;   /* (owned) (nullable) not installed: nothing is remembered */
  gboolean     closing;    /* hidden, waits for the project to be closed */
};

G_DEFINE_FINAL_TYPE (MqWindow, mq_window, ADW_TYPE_APPLICATION_WINDOW)

static MqPage *
get_page (MqWindow *self)
{
  return MQ_PAGE (gtk_stack_get_visible_child (self->pages));
}

static void
add_toast (MqWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
enable (MqWindow *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
update_page_actions (MqWindow *self)
{
  MqPage        *page = get_page (self);
  const gboolean open = mq_session_is_open (self->session) && page != NULL;

  enable (self, "project.export-pdf", open && mq_page_can_export (page, MQ_EXPORT_PDF));
  enable (self, "project.export-png", open && mq_page_can_export (page, MQ_EXPORT_PNG));
  enable (self, "project.export-csv", open && mq_page_can_export (page, MQ_EXPORT_CSV));
  enable (self, "project.export-xlsx", open && mq_page_can_export (page, MQ_EXPORT_XLSX));
  enable (self, "project.refresh", open);
  enable (self, "project.search", open && mq_page_can_search (page));
  enable (self, "project.pane", open && mq_page_has_pane (page));
}

static void
update_banner (MqWindow *self)
{
  const char      *holder = mq_session_get_holder (self->session);
  g_autofree char *text = NULL;

  if (mq_session_is_open (self->session) && mq_session_is_read_only (self->session))
    text = holder != NULL ? g_strdup_printf (_ ("Read-only: another program has this project open (%s)."), holder) : g_strdup (_ ("Read-only: this project or its folder cannot be written."));
  mq_banner_set_text (self->banner, text);
}

static gpointer
note_project (gpointer data, const MqRun *run, GError **error)
{
  return mq_recent_projects_note (data) ? data : NULL;
}

static void
remember_project (MqWindow *self)
{
  MqRecentProject *project = mq_recent_project_new (mq_session_get_path (self->session));

  project->opened = g_get_real_time ();
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    project->rows[kind] = mq_session_get_rows (self->session, kind);
  mq_worker_run (note_project, project, (GDestroyNotify) mq_recent_project_free, NULL, NULL, NULL, NULL);
}

static void
session_changed_cb (MqWindow *self)
{
  gboolean open = mq_session_is_open (self->session);

  if (self->closing)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.close", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.import", !open || !mq_session_is_read_only (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.paste", !open || !mq_session_is_read_only (self->session));
  update_banner (self);
  update_page_actions (self);
  if (open)
    {
      remember_project (self);
      adw_window_title_set_title (self->project_title, mq_session_get_name (self->session));
      gtk_window_set_title (GTK_WINDOW (self), mq_session_get_name (self->session));
      gtk_stack_set_visible_child_name (self->stack, "project");
    }
  else
    {
      gtk_window_set_title (GTK_WINDOW (self), "Marquetry");
      mq_start_page_refresh (self->start_page);
      gtk_stack_set_visible_child_name (self->stack, "start");
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL && !self->closing)
    {
      session_changed_cb (self);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mq_message_show (GTK_WIDGET (self), _ ("The Project Was Not Opened"), error->message);
    }
}

static void
show_opening (MqWindow *self, const char *text)
{
  gtk_label_set_text (self->opening_label, text);
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

static void
open_project (MqWindow *self, const char *path)
{
  mq_session_cancel_jobs (self->session);
  show_opening (self, _ ("Opening the project…"));
  mq_session_open (self->session, path, opened_cb, mq_weak_new (self));
}

static void
open_project_cb (MqWindow *self, const char *path)
{
  open_project (self, path);
}

static void
select_page (MqWindow *self, guint index)
{
  mq_sidebar_select (self->sidebar, index);
  mq_split_view_set_show_content (self->split, TRUE);
}

static void
navigate_cb (MqWindow *self, const char *id, GVariant *target)
{
  const MqPageInfo *infos;
  guint             n;

  infos = mq_page_registry (&n);
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (infos[i].id, id))
        continue;
      select_page (self, i);
      mq_page_open (get_page (self), target);
    }
}

static void
imported_cb (MqWindow *self)
{
  navigate_cb (self, "guide", NULL);
}

static void
failed_cb (MqWindow *self, const char *title, const char *message)
{
  if (!self->closing)
    mq_message_show (GTK_WIDGET (self), title, message);
}

static void
show_rejects_cb (MqWindow *self, gint64 number)
{
  GVariantDict target;
  g_autoptr (GVariant) owned = NULL;

  g_variant_dict_init (&target, NULL);
  g_variant_dict_insert (&target, "import", "x", number);
  owned = g_variant_ref_sink (g_variant_dict_end (&target));
  navigate_cb (self, "imports", owned);
}

static void
import_paths (MqWindow *self, const char *const *paths)
{
  GtkWidget *dialog;

  if (mq_session_is_open (self->session) && mq_session_is_read_only (self->session))
    {
      mq_message_show (GTK_WIDGET (self), _ ("The Project Is Read-Only"), _ ("Close it in the other program, or open another project, then import the file."));
      return;
    }
  dialog = mq_import_dialog_new (GTK_WINDOW (self), self->session, paths);
  g_signal_connect_object (dialog, "show-rejects", G_CALLBACK (show_rejects_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
text_ready_cb (MqWindow *self, const char *path)
{
  GtkWidget *dialog = mq_import_dialog_new_for_text (GTK_WINDOW (self), self->session, path);

  g_signal_connect_object (dialog, "show-rejects", G_CALLBACK (show_rejects_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
edit_text (MqWindow *self, const char *title, const char *hint, const char *name, const char *text)
{
  GtkWidget *dialog = mq_text_dialog_new (GTK_WINDOW (self), title, hint, name, text);

  g_signal_connect_object (dialog, "import", G_CALLBACK (text_ready_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_places_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_export_places_show (widget);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit_text (MQ_WINDOW (widget), _ ("Paste Data"), _ ("Cells copied from a spreadsheet, with their header in the first line."), "pasted.txt", NULL);
}

static void
rejects_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = mq_reject_text_finish (result, &error);

  if (self == NULL || self->closing)
    return;
  if (text != NULL)
    edit_text (self, _ ("Correct Rejected Rows"), _ ("Correct the rows under their header, or take lines out; then they are imported alone."), "rejected.csv", text);
  else
    mq_message_show (GTK_WIDGET (self), _ ("The Rows Were Not Read"), error->message);
}

static void
correct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqWindow *self = MQ_WINDOW (widget);

  if (mq_session_is_open (self->session) && !mq_session_is_read_only (self->session))
    mq_reject_text_start (mq_session_get_store (self->session), g_variant_get_int64 (parameter), rejects_ready_cb, mq_weak_new (self));
}

static void
picked_cb (GFile *file, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    mq_window_open_path (user_data, path);
  else
    add_toast (user_data, _ ("Choose a file on this computer."));
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
  const MqFileType type = { _ ("CSV and text files"), { "csv", "txt", "tsv" } };

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
  mq_session_cancel_jobs (MQ_WINDOW (widget)->session);
  mq_session_close (MQ_WINDOW (widget)->session, closed_cb, mq_weak_new (widget));
}

static void
sample_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_sample_job_finish (result, &error);

  if (self == NULL || self->closing)
    return;
  if (path != NULL)
    open_project (self, path);
  else
    {
      session_changed_cb (self);
      mq_message_show (GTK_WIDGET (self), _ ("The Sample Was Not Opened"), error->message);
    }
}

static void
sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_opening (MQ_WINDOW (widget), _ ("Preparing the sample project…"));
  mq_sample_job_start (sample_made_cb, mq_weak_new (widget));
}

static void
export_pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (get_page (MQ_WINDOW (widget)), MQ_EXPORT_PDF);
}

static void
export_png_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (get_page (MQ_WINDOW (widget)), MQ_EXPORT_PNG);
}

static void
export_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (get_page (MQ_WINDOW (widget)), MQ_EXPORT_CSV);
}

static void
export_xlsx_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_export_to_file (get_page (MQ_WINDOW (widget)), MQ_EXPORT_XLSX);
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (mq_session_is_open (MQ_WINDOW (widget)->session))
    select_page (MQ_WINDOW (widget), (guint) g_variant_get_int32 (parameter));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_refresh (get_page (MQ_WINDOW (widget)));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_search (get_page (MQ_WINDOW (widget)));
}

static void
pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_toggle_pane (get_page (MQ_WINDOW (widget)));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_session_cancel_jobs (MQ_WINDOW (widget)->session);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (mq_finder_new (GTK_WINDOW (widget))));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_preferences_show (GTK_WINDOW (widget), MQ_WINDOW (widget)->settings);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqWindow *self = MQ_WINDOW (widget);

  gtk_menu_button_popup (mq_session_is_open (self->session) ? self->project_menu : self->start_menu);
}

static void
notice_cb (MqWindow *self, const char *text)
{
  add_toast (self, text);
}

/* A page is made when it is first shown: the window opens sooner. */
static void
ensure_page (MqWindow *self, const MqPageInfo *info)
{
  GtkWidget *page;

  if (gtk_stack_get_child_by_name (self->pages, info->id) != NULL)
    return;
  page = g_object_new (info->get_type (), "session", self->session, "title", _ (info->title), NULL);
  g_signal_connect_object (page, "navigate", G_CALLBACK (navigate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "answer-changed", G_CALLBACK (update_page_actions), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->pages, page, info->id);
}

static void
page_selected_cb (MqWindow *self, guint index)
{
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);
  MqPage           *page;

  ensure_page (self, &infos[index]);
  gtk_stack_set_visible_child_name (self->pages, infos[index].id);
  page = get_page (self);
  adw_window_title_set_title (self->page_title, mq_page_get_title (page));
  gtk_widget_set_visible (GTK_WIDGET (self->scope_bar), mq_page_obeys_scope (page));
  update_page_actions (self);
}

static void
page_activated_cb (MqWindow *self)
{
  mq_split_view_set_show_content (self->split, TRUE);
}

static void
back_cb (MqWindow *self)
{
  mq_split_view_set_show_content (self->split, FALSE);
}

static void
show_first_page (MqWindow *self)
{
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);
  g_autofree char  *last = self->settings != NULL ? g_settings_get_string (self->settings, "page") : NULL;
  guint             first = 0;

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (infos[i].id, last != NULL && *last != '\0' ? last : FIRST_PAGE))
        first = i;
    }
  select_page (self, first);
}

static void
jobs_changed_cb (MqWindow *self)
{
  enable (self, "project.cancel", g_list_model_get_n_items (mq_session_get_jobs (self->session)) > 0);
}

static gpointer
find_last_project (gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) projects = mq_recent_projects_list ();

  if (projects->len > 0)
    return g_strdup (((MqRecentProject *) projects->pdata[0])->path);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No project");
  return NULL;
}

static void
last_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autofree char *path = mq_worker_run_finish (result, NULL);

  if (self != NULL && path != NULL && mq_window_is_empty (self))
    open_project (self, path);
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
      import_paths (self, (const char *const *) paths->pdata);
    }
  return TRUE;
}

static void
add_drop_target (MqWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

static void
save_settings (MqWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  mq_window_memory_save (GTK_WINDOW (self), self->settings);
  if (self->settings != NULL && page != NULL)
    g_settings_set_string (self->settings, "page", page);
}

static void
closed_for_good_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MqWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GApplication) application = g_object_ref (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));

  if (!mq_session_finish (MQ_SESSION (source), result, &error))
    g_warning ("The project was not closed cleanly: %s", error->message);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
  g_application_release (application);
}

/* The window goes at once; the program ends when the project is closed on the store thread. */
static gboolean
close_request_cb (MqWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  save_settings (self);
  if (self->closing || application == NULL)
    return FALSE;
  self->closing = TRUE;
  mq_session_cancel_jobs (self->session);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_application_hold (application);
  mq_session_close (self->session, closed_for_good_cb, g_object_ref (self));
  return TRUE;
}

static void
mq_window_dispose (GObject *object)
{
  MqWindow *self = MQ_WINDOW (object);

  g_clear_pointer (&self->undo_toast, mq_undo_toast_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), MQ_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (mq_window_parent_class)->dispose (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
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

static void
mq_window_class_init (MqWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_window_dispose;

  g_type_ensure (MQ_TYPE_START_PAGE);
  g_type_ensure (MQ_TYPE_SPLIT_VIEW);
  g_type_ensure (MQ_TYPE_SIDEBAR);
  g_type_ensure (MQ_TYPE_JOB_BUTTON);
  g_type_ensure (MQ_TYPE_BANNER);
  g_type_ensure (MQ_TYPE_SCOPE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, MqWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, start_menu);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, project_menu);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, opening_label);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, split);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, project_title);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, jobs);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, scope_bar);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, open_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  add_actions (widget_class);
}

static void
mq_window_init (MqWindow *self)
{
  self->session = mq_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->undo_toast = mq_undo_toast_new (self->toasts, self->session);
  self->settings = mq_settings_new ();
  mq_window_memory_load (GTK_WINDOW (self), self->settings);
  mq_scope_bar_set_session (self->scope_bar, self->session);
  mq_job_button_set_session (self->jobs, self->session);
  show_first_page (self);
  add_drop_target (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mq_session_get_jobs (self->session), "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self);
  session_changed_cb (self);
}

MqWindow *
mq_window_new (GtkApplication *application)
{
  return g_object_new (MQ_TYPE_WINDOW, "application", application, NULL);
}

MqSession *
mq_window_get_session (MqWindow *self)
{
  g_return_val_if_fail (MQ_IS_WINDOW (self), NULL);

  return self->session;
}

gboolean
mq_window_is_empty (MqWindow *self)
{
  g_return_val_if_fail (MQ_IS_WINDOW (self), FALSE);

  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "start");
}

void
mq_window_open_path (MqWindow *self, const char *path)
{
  g_return_if_fail (MQ_IS_WINDOW (self));

  if (g_str_has_suffix (path, PROJECT_SUFFIX))
    open_project (self, path);
  else
    import_paths (self, (const char *const[]){ path, NULL });
}

void
mq_window_restore (MqWindow *self)
{
  g_return_if_fail (MQ_IS_WINDOW (self));

  if (self->settings != NULL && g_settings_get_boolean (self->settings, "reopen-project"))
    mq_worker_run (find_last_project, NULL, NULL, g_free, NULL, last_found_cb, mq_weak_new (self));
}
