/* command-sentiment.c: sentiment --text TEXT | --file FILE: the mood of texts outside any project. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli.h"
#include "sentiment/mood-model.h"
#include "sentiment/text-moods.h"

gboolean
mq_command_sentiment_is_loose (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--text") || g_str_has_prefix (argv[i], "--text=") || g_str_equal (argv[i], "--file") || g_str_has_prefix (argv[i], "--file="))
      return TRUE;
  return FALSE;
}

/* The lines of a file, without their ends; one empty last line is none. (transfer full) */
static char **
split_lines (char *contents, gsize length, gsize *n)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (char *at = contents, *end = contents + length; at < end;)
    {
      char *feed = memchr (at, '\n', end - at);
      char *stop = feed != NULL ? feed : end;

      g_ptr_array_add (lines, g_utf8_make_valid (at, stop - at - (stop > at && stop[-1] == '\r')));
      at = feed != NULL ? feed + 1 : end;
    }
  *n = lines->len;
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}

static char **
read_texts (const char *text, const char *file, gsize *n, GError **error)
{
  g_autofree char *contents = NULL;
  gsize            length;

  if (text != NULL)
    {
      *n = 1;
      return g_strsplit (text, "\1", 1);
    }
  if (!g_file_get_contents (g_str_equal (file, "-") ? "/dev/stdin" : file, &contents, &length, error))
    return NULL;
  return split_lines (contents, length, n);
}

static MqExit
sentiment_main (MqCli *cli, int argc, char **argv)
{
  g_autofree char   *text = NULL, *file = NULL;
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_ ("The text"), "TEXT" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("A file of texts, one a line; “-” is standard input"), "FILE" },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_auto (GStrv) texts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  gsize n = 0;

  if (!mq_cli_parse (cli, &mq_command_sentiment, entries, 0, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if ((text == NULL) == (file == NULL))
    return mq_cli_usage_error (_ ("Give either --text or --file."));
  mq_cli_begin (cli);
  texts = read_texts (text, file, &n, &error);
  if (texts != NULL)
    result = mq_text_moods_result ((const char *const *) texts, n, &cli->run, &error);
  mq_cli_end (cli);
  if (result == NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_sentiment = { "sentiment", "--text TEXT | --file FILE", N_ ("The mood of texts"), sentiment_main };
