/* command-stock.c: the stock phrases of a project, which are no comment: list, add, remove, reset. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli.h"
#include "sentiment/stock-phrases.h"

/* (transfer full) NULL with error */
static GHashTable *
read_phrases (MqProject *project, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *value = mq_project_get_value (project, MQ_STOCK_VALUE, &local);

  if (local == NULL)
    return mq_stock_phrases_parse (value);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* words: what to do, and the phrase. */
static gboolean
edit (MqProject *project, GHashTable **phrases, char **words, GError **error)
{
  g_autofree char *text = NULL;

  if (g_str_equal (words[0], "reset"))
    {
      g_hash_table_unref (*phrases);
      *phrases = mq_stock_phrases_parse (NULL);
    }
  else if (!g_utf8_validate (words[1], -1, NULL) || !mq_stock_phrases_set (*phrases, words[1], g_str_equal (words[0], "add")))
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("A stock phrase is one line of letters, at most 256 bytes long."));
      return FALSE;
    }
  text = mq_stock_phrases_print (*phrases);
  return mq_project_set_value (project, MQ_STOCK_VALUE, text, error);
}

static gboolean
are_words (char **words)
{
  guint n = g_strv_length (words);

  return n == 0 || (n == 1 && (g_str_equal (words[0], "list") || g_str_equal (words[0], "reset"))) || (n == 2 && (g_str_equal (words[0], "add") || g_str_equal (words[0], "remove")));
}

static MqExit
stock_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) phrases = NULL;
  g_autoptr (MqResult) result = NULL;
  MqProject *project;
  gboolean   edits, ok;

  if (!mq_cli_parse (cli, &mq_command_stock, NULL, 3, 2, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!are_words (arguments + 1))
    return mq_cli_usage_error (_ ("Use: stock PROJECT, stock PROJECT add PHRASE, stock PROJECT remove PHRASE, or stock PROJECT reset."));
  edits = arguments[1] != NULL && !g_str_equal (arguments[1], "list");
  mq_cli_begin (cli);
  project = mq_project_open (arguments[0], edits ? MQ_OPEN_WRITE : MQ_OPEN_READ, &error);
  phrases = project != NULL ? read_phrases (project, &error) : NULL;
  ok = phrases != NULL && (!edits || edit (project, &phrases, arguments + 1, &error));
  ok = project != NULL && mq_project_close (project, ok ? &error : NULL) && ok;
  mq_cli_end (cli);
  if (!ok)
    return mq_cli_fail (cli, error);
  result = mq_result_new ("stock", 1);
  mq_result_take_table (result, mq_stock_phrases_table (phrases, NULL));
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_stock = { "stock", "PROJECT [list|add PHRASE|remove PHRASE|reset]", N_ ("Stock phrases, which are no comment"), stock_main };
