/* command-segment.c: the static segments of a project: list, members, export, save, rename, delete. */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "chart/export.h"
#include "cli.h"
#include "project/saved-segments.h"

typedef struct
{
  const char *project;
  const char *name;   /* (nullable) of the segment */
  const char *word;   /* (nullable) the file of save, the new name of rename */
  const char *output; /* (nullable) of export */
} Request;

/* NULL with error, or NULL without: nothing to print. */
typedef MqResult *(*Work) (MqCli *cli, const Request *request, GError **error);

typedef struct
{
  const char *name;
  guint       n_words; /* after it */
  Work        work;
} Verb;

static MqResult *
make_result (MqTable *table)
{
  MqResult *result;

  if (table == NULL)
    return NULL;
  result = mq_result_new ("segment", 1);
  mq_result_take_table (result, table);
  return result;
}

/* Closing may be what fails. */
static gboolean
close_project (MqProject *project, gboolean good, GError **error)
{
  return mq_project_close (project, good ? error : NULL) && good;
}

static MqResult *
list (MqCli *cli, const Request *request, GError **error)
{
  MqProject *project = mq_project_open (request->project, MQ_OPEN_READ, error);
  MqTable   *table;

  if (project == NULL)
    return NULL;
  table = mq_project_list_segments (project, error);
  mq_project_close (project, NULL);
  return make_result (table);
}

static MqTable *
list_members (MqCli *cli, const Request *request, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_cli_load (cli, request->project, error);

  return dataset != NULL ? mq_dataset_list_members (dataset, request->name, &cli->run, error) : NULL;
}

static MqResult *
members (MqCli *cli, const Request *request, GError **error)
{
  return make_result (list_members (cli, request, error));
}

static gboolean
write_to_output (MqTable *table, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  mq_table_write_csv (table, FALSE, text);
  if (fwrite (text->str, 1, text->len, stdout) == text->len && fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("Standard output cannot be written."));
  return FALSE;
}

static MqResult *export(MqCli *cli, const Request *request, GError **error)
{
  g_autoptr (MqTable) table = list_members (cli, request, error);

  if (table == NULL)
    return NULL;
  if (request->output == NULL || strcmp (request->output, "-") == 0)
    write_to_output (table, error);
  else
    mq_table_export (table, request->output, error);
  return NULL;
}

static gboolean
read_list (const char *path, char **text, GError **error)
{
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GOutputStream) out = NULL;
  gsize length = 0;

  if (strcmp (path, "-") != 0)
    return g_file_get_contents (path, text, NULL, error);
  in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  out = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return FALSE;
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out));
  *text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)), length);
  return TRUE;
}

/* The next cell of a line of CSV; *line is moved behind it, NULL at the end of the line. (transfer full) */
static char *
take_cell (const char **line)
{
  GString    *cell = g_string_new (NULL);
  const char *at = *line;
  gboolean    quoted = *at == '"';

  for (at += quoted; *at != '\0' && (quoted || *at != ','); at++)
    {
      if (quoted && *at == '"' && at[1] != '"')
        quoted = FALSE;
      else
        {
          at += quoted && *at == '"';
          g_string_append_c (cell, *at);
        }
    }
  *line = *at == ',' ? at + 1 : NULL;
  return g_string_free (cell, FALSE);
}

/* (transfer full) */
static char *
take_column (const char *line, guint column)
{
  g_autofree char *cell = NULL;

  for (guint i = 0; line != NULL && i <= column; i++)
    {
      g_free (cell);
      cell = take_cell (&line);
      if (i == column)
        return g_steal_pointer (&cell);
    }
  return g_strdup ("");
}

/* The column named "customer" of the first line, else -1. */
static int
find_customers (const char *line)
{
  for (int i = 0; line != NULL; i++)
    {
      g_autofree char *cell = take_cell (&line);

      if (strcmp (cell, "customer") == 0)
        return i;
    }
  return -1;
}

/* The customers of a table as the other commands print it (its column “customer”), or one a line. NULL with error. g_strfreev. */
static char **
read_customers (const char *path, GError **error)
{
  g_autoptr (GStrvBuilder) customers = g_strv_builder_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int column;

  if (!read_list (path, &text, error))
    return NULL;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The list of customers is not in UTF-8. Save it as UTF-8."));
      return NULL;
    }
  lines = g_strsplit (g_str_has_prefix (text, "\xEF\xBB\xBF") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], "\r"))
      lines[i][strlen (lines[i]) - 1] = '\0';
  column = lines[0] != NULL ? find_customers (lines[0]) : -1;
  for (guint i = column >= 0 ? 1 : 0; lines[i] != NULL; i++)
    {
      g_autofree char *cell = take_column (lines[i], (guint) MAX (column, 0));

      if (*cell != '\0')
        g_strv_builder_add (customers, cell);
    }
  return g_strv_builder_end (customers);
}

static MqResult *
describe_saved (const char *name, guint customers)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", NULL, NULL);

  mq_table_builder_add_column (builder, "segment", N_ ("Segment"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, name);
  mq_table_builder_set_integer (builder, 1, customers);
  return make_result (mq_table_builder_finish (builder));
}

static MqResult *
save (MqCli *cli, const Request *request, GError **error)
{
  g_auto (GStrv) customers = read_customers (request->word, error);
  g_autoptr (MqDataset) dataset = customers != NULL ? mq_cli_load (cli, request->project, error) : NULL;
  g_autoptr (MqStrings) keys = NULL;
  g_autoptr (MqSavedSegment) segment = NULL;
  MqProject *project;

  if (dataset == NULL)
    return NULL;
  keys = mq_dataset_keys_of_labels (dataset, (const char *const *) customers, g_strv_length (customers), &cli->run, error);
  if (keys == NULL)
    return NULL;
  if (mq_strings_length (keys) == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("None of the listed customers is in the project. Give them as the other commands print them, one a line or in a column “customer”."));
      return NULL;
    }
  project = mq_project_open (request->project, MQ_OPEN_WRITE, error);
  segment = mq_saved_segment_new (request->name, "", g_get_real_time (), keys);
  if (project == NULL || !close_project (project, mq_project_save_segment (project, segment, error), error))
    return NULL;
  return describe_saved (request->name, mq_strings_length (keys));
}

static MqResult *
rename_segment (MqCli *cli, const Request *request, GError **error)
{
  MqProject *project = mq_project_open (request->project, MQ_OPEN_WRITE, error);

  if (project != NULL)
    close_project (project, mq_project_rename_segment (project, request->name, request->word, error), error);
  return NULL;
}

static MqResult *
delete_segment (MqCli *cli, const Request *request, GError **error)
{
  MqProject *project = mq_project_open (request->project, MQ_OPEN_WRITE, error);
  g_autoptr (MqSavedSegment) gone = project != NULL ? mq_project_delete_segment (project, request->name, error) : NULL;

  if (project != NULL)
    close_project (project, gone != NULL, error);
  return NULL;
}

static const Verb verbs[] = {
  { "list", 0, list },
  { "members", 1, members },
  { "export", 1, export },
  { "save", 2, save },
  { "rename", 2, rename_segment },
  { "delete", 1, delete_segment },
};

static const Verb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0)
      return &verbs[i];
  return NULL;
}

static MqExit
segment_main (MqCli *cli, int argc, char **argv)
{
  g_autofree char   *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write: .csv or .xlsx (default: CSV on standard output)"), "FILE" },
    { NULL }
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  const Verb *verb;
  Request     request;

  if (!mq_cli_parse (cli, &mq_command_segment, entries, 4, 2, argc, argv, &words))
    return MQ_EXIT_USAGE;
  verb = find_verb (words[1]);
  if (verb == NULL || g_strv_length (words) != 2 + verb->n_words)
    return mq_cli_usage_error (_ ("Usage: marquetry-cli %s"), "segment PROJECT list | members NAME | export NAME -o FILE | save NAME FILE | rename NAME TO | delete NAME");
  request = (Request){ words[0], words[2], words[2] != NULL ? words[3] : NULL, output };
  mq_cli_begin (cli);
  result = verb->work (cli, &request, &error);
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  return result == NULL || mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_segment = { "segment", "PROJECT list|members|export|save|rename|delete [NAME] [FILE|TO]", N_ ("Saved lists of customers"), segment_main };
