/* audit.c: one line an action, "TIME IMPORT ROWS ACTION". */

#include "config.h"

#include "project/audit.h"

#include "project/erasure.h"
#include "project/project-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define PREFIX "audit:"
#define DIGITS 12

static gboolean
count (MqDb *db, gint64 *n, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT coalesce (max (CAST (substr (name, 7) AS INTEGER)), 0) FROM project WHERE substr (name, 1, 6) = 'audit:'", error);
  gboolean      row;

  if (statement == NULL || !mq_db_step (db, statement, &row, error))
    return FALSE;
  *n = row ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return TRUE;
}

static void
add_row (MqTableBuilder *builder, const char *name, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", 4);

  if (g_strv_length (words) < 4)
    return;
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, g_ascii_strtoll (name, NULL, 10));
  mq_table_builder_set_integer (builder, 1, g_ascii_strtoll (words[0], NULL, 10));
  mq_table_builder_set_text (builder, 2, words[3]);
  if (!g_str_equal (words[1], "0"))
    mq_table_builder_set_integer (builder, 3, g_ascii_strtoll (words[1], NULL, 10));
  mq_table_builder_set_integer (builder, 4, g_ascii_strtoll (words[2], NULL, 10));
}

gboolean
mq_audit_add (MqDb *db, const char *action, gint64 time, gint64 import, gint64 rows, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", time, import, rows, action);
  g_autofree char *name = NULL;
  sqlite3_stmt    *statement;
  gint64           n;

  if (!count (db, &n, error))
    return FALSE;
  name = g_strdup_printf (PREFIX "%0*" G_GINT64_FORMAT, DIGITS, n + 1);
  statement = mq_db_prepare (db, "INSERT INTO project (name, value) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, value, -1, SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

MqTable *
mq_project_audit (MqProject *self, GError **error)
{
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("audit", NULL, self->zone);
  sqlite3_stmt *statement = mq_db_prepare (self->db, "SELECT substr (name, 7), value FROM project WHERE substr (name, 1, 6) = 'audit:' ORDER BY name", error);
  gboolean      row;

  mq_table_builder_add_column (builder, "number", N_ ("Number"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "action", N_ ("Action"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "import", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  while (statement != NULL && mq_db_step (self->db, statement, &row, error))
    {
      if (!row)
        return mq_table_builder_finish (g_steal_pointer (&builder));
      add_row (builder, mq_db_text (statement, 0), mq_db_text (statement, 1));
    }
  return NULL;
}
