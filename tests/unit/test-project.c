/* test-project.c: the life of a project file, and what is refused. */

#include "draft-maker.h"
#include "project/db.h"
#include "project/project.h"
#include "project/run-reader.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mq-project-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "shop 100%?#.marquetry", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static MqProject *
create (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_create (fixture->path, "Asia/Shanghai", "CNY", &error);

  g_assert_no_error (error);
  return project;
}

static void
close_project (MqProject *project)
{
  g_autoptr (GError) error = NULL;

  mq_project_close (project, &error);
  g_assert_no_error (error);
}

static GBytes *
read_bytes (const char *path)
{
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_bytes_new_take (contents, length);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static const char orders[] = "#key time:T order_id amount:m product\n"
                             "7 1000 A1 500 cup\n"
                             "7 2000 A2 250 -\n"
                             "- 1500 A3 100 cup\n";

static void
commit (MqProject *project, MqKind kind, const char *text)
{
  MqImportDraft  *draft = draft_make (kind, text);
  MqImportOutcome outcome;
  g_autoptr (GError) error = NULL;

  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  mq_import_draft_free (draft);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  MqProject  *project = create (fixture);
  struct stat info;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mq_project_zone (project), ==, "Asia/Shanghai");
  g_assert_cmpstr (mq_project_currency (project), ==, "CNY");
  g_assert_cmpint (mq_project_revision (project), ==, 1);
  g_assert_false (mq_project_is_read_only (project));
  close_project (project);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_null (mq_project_create (fixture->path, "UTC", "XXX", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (mq_project_create ("/tmp/none", "Mars/Olympus", "XXX", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING);
  g_clear_error (&error);
  g_assert_null (mq_project_create ("/tmp/none", "UTC", "yuan", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING);
  g_clear_error (&error);
  g_assert_null (mq_project_open ("/nonexistent/file", MQ_OPEN_READ, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING);
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  MqProject *first = create (fixture);
  MqProject *second;
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = g_strdup_printf ("pid %d on ", (int) getpid ());

  g_assert_null (mq_project_open (fixture->path, MQ_OPEN_WRITE, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, pid));
  g_clear_error (&error);
  second = mq_project_open (fixture->path, MQ_OPEN_WRITE_OR_READ, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_is_read_only (second));
  g_assert_true (g_str_has_prefix (mq_project_holder (second), pid));
  g_assert_false (mq_project_set_value (second, "a", "b", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY);
  g_clear_error (&error);
  close_project (second);
  close_project (first);
  second = mq_project_open (fixture->path, MQ_OPEN_WRITE_OR_READ, &error);
  g_assert_no_error (error);
  g_assert_false (mq_project_is_read_only (second));
  close_project (second);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  MqProject       *project = create (fixture);
  g_autofree char *value = NULL;

  g_assert_true (mq_project_set_value (project, "page", "rfm", NULL));
  value = mq_project_get_value (project, "page", NULL);
  g_assert_cmpstr (value, ==, "rfm");
  g_assert_cmpint (mq_project_revision (project), ==, 1);
  g_assert_true (mq_project_set_value (project, "page", NULL, NULL));
  g_assert_null (mq_project_get_value (project, "page", NULL));
  close_project (project);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (MqDb) db = NULL;
  g_autoptr (MqStrings) keys = NULL;
  g_autoptr (MqTable) imports = NULL;
  const MqRunInfo *info;
  gint64           values[3];
  guint32          codes[3];

  commit (project, MQ_KIND_ORDERS, orders);
  g_assert_cmpint (mq_project_revision (project), ==, 2);
  imports = mq_project_list_imports (project, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mq_table_n_rows (imports), ==, 1);
  g_assert_cmpint (mq_table_integer (imports, 0, mq_table_find_column (imports, "rows")), ==, 3);
  close_project (project);

  db = mq_db_open (fixture->path, FALSE, FALSE, &error);
  g_assert_no_error (error);
  runs = mq_runs_list (db, MQ_KIND_ORDERS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  info = runs->pdata[0];
  g_assert_cmpuint (info->n_rows, ==, 3);
  g_assert_true (mq_run_read_values (db, info, mq_run_info_find (info, "time"), values, NULL, &error));
  g_assert_cmpint (values[0], ==, 1500 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpint (values[2], ==, 2000 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpint (mq_run_info_find (info, "time")->minimum, ==, 1000 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpint (mq_run_info_find (info, "product")->missing, ==, 1);
  g_assert_true (mq_run_read_values (db, info, mq_run_info_find (info, "#import"), values, NULL, &error));
  g_assert_cmpint (values[1], ==, 1);
  keys = mq_run_read_strings (db, info, mq_run_info_find (info, "#key"), &error);
  g_assert_cmpstr (mq_strings_get (keys, 1), ==, "!7");
  g_assert_true (mq_run_read_codes (db, info, mq_run_info_find (info, "#key"), codes, NULL, &error));
  g_assert_cmpuint (codes[0], ==, 0);
  g_assert_cmpuint (codes[2], ==, 1);
}

static void
test_failed_import (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MqRun           run = { cancellable, NULL, 1 };
  MqImportDraft  *draft = draft_make (MQ_KIND_ORDERS, orders);
  MqImportOutcome outcome;
  g_autoptr (GError) error = NULL;

  commit (project, MQ_KIND_ORDERS, orders);
  close_project (project);
  before = read_bytes (fixture->path);
  project = mq_project_open (fixture->path, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (mq_project_commit_import (project, draft, FALSE, &outcome, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (mq_project_commit_import (project, draft, TRUE, &outcome, NULL, &error));
  close_project (project);
  mq_import_draft_free (draft);
  after = read_bytes (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* Changes a good project as SQL says, and expects it to be refused with `code`, untouched. */
static void
assert_refused (Fixture *fixture, const char *sql, MqProjectError code)
{
  g_autoptr (GBytes) before = NULL;
  sqlite3 *handle;

  close_project (create (fixture));
  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  before = read_bytes (fixture->path);
  for (MqOpenMode mode = MQ_OPEN_READ; mode <= MQ_OPEN_WRITE_OR_READ; mode++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) after = NULL;

      g_assert_null (mq_project_open (fixture->path, mode, &error));
      g_assert_error (error, MQ_PROJECT_ERROR, (int) code);
      after = read_bytes (fixture->path);
      g_assert_true (g_bytes_equal (before, after));
      g_assert_cmpuint (count_files (fixture), ==, 1);
    }
  g_unlink (fixture->path);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, "PRAGMA user_version = 2", MQ_PROJECT_ERROR_FUTURE);
  assert_refused (fixture, "PRAGMA user_version = 0", MQ_PROJECT_ERROR_NOT_PROJECT);
  assert_refused (fixture, "PRAGMA application_id = 7", MQ_PROJECT_ERROR_NOT_PROJECT);
  assert_refused (fixture, "CREATE TRIGGER t AFTER INSERT ON import BEGIN DELETE FROM run; END", MQ_PROJECT_ERROR_HOSTILE);
  assert_refused (fixture, "CREATE VIEW v AS SELECT 1", MQ_PROJECT_ERROR_HOSTILE);
  assert_refused (fixture, "CREATE TABLE more (a)", MQ_PROJECT_ERROR_HOSTILE);
  assert_refused (fixture, "DROP TABLE status", MQ_PROJECT_ERROR_HOSTILE);
  assert_refused (fixture, "ALTER TABLE status ADD COLUMN evil TEXT", MQ_PROJECT_ERROR_HOSTILE);
  assert_refused (fixture, "DELETE FROM project WHERE name = 'zone'", MQ_PROJECT_ERROR_DAMAGED);
}

static void
assert_refused_bytes (Fixture *fixture, const char *contents, gssize length, MqProjectError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) before = NULL;

  g_assert_true (g_file_set_contents (fixture->path, contents, length, NULL));
  before = read_bytes (fixture->path);
  g_assert_null (mq_project_open (fixture->path, MQ_OPEN_WRITE, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, (int) code);
  after = read_bytes (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_not_project (Fixture *fixture, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (100000);
  g_autoptr (GBytes) good = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize              length;

  assert_refused_bytes (fixture, "", 0, MQ_PROJECT_ERROR_NOT_PROJECT);
  assert_refused_bytes (fixture, "time,amount\n", -1, MQ_PROJECT_ERROR_NOT_PROJECT);
  assert_refused_bytes (fixture, zeros, 100000, MQ_PROJECT_ERROR_NOT_PROJECT);
  g_unlink (fixture->path);
  close_project (create (fixture));
  good = read_bytes (fixture->path);
  bytes = g_memdup2 (g_bytes_get_data (good, &length), g_bytes_get_size (good));
  length = g_bytes_get_size (good);
  memset (bytes + 100, 0x55, 60);
  assert_refused_bytes (fixture, (const char *) bytes, length, MQ_PROJECT_ERROR_DAMAGED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/project/create", test_create);
  ADD ("/project/lock", test_lock);
  ADD ("/project/values", test_values);
  ADD ("/project/import", test_import);
  ADD ("/project/failed-import", test_failed_import);
  ADD ("/project/refused", test_refused);
  ADD ("/project/not-project", test_not_project);
  return g_test_run ();
}
