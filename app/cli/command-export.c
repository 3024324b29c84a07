/* command-export.c: the records of a kind back as CSV. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static GOutputStream *
open_output (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL || strcmp (path, "-") == 0)
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error));
}

static gboolean
export_records (MqCli *cli, const char *path, MqKind kind, gboolean for_spreadsheet, const char *output, GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GOutputStream) buffered = NULL;
  MqProject *project = mq_project_open (path, MQ_OPEN_READ, error);
  gboolean   done;

  if (project == NULL)
    return FALSE;
  stream = open_output (output, error);
  if (stream == NULL)
    {
      mq_project_close (project, NULL);
      return FALSE;
    }
  buffered = g_buffered_output_stream_new_sized (stream, 1 << 20);
  done = mq_project_export (project, kind, for_spreadsheet, buffered, &cli->run, error);
  if (done)
    done = g_output_stream_close (buffered, NULL, error);
  else
    {
      /* closing a file that is being replaced would put the torn export in the old file's place */
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      g_cancellable_cancel (cancelled);
      g_output_stream_close (stream, cancelled, NULL);
    }
  mq_project_close (project, NULL);
  return done;
}

static MqExit
export_main (MqCli *cli, int argc, char **argv)
{
  g_autofree char   *output = NULL;
  gboolean           for_spreadsheet = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write (default: standard output)"), "FILE" },
    { "for-spreadsheet", 0, 0, G_OPTION_ARG_NONE, &for_spreadsheet, N_ ("Guard text that a spreadsheet would execute"), NULL },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  MqKind   kind;

  if (!mq_cli_parse (cli, &mq_command_export, entries, 2, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!mq_kind_from_name (arguments[1], &kind))
    return mq_cli_usage_error (_ ("There is no kind of record “%s”: it is customers, orders, events, messages, feedback or spend."), arguments[1]);
  mq_cli_begin (cli);
  done = export_records (cli, arguments[0], kind, for_spreadsheet, output, &error);
  mq_cli_end (cli);
  return done ? MQ_EXIT_DONE : mq_cli_fail (cli, error);
}

const MqCommand mq_command_export = { "export", "PROJECT KIND", N_ ("The records back as CSV"), export_main };
