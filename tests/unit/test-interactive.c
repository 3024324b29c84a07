/* test-interactive.c: the thread that draws the window is stopped when it touches a file or the database; others are not. */

#include "base/interactive.h"

#include "import/importer.h"
#include "project/project.h"

static void
test_project (void)
{
  if (g_test_subprocess ())
    {
      mq_interactive_begin ();
      g_assert_null (mq_project_open ("/nonexistent/a.marquetry", MQ_OPEN_READ, NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*mq_interactive_is_thread*");
}

static void
test_file (void)
{
  if (g_test_subprocess ())
    {
      MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR" };

      mq_interactive_begin ();
      g_assert_null (mq_importer_read ("/nonexistent/a.csv", &options, NULL, NULL, NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*mq_interactive_is_thread*");
}

static gpointer
look (gpointer data)
{
  return GINT_TO_POINTER (mq_interactive_is_thread ());
}

static void
test_other_threads (void)
{
  mq_interactive_begin ();
  g_assert_true (mq_interactive_is_thread ());
  g_assert_null (g_thread_join (g_thread_new ("other", look, NULL)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interactive/project", test_project);
  g_test_add_func ("/interactive/file", test_file);
  g_test_add_func ("/interactive/other-threads", test_other_threads);
  return g_test_run ();
}
