/* command-answers.c: the answer library: list, set, reset. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli.h"
#include "sentiment/answers.h"
#include "sentiment/sentiment.h"

static gboolean
edit (MqProject *project, char **words, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *value = mq_project_get_value (project, MQ_ANSWERS_VALUE, &local);
  g_autoptr (GHashTable) answers = NULL;
  g_autofree char *text = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  answers = mq_answers_parse (value);
  mq_answers_set (answers, words[1], g_str_equal (words[0], "set") ? words[2] : "");
  text = mq_answers_print (answers);
  return mq_project_set_value (project, MQ_ANSWERS_VALUE, text, error);
}

/* The questions of all times with their answers. */
static MqResult *
list_answers (MqCli *cli, const char *path, GError **error)
{
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (MqResult) all = NULL;
  MqResult    *result;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "period", "s", "all");
  settings = g_variant_ref_sink (g_variant_dict_end (&dict));
  all = mq_cli_analyse (cli, path, &mq_sentiment_analysis, settings, error);
  if (all == NULL)
    return NULL;
  result = mq_result_new ("answers", 1);
  mq_result_take_table (result, mq_table_ref (mq_result_find_table (all, "questions")));
  return result;
}

static gboolean
are_words (char **words)
{
  guint n = g_strv_length (words);

  return n == 0 || (n == 1 && g_str_equal (words[0], "list")) || (n == 2 && g_str_equal (words[0], "reset")) || (n == 3 && g_str_equal (words[0], "set"));
}

static MqExit
answers_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  gboolean ok = TRUE;

  if (!mq_cli_parse (cli, &mq_command_answers, NULL, 4, 3, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!are_words (arguments + 1))
    return mq_cli_usage_error (_ ("Use: answers PROJECT, answers PROJECT set QUESTION ANSWER, or answers PROJECT reset QUESTION."));
  mq_cli_begin (cli);
  if (arguments[1] != NULL && !g_str_equal (arguments[1], "list"))
    {
      MqProject *project = mq_project_open (arguments[0], MQ_OPEN_WRITE, &error);

      ok = project != NULL && edit (project, arguments + 1, &error);
      ok = project != NULL && mq_project_close (project, ok ? &error : NULL) && ok;
    }
  if (ok)
    result = list_answers (cli, arguments[0], &error);
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_answers = { "answers", "PROJECT [list|set QUESTION ANSWER|reset QUESTION]", N_ ("Frequent questions and what to answer"), answers_main };
