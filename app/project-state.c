/* project-state.c: what the store thread tells about a project. */

#include "config.h"

#include "project-state.h"
#include "project/saved-segments.h"
#include "scope.h"

static gint32
find_newest_day (MqDataset *dataset, const MqRun *run)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_auto (MqScope) scope = { 0 };

  return mq_scope_init (&scope, dataset, settings, NULL, run, NULL) ? scope.as_of_day : MQ_DAY_MISSING;
}

static gboolean
read_imports (MqProjectState *self, MqProject *project, GError **error)
{
  g_autoptr (MqTable) imports = mq_project_list_imports (project, error);
  guint  number_column, kind_column, stored_column;
  MqKind kind;

  if (imports == NULL)
    return FALSE;
  number_column = (guint) mq_table_find_column (imports, "number");
  kind_column = (guint) mq_table_find_column (imports, "kind");
  stored_column = (guint) mq_table_find_column (imports, "stored");
  for (gsize row = 0; row < mq_table_n_rows (imports); row++)
    {
      gint64 number = mq_table_integer (imports, row, number_column);

      g_array_append_val (self->imports, number);
      if (mq_kind_from_name (mq_table_text (imports, row, kind_column), &kind))
        self->rows[kind] += mq_table_integer (imports, row, stored_column);
    }
  return TRUE;
}

gboolean
mq_project_require (MqProject *project, GError **error)
{
  if (project != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The project was closed meanwhile");
  return FALSE;
}

gpointer
mq_project_state_read (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (MqProjectState) self = NULL;

  if (!mq_project_require (project, error))
    return NULL;
  self = g_new0 (MqProjectState, 1);
  self->imports = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->dataset = mq_project_load_again (project, data, run, error);
  if (self->dataset == NULL || !read_imports (self, project, error))
    return NULL;
  self->values = mq_project_list_values (project, error);
  self->segments = self->values != NULL ? mq_project_list_segments (project, error) : NULL;
  if (self->segments == NULL)
    return NULL;
  self->path = g_strdup (mq_project_path (project));
  self->zone = g_strdup (mq_project_zone (project));
  self->currency = g_strdup (mq_project_currency (project));
  self->holder = g_strdup (mq_project_holder (project));
  self->read_only = mq_project_is_read_only (project);
  self->newest_day = find_newest_day (self->dataset, run);
  return g_steal_pointer (&self);
}

void
mq_project_state_free (MqProjectState *self)
{
  g_free (self->path);
  g_free (self->zone);
  g_free (self->currency);
  g_free (self->holder);
  g_array_unref (self->imports);
  g_clear_pointer (&self->segments, mq_table_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->dataset, mq_dataset_unref);
  g_free (self);
}
