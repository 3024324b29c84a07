/* dataset-load.c: mq_project_load(): the small facts of a project file, read in one transaction, and the connections
 * that later bring the columns. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
clear_meaning_cb (gpointer data)
{
  g_free (((MqStatusMeaning *) data)->text);
}

static char *
read_setting (MqDb *db, const char *name, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT value FROM project WHERE name = ?", error);
  gboolean      row = FALSE;
  char         *value = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  if (!mq_db_step (db, statement, &row, error))
    return NULL;
  if (row)
    value = g_strdup (mq_db_text (statement, 0));
  sqlite3_reset (statement);
  if (value == NULL)
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file has no setting “%s”. Restore it from a backup copy."), name);
  return value;
}

static gboolean
read_settings (MqDataset *self, MqDb *db, GError **error)
{
  g_autofree char *revision = read_setting (db, "revision", error);
  g_autofree char *zone = revision != NULL ? read_setting (db, "zone", error) : NULL;

  self->currency = zone != NULL ? read_setting (db, "currency", error) : NULL;
  if (self->currency == NULL)
    return FALSE;
  self->revision = g_ascii_strtoll (revision, NULL, 10);
  self->zone = mq_zone_get (zone, error);
  return self->zone != NULL;
}

static gboolean
read_values (MqDataset *self, MqDb *db, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT substr (name, 7), value FROM project WHERE substr (name, 1, 6) = 'value:'", error);
  gboolean      row = FALSE;

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (statement == NULL)
    return FALSE;
  while (mq_db_step (db, statement, &row, error))
    {
      if (!row)
        return TRUE;
      g_hash_table_insert (self->values, g_strdup (mq_db_text (statement, 0)), g_strdup (mq_db_text (statement, 1)));
    }
  return FALSE;
}

static gboolean
read_statuses (MqDataset *self, MqDb *db, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT text, status FROM status ORDER BY text COLLATE BINARY, import = 0 DESC, given DESC, import DESC", error);
  gboolean      row = FALSE;

  self->statuses = g_array_new (FALSE, FALSE, sizeof (MqStatusMeaning));
  g_array_set_clear_func (self->statuses, clear_meaning_cb);
  if (statement == NULL)
    return FALSE;
  while (mq_db_step (db, statement, &row, error))
    {
      MqStatusMeaning meaning;
      const char     *text;
      int             status;

      if (!row)
        return TRUE;
      status = sqlite3_column_int (statement, 1);
      text = mq_db_text (statement, 0);
      /* the first of a text counts */
      if (self->statuses->len > 0 && strcmp (g_array_index (self->statuses, MqStatusMeaning, self->statuses->len - 1).text, text) == 0)
        continue;
      meaning.text = g_strdup (text);
      meaning.status = status >= 0 && status < MQ_N_STATUSES ? (MqStatus) status : MQ_STATUS_UNKNOWN;
      g_array_append_val (self->statuses, meaning);
    }
  return FALSE;
}

static gboolean
read_traits (MqDataset *self, MqDb *db, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT number, amount_of, refund_is_net, time, kind, rows_read, rejected FROM import WHERE undone = 0 ORDER BY number", error);
  gboolean      row = FALSE;

  self->traits = g_array_new (FALSE, FALSE, sizeof (MqImportTraits));
  if (statement == NULL)
    return FALSE;
  while (mq_db_step (db, statement, &row, error))
    {
      MqImportTraits traits;

      if (!row)
        return TRUE;
      traits.number = sqlite3_column_int64 (statement, 0);
      traits.amount_of = (MqAmountOf) CLAMP (sqlite3_column_int (statement, 1), MQ_AMOUNT_OF_LINE, MQ_AMOUNT_OF_ORDER_FIRST);
      traits.refund_is_net = sqlite3_column_int (statement, 2) != 0;
      traits.time = sqlite3_column_int64 (statement, 3);
      traits.kind = (MqKind) sqlite3_column_int (statement, 4);
      traits.rows_read = sqlite3_column_int64 (statement, 5);
      traits.rejected = sqlite3_column_int64 (statement, 6);
      g_array_append_val (self->traits, traits);
    }
  return FALSE;
}

/* The columns that no run is without. */
static gboolean
check_run (const MqRunInfo *info, GError **error)
{
  const char *const  names[] = { MQ_COLUMN_KEY, MQ_COLUMN_LINE, MQ_COLUMN_IMPORT, mq_kind_time_column (info->kind) };
  const MqValueType  types[] = { MQ_VALUE_TEXT, MQ_VALUE_INTEGER, MQ_VALUE_INTEGER, info->kind == MQ_KIND_SPEND ? MQ_VALUE_DAY : MQ_VALUE_TIME };
  const MqRunColumn *column;

  for (guint i = 0; i < G_N_ELEMENTS (names) && names[i] != NULL; i++)
    {
      column = mq_run_info_find (info, names[i]);
      if (column != NULL && column->type == types[i])
        continue;
      mq_run_set_lacking (info, names[i], error);
      return FALSE;
    }
  return TRUE;
}

/* The runs of a kind with their places in the count of stored rows. Row numbers are 32 bits wide in memory. */
static gboolean
lay_out_kind (MqDataset *self, MqKind kind, GError **error)
{
  MqDatasetKind *layout = &self->kinds[kind];
  gsize          base = 0;

  layout->runs = g_new0 (MqRunInfo *, self->runs->len + 1);
  layout->bases = g_new0 (gsize, self->runs->len + 1);
  layout->replaced = g_new0 (gboolean, self->runs->len + 1);
  for (guint i = 0; i < self->runs->len; i++)
    {
      MqRunInfo *info = g_ptr_array_index (self->runs, i);

      if (info->kind != kind)
        continue;
      if (!check_run (info, error))
        return FALSE;
      layout->runs[layout->n_runs++] = info;
      if (info->n_rows >= G_MAXUINT32 - base)
        {
          g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The project has more than 4,294,967,294 records of the kind “%s”, which is the limit."), mq_kind_name (kind));
          return FALSE;
        }
      base += info->n_rows;
      layout->bases[layout->n_runs] = base;
    }
  return TRUE;
}

static gboolean
check_mask (const MqDatasetKind *layout, const MqMask *mask)
{
  int run = mq_dataset_kind_find_run (layout, mask->run);
  int old_run = mq_dataset_kind_find_run (layout, mask->old_run);

  if (run < 0 || old_run < 0)
    return FALSE;
  for (gsize i = 0; i < mask->n; i++)
    if (mask->rows[i] >= layout->runs[run]->n_rows || mask->old_rows[i] >= layout->runs[old_run]->n_rows)
      return FALSE;
  if (mask->n > 0)
    layout->replaced[old_run] = TRUE;
  return TRUE;
}

static gboolean
read_masks (MqDataset *self, MqDb *db, MqKind kind, GError **error)
{
  MqDatasetKind *layout = &self->kinds[kind];

  layout->masks = mq_masks_read (db, kind, error);
  if (layout->masks == NULL)
    return FALSE;
  for (guint i = 0; i < layout->masks->len; i++)
    if (!check_mask (layout, g_ptr_array_index (layout->masks, i)))
      {
        g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The list of updated records of the kind “%s” is damaged. Restore the project from a backup copy."), mq_kind_name (kind));
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_runs (MqDataset *self, MqDb *db, GError **error)
{
  self->runs = mq_runs_list (db, MQ_N_KINDS, error);
  if (self->runs == NULL)
    return FALSE;
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (!lay_out_kind (self, kind, error) || !read_masks (self, db, kind, error))
      return FALSE;
  return TRUE;
}

/* The hash that was kept for this revision, if any. */
static gboolean
read_hash (MqDataset *self, MqDb *db, GError **error)
{
  g_autofree char *prefix = g_strdup_printf (MQ_HASH_VERSION " %" G_GINT64_FORMAT " ", self->revision);
  sqlite3_stmt    *statement = mq_db_prepare (db, "SELECT value FROM project WHERE name = 'value:" MQ_HASH_VALUE "'", error);
  gboolean         row = FALSE;
  const char      *value;

  if (statement == NULL || !mq_db_step (db, statement, &row, error))
    return FALSE;
  value = row ? mq_db_text (statement, 0) : NULL;
  if (value != NULL && g_str_has_prefix (value, prefix) && strlen (value + strlen (prefix)) == 32)
    self->hash = g_strdup (value + strlen (prefix));
  sqlite3_reset (statement);
  return TRUE;
}

/* An undo frees the run's id for a later run, so the id alone does not tell that a run is still the same one. */
static gboolean
is_run_there (MqDb *db, const MqRunInfo *info, gboolean *there, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT 1 FROM run WHERE id = ? AND kind = ? AND first_import = ? AND last_import = ? AND rows = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int (statement, 2, info->kind);
  sqlite3_bind_int64 (statement, 3, info->first_import);
  sqlite3_bind_int64 (statement, 4, info->last_import);
  sqlite3_bind_int64 (statement, 5, (gint64) info->n_rows);
  if (!mq_db_step (db, statement, there, error))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static char *
name_project (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, ".marquetry") && strlen (name) > strlen (".marquetry"))
    name[strlen (name) - strlen (".marquetry")] = '\0';
  return g_steal_pointer (&name);
}

int
mq_dataset_kind_find_run (const MqDatasetKind *layout, gint64 id)
{
  for (guint i = 0; i < layout->n_runs; i++)
    if (layout->runs[i]->id == id)
      return i;
  return -1;
}

MqDb *
mq_dataset_connect (MqDataset *self, GError **error)
{
  g_autoptr (MqDb) db = mq_db_open (self->path, FALSE, FALSE, error);

  if (db == NULL || !mq_db_begin_read (db, error))
    return NULL;
  for (guint i = 0; i < self->runs->len; i++)
    {
      gboolean there = FALSE;

      if (!is_run_there (db, g_ptr_array_index (self->runs, i), &there, error))
        return NULL;
      if (!there)
        {
          g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The project changed; reload."));
          return NULL;
        }
    }
  return g_steal_pointer (&db);
}

static gboolean
is_same_run (const MqRunInfo *a, const MqRunInfo *b)
{
  return a->id == b->id && a->kind == b->kind && a->first_import == b->first_import && a->last_import == b->last_import && a->n_rows == b->n_rows;
}

/* Every change of records is another revision; the runs are looked at all the same. */
static gboolean
has_records_of (const MqDataset *self, const MqDataset *other)
{
  gboolean same = self->revision == other->revision && strcmp (self->path, other->path) == 0 && self->runs->len == other->runs->len;

  for (guint i = 0; same && i < self->runs->len; i++)
    same = is_same_run (self->runs->pdata[i], other->runs->pdata[i]);
  return same && self->zone == other->zone;
}

MqDataset *
mq_project_load (MqProject *project, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) self = mq_dataset_new ();
  g_autoptr (MqDb) db = NULL;

  if (!mq_run_check (run, error))
    return NULL;
  self->path = g_strdup (mq_project_path (project));
  self->project_name = name_project (self->path);
  db = mq_db_open (self->path, FALSE, FALSE, error);
  if (db == NULL || !mq_db_begin_read (db, error))
    return NULL;
  if (!read_settings (self, db, error) || !read_values (self, db, error) || !read_statuses (self, db, error) || !read_traits (self, db, error) || !read_hash (self, db, error) || !read_runs (self, db, error))
    return NULL;
  return g_steal_pointer (&self);
}

MqDataset *
mq_project_load_again (MqProject *project, MqDataset *before, const MqRun *run, GError **error)
{
  MqDataset *self = mq_project_load (project, run, error);

  if (self != NULL && before != NULL && has_records_of (self, mq_dataset_holder (before)))
    {
      self->base = mq_dataset_ref (mq_dataset_holder (before));
      mq_dataset_forget_parts (self->base);
    }
  return self;
}
