/* command-channels.c: the channel table: list, set, reset, undo. */

#include "config.h"

#include <glib/gi18n.h>

#include "channels/channel-table.h"
#include "cli.h"

/* What is to be set; NULL stays as it is. */
typedef struct
{
  char *channel; /* (owned) */
  char *group;   /* (owned) */
  char *direct;  /* (owned) "yes", "no" */
  char *paid;    /* (owned) */
} Change;

static void
clear_change (Change *change)
{
  g_free (change->channel);
  g_free (change->group);
  g_free (change->direct);
  g_free (change->paid);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, clear_change)

static gboolean
read_flag (const char *text, const char *option, gboolean *flag, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_str_equal (text, "yes") && !g_str_equal (text, "no"))
    return mq_setting_fail (error, _ ("The option --%s takes yes or no."), option);
  *flag = g_str_equal (text, "yes");
  return TRUE;
}

static MqChannelTable *
read_table (MqProject *project, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = mq_project_get_value (project, name, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return mq_channel_table_parse (text);
}

/* The table as it was is kept for undo. */
static gboolean
keep (MqProject *project, const MqChannelTable *table, GError **error)
{
  g_autoptr (MqChannelTable) before = read_table (project, MQ_CHANNEL_TABLE_VALUE, error);
  g_autofree char *old = before != NULL ? mq_channel_table_print (before) : NULL;
  g_autofree char *text = mq_channel_table_print (table);

  return old != NULL &&
         mq_project_set_value (project, MQ_CHANNEL_TABLE_BEFORE, old, error) &&
         mq_project_set_value (project, MQ_CHANNEL_TABLE_VALUE, text, error);
}

static gboolean
change_entry (MqChannelTable *table, const char *raw, const Change *change, GError **error)
{
  MqChannelEntry entry = mq_channel_table_get (table, raw);

  if (!read_flag (change->direct, "direct", &entry.direct, error) || !read_flag (change->paid, "paid", &entry.paid, error))
    return FALSE;
  entry.channel = change->channel != NULL ? change->channel : entry.channel;
  entry.group = change->group != NULL ? change->group : entry.group;
  return mq_channel_table_set (table, &entry, error);
}

static gboolean
edit (MqProject *project, char **words, const Change *change, GError **error)
{
  g_autoptr (MqChannelTable) table = read_table (project, g_str_equal (words[0], "undo") ? MQ_CHANNEL_TABLE_BEFORE : MQ_CHANNEL_TABLE_VALUE, error);

  if (table == NULL)
    return FALSE;
  if (g_str_equal (words[0], "set") && !change_entry (table, words[1], change, error))
    return FALSE;
  if (g_str_equal (words[0], "reset") && !mq_channel_table_reset (table, words[1]))
    {
      mq_setting_fail (error, _ ("This value has no entry of its own in the channel table: it already is as proposed."));
      return FALSE;
    }
  return keep (project, table, error);
}

static MqResult *
list_channels (MqCli *cli, const char *path, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_cli_load (cli, path, error);
  g_autoptr (MqChannelTable) table = NULL;
  MqTable  *list;
  MqResult *result;

  if (dataset == NULL)
    return NULL;
  table = mq_channel_table_parse (mq_dataset_value (dataset, MQ_CHANNEL_TABLE_VALUE));
  list = mq_channel_table_list (table, dataset, TRUE, &cli->run, error);
  if (list == NULL)
    return NULL;
  result = mq_result_new ("channels", 1);
  mq_result_take_table (result, list);
  return result;
}

static gboolean
are_words (char **words)
{
  guint n = g_strv_length (words);

  if (n == 0 || (n == 1 && (g_str_equal (words[0], "list") || g_str_equal (words[0], "undo"))))
    return TRUE;
  return n == 2 && (g_str_equal (words[0], "set") || g_str_equal (words[0], "reset"));
}

static gboolean
work (MqCli *cli, char **arguments, const Change *change, MqResult **result, GError **error)
{
  char **words = arguments + 1;

  if (words[0] != NULL && !g_str_equal (words[0], "list"))
    {
      MqProject *project = mq_project_open (arguments[0], MQ_OPEN_WRITE, error);
      gboolean   ok = project != NULL && edit (project, words, change, error);

      if (project == NULL || !mq_project_close (project, ok ? error : NULL) || !ok)
        return FALSE;
    }
  *result = list_channels (cli, arguments[0], error);
  return *result != NULL;
}

static MqExit
channels_main (MqCli *cli, int argc, char **argv)
{
  g_auto (Change) change = { 0 };
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &change.channel, N_ ("The channel that the value is"), "NAME" },
    { "group", 0, 0, G_OPTION_ARG_STRING, &change.group, N_ ("The group of the channel"), "NAME" },
    { "direct", 0, 0, G_OPTION_ARG_STRING, &change.direct, N_ ("Whether no channel brought the customer"), "yes|no" },
    { "paid", 0, 0, G_OPTION_ARG_STRING, &change.paid, N_ ("Whether the channel is paid for"), "yes|no" },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;

  if (!mq_cli_parse (cli, &mq_command_channels, entries, 3, 2, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!are_words (arguments + 1))
    return mq_cli_usage_error (_ ("Use: channels PROJECT, channels PROJECT set VALUE, channels PROJECT reset VALUE, or channels PROJECT undo."));
  mq_cli_begin (cli);
  work (cli, arguments, &change, &result, &error);
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_channels = { "channels", "PROJECT [list|set VALUE|reset VALUE|undo]", N_ ("Show and edit what the values of channels stand for"), channels_main };
