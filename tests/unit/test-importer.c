/* test-importer.c: files through the whole importer into a project and out again as CSV; every rule has a small file. */

#include "import/importer.h"
#include "project/project.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1735689600000000) /* 2025-01-01 UTC */

typedef struct
{
  MqImportDraft *draft;
  MqImportPlan  *plan;
  GError        *error;
  char          *csv; /* exported again; NULL after an error */
} Outcome;

static char *folder;

static MqImportOptions
make_options (MqKind kind)
{
  return (MqImportOptions){ .kind = kind, .project_zone = "UTC", .currency = "EUR", .now = NOW };
}

static char *
export_draft (MqImportDraft *draft, const MqImportOptions *options)
{
  g_autofree char *path = g_build_filename (folder, "project.marquetry", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  MqProject      *project = mq_project_create (path, options->project_zone, options->currency, &error);
  MqImportOutcome outcome;

  g_assert_no_error (error);
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  mq_project_export (project, options->kind, FALSE, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.read, ==, outcome.stored + outcome.updated + outcome.unchanged + outcome.rejected);
  mq_project_close (project, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static Outcome
read_file (const char *path, const MqImportOptions *options, const MqRun *run)
{
  Outcome outcome = { NULL };

  outcome.draft = mq_importer_read (path, options, &outcome.plan, run, &outcome.error);
  g_assert_true ((outcome.draft != NULL) == (outcome.error == NULL));
  return outcome;
}

static Outcome
read_text_run (const char *text, const MqImportOptions *options, const MqRun *run)
{
  g_autofree char *path = g_build_filename (folder, "file.csv", NULL);
  Outcome          outcome;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  outcome = read_file (path, options, run);
  g_unlink (path);
  if (outcome.draft != NULL)
    outcome.csv = export_draft (outcome.draft, options);
  return outcome;
}

static Outcome
read_text (const char *text, const MqImportOptions *options)
{
  return read_text_run (text, options, NULL);
}

static Outcome
read_orders (const char *text)
{
  MqImportOptions options = make_options (MQ_KIND_ORDERS);

  return read_text (text, &options);
}

static void
clear_outcome (Outcome *outcome)
{
  g_clear_pointer (&outcome->draft, mq_import_draft_free);
  g_clear_pointer (&outcome->plan, mq_import_plan_free);
  g_clear_error (&outcome->error);
  g_clear_pointer (&outcome->csv, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

static const MqImportColumn *
find_column (const Outcome *outcome, const char *header)
{
  for (guint i = 0; i < outcome->plan->columns->len; i++)
    {
      const MqImportColumn *column = g_ptr_array_index (outcome->plan->columns, i);

      if (strcmp (column->header, header) == 0)
        return column;
    }
  g_error ("no column %s", header);
}

static void
assert_field (const Outcome *outcome, const char *header, const char *field)
{
  g_assert_no_error (outcome->error);
  g_assert_cmpstr (find_column (outcome, header)->field, ==, field);
}

static void
assert_reject (const Outcome *outcome, guint index, gint64 line, gint64 column, const char *reason)
{
  const MqReject *reject;

  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->draft->rejects->len, >, index);
  reject = g_ptr_array_index (outcome->draft->rejects, index);
  g_assert_cmpstr (reject->reason, ==, reason);
  g_assert_cmpint (reject->line, ==, line);
  g_assert_cmpint (reject->column, ==, column);
}

static void
assert_warned (const Outcome *outcome, const char *part)
{
  g_assert_no_error (outcome->error);
  for (guint i = 0; i < outcome->draft->warnings->len; i++)
    if (strstr (g_ptr_array_index (outcome->draft->warnings, i), part) != NULL)
      return;
  g_error ("no warning with “%s”", part);
}

static void
test_plain (void)
{
  g_auto (Outcome) outcome = read_orders ("customer_id,order_id,date,amount,Colour\n7,A1,2024-01-02,10.50,red\n07,A2,2024-01-03,3,\n");

  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.csv, ==, "customer_id,time,amount,order_id,Colour\n07,2024-01-03,3.00,A2,\n7,2024-01-02,10.50,A1,red\n");
  assert_field (&outcome, "date", "time");
  assert_field (&outcome, "Colour", "prop:Colour");
}

static void
test_rejects (void)
{
  g_auto (Outcome) outcome = read_orders ("customer_id,date,amount\n1,2024-01-02,1\n1,soon,1\n1,2024-01-02,\n1,2024-01-02,x\n1,2024-01-02,1,9\n2,,1\n"
                                          "3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02\n3,2024-02-02,12345678901234567890\n"
                                          "3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n");

  assert_reject (&outcome, 0, 3, 3, "not a time");
  assert_reject (&outcome, 1, 4, 14, "no amount");
  assert_reject (&outcome, 2, 5, 14, "not an amount");
  assert_reject (&outcome, 3, 6, 16, "too many cells");
  assert_reject (&outcome, 4, 7, 3, "no time");
  assert_reject (&outcome, 5, 14, 13, "no amount");
  assert_reject (&outcome, 6, 15, 14, "amount out of range");
  g_assert_cmpint (outcome.draft->rows_read, ==, 17);
  assert_warned (&outcome, "fewer cells");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("mq-importer-XXXXXX", NULL);
  g_test_add_func ("/importer/plain", test_plain);
  g_test_add_func ("/importer/rejects", test_rejects);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
