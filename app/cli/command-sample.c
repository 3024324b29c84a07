/* command-sample.c: sample NAME PROJECT. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "sample/sample-project.h"

static MqExit
complain_about_name (const char *name)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint           n;
  const MqSample *samples = mq_samples (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", samples[i].id);
  return mq_cli_usage_error (_ ("There is no sample “%s”. The samples are: %s."), name, names->str);
}

static MqExit
sample_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const MqSample *sample;
  gboolean        done;

  if (!mq_cli_parse (cli, &mq_command_sample, NULL, 2, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  sample = mq_sample_find (arguments[0]);
  if (sample == NULL)
    return complain_about_name (arguments[0]);
  mq_cli_begin (cli);
  done = mq_sample_make_project (sample, arguments[1], &cli->run, &error);
  mq_cli_end (cli);
  return done ? MQ_EXIT_DONE : mq_cli_fail (cli, error);
}

const MqCommand mq_command_sample = { "sample", "NAME PROJECT", N_ ("A project with one of the shipped samples"), sample_main };
