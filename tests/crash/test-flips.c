/* test-flips.c: bits of a project are flipped and its end is cut off. Each time it is refused, or the damage is named, or
 * nothing that it holds is another: never a crash, never a silent change. MQ_CRASH_FLIPS sets the number. */

#include "crash-project.h"
#include "disk-shim.h"
#include "project/page-check.h"
#include "project/project.h"
#include "project/salvage.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEFAULT_FLIPS 150
#define SALVAGE_EVERY 10

typedef struct
{
  guint refused, named, placed, same, silent;
  guint salvaged;
  gsize rows; /* in what was salvaged */
} Outcome;

/* All that can be read from a project; NULL with error. */
static char *
dump (MqProject *project, GError **error)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (MqTable) imports = mq_project_list_imports (project, error);
  g_autoptr (MqTable) rejects = imports != NULL ? mq_project_list_rejects (project, 0, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean good = rejects != NULL;

  for (MqKind kind = 0; good && kind < MQ_N_KINDS; kind++)
    good = mq_project_export (project, kind, FALSE, out, NULL, error);
  if (!good)
    return NULL;
  mq_table_write_csv (imports, FALSE, text);
  mq_table_write_csv (rejects, FALSE, text);
  g_string_append_printf (text, "%s %s %d\n", mq_project_zone (project), mq_project_currency (project), (int) mq_project_revision (project));
  g_string_append_len (text, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)), g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_named (const GError *error)
{
  return g_error_matches (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED) || g_error_matches (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NOT_PROJECT) || g_error_matches (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FUTURE) || g_error_matches (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_HOSTILE);
}

static void
judge (const char *path, const char *expected, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) check_error = NULL;
  MqProject       *project = mq_project_open (path, MQ_OPEN_READ, &error);
  g_autofree char *found = NULL;
  gboolean         is_whole;

  if (project == NULL)
    {
      g_assert_true (is_named (error));
      outcome->refused++;
      return;
    }
  is_whole = mq_project_check (project, NULL, &check_error);
  found = dump (project, &error);
  g_assert_true (is_whole || is_named (check_error));
  g_assert_true (found != NULL || is_named (error));
  g_assert_true (mq_project_close (project, NULL));
  if (found == NULL || !is_whole)
    {
      outcome->named++;
      outcome->placed += !is_whole && strstr (check_error->message, "import ") != NULL;
    }
  else if (strcmp (found, expected) == 0)
    outcome->same++;
  /* What is read is right even where something else is damaged. */
  if (found != NULL && strcmp (found, expected) != 0)
    outcome->silent++;
}

static gsize
count_rows (MqProject *project)
{
  g_autoptr (MqTable) imports = mq_project_list_imports (project, NULL);
  gsize rows = 0;

  for (gsize row = 0; row < mq_table_n_rows (imports); row++)
    rows += mq_table_integer (imports, row, mq_table_find_column (imports, "rows"));
  return rows;
}

/* What can be made of it is whole. */
static void
salvage (const char *path, const char *to, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) lost = NULL;
  MqProject *project;

  if (!mq_project_salvage (path, to, &lost, NULL, &error))
    {
      g_assert_true (is_named (error));
      g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
      return;
    }
  project = mq_project_open (to, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  mq_project_check (project, NULL, &error);
  g_assert_no_error (error);
  outcome->salvaged++;
  outcome->rows += count_rows (project);
  g_assert_true (mq_project_close (project, NULL));
  g_unlink (to);
}

static void
damage (GRand *rand, GBytes *good, const char *path)
{
  gsize              length = g_bytes_get_size (good);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (good, NULL), length);

  if (g_rand_int_range (rand, 0, 10) == 0)
    length = g_rand_int_range (rand, 0, length);
  else
    for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
      bytes[g_rand_int_range (rand, 0, length)] ^= 1 << g_rand_int_range (rand, 0, 8);
  g_assert_true (g_file_set_contents_full (path, (const char *) bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_flips (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-flips-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, CRASH_NAME, NULL);
  g_autofree char *to = g_build_filename (folder, CRASH_COPY, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (GBytes) good = NULL;
  g_autofree char *expected = NULL;
  guint            n = crash_setting ("MQ_CRASH_FLIPS", DEFAULT_FLIPS);
  Outcome          outcome = { 0 };
  MqProject       *project;
  char            *contents;
  gsize            length;

  crash_works[1].prepare (folder);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  good = g_bytes_new_take (contents, length);
  project = mq_project_open (path, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  expected = dump (project, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_close (project, NULL));
  for (guint i = 0; i < n; i++)
    {
      damage (rand, good, path);
      judge (path, expected, &outcome);
      if (i % SALVAGE_EVERY == 0)
        salvage (path, to, &outcome);
    }
  g_test_message ("%u damaged files of %zu bytes: %u refused, %u named (%u with import and column), %u unharmed, %u silently changed", n, length, outcome.refused, outcome.named, outcome.placed, outcome.same, outcome.silent);
  g_test_message ("%u of them salvaged %u times, with %zu rows of 2400 on average", n, outcome.salvaged, outcome.salvaged > 0 ? outcome.rows / outcome.salvaged : 0);
  g_assert_cmpuint (outcome.silent, ==, 0);
  g_assert_cmpuint (outcome.salvaged, >, 0);
  g_assert_cmpuint (outcome.placed, >, 0);
  disk_clear_folder (folder);
  g_rmdir (folder);
}

/* Of a whole project all comes back; of one with a damaged chunk all but its cells, and they are named. */
static void
test_salvage (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-flips-XXXXXX", NULL);
  g_autofree char *other = g_dir_make_tmp ("mq-flips-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, CRASH_NAME, NULL);
  g_autofree char *to = g_build_filename (other, CRASH_NAME, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) nothing = NULL;
  g_autoptr (MqTable) lost = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  MqProject *project;
  sqlite3   *handle;

  crash_works[1].prepare (folder);
  expected = crash_describe (folder, FALSE, &error);
  g_assert_no_error (error);
  mq_project_salvage (path, to, &nothing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mq_table_n_rows (nothing), ==, 0);
  found = crash_describe (other, FALSE, &error);
  g_assert_cmpstr (found, ==, expected);
  disk_clear_folder (other);

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, mq_page_check_vfs ()), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE chunk SET data = zeroblob (length (data)) WHERE run = 2 AND position = (SELECT position FROM run_column WHERE run = 2 AND name = 'product')", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  mq_project_salvage (path, to, &lost, NULL, &error);
  g_assert_no_error (error);
  mq_table_write_csv (lost, FALSE, text);
  g_assert_cmpstr (text->str, ==, "import,kind,column,first,last,what\n2,orders,product,1,800,cells\n");
  project = mq_project_open (to, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_check (project, NULL, &error));
  g_assert_cmpuint (count_rows (project), ==, 2400);
  g_assert_true (mq_project_close (project, NULL));
  disk_clear_folder (folder);
  disk_clear_folder (other);
  g_rmdir (folder);
  g_rmdir (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flips/project", test_flips);
  g_test_add_func ("/flips/salvage", test_salvage);
  return g_test_run ();
}
