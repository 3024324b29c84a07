/* project-rejects.c: the rejected rows of an import as a file of their own, under its header. */

#include "config.h"

#include "project/project-rejects.h"

#include "project/project-private.h"

#include <string.h>

/* The mapping is JSON of our own (import-plan.c); a file without a header has none here either. */
static const char headers_sql[] = "SELECT json_extract (value, '$.header'), json_extract (mapping, '$.delimiter'), json_extract (mapping, '$.has_header') FROM import, json_each (import.mapping, '$.columns') WHERE number = ?1 ORDER BY key";

static void
append_cell (GString *text, const char *cell, const char *delimiter)
{
  if (strpbrk (cell, "\"\r\n") == NULL && strstr (cell, delimiter) == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *p = cell; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* Rows of what was no text are kept as lines of CSV; runs of blanks are one blank. */
static const char *
find_delimiter (const char *delimiter)
{
  if (delimiter == NULL || *delimiter == '\0')
    return ",";
  return strcmp (delimiter, "blanks") == 0 ? " " : delimiter;
}

static gboolean
append_header (MqProject *self, gint64 import, GString *text, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (self->db, headers_sql, error);
  gboolean      row = FALSE;
  guint         n = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, import);
  while (mq_db_step (self->db, statement, &row, error))
    {
      const char *header = row ? mq_db_text (statement, 0) : NULL;
      const char *delimiter = row ? find_delimiter (mq_db_text (statement, 1)) : NULL;

      if (!row)
        {
          if (n > 0)
            g_string_append_c (text, '\n');
          return TRUE;
        }
      if (!sqlite3_column_int (statement, 2))
        continue;
      if (n++ > 0)
        g_string_append (text, delimiter);
      append_cell (text, header != NULL ? header : "", delimiter);
    }
  return FALSE;
}

char *
mq_project_rejects_text (MqProject *self, gint64 import, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (MqTable) rejects = mq_project_list_rejects (self, import, error);
  int column;

  if (rejects == NULL || !append_header (self, import, text, error))
    return NULL;
  column = mq_table_find_column (rejects, "text");
  for (gsize row = 0; row < mq_table_n_rows (rejects); row++)
    {
      const char *line = mq_table_text (rejects, row, (guint) column);

      g_string_append (text, line != NULL ? line : "");
      if (line == NULL || !g_str_has_suffix (line, "\n"))
        g_string_append_c (text, '\n');
    }
  return g_strdup (text->str);
}
