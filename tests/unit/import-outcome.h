/* import-outcome.h: a text through the whole importer into a project and out again as CSV, and what is asserted of it. Static
 * functions; import_folder is made by run_import_tests(). */

#pragma once

#include "import/importer.h"
#include "project/project.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1735689600000000) /* 2025-01-01 UTC */

#define UNUSED G_GNUC_UNUSED

typedef struct
{
  MqImportDraft *draft;
  MqImportPlan  *plan;
  GError        *error;
  char          *csv; /* exported again; NULL after an error */
} Outcome;

static char *import_folder;

static UNUSED MqImportOptions
make_options (MqKind kind)
{
  return (MqImportOptions){ .kind = kind, .project_zone = "UTC", .currency = "EUR", .now = NOW };
}

static UNUSED char *
export_draft (MqImportDraft *draft, const MqImportOptions *options)
{
  g_autofree char *path = g_build_filename (import_folder, "project.marquetry", NULL);
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

static UNUSED Outcome
read_file (const char *path, const MqImportOptions *options, const MqRun *run)
{
  Outcome outcome = { NULL };

  outcome.draft = mq_importer_read (path, options, &outcome.plan, run, &outcome.error);
  g_assert_true ((outcome.draft != NULL) == (outcome.error == NULL));
  return outcome;
}

static UNUSED Outcome
read_text_run (const char *text, const MqImportOptions *options, const MqRun *run)
{
  g_autofree char *path = g_build_filename (import_folder, "file.csv", NULL);
  Outcome          outcome;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  outcome = read_file (path, options, run);
  g_unlink (path);
  if (outcome.draft != NULL)
    outcome.csv = export_draft (outcome.draft, options);
  return outcome;
}

static UNUSED Outcome
read_text (const char *text, const MqImportOptions *options)
{
  return read_text_run (text, options, NULL);
}

static UNUSED Outcome
read_orders (const char *text)
{
  MqImportOptions options = make_options (MQ_KIND_ORDERS);

  return read_text (text, &options);
}

static UNUSED void
clear_outcome (Outcome *outcome)
{
  g_clear_pointer (&outcome->draft, mq_import_draft_free);
  g_clear_pointer (&outcome->plan, mq_import_plan_free);
  g_clear_error (&outcome->error);
  g_clear_pointer (&outcome->csv, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

static UNUSED const MqImportColumn *
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

static UNUSED void
assert_field (const Outcome *outcome, const char *header, const char *field)
{
  g_assert_no_error (outcome->error);
  g_assert_cmpstr (find_column (outcome, header)->field, ==, field);
}

static UNUSED void
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

static UNUSED void
assert_warned (const Outcome *outcome, const char *part)
{
  g_assert_no_error (outcome->error);
  for (guint i = 0; i < outcome->draft->warnings->len; i++)
    if (strstr (g_ptr_array_index (outcome->draft->warnings, i), part) != NULL)
      return;
  g_error ("no warning with “%s”", part);
}

static UNUSED void
assert_error (const Outcome *outcome, MqImportError code, const char *part)
{
  g_assert_error (outcome->error, MQ_IMPORT_ERROR, (int) code);
  if (strstr (outcome->error->message, part) == NULL)
    g_error ("“%s” has no “%s”", outcome->error->message, part);
}

static UNUSED int
run_import_tests (void)
{
  int status;

  import_folder = g_dir_make_tmp ("mq-importer-XXXXXX", NULL);
  status = g_test_run ();
  g_rmdir (import_folder);
  g_free (import_folder);
  return status;
}
