/* test-window.c: the whole window in process: every page of the sample fits a telephone's width, and forgets its project. */

#include "application.h"
#include "page-registry.h"
#include "sample/sample-project.h"
#include "wait.h"
#include "window.h"

#include <glib/gstdio.h>

#define NARROWEST 360

typedef struct
{
  MqWindow *window;
  gboolean  done;
} Fixture;

static char *project;

static gboolean
is_busy (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (is_busy (child))
        return TRUE;
    }
  return FALSE;
}

/* The innermost widgets that are too wide, to be named in the message. */
static void
tell_wide (GtkWidget *widget, int depth)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (least <= NARROWEST)
    return;
  g_test_message ("%*s%s %s: %d", depth, "", G_OBJECT_TYPE_NAME (widget), gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), least);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell_wide (child, depth + 1);
}

static void
check_pages (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *window = GTK_WIDGET (fixture->window);
  guint      n;
  int        least;

  WAIT (mq_session_is_open (mq_window_get_session (fixture->window)));
  mq_page_registry (&n);
  for (guint i = 0; i < n; i++)
    {
      gtk_widget_activate_action (window, "project.page", "i", (int) i);
      WAIT (!is_busy (window));
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > NARROWEST)
        tell_wide (window, 0);
      g_assert_cmpint (least, <=, NARROWEST);
    }
  gtk_widget_activate_action (window, "project.close", NULL);
  WAIT (mq_window_is_empty (fixture->window));
  fixture->done = TRUE;
  gtk_window_close (GTK_WINDOW (window));
}

static void
window_added_cb (Fixture *fixture, GtkWindow *window)
{
  if (!MQ_IS_WINDOW (window))
    return;
  fixture->window = MQ_WINDOW (window);
  g_idle_add_once (check_pages, fixture);
}

static void
test_pages (void)
{
  g_autoptr (MqApplication) application = mq_application_new ();
  Fixture fixture = { NULL };
  char   *arguments[] = { (char *) "test-window", project, NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_signal_connect_swapped (application, "window-added", G_CALLBACK (window_added_cb), &fixture);
  g_application_run (G_APPLICATION (application), 2, arguments);
  g_assert_true (fixture.done);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-window-XXXXXX", NULL);
  int              status;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  project = g_build_filename (folder, "shop.marquetry", NULL);
  g_assert_true (mq_sample_make_project (mq_sample_find ("shop-en"), project, NULL, NULL));
  g_test_add_func ("/window/pages", test_pages);
  status = g_test_run ();
  g_unlink (project);
  g_free (project);
  return status;
}
