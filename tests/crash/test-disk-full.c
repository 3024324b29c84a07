/* test-disk-full.c: a disk that is really full: a tmpfs of 8 MB in a mount namespace of its own, never any other disk.
 * Whatever room is left, the work says that there is none or is done; then the project is as it was, or has all of it. Skipped
 * where nothing may be mounted. */

#include "crash-project.h"
#include "disk-shim.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TMPFS_MAGIC 0x01021994
#define MAX_DISK (64 * 1024 * 1024)
#define FILLER "filler"
#define BLOCK 4096

static gboolean
mount_small_disk (const char *folder)
{
  if (unshare (CLONE_NEWNS) != 0 && unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 && mount ("tmpfs", folder, "tmpfs", 0, "size=8m") == 0;
}

/* To fill a disk that others use would harm them. */
static void
assert_small_disk (const char *folder)
{
  struct statfs info;

  g_assert_cmpint (statfs (folder, &info), ==, 0);
  g_assert_cmpint (info.f_type, ==, TMPFS_MAGIC);
  g_assert_cmpuint ((guint64) info.f_blocks * info.f_bsize, <, MAX_DISK);
}

/* Fills the disk but for `blocks`. */
static void
fill (const char *folder, guint blocks)
{
  g_autofree char *path = g_build_filename (folder, FILLER, NULL);
  char             zeros[BLOCK] = { 0 };
  int              fd;
  off_t            length;

  assert_small_disk (folder);
  fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  while (write (fd, zeros, BLOCK) == BLOCK)
    ;
  length = lseek (fd, 0, SEEK_END);
  g_assert_cmpint (ftruncate (fd, MAX (length - (off_t) blocks * BLOCK, 0)), ==, 0);
  close (fd);
}

/* What the project is when the work is done with all the room it wants. */
static char *
describe_done (const char *folder, const CrashWork *work)
{
  g_autoptr (GError) error = NULL;
  char *text;

  disk_clear_folder (folder);
  work->prepare (folder);
  work->work (folder, &error);
  g_assert_no_error (error);
  text = crash_describe (folder, work->has_copy, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
try_work (const char *folder, const CrashWork *work, guint blocks)
{
  g_autofree char *filler = g_build_filename (folder, FILLER, NULL);
  g_autofree char *done = work->ends_later ? describe_done (folder, work) : NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) found_error = NULL;
  gboolean good;

  disk_clear_folder (folder);
  work->prepare (folder);
  before = crash_describe (folder, work->has_copy, &found_error);
  g_assert_no_error (found_error);
  fill (folder, blocks);
  good = work->work (folder, &error);
  g_assert_cmpint (good, ==, error == NULL);
  g_unlink (filler);
  after = crash_describe (folder, work->has_copy, &found_error);
  g_assert_no_error (found_error);
  if (!good && g_strcmp0 (after, done) != 0)
    g_assert_cmpstr (after, ==, before);
  return good;
}

static void
test_full (gconstpointer data)
{
  static const guint rooms[] = { 0, 1, 2, 5, 10, 20, 40, 80, 160, 320, 1000 };
  const char        *folder = data;
  guint              n_done = 0, n_refused = 0;

  if (!mount_small_disk (folder))
    {
      g_test_skip ("nothing may be mounted here");
      return;
    }
  assert_small_disk (folder);
  for (guint i = 0; i < n_crash_works; i++)
    for (guint j = 0; j < G_N_ELEMENTS (rooms); j++)
      {
        gboolean done = try_work (folder, &crash_works[i], rooms[j]);

        n_done += done;
        n_refused += !done;
      }
  g_test_message ("%u done, %u refused for want of room", n_done, n_refused);
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpint (umount (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-full-XXXXXX", NULL);
  int              status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/disk-full/tmpfs", folder, test_full);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
