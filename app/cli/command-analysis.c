/* command-analysis.c: one command for every analysis in the registry. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli.h"

MqExit
mq_command_analysis_main (MqCli *cli, const MqAnalysis *analysis, int argc, char **argv)
{
  const MqCommand command = { analysis->id, "PROJECT", analysis->title, NULL };
  g_autoptr (MqSettingOptions) options = mq_setting_options_new (analysis);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (GVariant) given = NULL;
  gboolean customers;

  if (!mq_cli_parse (cli, &command, mq_setting_options_entries (options, NULL), 1, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  given = g_variant_ref_sink (mq_setting_options_get (options));
  customers = g_variant_lookup (given, "customers", "b", NULL) || g_variant_lookup (given, "customers", "s", NULL);
  /* --customers (for all, or those behind a figure) prints that table; JSON has all tables */
  if (customers && cli->table == NULL && !mq_cli_wants_json (cli))
    cli->table = g_strdup ("customers");
  if (mq_cli_wants_json (cli) || g_strcmp0 (cli->table, "customers") == 0)
    mq_setting_options_set_flag (options, "customers");

  mq_cli_begin (cli);
  result = mq_cli_analyse (cli, arguments[0], analysis, mq_setting_options_get (options), &error);
  mq_cli_end (cli);
  if (result == NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}
