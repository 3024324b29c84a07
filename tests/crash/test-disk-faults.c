/* test-disk-faults.c: every call to the disk fails, once and from then on, with an I/O error and with "no space left".
 * The work says so or is done; afterwards the project opens, is whole, and holds all or nothing. MQ_CRASH_FAULTS sets the
 * number of calls tried for each work (0: all). */

#include "crash-project.h"
#include "disk-shim.h"

#include <errno.h>
#include <glib/gstdio.h>

#define DEFAULT_FAULTS 25

typedef struct
{
  const CrashWork *work;
  int              number;
  gboolean         for_ever;
  gboolean         reads;
} Fault;

typedef struct
{
  char *folder;  /* (owned) with the project as it was */
  char *scratch; /* (owned) */
  char *before;
  char *after;
} Course;

static void
copy_files (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  disk_clear_folder (to);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (from, name, NULL);
      g_autofree char *copy = g_build_filename (to, name, NULL);
      g_autofree char *contents = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_true (g_file_set_contents_full (copy, contents, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}

/* The number of calls that the work makes. */
static gsize
measure (Course *self, const Fault *fault)
{
  g_autoptr (GError) error = NULL;
  gsize n;

  copy_files (self->folder, self->scratch);
  disk_shim_fail (self->scratch, G_MAXSIZE, FALSE, fault->reads, 0);
  fault->work->work (self->scratch, &error);
  n = disk_shim_end_fail ();
  g_assert_no_error (error);
  self->after = crash_describe (self->scratch, fault->work->has_copy, &error);
  g_assert_no_error (error);
  return n;
}

/* TRUE if the work was done all the same. */
static gboolean
fail_at (const Course *self, const Fault *fault, gsize at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) found_error = NULL;
  g_autofree char *found = NULL;
  gboolean         good;

  copy_files (self->folder, self->scratch);
  disk_shim_fail (self->scratch, at, fault->for_ever, fault->reads, fault->number);
  good = fault->work->work (self->scratch, &error);
  disk_shim_end_fail ();
  g_assert_cmpint (good, ==, error == NULL);
  found = crash_describe (self->scratch, fault->work->has_copy, &found_error);
  g_assert_no_error (found_error);
  if (g_strcmp0 (found, self->after) == 0)
    return good;
  g_assert_false (good);
  g_assert_cmpstr (found, ==, self->before);
  return FALSE;
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  Course       course = { g_dir_make_tmp ("mq-faults-XXXXXX", NULL), g_dir_make_tmp ("mq-faults-XXXXXX", NULL), NULL, NULL };
  g_autoptr (GError) error = NULL;
  guint wanted = crash_setting ("MQ_CRASH_FAULTS", DEFAULT_FAULTS);
  guint n_done = 0, n_tried = 0;
  gsize n;

  fault->work->prepare (course.folder);
  course.before = crash_describe (course.folder, fault->work->has_copy, &error);
  g_assert_no_error (error);
  n = measure (&course, fault);
  for (gsize at = 0; at<n; at += wanted> 0 ? MAX (n / wanted, 1) : 1, n_tried++)
    n_done += fail_at (&course, fault, at);
  g_test_message ("%zu calls, %u tried: %u done all the same, %u said so", n, n_tried, n_done, n_tried - n_done);
  disk_clear_folder (course.folder);
  disk_clear_folder (course.scratch);
  g_rmdir (course.folder);
  g_rmdir (course.scratch);
  g_free (course.folder);
  g_free (course.scratch);
  g_free (course.before);
  g_free (course.after);
}

static void
add_test (const CrashWork *work, const char *name, int number, gboolean for_ever, gboolean reads)
{
  g_autofree char *path = g_strdup_printf ("/disk-faults/%s/%s-%s", work->name, name, for_ever ? "for-ever" : "once");
  Fault           *fault = g_new (Fault, 1);

  *fault = (Fault){ work, number, for_ever, reads };
  g_test_add_data_func_full (path, fault, test_fault, g_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_crash_works; i++)
    for (gboolean for_ever = FALSE; for_ever <= TRUE; for_ever++)
      {
        add_test (&crash_works[i], "error", EIO, for_ever, TRUE);
        add_test (&crash_works[i], "full", ENOSPC, for_ever, FALSE);
      }
  return g_test_run ();
}
