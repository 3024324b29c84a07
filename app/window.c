/* window.c: the main window: which project is open, which page is seen. */

#include "config.h"

#include <glib/gi18n.h>

#include "banner.h"
#include "job-button.h"
#include "message.h"
#include "page-registry.h"
#include "pages/start-page.h"
#include "project-memory.h"
#include "scope-bar.h"
#include "sidebar.h"
#include "split-view.h"
#include "undo-toast.h"
#include "weak.h"
#include "window-memory.h"
#include "window-parts.h"

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

static void
enable (MqWindow *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
update_page_actions (MqWindow *self)
{
  MqPage        *page = mq_window_get_page (self);
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

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL && !self->closing)
    {
      mq_window_show_project (self);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mq_message_show (GTK_WIDGET (self), _ ("The Project Was Not Opened"), error->message);
    }
}

static void
open_project_cb (MqWindow *self, const char *path)
{
  mq_window_open_project (self, path);
}

static void
imported_cb (MqWindow *self)
{
  mq_window_navigate (self, "guide", NULL);
}

static void
failed_cb (MqWindow *self, const char *title, const char *message)
{
  if (!self->closing)
    mq_message_show (GTK_WIDGET (self), title, message);
}

static void
notice_cb (MqWindow *self, const char *text)
{
  mq_window_show_toast (self, text);
}

/* A page is made when it is first shown: the window opens sooner. */
static void
ensure_page (MqWindow *self, const MqPageInfo *info)
{
  GtkWidget *page;

  if (gtk_stack_get_child_by_name (self->pages, info->id) != NULL)
    return;
  page = g_object_new (info->get_type (), "session", self->session, "title", _ (info->title), NULL);
  g_signal_connect_object (page, "navigate", G_CALLBACK (mq_window_navigate), self, G_CONNECT_SWAPPED);
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
  page = mq_window_get_page (self);
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
  mq_window_select_page (self, first);
}

static void
jobs_changed_cb (MqWindow *self)
{
  enable (self, "project.cancel", g_list_model_get_n_items (mq_session_get_jobs (self->session)) > 0);
}

static void
last_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqWindow) self = mq_weak_steal (user_data);
  g_autofree char *path = mq_project_memory_find_finish (result);

  if (self != NULL && path != NULL && mq_window_is_empty (self))
    mq_window_open_project (self, path);
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
  mq_window_actions_install (widget_class);
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
  mq_window_take_drops (self, GTK_WIDGET (self->toasts));
  g_signal_connect_object (self->session, "changed", G_CALLBACK (mq_window_show_project), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mq_session_get_jobs (self->session), "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self);
  mq_window_show_project (self);
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

gboolean
mq_window_is_project (const char *path)
{
  return g_str_has_suffix (path, PROJECT_SUFFIX);
}

void
mq_window_open_path (MqWindow *self, const char *path)
{
  g_return_if_fail (MQ_IS_WINDOW (self));

  if (mq_window_is_project (path))
    mq_window_open_project (self, path);
  else
    mq_window_import_files (self, (const char *const[]){ path, NULL });
}

void
mq_window_restore (MqWindow *self)
{
  g_return_if_fail (MQ_IS_WINDOW (self));

  if (self->settings != NULL && g_settings_get_boolean (self->settings, "reopen-project"))
    mq_project_memory_find (last_found_cb, mq_weak_new (self));
}

MqPage *
mq_window_get_page (MqWindow *self)
{
  return MQ_PAGE (gtk_stack_get_visible_child (self->pages));
}

void
mq_window_select_page (MqWindow *self, guint index)
{
  mq_sidebar_select (self->sidebar, index);
  mq_split_view_set_show_content (self->split, TRUE);
}

void
mq_window_navigate (MqWindow *self, const char *id, GVariant *target)
{
  const MqPageInfo *infos;
  guint             n;

  infos = mq_page_registry (&n);
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (infos[i].id, id))
        continue;
      mq_window_select_page (self, i);
      mq_page_open (mq_window_get_page (self), target);
    }
}

void
mq_window_show_toast (MqWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
mq_window_show_opening (MqWindow *self, const char *text)
{
  gtk_label_set_text (self->opening_label, text);
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

void
mq_window_show_project (MqWindow *self)
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
      mq_project_memory_note (self->session);
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

void
mq_window_open_project (MqWindow *self, const char *path)
{
  mq_session_cancel_jobs (self->session);
  mq_window_show_opening (self, _ ("Opening the project…"));
  mq_session_open (self->session, path, opened_cb, mq_weak_new (self));
}

GSettings *
mq_window_get_settings (MqWindow *self)
{
  return self->settings;
}

gboolean
mq_window_is_closing (MqWindow *self)
{
  return self->closing;
}

void
mq_window_show_menu (MqWindow *self)
{
  gtk_menu_button_popup (mq_session_is_open (self->session) ? self->project_menu : self->start_menu);
}
