/* test-kill.c: the real marquetry-cli is killed at random moments of everything it writes. Each time the project must
 * open, be whole, and hold all or nothing of the command; and all of it if the command had said so.
 * MQ_CRASH_KILLS sets the number. */

#include "crash-project.h"
#include "disk-shim.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_KILLS 30
#define MAX_ARGUMENTS 8

/* What is asked of the command line in turn: each step takes the project from one state to the next, the last one back to
 * the first. */
static const struct
{
  const char *name;
  const char *arguments[MAX_ARGUMENTS]; /* after the command's name and the project */
} steps[] = {
  { "import", { "more.csv", "--as", "orders" } },
  { "backup", { CRASH_COPY } },
  { "compact", { NULL } },
  { "undo", { NULL } },
  { "backup", { CRASH_COPY } },
};

typedef struct
{
  const char *program;
  char       *folder;
  char       *states[G_N_ELEMENTS (steps) + 1]; /* before each step; (owned) */
  gint64      durations[G_N_ELEMENTS (steps)];  /* µs */
  guint       n_kills, n_before, n_after, n_told;
} Course;

static void
write_orders (const char *folder, const char *name, guint first, guint last)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) text = g_string_new ("customer_id,time,order_id,product,amount\n");
  g_autoptr (GError) error = NULL;

  for (guint row = first; row < last; row++)
    g_string_append_printf (text, "%u,2024-%02u-%02u 10:%02u:00,o%u,p%u,%u.%02u\n", row * 7919 % 997, 1 + row % 12, 1 + row % 28, row % 60, row, row % 61, row * 31337 % 1000, first % 100);
  g_string_append (text, "7,soon,o1,p1,5\n");
  g_file_set_contents (path, text->str, text->len, &error);
  g_assert_no_error (error);
}

static GPid
spawn (const Course *course, const char *command, const char *const *arguments, int *out)
{
  g_autoptr (GError) error = NULL;
  const char *argv[MAX_ARGUMENTS + 4] = { course->program, command, CRASH_NAME };
  GPid        pid;

  for (guint i = 0; i < MAX_ARGUMENTS && arguments[i] != NULL; i++)
    argv[3 + i] = arguments[i];
  g_spawn_async_with_pipes (course->folder, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, NULL, out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

/* Whether the command said that it was done: by its exit, or by what it prints when all is safe. */
static gboolean
finish (GPid pid, int out)
{
  char     byte;
  gboolean told = FALSE;
  int      status;

  while (read (out, &byte, 1) == 1)
    told = TRUE;
  close (out);
  waitpid (pid, &status, 0);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 3);
  return told || WIFEXITED (status);
}

static char *
describe (const Course *course)
{
  g_autoptr (GError) error = NULL;
  char *text = crash_describe (course->folder, TRUE, &error);

  g_assert_no_error (error);
  return text;
}

static void
run_step (Course *course, guint step)
{
  gint64 start = g_get_monotonic_time ();
  int    out;
  GPid   pid = spawn (course, steps[step].name, steps[step].arguments, &out);

  g_assert_true (finish (pid, out));
  course->durations[step] = g_get_monotonic_time () - start;
}

/* Goes the round once without a kill, for the states. */
static void
prepare (Course *course)
{
  static const char *const first[] = { "first.csv", "--as", "orders", NULL };
  int                      out;
  GPid                     pid;

  write_orders (course->folder, "first.csv", 0, 1500);
  write_orders (course->folder, "more.csv", 1000, 4000);
  pid = spawn (course, "import", first, &out);
  g_assert_true (finish (pid, out));
  pid = spawn (course, "backup", (const char *const[]){ CRASH_COPY, NULL }, &out);
  g_assert_true (finish (pid, out));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      course->states[i] = describe (course);
      run_step (course, i);
    }
  course->states[G_N_ELEMENTS (steps)] = describe (course);
  g_assert_cmpstr (course->states[G_N_ELEMENTS (steps)], ==, course->states[0]);
  g_assert_cmpstr (course->states[1], !=, course->states[0]);
}

/* Drafts of backups that were killed. */
static void
remove_drafts (const Course *course)
{
  g_autoptr (GDir) dir = g_dir_open (course->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".new-") != NULL)
      {
        g_autofree char *path = g_build_filename (course->folder, name, NULL);

        g_unlink (path);
      }
}

/* TRUE if the step turned out done. */
static gboolean
kill_step (Course *course, guint step)
{
  g_autofree char *found = NULL;
  int              out;
  GPid             pid = spawn (course, steps[step].name, steps[step].arguments, &out);
  gboolean         told;

  g_usleep (g_test_rand_int_range (0, course->durations[step] + 1));
  kill (pid, SIGKILL);
  told = finish (pid, out);
  course->n_kills++;
  course->n_told += told;
  found = describe (course);
  remove_drafts (course);
  if (strcmp (found, course->states[step + 1]) == 0)
    {
      course->n_after++;
      return TRUE;
    }
  g_assert_cmpstr (found, ==, course->states[step]);
  g_assert_false (told);
  course->n_before++;
  return FALSE;
}

static void
test_kill (gconstpointer data)
{
  Course course = { .program = data, .folder = g_dir_make_tmp ("mq-kill-XXXXXX", NULL) };
  guint  n = crash_setting ("MQ_CRASH_KILLS", DEFAULT_KILLS);
  guint  step = 0;

  prepare (&course);
  for (guint i = 0; i < n; i++)
    {
      /* A step that leaves no difference to see is gone on from as well. */
      if (kill_step (&course, step))
        step = (step + 1) % G_N_ELEMENTS (steps);
    }
  g_test_message ("%u kills: %u before, %u after, of these %u told; 0 half, 0 corrupt, 0 told and lost", course.n_kills, course.n_before, course.n_after, course.n_told);
  disk_clear_folder (course.folder);
  g_rmdir (course.folder);
  for (guint i = 0; i <= G_N_ELEMENTS (steps); i++)
    g_free (course.states[i]);
  g_free (course.folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  g_test_init (&argc, &argv, NULL);
  /* Each course runs in a folder of its own. */
  program = g_canonicalize_filename (argv[1], NULL);
  g_test_add_data_func ("/kill/cli", program, test_kill);
  return g_test_run ();
}
