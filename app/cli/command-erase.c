/* command-erase.c: what a person may ask for: erase, and the log that says what was done, without saying about whom. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "project/erasure.h"

#define MAX_KEYS 10000

static MqResult *
make_result (MqProject *project, const char *module, MqTable *table)
{
  MqResult     *result = mq_result_new (module, 1);
  MqProvenance *provenance = mq_result_provenance (result);

  mq_result_take_table (result, table);
  provenance->time_zone = g_strdup (mq_project_zone (project));
  provenance->currency = g_strdup (mq_project_currency (project));
  provenance->revision = mq_project_revision (project);
  return result;
}

static MqResult *
erase (MqCli *cli, MqProject *project, char **keys, gboolean dry_run, GError **error)
{
  MqErasure erasure;
  MqResult *result;

  if (!mq_project_erase (project, (const char *const *) keys, dry_run, &erasure, &cli->run, error))
    return NULL;
  result = make_result (project, "erase", mq_erasure_table (&erasure));
  if (!dry_run)
    mq_result_warn (result, "%s", _ ("Copies of the project that were made before still hold what was erased: erase there too, or delete them."));
  return result;
}

static MqExit
erase_main (MqCli *cli, int argc, char **argv)
{
  gboolean           dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only count what would go"), NULL },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  MqProject *project;

  if (!mq_cli_parse (cli, &mq_command_erase, entries, 1 + MAX_KEYS, MAX_KEYS - 1, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  project = mq_project_open (arguments[0], dry_run ? MQ_OPEN_READ : MQ_OPEN_WRITE, &error);
  if (project != NULL)
    {
      result = erase (cli, project, arguments + 1, dry_run, &error);
      mq_project_close (project, error == NULL ? &error : NULL);
    }
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_erase = { "erase", "PROJECT KEY…", N_ ("Take everything about customers out of the project"), erase_main };

static MqExit
audit_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  MqProject *project;
  MqTable   *table;

  if (!mq_cli_parse (cli, &mq_command_audit, NULL, 1, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  project = mq_project_open (arguments[0], MQ_OPEN_READ, &error);
  table = project != NULL ? mq_project_audit (project, &error) : NULL;
  if (table != NULL)
    result = make_result (project, "audit", table);
  if (project != NULL)
    mq_project_close (project, NULL);
  if (result == NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_audit = { "audit", "PROJECT", N_ ("What was done to the project, and when"), audit_main };
