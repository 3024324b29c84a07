/* test-project.c: the life of a project file, and what is refused. */

#include "draft-maker.h"
#include "project/db.h"
#include "project/page-check.h"
#include "project/project.h"
#include "project/run-reader.h"
#include "project/saved-segments.h"
#include "project/staged-run.h"

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
  {
    g_autoptr (GHashTable) values = mq_project_list_values (project, NULL);

    g_assert_cmpuint (g_hash_table_size (values), ==, 1);
    g_assert_cmpstr (g_hash_table_lookup (values, "page"), ==, "rfm");
  }
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

/* The copy fails at the last chunk, when most of the import is in the journal already. */
static void
test_half_import (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GString) text = g_string_new ("#key time:T order_id amount:m");
  MqImportDraft  *draft;
  MqImportOutcome outcome;
  MqStagedRun    *staged;
  MqStagedColumn *column;

  commit (project, MQ_KIND_ORDERS, orders);
  close_project (project);
  before = read_bytes (fixture->path);
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "\n%u %u X%u %u", i * 7919 % 65537, i * 104729 % 99991, i, i * 31337 % 100003);
  g_string_append_c (text, '\n');
  draft = draft_make (MQ_KIND_ORDERS, text->str);
  staged = draft->runs->pdata[0];
  column = staged->columns->pdata[staged->columns->len - 1];
  g_array_index (column->chunks, MqStagedChunk, column->chunks->len - 1).piece.offset += 1 << 30;
  project = mq_project_open (fixture->path, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (mq_project_revision (project), ==, 2);
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

/* With good checksums of pages, as no accident would. */
static void
corrupt (Fixture *fixture, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, mq_page_check_vfs ()), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* The damage that `sql` does to a project with one import is found and named. */
static void
assert_damage (Fixture *fixture, const char *sql, const char *named)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;

  commit (project, MQ_KIND_ORDERS, orders);
  mq_project_check (project, NULL, &error);
  g_assert_no_error (error);
  close_project (project);
  corrupt (fixture, sql);
  project = mq_project_open (fixture->path, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  g_assert_false (mq_project_check (project, NULL, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, named));
  g_clear_error (&error);
  /* What the project holds can be asked for all the same: the damage is an answer. */
  tables = mq_project_info (project, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mq_table_text (tables->pdata[3], 0, 1), !=, "ok");
  close_project (project);
  g_unlink (fixture->path);
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  assert_damage (fixture, "UPDATE chunk SET data = zeroblob (length (data)) WHERE position = 1", "import 1, rows 1 to 3, column time of orders");
  assert_damage (fixture, "DELETE FROM chunk WHERE position = 2", "column order_id of orders");
  assert_damage (fixture, "UPDATE chunk SET rows = 2 WHERE position = 3", "column amount of orders");
  assert_damage (fixture, "UPDATE run_column SET dictionary = x'00' WHERE position = 4", "column product of orders");
  assert_damage (fixture, "UPDATE run_column SET strings = 1 WHERE position = 2", "column order_id of orders");
  assert_damage (fixture, "UPDATE chunk SET maximum = maximum + 1 WHERE position = 1", "column time of orders");
  assert_damage (fixture, "UPDATE run SET rows = 5", "orders");
  assert_damage (fixture, "UPDATE run SET rows = 4000000000", "list of runs");
  assert_damage (fixture, "UPDATE chunk SET data = x'' WHERE position = 1", "column time of orders");
  assert_damage (fixture, "INSERT INTO mask (run, old_run, pairs, data) VALUES (1, 1, 1, x'0000')", "what replaces what in orders");
  assert_damage (fixture, "PRAGMA foreign_keys = OFF; INSERT INTO reject VALUES (9, 1, 1, '', '')", "reject");
}

/* A text is NULL where the schema forbids it: the rule is taken out, and put back afterwards. */
static void
set_null (Fixture *fixture, const char *table, const char *column)
{
  sqlite3         *handle;
  g_autofree char *find = g_strdup_printf ("SELECT sql FROM sqlite_schema WHERE name = '%s'", table);
  g_autofree char *sql = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *change = NULL;
  g_autoptr (GString) text = NULL;
  sqlite3_stmt *statement;
  const char   *put = "UPDATE sqlite_schema SET sql = ? WHERE name = ?";

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, mq_page_check_vfs ()), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, find, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  sql = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  text = g_string_new (sql);
  g_string_replace (text, "NOT NULL", "", 0);
  for (guint pass = 0; pass < 2; pass++)
    {
      g_assert_cmpint (sqlite3_exec (handle, "PRAGMA writable_schema = ON", NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_prepare_v2 (handle, put, -1, &statement, NULL), ==, SQLITE_OK);
      sqlite3_bind_text (statement, 1, pass == 0 ? text->str : sql, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, table, -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
      sqlite3_finalize (statement);
      g_assert_cmpint (sqlite3_exec (handle, "PRAGMA writable_schema = RESET", NULL, NULL, NULL), ==, SQLITE_OK);
      if (pass > 0)
        continue;
      change = g_strdup_printf ("UPDATE %s SET %s = NULL", table, column);
      g_assert_cmpint (sqlite3_exec (handle, change, NULL, NULL, NULL), ==, SQLITE_OK);
    }
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
read_everything (MqProject *project)
{
  g_autoptr (GPtrArray) tables = mq_project_info (project, NULL, NULL);
  g_autoptr (MqTable) imports = mq_project_list_imports (project, NULL);
  g_autoptr (MqTable) rejects = mq_project_list_rejects (project, 0, NULL);
  g_autoptr (MqTable) segments = mq_project_list_segments (project, NULL);
  g_autoptr (MqDataset) dataset = mq_project_load (project, NULL, NULL);

  mq_project_check (project, NULL, NULL);
}

/* No accident puts a NULL there, only somebody who means it: nothing dies of it. */
static void
test_nulls (Fixture *fixture, gconstpointer data)
{
  static const char *const places[][2] = {
    { "project", "value" },
    { "import", "file_name" },
    { "import", "sha256" },
    { "import", "mapping" },
    { "run_column", "name" },
    { "run_column", "label" },
    { "run_column", "dictionary" },
    { "chunk", "data" },
    { "reject", "reason" },
    { "reject", "text" },
    { "status", "text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      MqProject *project = create (fixture);

      commit (project, MQ_KIND_ORDERS, orders);
      close_project (project);
      set_null (fixture, places[i][0], places[i][1]);
      project = mq_project_open (fixture->path, MQ_OPEN_READ, NULL);
      if (project != NULL)
        {
          read_everything (project);
          close_project (project);
        }
      g_unlink (fixture->path);
    }
}

static const char *
find_value (const MqTable *table, const char *name)
{
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    if (strcmp (mq_table_text (table, row, 0), name) == 0)
      return mq_table_text (table, row, 1);
  return NULL;
}

static void
test_info (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GString) kinds = g_string_new (NULL);
  g_autoptr (GString) fields = g_string_new (NULL);

  commit (project, MQ_KIND_ORDERS, orders);
  commit (project, MQ_KIND_ORDERS, "#key time:T order_id amount:m product note:i\n7 1000 A1 500 cup 1\n9 3000 A9 500 pot 1\n");
  tables = mq_project_info (project, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_value (tables->pdata[0], "currency"), ==, "CNY");
  g_assert_cmpstr (find_value (tables->pdata[0], "revision"), ==, "3");
  mq_table_write_csv (tables->pdata[1], FALSE, kinds);
  g_assert_cmpstr (kinds->str, ==, "kind,imports,rows,masked,from,to\norders,2,4,1,1970-01-01T08:16:40+08:00,1970-01-01T08:50:00+08:00\n");
  mq_table_write_csv (tables->pdata[2], FALSE, fields);
  g_assert_cmpstr (fields->str, ==, "kind,field,type,filled,distinct\n"
                                    "orders,key.customer_id,text,3,2\n"
                                    "orders,time,time,4,4\n"
                                    "orders,amount,money,4,3\n"
                                    "orders,order_id,text,4,4\n"
                                    "orders,product,text,3,2\n"
                                    "orders,note,integer,2,1\n");
  g_assert_cmpstr (mq_table_text (tables->pdata[3], 0, 1), ==, "ok");
  close_project (project);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  MqProject       *project = create (fixture);
  MqProject       *copy;
  g_autofree char *path = g_build_filename (fixture->folder, "copy.marquetry", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  commit (project, MQ_KIND_ORDERS, orders);
  g_assert_true (mq_project_backup (project, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (mq_project_backup (project, fixture->path, NULL, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS);
  g_clear_error (&error);
  close_project (project);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  copy = mq_project_open (path, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mq_project_revision (copy), ==, 2);
  g_assert_true (mq_project_check (copy, NULL, &error));
  close_project (copy);
}

static void
test_undo_numbers (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) imports = NULL;
  gint64 undone;

  commit (project, MQ_KIND_ORDERS, orders);
  commit (project, MQ_KIND_ORDERS, orders);
  g_assert_true (mq_project_undo_import (project, 0, &undone, NULL, &error));
  g_assert_cmpint (undone, ==, 2);
  commit (project, MQ_KIND_ORDERS, orders);
  g_assert_true (mq_project_undo_import (project, 1, &undone, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (mq_project_undo_import (project, 2, &undone, NULL, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_IMPORT);
  imports = mq_project_list_imports (project, NULL);
  g_assert_cmpuint (mq_table_n_rows (imports), ==, 1);
  g_assert_cmpint (mq_table_integer (imports, 0, 0), ==, 3);
  /* Its rows changed nothing while import 1 was there; now they are new. */
  g_assert_cmpint (mq_table_integer (imports, 0, mq_table_find_column (imports, "stored")), ==, 3);
  g_assert_cmpint (mq_table_integer (imports, 0, mq_table_find_column (imports, "unchanged")), ==, 0);
  close_project (project);
}

/* A writer that was killed leaves its file in WAL; the next one mends it, and a reader reads it. */
static void
test_left_wal (Fixture *fixture, gconstpointer data)
{
  MqProject *project = create (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (fixture->folder, "left.marquetry", NULL);
  g_autofree char *wal = g_strconcat (copy, "-wal", NULL);
  g_autofree char *own_wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GBytes) main_bytes = NULL;
  g_autoptr (GBytes) wal_bytes = NULL;

  commit (project, MQ_KIND_ORDERS, orders);
  /* The first import grows the file itself. */
  g_assert_false (g_file_test (own_wal, G_FILE_TEST_EXISTS));
  commit (project, MQ_KIND_ORDERS, orders);
  /* What a crash leaves is what is there while the writer is open. */
  main_bytes = read_bytes (fixture->path);
  wal_bytes = read_bytes (own_wal);
  close_project (project);
  g_assert_true (g_file_set_contents (copy, g_bytes_get_data (main_bytes, NULL), g_bytes_get_size (main_bytes), NULL));
  g_assert_true (g_file_set_contents (wal, g_bytes_get_data (wal_bytes, NULL), g_bytes_get_size (wal_bytes), NULL));
  project = mq_project_open (copy, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mq_project_revision (project), ==, 3);
  close_project (project);
  project = mq_project_open (copy, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_check (project, NULL, &error));
  close_project (project);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* By a status text: what the user said stays, whatever the next import proposes. */
static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  MqProject      *project = create (fixture);
  MqImportDraft  *draft = draft_make (MQ_KIND_ORDERS, orders);
  MqStatusCount  *count = g_new0 (MqStatusCount, 1);
  MqImportOutcome outcome;
  g_autoptr (GError) error = NULL;
  sqlite3      *handle;
  sqlite3_stmt *statement;

  g_assert_true (mq_project_set_status (project, "ok", MQ_STATUS_CLOSED, &error));
  count->text = g_strdup ("ok");
  count->status = MQ_STATUS_PAID;
  g_ptr_array_add (draft->statuses, count);
  g_assert_true (mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error));
  mq_import_draft_free (draft);
  close_project (project);
  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  sqlite3_prepare_v2 (handle, "SELECT status, import = 0 FROM status WHERE text = 'ok' ORDER BY import = 0 DESC", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, MQ_STATUS_CLOSED);
  g_assert_cmpint (sqlite3_column_int (statement, 1), ==, 1);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
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
  ADD ("/project/half-import", test_half_import);
  ADD ("/project/refused", test_refused);
  ADD ("/project/not-project", test_not_project);
  ADD ("/project/damage", test_damage);
  ADD ("/project/nulls", test_nulls);
  ADD ("/project/info", test_info);
  ADD ("/project/backup", test_backup);
  ADD ("/project/undo-numbers", test_undo_numbers);
  ADD ("/project/left-wal", test_left_wal);
  ADD ("/project/statuses", test_statuses);
  return g_test_run ();
}
