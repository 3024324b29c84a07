/* application.c: start, open files, about. */

#include "config.h"

#include <glib/gi18n.h>

#include "application.h"
#include "base/interactive.h"
#include "window.h"

struct _MqApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (MqApplication, mq_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_window (parent,
                         "application-name",
                         "Marquetry",
                         "application-icon",
                         APP_ID,
                         "version",
                         PACKAGE_VERSION,
                         "developer-name",
                         _ ("The Marquetry authors"),
                         "comments",
                         _ ("See which customers matter, from the files you have. Nothing leaves this computer."),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static MqWindow *
get_empty_window (MqApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (MQ_IS_WINDOW (window) && mq_window_is_empty (MQ_WINDOW (window)))
    return MQ_WINDOW (window);
  return mq_window_new (GTK_APPLICATION (self));
}

static void
mq_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (mq_window_new (GTK_APPLICATION (application)));
      mq_window_restore (MQ_WINDOW (window));
    }
  gtk_window_present (window);
}

static MqWindow *
present_empty_window (MqApplication *self)
{
  MqWindow *window = get_empty_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Each project in a window of its own, all tables in one import. */
static void
mq_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL && mq_window_is_project (path))
        mq_window_open_path (present_empty_window (MQ_APPLICATION (application)), path);
      else if (path != NULL)
        g_ptr_array_add (tables, g_steal_pointer (&path));
    }
  if (tables->len == 0)
    return;
  g_ptr_array_add (tables, NULL);
  mq_window_import_files (present_empty_window (MQ_APPLICATION (application)), (const char *const *) tables->pdata);
}

static void
mq_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };

  mq_interactive_begin ();
  G_APPLICATION_CLASS (mq_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  /* A label that Tab reaches selects nothing. (With it, GTK 4.8 looks at what had the focus before, which may be gone.) */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", (const char *[]){ "<Control>q", NULL });
}

static void
mq_application_class_init (MqApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = mq_application_activate;
  application_class->open = mq_application_open;
  application_class->startup = mq_application_startup;
}

static void
mq_application_init (MqApplication *self)
{
}

MqApplication *
mq_application_new (void)
{
  return g_object_new (MQ_TYPE_APPLICATION,
                       "application-id",
                       APP_ID,
                       "flags",
                       G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path",
                       "/io/github/marquetry/Marquetry",
                       NULL);
}
