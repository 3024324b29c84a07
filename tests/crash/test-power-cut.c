/* test-power-cut.c: the power goes at every write of everything that writes a project. Each time the project must open,
 * be whole, hold all or nothing of the work, and never lose what was acknowledged. Without syncs, or with a commit every
 * 500 rows, the same test must fail: else it tests nothing. MQ_CRASH_POINTS sets the number of power cuts. */

#include "crash-project.h"
#include "disk-shim.h"

#include <glib/gstdio.h>

#define DEFAULT_POINTS 400

typedef struct
{
  guint absent, whole; /* before it, after it */
  guint half, corrupt, lost;
} Outcome;

static char *
make_folder (void)
{
  return g_dir_make_tmp ("mq-power-XXXXXX", NULL);
}

static void
remove_folder (const char *folder)
{
  disk_clear_folder (folder);
  g_rmdir (folder);
}

/* Does the work once; what the folder held before and after, and what the disk was told. */
static DiskLog *
record (const CrashWork *work, char **before, char **after)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GError) error = NULL;
  DiskLog *log;

  work->prepare (folder);
  *before = crash_describe (folder, work->has_copy, &error);
  g_assert_no_error (error);
  disk_shim_record (folder);
  work->work (folder, &error);
  g_assert_no_error (error);
  log = disk_shim_stop ();
  *after = crash_describe (folder, work->has_copy, &error);
  g_assert_no_error (error);
  remove_folder (folder);
  return log;
}

static void
judge (const char *folder, const CrashWork *work, const char *before, const char *after, gboolean is_acknowledged, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = crash_describe (folder, work->has_copy, &error);

  if (found == NULL)
    {
      outcome->corrupt++;
      g_test_message ("%s", error->message);
    }
  else if (g_strcmp0 (found, after) == 0)
    outcome->whole++;
  else if (is_acknowledged)
    outcome->lost++;
  else if (g_strcmp0 (found, before) == 0)
    outcome->absent++;
  else
    outcome->half++;
}

static Outcome
cut_power (const CrashWork *work, guint n_points)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *folder = make_folder ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DiskLog) log = record (work, &before, &after);
  Outcome outcome = { 0 };
  gsize   n = disk_log_length (log);

  /* Every point in turn, then again with other luck. */
  for (guint i = 0; i < n_points; i++)
    {
      gsize at = n_points > n ? i % (n + 1) : (gsize) g_rand_int_range (rand, 0, n + 1);

      disk_log_replay (log, at, rand, folder);
      judge (folder, work, before, after, at >= disk_log_acknowledged (log), &outcome);
    }
  g_test_message ("%s: %zu operations, %zu syncs, %zu bytes; %u points: %u absent, %u whole, %u half, %u corrupt, %u lost", work->name, disk_log_length (log), disk_log_syncs (log), disk_log_writes (log), n_points, outcome.absent, outcome.whole, outcome.half, outcome.corrupt, outcome.lost);
  remove_folder (folder);
  return outcome;
}

static void
test_work (gconstpointer data)
{
  const CrashWork *work = data;
  guint            n_points = crash_setting ("MQ_CRASH_POINTS", DEFAULT_POINTS) / n_crash_works;
  Outcome          outcome = cut_power (work, n_points);

  g_assert_cmpuint (outcome.half, ==, 0);
  g_assert_cmpuint (outcome.corrupt, ==, 0);
  g_assert_cmpuint (outcome.lost, ==, 0);
  g_assert_cmpuint (outcome.absent + outcome.whole, ==, n_points);
}

static void
test_without_sync (void)
{
  Outcome outcome;

  disk_shim_ignore_sync (TRUE);
  outcome = cut_power (&crash_works[1], DEFAULT_POINTS);
  disk_shim_ignore_sync (FALSE);
  g_assert_cmpuint (outcome.corrupt + outcome.lost, >, 0);
}

static void
test_piecemeal (void)
{
  Outcome outcome = cut_power (&crash_work_piecemeal, DEFAULT_POINTS);

  g_assert_cmpuint (outcome.half, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_crash_works; i++)
    {
      g_autofree char *path = g_strdup_printf ("/power-cut/%s", crash_works[i].name);

      g_test_add_data_func (path, &crash_works[i], test_work);
    }
  g_test_add_func ("/power-cut/without-sync", test_without_sync);
  g_test_add_func ("/power-cut/piecemeal", test_piecemeal);
  return g_test_run ();
}
