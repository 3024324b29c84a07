/* salvage-run.c: a run whose chunks may be damaged. */

#include "config.h"

#include "project/salvage-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "project/chunk.h"
#include "project/dataset-private.h"
#include "project/merge-strings.h"

typedef struct
{
  const MqRunColumn *column;  /* (borrowed) */
  gint64            *values;  /* (owned) */
  MqStrings         *strings; /* (owned) (nullable) */
} Column;

struct _MqSalvagedRun
{
  const MqRunInfo *info;    /* (borrowed) */
  GArray          *columns; /* (owned) (element-type Column) */
  guint8          *lacks;   /* (owned) by row: something it cannot be without */
};

/* One column of the rows of one import. */
typedef struct
{
  const Column  *column;
  const guint32 *rows;
  const guint32 *remap; /* (nullable) */
} Fill;

static void
clear_column_cb (gpointer data)
{
  Column *column = data;

  g_free (column->values);
  g_clear_pointer (&column->strings, mq_strings_unref);
}

static gboolean
is_needed (const MqRunInfo *info, const char *name)
{
  return strcmp (name, MQ_COLUMN_KEY) == 0 || strcmp (name, MQ_COLUMN_LINE) == 0 || strcmp (name, MQ_COLUMN_IMPORT) == 0 || g_strcmp0 (name, mq_kind_time_column (info->kind)) == 0;
}

static gboolean
read_chunk (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, guint sequence, guint n, gint64 *values)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT data FROM chunk WHERE run = ? AND position = ? AND sequence = ?", NULL);
  gboolean      row = FALSE;
  gboolean      good;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, info->id);
  sqlite3_bind_int (statement, 2, column->position);
  sqlite3_bind_int (statement, 3, sequence);
  good = mq_db_step (db, statement, &row, NULL) && row && mq_chunk_decode (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0), n, values, NULL);
  sqlite3_reset (statement);
  return good;
}

/* Codes that the list does not have make a chunk a damaged one. */
static gboolean
check_codes (const gint64 *values, guint n, const MqStrings *strings)
{
  for (guint i = 0; i < n; i++)
    if (values[i] != MQ_VALUE_MISSING && (values[i] < 0 || values[i] >= mq_strings_length (strings)))
      return FALSE;
  return TRUE;
}

static void
read_values (MqSalvagedRun *self, MqDb *db, Column *column, MqLostFunc lost, gpointer data)
{
  gboolean needed = is_needed (self->info, column->column->name);

  for (gsize start = 0; start < self->info->n_rows; start += MQ_CHUNK_ROWS)
    {
      guint   n = MIN (MQ_CHUNK_ROWS, self->info->n_rows - start);
      gint64 *values = column->values + start;

      if (read_chunk (db, self->info, column->column, start / MQ_CHUNK_ROWS, n, values) && (column->strings == NULL || check_codes (values, n, column->strings)))
        continue;
      for (guint i = 0; i < n; i++)
        values[i] = MQ_VALUE_MISSING;
      if (needed)
        memset (self->lacks + start, 1, n);
      lost (self->info, column->column->name, start, n, needed ? N_ ("rows") : N_ ("cells"), data);
    }
}

/* FALSE if the run cannot be used without it. */
static gboolean
add_column (MqSalvagedRun *self, MqDb *db, const MqRunColumn *column, MqLostFunc lost, gpointer data)
{
  Column more = { column, NULL, NULL };

  if (column->type == MQ_VALUE_TEXT && (more.strings = mq_run_read_strings (db, self->info, column, NULL)) == NULL)
    {
      gboolean needed = is_needed (self->info, column->name);

      lost (self->info, column->name, 0, self->info->n_rows, needed ? N_ ("rows") : N_ ("whole column"), data);
      return !needed;
    }
  more.values = g_try_new (gint64, self->info->n_rows + 1);
  if (more.values == NULL)
    {
      g_clear_pointer (&more.strings, mq_strings_unref);
      return FALSE;
    }
  read_values (self, db, &more, lost, data);
  g_array_append_val (self->columns, more);
  return TRUE;
}

MqSalvagedRun *
mq_salvaged_run_read (MqDb *db, const MqRunInfo *info, MqLostFunc lost, gpointer data)
{
  g_autoptr (MqSalvagedRun) self = g_new0 (MqSalvagedRun, 1);

  self->info = info;
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column_cb);
  self->lacks = g_try_malloc0 (info->n_rows + 1);
  for (guint i = 0; self->lacks != NULL && i < info->columns->len; i++)
    if (!add_column (self, db, info->columns->pdata[i], lost, data))
      return NULL;
  return self->lacks != NULL ? g_steal_pointer (&self) : NULL;
}

void
mq_salvaged_run_free (MqSalvagedRun *self)
{
  g_array_unref (self->columns);
  g_free (self->lacks);
  g_free (self);
}

static const Column *
find_column (const MqSalvagedRun *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (strcmp (column->column->name, name) == 0)
        return column;
    }
  return NULL;
}

/* A needed cell that is damaged in a way that only its absence shows. */
static gboolean
is_usable (const MqSalvagedRun *self, const Column *key, const Column *line, gsize row)
{
  return !self->lacks[row] && key->values[row] != MQ_VALUE_MISSING && line->values[row] != MQ_VALUE_MISSING;
}

static void
fill_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  const Fill *fill = data;

  for (guint i = 0; i < n; i++)
    {
      gint64 value = fill->column->values[fill->rows[start + i]];

      out[i] = fill->remap != NULL && value != MQ_VALUE_MISSING ? fill->remap[value] : value;
    }
}

static gboolean
write_column (MqRunWriter *writer, const Column *column, const guint32 *rows, gsize n, const MqRun *run, GError **error)
{
  const MqRunColumn *like = column->column;
  Fill               fill = { column, rows, NULL };
  g_autoptr (MqStrings) strings = NULL;
  g_autofree guint8  *used = NULL;
  g_autofree guint32 *remap = NULL;
  MqStrings          *list = column->strings;

  if (list != NULL)
    {
      used = g_new0 (guint8, (gsize) mq_strings_length (list) + 1);
      for (gsize i = 0; i < n; i++)
        if (column->values[rows[i]] != MQ_VALUE_MISSING)
          used[column->values[rows[i]]] = 1;
      strings = mq_strings_merge (&list, &used, 1, &remap, error);
      if (strings == NULL)
        return FALSE;
      fill.remap = remap;
    }
  return mq_run_writer_add_column (writer, like->name, like->label, like->type, like->scale, strings, fill_cb, &fill, run, error);
}

MqStagedRun *
mq_salvaged_run_stage (const MqSalvagedRun *self, gint64 import, MqSpill *spill, const MqRun *run, GError **error)
{
  const Column       *imports = find_column (self, MQ_COLUMN_IMPORT);
  const Column       *key = find_column (self, MQ_COLUMN_KEY);
  const Column       *line = find_column (self, MQ_COLUMN_LINE);
  g_autofree guint32 *rows = g_try_new (guint32, self->info->n_rows + 1);
  g_autoptr (MqRunWriter) writer = NULL;
  gsize n = 0;

  if (imports == NULL || key == NULL || line == NULL || rows == NULL)
    return NULL;
  for (gsize row = 0; row < self->info->n_rows; row++)
    if (imports->values[row] == import && is_usable (self, key, line, row))
      rows[n++] = row;
  if (n == 0)
    return NULL;
  writer = mq_run_writer_new (spill, self->info->kind, n);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column != imports && !write_column (writer, column, rows, n, run, error))
        return NULL;
    }
  return mq_run_writer_finish (g_steal_pointer (&writer), error);
}
