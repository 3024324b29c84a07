/* window.c: the main window. */

#include "config.h"

#include <glib/gi18n.h>

#include "banner.h"
#include "dialogs/import-dialog.h"
#include "file-picker.h"
#include "import-job.h"
#include "message.h"
#include "page-registry.h"
#include "page.h"
#include "pages/start-page.h"
#include "project-folder.h"
#include "recent-projects.h"
#include "scope-bar.h"
#include "session.h"
#include "split-view.h"
#include "weak.h"
#include "window.h"

#define PROJECT_SUFFIX ".marquetry"

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
  GtkListBox      *sidebar;       /* (template) */
  AdwWindowTitle  *project_title; /* (template) */
  AdwWindowTitle  *page_title;    /* (template) */
  MqBanner        *banner;        /* (template) */
  MqScopeBar      *scope_bar;     /* (template) */
  GtkStack        *pages;         /* (template) */

  MqSession *session;  /* (owned) */
  GSettings *settings; /* (owned) (nullable) not installed: nothing is remembered */
  gboolean   closing;  /* hidden, waits for the project to be closed */
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
update_export_actions (MqWindow *self)
{
  MqPage        *page = get_page (self);
  const gboolean open = mq_session_is_open (self->session) && page != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.export-pdf", open && mq_page_can_export (page, MQ_EXPORT_PDF));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.export-png", open && mq_page_can_export (page, MQ_EXPORT_PNG));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "project.export-csv", open && mq_page_can_export (page, MQ_EXPORT_CSV));
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
  update_banner (self);
  update_export_actions (self);
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
  show_opening (self, _ ("Opening the project…"));
  mq_session_open (self->session, path, opened_cb, mq_weak_new (self));
}

static void
open_project_cb (MqWindow *self, const char *path)
{
  open_project (self, path);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  gboolean undone = mq_import_undo_finish (NULL, result, &error);

  if (self == NULL)
    return;
  if (!undone)
    {
      mq_message_show (GTK_WIDGET (self), _ ("The Import Was Not Undone"), error->message);
      return;
    }
  mq_session_reload (self->session, opened_cb, mq_weak_new (self));
  add_toast (self, _ ("Import undone"));
}

static void
undo_clicked_cb (AdwToast *toast, gpointer user_data)
{
  MqWindow     *self = user_data;
  const gint64 *number = g_object_get_data (G_OBJECT (toast), "import");
  const char   *path = g_object_get_data (G_OBJECT (toast), "project");

  if (g_strcmp0 (path, mq_session_get_path (self->session)) != 0)
    return; /* another project was opened meanwhile: it has an import of that number too */
  mq_import_undo_start (mq_session_get_store (self->session), *number, undone_cb, mq_weak_new (self));
}

static void
select_page (MqWindow *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, (int) index);

  if (row != NULL)
    gtk_list_box_select_row (self->sidebar, row);
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
imported_cb (MqWindow *self, gint64 number)
{
  AdwToast *toast = adw_toast_new (_ ("File imported"));

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 0);
  g_object_set_data_full (G_OBJECT (toast), "project", g_strdup (mq_session_get_path (self->session)), g_free);
  g_object_set_data_full (G_OBJECT (toast), "import", g_memdup2 (&number, sizeof number), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  navigate_cb (self, "guide", NULL);
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
import_path (MqWindow *self, const char *path)
{
  GtkWidget *dialog;

  if (mq_session_is_open (self->session) && mq_session_is_read_only (self->session))
    {
      mq_message_show (GTK_WIDGET (self), _ ("The Project Is Read-Only"), _ ("Close it in the other program, or open another project, then import the file."));
      return;
    }
  dialog = mq_import_dialog_new (GTK_WINDOW (self), self->session, path);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "show-rejects", G_CALLBACK (show_rejects_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
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
  mq_session_close (MQ_WINDOW (widget)->session, closed_cb, mq_weak_new (widget));
}

typedef struct
{
  const MqSample *sample;
  char           *name; /* (owned) of the project */
} SampleJob;

static void
free_sample_job (gpointer data)
{
  SampleJob *job = data;

  g_free (job->name);
  g_free (job);
}

static gpointer
make_sample (gpointer data, const MqRun *run, GError **error)
{
  SampleJob *job = data;

  return mq_project_folder_make_sample (job->sample, job->name, run, error);
}

static void
sample_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

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
  MqWindow  *self = MQ_WINDOW (widget);
  SampleJob *job = g_new0 (SampleJob, 1);

  /* Translators: the sample that suits the language: shop-en or shop-zh */
  job->sample = mq_sample_find (C_ ("sample", "shop-en"));
  if (job->sample == NULL)
    job->sample = mq_sample_find ("shop-en");
  job->name = g_strdup (_ (job->sample->title));
  show_opening (self, _ ("Preparing the sample project…"));
  mq_worker_run (make_sample, job, free_sample_job, g_free, NULL, sample_made_cb, mq_weak_new (self));
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
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  select_page (MQ_WINDOW (widget), (guint) g_variant_get_int32 (parameter));
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
  g_signal_connect_object (page, "answer-changed", G_CALLBACK (update_export_actions), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->pages, page, info->id);
}

static void
row_selected_cb (MqWindow *self, GtkListBoxRow *row)
{
  const MqPageInfo *infos;
  guint             n;

  if (row == NULL)
    return;
  infos = mq_page_registry (&n);
  ensure_page (self, &infos[gtk_list_box_row_get_index (row)]);
  gtk_stack_set_visible_child_name (self->pages, infos[gtk_list_box_row_get_index (row)].id);
  adw_window_title_set_title (self->page_title, mq_page_get_title (get_page (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->scope_bar), mq_page_obeys_scope (get_page (self)));
  update_export_actions (self);
}

static void
row_activated_cb (MqWindow *self)
{
  mq_split_view_set_show_content (self->split, TRUE);
}

static void
back_cb (MqWindow *self)
{
  mq_split_view_set_show_content (self->split, FALSE);
}

static GtkWidget *
make_sidebar_row (const MqPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (info->title));

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
add_pages (MqWindow *self)
{
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);
  g_autofree char  *last = self->settings != NULL ? g_settings_get_string (self->settings, "page") : NULL;
  guint             first = 0;

  for (guint i = 0; i < n; i++)
    {
      gtk_list_box_append (self->sidebar, make_sidebar_row (&infos[i]));
      if (g_strcmp0 (infos[i].id, last) == 0)
        first = i;
    }
  gtk_list_box_set_header_func (self->sidebar, set_header_cb, NULL, NULL);
  select_page (self, first);
}

static gboolean
drop_cb (MqWindow *self, const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path == NULL)
    return FALSE;
  mq_window_open_path (self, path);
  if (files->next != NULL)
    add_toast (self, _ ("Only the first file was taken. Drop the others one by one."));
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
load_settings (MqWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  if (schema == NULL)
    {
      gtk_window_set_default_size (GTK_WINDOW (self), 1180, 760);
      return;
    }
  self->settings = g_settings_new_full (schema, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"), g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_settings (MqWindow *self)
{
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_string (self->settings, "page", gtk_stack_get_visible_child_name (self->pages));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
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
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_application_hold (application);
  mq_session_close (self->session, closed_for_good_cb, g_object_ref (self));
  return TRUE;
}

static void
mq_window_dispose (GObject *object)
{
  MqWindow *self = MQ_WINDOW (object);

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
  gtk_widget_class_install_action (widget_class, "project.sample", NULL, sample_action);
  gtk_widget_class_install_action (widget_class, "project.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "project.export-pdf", NULL, export_pdf_action);
  gtk_widget_class_install_action (widget_class, "project.export-png", NULL, export_png_action);
  gtk_widget_class_install_action (widget_class, "project.export-csv", NULL, export_csv_action);
  gtk_widget_class_install_action (widget_class, "project.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "project.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "project.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "project.import", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "project.export-pdf", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, 0, "project.menu", NULL);
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
  gtk_widget_class_bind_template_child (widget_class, MqWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, scope_bar);
  gtk_widget_class_bind_template_child (widget_class, MqWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, open_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  add_actions (widget_class);
}

static void
mq_window_init (MqWindow *self)
{
  self->session = mq_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  mq_scope_bar_set_session (self->scope_bar, self->session);
  load_settings (self);
  add_pages (self);
  add_drop_target (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

MqWindow *
mq_window_new (GtkApplication *application)
{
  return g_object_new (MQ_TYPE_WINDOW, "application", application, NULL);
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
    import_path (self, path);
}
