/* test-memory-faults.c: the n-th large allocation fails: the commit of an import, undo, erasure, compaction and backup then do their work all
 * the same or say that there is no memory; they never abort, and the project is as before or as after. A child process for
 * each. */

#include "crash-project.h"
#include "disk-shim.h"
#include "import/importer.h"
#include "memory-shim.h"
#include "project/erasure.h"
#include "project/project.h"

#include <glib/gstdio.h>

#define N_ROWS 150000
#define DEFAULT_FAULTS 5

typedef struct
{
  const char *name;
  MemoryWork  work;
} Work;

static char          *base;  /* folder of the project as it is before */
static MqImportDraft *third; /* what is imported then: read already */

static void
write_file (const char *folder, const char *name, guint first, guint last)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GString         *text = g_string_new ("customer_id,time,order_id,product,amount\n");

  for (guint row = first; row < last; row++)
    g_string_append_printf (text, "%u,2024-%02u-%02u,o%u,p%u,%u.50\n", row * 7919 % 9973, 1 + row % 12, 1 + row % 28, row, row % 61, row % 1000);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  g_string_free (text, TRUE);
}

static MqImportDraft *
read_draft (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  MqImportOptions  options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .now = G_GINT64_CONSTANT (1800000000000000) };
  g_autoptr (MqImportPlan) plan = NULL;

  return mq_importer_read (path, &options, &plan, NULL, error);
}

static gboolean
import (MqProject *project, const char *folder, const char *name, GError **error)
{
  g_autoptr (MqImportDraft) draft = read_draft (folder, name, error);
  MqImportOutcome outcome;

  return draft != NULL && mq_project_commit_import (project, draft, FALSE, &outcome, NULL, error);
}

static MqProject *
open_project (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, CRASH_NAME, NULL);

  return mq_project_open (path, MQ_OPEN_WRITE, error);
}

static gboolean
end (MqProject *project, gboolean good, GError **error)
{
  return project != NULL && mq_project_close (project, good ? error : NULL) && good;
}

static gboolean
work_import (const char *folder, GError **error)
{
  MqProject      *project = open_project (folder, error);
  MqImportOutcome outcome;

  return end (project, project != NULL && mq_project_commit_import (project, third, FALSE, &outcome, NULL, error), error);
}

static gboolean
work_undo (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return end (project, project != NULL && mq_project_undo_import (project, 1, NULL, NULL, error), error);
}

static gboolean
work_compact (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return end (project, project != NULL && mq_project_compact (project, NULL, error), error);
}

static gboolean
work_erase (const char *folder, GError **error)
{
  static const char *const keys[] = { "7", NULL };
  MqProject               *project = open_project (folder, error);
  MqErasure                erasure;

  return end (project, project != NULL && mq_project_erase (project, keys, FALSE, &erasure, NULL, error), error);
}

static gboolean
work_back_up (const char *folder, GError **error)
{
  g_autofree char *copy = g_build_filename (folder, CRASH_COPY, NULL);
  MqProject       *project = open_project (folder, error);

  return end (project, project != NULL && mq_project_backup (project, copy, NULL, error), error);
}

static const Work works[] = {
  { "import", work_import },
  { "undo", work_undo },
  { "compact", work_compact },
  { "erase", work_erase },
  { "backup", work_back_up },
};

static void
copy_project (const char *folder)
{
  g_autofree char *from = g_build_filename (base, CRASH_NAME, NULL);
  g_autofree char *to = g_build_filename (folder, CRASH_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize            length;

  disk_clear_folder (folder);
  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents_full (to, contents, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_work (gconstpointer data)
{
  const Work      *work = data;
  g_autofree char *folder = g_dir_make_tmp ("mq-memory-XXXXXX", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  guint  wanted = crash_setting ("MQ_CRASH_FAULTS", DEFAULT_FAULTS);
  guint  n_done = 0, n_tried = 0, n_died = 0;
  gint64 n;

  copy_project (folder);
  before = crash_describe (folder, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memory_run_child (work->name, work->work, folder, -1, &n), ==, MEMORY_DONE);
  after = crash_describe (folder, FALSE, &error);
  g_assert_no_error (error);
  for (gint64 at = 1; at <= n; at += wanted > 0 ? MAX (n / wanted, 1) : 1, n_tried++)
    {
      g_autofree char *found = NULL;
      int              end_status;

      copy_project (folder);
      end_status = memory_run_child (work->name, work->work, folder, at, NULL);
      n_died += end_status != MEMORY_DONE && end_status != MEMORY_SAID;
      n_done += end_status == MEMORY_DONE;
      found = crash_describe (folder, FALSE, &error);
      g_assert_no_error (error);
      if (g_strcmp0 (found, end_status == MEMORY_DONE ? after : before) != 0)
        g_assert_cmpstr (found, ==, after);
    }
  g_test_message ("%s: %d large allocations, %u tried: %u done all the same, %u said so, %u died", work->name, (int) n, n_tried, n_done, n_tried - n_done - n_died, n_died);
  g_assert_cmpuint (n_died, ==, 0);
  disk_clear_folder (folder);
  g_rmdir (folder);
}

static void
prepare (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  MqProject *project;

  base = g_dir_make_tmp ("mq-memory-XXXXXX", NULL);
  path = g_build_filename (base, CRASH_NAME, NULL);
  write_file (base, "a.csv", 0, N_ROWS);
  write_file (base, "b.csv", N_ROWS / 2, N_ROWS + N_ROWS / 2);
  write_file (base, "c.csv", N_ROWS, 2 * N_ROWS);
  project = mq_project_create (path, "UTC", "EUR", &error);
  g_assert_no_error (error);
  import (project, base, "a.csv", &error);
  g_assert_no_error (error);
  import (project, base, "b.csv", &error);
  g_assert_no_error (error);
  mq_project_close (project, &error);
  g_assert_no_error (error);
  third = read_draft (base, "c.csv", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  prepare ();
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_autofree char *path = g_strdup_printf ("/memory-faults/%s", works[i].name);

      g_test_add_data_func (path, &works[i], test_work);
    }
  status = g_test_run ();
  mq_import_draft_free (third);
  disk_clear_folder (base);
  g_rmdir (base);
  g_free (base);
  return status;
}
