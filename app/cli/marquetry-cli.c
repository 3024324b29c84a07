/* marquetry-cli.c: the command line: finds the command and runs it. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

static const MqCommand *const commands[] = {
  &mq_command_create,
  &mq_command_import,
  &mq_command_imports,
  &mq_command_rejects,
  &mq_command_undo,
  &mq_command_info,
  &mq_command_export,
  &mq_command_chart,
  &mq_command_report,
  &mq_command_sample,
  &mq_command_channels,
  &mq_command_backup,
  &mq_command_compact,
  &mq_command_consent,
  &mq_command_erase,
  &mq_command_audit,
  &mq_command_check,
  &mq_command_salvage,
  &mq_command_segment,
  &mq_command_labels,
  &mq_command_answers,
  &mq_command_stock,
};

static void
print_help (void)
{
  g_print ("%s\n  marquetry-cli [--version] [--quiet] [--no-progress] %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND …"), _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-11s %s\n", commands[i]->name, _ (commands[i]->summary));
  for (const MqAnalysis *const *analysis = mq_analyses (); *analysis != NULL; analysis++)
    g_print ("  %-11s %s\n", (*analysis)->id, _ ((*analysis)->title));
  g_print ("\n%s\n", _ ("“marquetry-cli COMMAND --help” lists a command’s options."));
}

/* The options before the command; returns the index of the command's word, argc if there is none, -1 on a wrong option,
 * 0 if all is said already. */
static int
parse_leading_options (MqCli *cli, int argc, char **argv)
{
  int i;

  for (i = 1; i < argc && argv[i][0] == '-'; i++)
    {
      if (strcmp (argv[i], "--quiet") == 0)
        cli->quiet = TRUE;
      else if (strcmp (argv[i], "--no-progress") == 0)
        cli->no_progress = TRUE;
      else if (strcmp (argv[i], "--version") == 0)
        {
          g_print ("marquetry-cli %s\n", PACKAGE_VERSION);
          return 0;
        }
      else if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
        {
          print_help ();
          return 0;
        }
      else
        {
          mq_cli_usage_error (_ ("There is no option “%s”. See “marquetry-cli --help”."), argv[i]);
          return -1;
        }
    }
  return i;
}

static MqExit
run_command (MqCli *cli, int argc, char **argv)
{
  const MqAnalysis *analysis;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, argv[0]) == 0)
      return commands[i]->main (cli, argc, argv);
  if (strcmp (argv[0], mq_command_sentiment.name) == 0 && (mq_command_sentiment_is_loose (argc, argv) || mq_analysis_find (argv[0]) == NULL))
    return mq_command_sentiment.main (cli, argc, argv);
  analysis = mq_analysis_find (argv[0]);
  if (analysis != NULL)
    return mq_command_analysis_main (cli, analysis, argc, argv);
  return mq_cli_usage_error (_ ("There is no command “%s”. See “marquetry-cli --help”."), argv[0]);
}

int
main (int argc, char **argv)
{
  MqCli  cli = { 0 };
  MqExit status;
  int    first;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);
  g_set_prgname ("marquetry-cli");

  first = parse_leading_options (&cli, argc, argv);
  if (first == 0)
    return MQ_EXIT_DONE;
  if (first < 0)
    return MQ_EXIT_USAGE;
  if (first == argc)
    {
      print_help ();
      return MQ_EXIT_USAGE;
    }
  cli.cancellable = g_cancellable_new ();
  status = run_command (&cli, argc - first, argv + first);
  g_object_unref (cli.cancellable);
  g_free (cli.format);
  g_free (cli.table);
  return status;
}
