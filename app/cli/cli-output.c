/* cli-output.c: results on standard output; errors and notes on standard error. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/format.h"
#include "cli.h"
#include "import/importer.h"

MqExit
mq_cli_fail (MqCli *cli, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_printerr ("marquetry-cli: %s\n", _ ("Interrupted; nothing was changed."));
      return MQ_EXIT_INTERRUPTED;
    }
  /* a place in a file comes first on its line, as compilers print it, so that editors find it */
  if (error->domain == MQ_IMPORT_ERROR)
    g_printerr ("%s\n", error->message);
  else
    g_printerr ("marquetry-cli: %s\n", error->message);
  if (g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING) ||
      g_error_matches (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING) ||
      g_error_matches (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING) ||
      g_error_matches (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_AMBIGUOUS) ||
      g_error_matches (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_MAPPING))
    return MQ_EXIT_USAGE;
  return MQ_EXIT_FAILED;
}

MqExit
mq_cli_usage_error (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("marquetry-cli: %s\n", message);
  return MQ_EXIT_USAGE;
}

void
mq_cli_note (MqCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  if (cli->quiet)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s\n", message);
}

static const char *
find_format (const MqCli *cli)
{
  if (cli->format != NULL)
    return cli->format;
  return isatty (STDOUT_FILENO) ? "table" : "csv";
}

gboolean
mq_cli_wants_json (const MqCli *cli)
{
  return strcmp (find_format (cli), "json") == 0;
}

/* Columns on a terminal that a text takes: wide East Asian characters take two. */
static int
measure_text (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}

static gboolean
is_left_aligned (const MqTable *table, guint column)
{
  MqColumnType type = mq_table_column_type (table, column);

  return type == MQ_COLUMN_TEXT || type == MQ_COLUMN_TERM;
}

static void
append_padded (GString *out, const char *text, int width, gboolean left)
{
  int padding = MAX (0, width - measure_text (text));

  if (left)
    g_string_append (out, text);
  g_string_append_printf (out, "%*s", padding, "");
  if (!left)
    g_string_append (out, text);
}

/* Control characters in data must not drive the terminal. */
static char *
format_cell_for_terminal (const MqTable *table, gsize row, guint column)
{
  char *text = mq_format_cell (table, row, column);

  for (char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return text;
}

static void
append_text_table (const MqTable *table, gsize n_rows, GString *out)
{
  guint           n_columns = mq_table_n_columns (table);
  g_autofree int *widths = g_new0 (int, n_columns);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint column = 0; column < n_columns; column++)
    widths[column] = measure_text (_ (mq_table_column_title (table, column)));
  for (gsize row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        char *cell = format_cell_for_terminal (table, row, column);

        widths[column] = MAX (widths[column], measure_text (cell));
        g_ptr_array_add (cells, cell);
      }
  for (guint column = 0; column < n_columns; column++)
    {
      append_padded (out, _ (mq_table_column_title (table, column)), widths[column], is_left_aligned (table, column));
      g_string_append (out, column + 1 < n_columns ? "  " : "\n");
    }
  for (gsize row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        append_padded (out, cells->pdata[row * n_columns + column], widths[column], is_left_aligned (table, column));
        g_string_append (out, column + 1 < n_columns ? "  " : "\n");
      }
}

static void
print_text_table (MqCli *cli, MqTable *table, GString *out)
{
  gsize n_rows = mq_table_n_rows (table);
  gsize n_shown = cli->top > 0 ? MIN (n_rows, (gsize) cli->top) : n_rows;

  append_text_table (table, n_shown, out);
  if (n_shown < n_rows)
    g_string_append_printf (out, "… %" G_GSIZE_FORMAT "\n", n_rows - n_shown);
}

static void
append_result_text (MqCli *cli, MqResult *result, MqTable *table, GString *out)
{
  if (mq_result_sentence (result) != NULL)
    g_string_append_printf (out, "%s\n\n", mq_result_sentence (result));
  print_text_table (cli, table, out);
  if (mq_result_rules (result) != NULL)
    g_string_append_printf (out, "\n%s\n", mq_result_rules (result));
}

static void
print_warnings (MqCli *cli, MqResult *result)
{
  const char *const *warnings = mq_result_warnings (result);

  for (; warnings != NULL && *warnings != NULL; warnings++)
    mq_cli_note (cli, _ ("Warning: %s"), *warnings);
}

gboolean
mq_cli_print_result (MqCli *cli, MqResult *result)
{
  g_autoptr (GString) out = g_string_new (NULL);
  MqTable *table = NULL;

  if (cli->table != NULL)
    table = mq_result_find_table (result, cli->table);
  else if (mq_result_n_tables (result) > 0)
    table = mq_result_table (result, 0);
  if (cli->table != NULL && table == NULL)
    {
      mq_cli_usage_error (_ ("There is no table “%s” in this result."), cli->table);
      return FALSE;
    }
  if (mq_cli_wants_json (cli))
    mq_result_write_json (result, out);
  else if (table != NULL)
    {
      g_autoptr (MqTable) head = cli->top > 0 ? mq_table_head (table, cli->top) : mq_table_ref (table);

      if (strcmp (find_format (cli), "csv") == 0)
        mq_table_write_csv (head, FALSE, out);
      else
        append_result_text (cli, result, table, out);
      print_warnings (cli, result);
    }
  fwrite (out->str, 1, out->len, stdout);
  return fflush (stdout) == 0;
}
