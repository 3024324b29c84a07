/* project-imports.c: the lists of imports and of rejected rows; what status texts mean. */

#include "config.h"

#include "project/project-private.h"

#include <glib/gi18n-lib.h>

static MqTableBuilder *
make_imports_builder (MqProject *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("imports", NULL, self->zone);

  mq_table_builder_add_column (builder, "number", N_ ("Number"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "file", N_ ("File"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rejected", N_ ("Rejected"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "stored", N_ ("Stored"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "updated", N_ ("Updated"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "unchanged", N_ ("Unchanged"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "sha256", N_ ("SHA-256"), MQ_COLUMN_TEXT);
  return builder;
}

static void
add_import_row (MqTableBuilder *builder, sqlite3_stmt *statement)
{
  gint64 kind = sqlite3_column_int64 (statement, 2);

  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, sqlite3_column_int64 (statement, 0));
  mq_table_builder_set_text (builder, 1, mq_db_text (statement, 1));
  if (kind >= 0 && kind < MQ_N_KINDS)
    mq_table_builder_set_text (builder, 2, mq_kind_name (kind));
  for (guint column = 3; column <= 8; column++)
    mq_table_builder_set_integer (builder, column, sqlite3_column_int64 (statement, column));
  mq_table_builder_set_text (builder, 9, mq_db_text (statement, 9));
}

static void
add_reject_row (MqTableBuilder *builder, sqlite3_stmt *statement)
{
  mq_table_builder_append (builder);
  for (guint column = 0; column <= 2; column++)
    mq_table_builder_set_integer (builder, column, sqlite3_column_int64 (statement, column));
  for (guint column = 3; column <= 4; column++)
    mq_table_builder_set_text (builder, column, mq_db_text (statement, column));
}

static MqTable *
fill_table (MqProject *self, sqlite3_stmt *statement, MqTableBuilder *builder, void (*add_row) (MqTableBuilder *, sqlite3_stmt *), GError **error)
{
  gboolean row;

  while (statement != NULL && mq_db_step (self->db, statement, &row, error))
    {
      if (!row)
        return mq_table_builder_finish (builder);
      add_row (builder, statement);
    }
  mq_table_builder_free (builder);
  return NULL;
}

MqTable *
mq_project_list_imports (MqProject *self, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (self->db, "SELECT number, file_name, kind, stored + updated + unchanged, rejected, time, stored, updated, unchanged, sha256 FROM import WHERE undone = 0 ORDER BY number", error);

  return fill_table (self, statement, make_imports_builder (self), add_import_row, error);
}

MqTable *
mq_project_list_rejects (MqProject *self, gint64 import, GError **error)
{
  sqlite3_stmt   *statement = mq_db_prepare (self->db, "SELECT import, line, column, reason, text FROM reject WHERE ?1 = 0 OR import = ?1 ORDER BY import, line, rowid", error);
  MqTableBuilder *builder = mq_table_builder_new ("rejected", NULL, NULL);

  mq_table_builder_add_column (builder, "import", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "line", N_ ("Line"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "column", N_ ("Column"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "reason", N_ ("Reason"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "text", N_ ("Text"), MQ_COLUMN_TEXT);
  if (statement != NULL)
    sqlite3_bind_int64 (statement, 1, import);
  return fill_table (self, statement, builder, add_reject_row, error);
}

gboolean
mq_project_set_status (MqProject *self, const char *text, MqStatus status, GError **error)
{
  sqlite3_stmt *statement;

  if (!mq_project_begin_write (self, FALSE, error))
    return FALSE;
  statement = mq_db_prepare (self->db, "INSERT INTO status (text, import, status, given) VALUES (?1, 0, ?2, 1) ON CONFLICT (text, import) DO UPDATE SET status = ?2", error);
  if (statement != NULL)
    {
      sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int (statement, 2, status);
    }
  return mq_project_end_write (self, statement != NULL && mq_db_run (self->db, statement, error), error);
}
