/* command-project.c: the commands that care for the project file itself: create, imports, rejects, undo, info, backup,
 * compact, check. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "orders/order-summary.h"
#include "project/salvage.h"

/* What the result is of: the project as it is, and what its imports read and left out. */
static gboolean
fill_provenance (MqProject *project, MqResult *result, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (MqTable) imports = mq_project_list_imports (project, error);
  g_autoptr (MqTable) rejects = imports != NULL ? mq_project_list_rejects (project, 0, error) : NULL;
  g_autoptr (MqDataset) dataset = NULL;
  MqProvenance *provenance = mq_result_provenance (result);

  if (rejects == NULL)
    return FALSE;
  provenance->time_zone = g_strdup (mq_project_zone (project));
  provenance->currency = g_strdup (mq_project_currency (project));
  provenance->revision = mq_project_revision (project);
  for (gsize row = 0; row < mq_table_n_rows (imports); row++)
    provenance->rows_read += mq_table_integer (imports, row, mq_table_find_column (imports, "rows")) + mq_table_integer (imports, row, mq_table_find_column (imports, "rejected"));
  for (gsize row = 0; row < mq_table_n_rows (rejects); row++)
    mq_result_leave_out (result, mq_table_text (rejects, row, mq_table_find_column (rejects, "reason")), 1);
  dataset = mq_project_load (project, run, &local);
  provenance->data = dataset != NULL ? g_strdup (mq_dataset_hash (dataset, run, &local)) : NULL;
  /* Of damaged records there is no hash, but what is known of the imports is. */
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* The common course of a command on one project: open, work, close, print. */
typedef MqResult *(*ProjectWork) (MqCli *cli, MqProject *project, char **arguments, GError **error);

static MqExit
work_on_project (MqCli *cli, char **arguments, MqOpenMode mode, ProjectWork work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  MqProject *project;
  MqExit     status = MQ_EXIT_DONE;

  mq_cli_begin (cli);
  project = mq_project_open (arguments[0], mode, &error);
  if (project != NULL)
    {
      result = work (cli, project, arguments + 1, &error);
      if (result != NULL)
        fill_provenance (project, result, &cli->run, &error);
      mq_project_close (project, error == NULL ? &error : NULL);
    }
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  if (result != NULL && !mq_cli_print_result (cli, result))
    status = MQ_EXIT_USAGE;
  return status;
}

static MqExit
run_project_command (MqCli *cli, const MqCommand *command, guint n_arguments, guint n_optional, int argc, char **argv, MqOpenMode mode, ProjectWork work)
{
  g_auto (GStrv) arguments = NULL;

  if (!mq_cli_parse (cli, command, NULL, n_arguments, n_optional, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  return work_on_project (cli, arguments, mode, work);
}

static MqResult *
result_of_table (const char *module, MqTable *table)
{
  MqResult *result;

  if (table == NULL)
    return NULL;
  result = mq_result_new (module, 1);
  mq_result_take_table (result, table);
  return result;
}

/* An import's number; 0 where none is given. FALSE if the text is no number. */
static gboolean
parse_import_number (const char *text, gint64 *number, GError **error)
{
  guint64 value = 0;

  *number = 0;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &value, NULL))
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("An import is named by its number, as “marquetry-cli imports” lists it."));
      return FALSE;
    }
  *number = value;
  return TRUE;
}

static MqExit
create_main (MqCli *cli, int argc, char **argv)
{
  g_autofree char   *zone = NULL;
  g_autofree char   *currency = NULL;
  const GOptionEntry entries[] = {
    { "project-zone", 0, 0, G_OPTION_ARG_STRING, &zone, N_ ("Time zone of the project (default: UTC)"), "ZONE" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, N_ ("Currency of the project (default: XXX, none)"), "CODE" },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  MqProject *project;

  if (!mq_cli_parse (cli, &mq_command_create, entries, 1, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  project = mq_project_create (arguments[0], zone != NULL ? zone : "UTC", currency != NULL ? currency : "XXX", &error);
  if (project == NULL || !mq_project_close (project, &error))
    return mq_cli_fail (cli, error);
  if (zone == NULL)
    mq_cli_note (cli, _ ("Warning: %s"), _ ("The project’s time zone is UTC; --project-zone sets another when a project is made."));
  if (currency == NULL)
    mq_cli_note (cli, _ ("Warning: %s"), _ ("The project has no currency (XXX); --currency sets one when a project is made."));
  return MQ_EXIT_DONE;
}

const MqCommand mq_command_create = { "create", "PROJECT", N_ ("Make an empty project"), create_main };

static MqResult *
list_imports (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  return result_of_table ("imports", mq_project_list_imports (project, error));
}

static MqExit
imports_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_imports, 1, 0, argc, argv, MQ_OPEN_READ, list_imports);
}

const MqCommand mq_command_imports = { "imports", "PROJECT", N_ ("List the imports"), imports_main };

static MqResult *
list_rejects (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  gint64 number;

  if (!parse_import_number (arguments[0], &number, error))
    return NULL;
  return result_of_table ("rejects", mq_project_list_rejects (project, number, error));
}

static MqExit
rejects_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_rejects, 2, 1, argc, argv, MQ_OPEN_READ, list_rejects);
}

const MqCommand mq_command_rejects = { "rejects", "PROJECT [IMPORT]", N_ ("List the rows that were not imported"), rejects_main };

static MqResult *
undo_import (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  gint64          number, undone;
  MqTableBuilder *builder;

  if (!parse_import_number (arguments[0], &number, error))
    return NULL;
  if (!mq_project_undo_import (project, number, &undone, &cli->run, error))
    return NULL;
  builder = mq_table_builder_new ("undo", NULL, NULL);
  mq_table_builder_add_column (builder, "number", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, undone);
  return result_of_table ("undo", mq_table_builder_finish (builder));
}

static MqExit
undo_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_undo, 2, 1, argc, argv, MQ_OPEN_WRITE, undo_import);
}

const MqCommand mq_command_undo = { "undo", "PROJECT [IMPORT]", N_ ("Take an import back (default: the newest)"), undo_main };

static MqResult *
describe_project (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) tables = mq_project_info (project, &cli->run, error);
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqResult) result = NULL;
  MqTable *orders;

  if (tables == NULL)
    return NULL;
  result = mq_result_new ("info", 1);
  for (guint i = 0; i < tables->len; i++)
    mq_result_take_table (result, mq_table_ref (tables->pdata[i]));
  dataset = mq_project_load (project, &cli->run, error);
  if (dataset == NULL)
    return NULL;
  orders = mq_order_summary (dataset, &cli->run, error);
  if (orders == NULL)
    return NULL;
  mq_result_take_table (result, orders);
  return g_steal_pointer (&result);
}

static MqExit
info_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_info, 1, 0, argc, argv, MQ_OPEN_READ, describe_project);
}

const MqCommand mq_command_info = { "info", "PROJECT", N_ ("What the project holds, and whether it is whole"), info_main };

static MqResult *
back_up_project (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  mq_project_backup (project, arguments[0], &cli->run, error);
  return NULL;
}

static MqExit
backup_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_backup, 2, 0, argc, argv, MQ_OPEN_READ, back_up_project);
}

const MqCommand mq_command_backup = { "backup", "PROJECT COPY", N_ ("Copy the project to another file"), backup_main };

static MqResult *
compact_project (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  mq_project_compact (project, &cli->run, error);
  return NULL;
}

static MqExit
compact_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_compact, 1, 0, argc, argv, MQ_OPEN_WRITE, compact_project);
}

const MqCommand mq_command_compact = { "compact", "PROJECT", N_ ("Merge what many imports left in pieces"), compact_main };

static MqResult *
check_project (MqCli *cli, MqProject *project, char **arguments, GError **error)
{
  mq_project_check (project, &cli->run, error);
  return NULL;
}

static MqExit
check_main (MqCli *cli, int argc, char **argv)
{
  return run_project_command (cli, &mq_command_check, 1, 0, argc, argv, MQ_OPEN_READ, check_project);
}

const MqCommand mq_command_check = { "check", "PROJECT", N_ ("Verify every checksum of the project"), check_main };

static MqExit
salvage_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  MqTable *lost = NULL;

  if (!mq_cli_parse (cli, &mq_command_salvage, NULL, 2, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  mq_project_salvage (arguments[0], arguments[1], &lost, &cli->run, &error);
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  result = result_of_table ("salvage", lost);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_salvage = { "salvage", "PROJECT NEW", N_ ("Write what can be read of a damaged project to a new one"), salvage_main };
