/* test-erasure.c: what is left of a person who was erased: nothing; what is left of others: all. */

#include "draft-maker.h"
#include "project/chunk.h"
#include "project/erasure.h"
#include "project/project-private.h"
#include "project/saved-segments.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *path;
  MqProject *project;
} Fixture;

/* The lines of the person with key 7 are marked: without them it is the project that is left. */
static const char *const orders[] = {
  "#key time:T order_id amount:m product\n"
  "7 100 A1 500 Kaftan|\n"
  "7 101 A2 600 Turban|\n"
  "8 100 B1 700 Cup\n"
  "- 102 A3 800 Cup\n"
  "9 103 C1 900 Pot\n",
  "#key time:T order_id amount:m product city:t\n"
  "- 100 A1 550 Kaftan Timbuktu|\n"
  "9 103 C1 950 Pot Rome\n",
  "#key time:T order_id amount:m product\n"
  "7 100 B1 700 Cup|\n",
};
static const char *const customers = "#key name city\n7 Zacharias Timbuktu|\n8 Ann Rome\n";

/* With the marked lines, or without them. */
static char *
take_lines (const char *text, gboolean marked)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (!g_str_has_suffix (lines[i], "|"))
      g_string_append_printf (out, "%s\n", lines[i]);
    else if (marked)
      g_string_append_printf (out, "%.*s\n", (int) strlen (lines[i]) - 1, lines[i]);
  return g_string_free (out, FALSE);
}

static void
commit (MqProject *project, MqKind kind, const char *text, gboolean marked)
{
  g_autofree char *lines = take_lines (text, marked);
  g_autoptr (MqImportDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  MqImportOutcome outcome;

  if (strchr (lines, '\n')[1] == '\0')
    return;
  draft = draft_make (kind, lines);
  for (guint i = 0; i < 2; i++)
    {
      MqReject *reject = g_new0 (MqReject, 1);

      reject->line = 100 + i;
      reject->reason = g_strdup ("not an amount");
      reject->text = i == 0 ? g_strdup ("7,Zebulon Quirk,x") : g_strdup ("17,Mary Plain,x");
      g_ptr_array_add (draft->rejects, reject);
    }
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
}

static MqProject *
make (const char *path, gboolean marked, guint n_orders)
{
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_create (path, "UTC", "EUR", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_orders; i++)
    commit (project, MQ_KIND_ORDERS, orders[i], marked);
  commit (project, MQ_KIND_CUSTOMERS, customers, marked);
  return project;
}

static char *
hash (MqProject *project)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = mq_project_load (project, NULL, &error);
  char *text;

  g_assert_no_error (error);
  text = g_strdup (mq_dataset_hash (dataset, NULL, &error));
  g_assert_no_error (error);
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-erasure-XXXXXX", NULL);

  fixture->path = g_build_filename (folder, "shop.marquetry", NULL);
  fixture->project = make (fixture->path, TRUE, G_N_ELEMENTS (orders));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autoptr (GError) error = NULL;

  if (fixture->project != NULL)
    mq_project_close (fixture->project, &error);
  g_assert_no_error (error);
  g_unlink (fixture->path);
  g_unlink (lock);
  g_rmdir (folder);
  g_free (fixture->path);
}

static void
erase (Fixture *fixture, const char *key, MqErasure *erasure)
{
  const char *const keys[] = { key, NULL };
  g_autoptr (GError) error = NULL;

  mq_project_erase (fixture->project, keys, FALSE, erasure, NULL, &error);
  g_assert_no_error (error);
}

/* Every blob of the records. (element-type GBytes) */
static GHashTable *
list_blobs (MqProject *project)
{
  static const char *const sql[] = { "SELECT data FROM chunk", "SELECT dictionary FROM run_column WHERE dictionary IS NOT NULL", "SELECT data FROM mask" };
  GHashTable              *blobs = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  gboolean                 row;

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      sqlite3_stmt *statement = mq_db_prepare (project->db, sql[i], NULL);

      while (mq_db_step (project->db, statement, &row, NULL) && row)
        g_hash_table_add (blobs, g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0)));
    }
  return blobs;
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static gboolean
holds (GBytes *file, gconstpointer text, gsize length)
{
  gsize       size;
  const char *bytes = g_bytes_get_data (file, &size);

  return memmem (bytes, size, text, length) != NULL;
}

/* Dictionaries are compressed: they are looked into. */
static void
assert_no_string (MqProject *project, const char *text)
{
  sqlite3_stmt *statement = mq_db_prepare (project->db, "SELECT dictionary FROM run_column WHERE dictionary IS NOT NULL", NULL);
  gboolean      row;

  while (mq_db_step (project->db, statement, &row, NULL) && row)
    {
      g_autoptr (MqStrings) strings = mq_strings_decode (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0), NULL);

      g_assert_nonnull (strings);
      for (guint i = 0; i < mq_strings_length (strings); i++)
        g_assert_null (strstr (mq_strings_get (strings, i), text));
    }
}

static void
test_nothing_is_left (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "Kaftan", "Turban", "Timbuktu", "Zacharias", "A1", "A2" };
  g_autoptr (GHashTable) before = list_blobs (fixture->project);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer       blob;
  MqErasure      erasure;
  guint          n_gone = 0;

  erase (fixture, "7", &erasure);
  g_assert_cmpint (erasure.persons, ==, 1);
  g_assert_cmpint (erasure.records[MQ_KIND_ORDERS], ==, 5); /* with the old version of B1, which would come back else */
  g_assert_cmpint (erasure.records[MQ_KIND_CUSTOMERS], ==, 1);
  g_assert_cmpint (erasure.rejects, ==, 4);
  after = list_blobs (fixture->project);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_no_string (fixture->project, texts[i]);
  file = read_file (fixture->path);
  g_assert_false (holds (file, "Zebulon", 7));
  g_assert_true (holds (file, "Mary Plain", 10));
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &blob, NULL))
    if (!g_hash_table_contains (after, blob))
      {
        n_gone++;
        g_assert_false (holds (file, g_bytes_get_data (blob, NULL), g_bytes_get_size (blob)));
      }
  g_assert_cmpint (n_gone, >, 5);
  mq_project_check (fixture->project, NULL, &error);
  g_assert_no_error (error);
}

static void
test_others_are_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_strconcat (fixture->path, "-other", NULL);
  g_autofree char *lock = g_strconcat (other, ".lock", NULL);
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  MqErasure  erasure;
  MqProject *project;

  erase (fixture, "8", &erasure);
  erase (fixture, "7", &erasure);
  found = hash (fixture->project);
  project = mq_project_create (other, "UTC", "EUR", &error);
  g_assert_no_error (error);
  commit (project, MQ_KIND_ORDERS, "#key time:T order_id amount:m product\n- 102 A3 800 Cup\n9 103 C1 900 Pot\n", FALSE);
  commit (project, MQ_KIND_ORDERS, orders[1], FALSE);
  expected = hash (project);
  g_assert_cmpstr (found, ==, expected);
  /* What was left can be undone as if the others had been alone from the start. */
  mq_project_undo_import (fixture->project, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  mq_project_undo_import (project, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&found, g_free);
  g_clear_pointer (&expected, g_free);
  found = hash (fixture->project);
  expected = hash (project);
  g_assert_cmpstr (found, ==, expected);
  mq_project_close (project, &error);
  g_assert_no_error (error);
  g_unlink (other);
  g_unlink (lock);
}

static void
test_compacted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *compacted = NULL;
  g_autoptr (GError) error = NULL;
  MqErasure erasure;

  mq_project_compact (fixture->project, NULL, &error);
  g_assert_no_error (error);
  erase (fixture, "7", &erasure);
  g_assert_cmpint (erasure.records[MQ_KIND_ORDERS], ==, 5);
  assert_no_string (fixture->project, "Kaftan");
  plain = hash (fixture->project);
  mq_project_compact (fixture->project, NULL, &error);
  g_assert_no_error (error);
  compacted = hash (fixture->project);
  g_assert_cmpstr (plain, ==, compacted);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  const char *const keys[] = { "7", NULL };
  g_autoptr (GBytes) before = read_file (fixture->path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  MqErasure erasure;

  mq_project_erase (fixture->project, keys, TRUE, &erasure, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (erasure.records[MQ_KIND_ORDERS], ==, 5);
  after = read_file (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_segments_and_values (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = { "!7", "!8", NULL };
  g_autoptr (MqStringsBuilder) builder = mq_strings_builder_new ();
  g_autoptr (MqStrings) keys = NULL;
  g_autoptr (MqSavedSegment) segment = NULL;
  g_autoptr (MqTable) segments = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *search = NULL;
  g_autofree char *other = NULL;
  MqErasure        erasure;

  for (guint i = 0; members[i] != NULL; i++)
    mq_strings_builder_add (builder, members[i], strlen (members[i]));
  keys = mq_strings_builder_finish (g_steal_pointer (&builder));
  segment = mq_saved_segment_new ("both", "", 0, keys);
  mq_project_save_segment (fixture->project, segment, &error);
  g_assert_no_error (error);
  mq_project_set_value (fixture->project, "search", "{\"query\": \"7\"}", &error);
  mq_project_set_value (fixture->project, "other", "{\"query\": \"77\"}", &error);
  g_assert_no_error (error);
  erase (fixture, "7", &erasure);
  g_assert_cmpint (erasure.segments, ==, 1);
  g_assert_cmpint (erasure.values, ==, 1);
  segments = mq_project_list_segments (fixture->project, &error);
  g_assert_cmpint (mq_table_integer (segments, 0, 1), ==, 1);
  search = mq_project_get_value (fixture->project, "search", &error);
  other = mq_project_get_value (fixture->project, "other", &error);
  g_assert_null (search);
  g_assert_nonnull (other);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  const char *const keys[] = { "7", "nobody", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = hash (fixture->project);
  g_autofree char *after = NULL;
  MqErasure        erasure;

  mq_project_close (fixture->project, NULL);
  fixture->project = mq_project_open (fixture->path, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
  /* The first stands in a rejected row, so a key that nobody has may be meant for it. */
  erase (fixture, "17", &erasure);
  g_assert_cmpint (erasure.rejects, ==, 4);
  after = hash (fixture->project);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (mq_project_erase (fixture->project, keys + 1, FALSE, &erasure, NULL, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/erasure/nothing-is-left", test_nothing_is_left);
  ADD ("/erasure/others-are-left", test_others_are_left);
  ADD ("/erasure/compacted", test_compacted);
  ADD ("/erasure/dry-run", test_dry_run);
  ADD ("/erasure/segments-and-values", test_segments_and_values);
  ADD ("/erasure/unknown", test_unknown);
  return g_test_run ();
}
