/* test-crash.c: a committer is killed at random moments; each time the project must open, be whole, and hold all or
 * nothing of every step, and never lose one whose line was printed. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "project/ledger.h"
#include "project/project.h"

#define N_ROWS 3000
#define DEFAULT_KILLS 25
#define MAX_DELAY_MICROSECONDS 60000

/* Lets the committer live until its n-th line and a little more; returns how many imports its lines say stand. */
static int
run_committer (const char *program, const char *path, guint n_lines, guint delay)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { program, path, NULL };
  int         standing = 0, out;
  GPid        pid;
  FILE       *lines;
  char        line[64];

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (out, "r");
  for (guint i = 0; fgets (line, sizeof line, lines) != NULL; i++)
    {
      standing += g_str_has_prefix (line, "imported") - g_str_has_prefix (line, "undone");
      if (i == n_lines)
        {
          g_usleep (delay);
          kill (pid, SIGKILL);
        }
    }
  fclose (lines);
  waitpid (pid, NULL, 0);
  return standing;
}

/* Rows that are live, all of one import; the number of imports listed. */
static int
count_imports (const char *path)
{
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_open (path, MQ_OPEN_READ, &error);
  g_autoptr (MqTable) imports = NULL;
  g_autoptr (MqDb) db = NULL;
  g_autoptr (MqLedger) ledger = NULL;
  int   n;
  gsize live = 0;

  g_assert_no_error (error);
  mq_project_check (project, NULL, &error);
  g_assert_no_error (error);
  imports = mq_project_list_imports (project, &error);
  g_assert_no_error (error);
  n = mq_table_n_rows (imports);
  db = mq_db_open (path, FALSE, FALSE, &error);
  g_assert_no_error (error);
  ledger = mq_ledger_load (db, MQ_KIND_EVENTS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ledger->parts->len, ==, n);
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);
      g_autofree gint64  *marks = mq_run_source_values (&part->source, "mark", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (part->source.n_rows, ==, N_ROWS);
      for (gsize row = 0; row < part->source.n_rows; row++)
        {
          g_assert_cmpint (marks[row], ==, marks[0]);
          live += part->states[row] == MQ_ROW_LIVE;
        }
    }
  /* The second import has the keys of the first: it replaces every row. */
  g_assert_cmpuint (live, ==, n > 0 ? N_ROWS : 0);
  g_assert_true (mq_project_close (project, NULL));
  return n;
}

static void
test_kill (gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-crash-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.marquetry", NULL);
  const char      *setting = g_getenv ("MQ_CRASH_KILLS");
  guint            n = setting != NULL ? atoi (setting) : DEFAULT_KILLS;
  MqProject       *project = mq_project_create (path, "UTC", "CNY", NULL);
  int              before = 0;

  g_assert_true (mq_project_close (project, NULL));
  for (guint i = 0; i < n; i++)
    {
      int told = before + run_committer (data, path, g_test_rand_int_range (0, 6), g_test_rand_int_range (0, MAX_DELAY_MICROSECONDS));
      int found = count_imports (path);

      /* One more step may have become durable before its line came. */
      g_assert_cmpint (ABS (found - told), <=, 1);
      project = mq_project_open (path, MQ_OPEN_WRITE, NULL);
      g_assert_nonnull (project);
      g_assert_true (mq_project_close (project, NULL));
      g_assert_cmpint (count_imports (path), ==, found);
      before = found;
    }
  for (const char *const *suffix = (const char *const[]){ "", "-wal", "-shm", "-journal", ".lock", NULL }; *suffix != NULL; suffix++)
    {
      g_autofree char *name = g_strconcat (path, *suffix, NULL);

      g_unlink (name);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/crash/kill", argv[1], test_kill);
  return g_test_run ();
}
