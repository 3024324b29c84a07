/* import-list.c: imports and rejected rows from the project. */

#include "config.h"

#include "import-list.h"
#include "project-state.h"
#include "project/project-rejects.h"
#include "project/record-kind.h"

static const char *const import_columns[] = { "number", "file", "kind", "rows", "stored", "updated", "unchanged", "rejected", "time", NULL };
static const char *const reject_columns[] = { "line", "column", "reason", "text", NULL };

static const char *
find_kind_title (const char *name)
{
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      if (g_strcmp0 (name, mq_kind_name (kind)) == 0)
        return mq_kind_title (kind);
    }
  return name;
}

static void
copy_cell (MqTableBuilder *builder, guint to, MqTable *table, gsize row, guint from)
{
  switch (mq_table_column_type (table, from))
    {
    case MQ_COLUMN_TERM:
      mq_table_builder_set_text (builder, to, find_kind_title (mq_table_text (table, row, from)));
      break;
    case MQ_COLUMN_TEXT:
      mq_table_builder_set_text (builder, to, mq_table_text (table, row, from));
      break;
    default:
      mq_table_builder_set_integer (builder, to, mq_table_integer (table, row, from));
    }
}

/* (transfer full) A table of these columns only. */
static MqTable *
arrange_table (MqTable *table, const char *const *columns, gboolean backwards)
{
  MqTableBuilder *builder = mq_table_builder_new (mq_table_name (table), mq_table_currency (table), mq_table_zone (table));
  gsize           n = mq_table_n_rows (table);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      guint from = (guint) mq_table_find_column (table, columns[i]);

      mq_table_builder_add_column (builder, columns[i], mq_table_column_title (table, from), mq_table_column_type (table, from));
    }
  for (gsize row = 0; row < n; row++)
    {
      mq_table_builder_append (builder);
      for (guint i = 0; columns[i] != NULL; i++)
        copy_cell (builder, i, table, backwards ? n - 1 - row : row, (guint) mq_table_find_column (table, columns[i]));
    }
  return mq_table_builder_finish (builder);
}

static gpointer
list_imports (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (MqTable) table = mq_project_require (project, error) ? mq_project_list_imports (project, error) : NULL;

  return table != NULL ? arrange_table (table, import_columns, TRUE) : NULL;
}

static gpointer
list_rejects (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  const gint64 *number = data;
  g_autoptr (MqTable) table = mq_project_require (project, error) ? mq_project_list_rejects (project, *number, error) : NULL;

  return table != NULL ? arrange_table (table, reject_columns, FALSE) : NULL;
}

void
mq_import_list_start (MqStore *store, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_store_run (store, list_imports, NULL, NULL, (GDestroyNotify) mq_table_unref, NULL, callback, user_data);
}

MqTable *
mq_import_list_finish (GAsyncResult *result, GError **error)
{
  return mq_store_run_finish (NULL, result, error);
}

void
mq_reject_list_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_store_run (store, list_rejects, g_memdup2 (&number, sizeof number), g_free, (GDestroyNotify) mq_table_unref, NULL, callback, user_data);
}

MqTable *
mq_reject_list_finish (GAsyncResult *result, GError **error)
{
  return mq_store_run_finish (NULL, result, error);
}

static gpointer
print_rejects (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  const gint64 *number = data;

  return mq_project_require (project, error) ? mq_project_rejects_text (project, *number, error) : NULL;
}

void
mq_reject_text_start (MqStore *store, gint64 number, GAsyncReadyCallback callback, gpointer user_data)
{
  mq_store_run (store, print_rejects, g_memdup2 (&number, sizeof number), g_free, g_free, NULL, callback, user_data);
}

char *
mq_reject_text_finish (GAsyncResult *result, GError **error)
{
  return mq_store_run_finish (NULL, result, error);
}
