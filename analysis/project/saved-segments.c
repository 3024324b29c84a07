/* saved-segments.c: the table of static segments. */

#include "config.h"

#include "project/project-private.h"

#include "project/chunk.h"
#include "project/saved-segments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
fail_missing (const char *name, GError **error)
{
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_SEGMENT, _ ("The project has no segment “%s”. List the segments to see their names."), name);
  return FALSE;
}

/* A name as it is kept: without blanks around it. (transfer full), NULL with error. */
static char *
clean_name (const char *name, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (name));
  gboolean         good = *clean != '\0' && g_utf8_validate (clean, -1, NULL) && g_utf8_strlen (clean, -1) <= MQ_SEGMENT_NAME_LENGTH;

  for (const char *p = clean; good && *p != '\0'; p = g_utf8_next_char (p))
    good = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (good)
    return g_steal_pointer (&clean);
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("A segment needs a name of 1 to %d characters in one line."), MQ_SEGMENT_NAME_LENGTH);
  return NULL;
}

static gboolean
has_table (MqDb *db, gboolean *has, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '" MQ_SEGMENT_TABLE "'", error);

  if (statement == NULL || !mq_db_step (db, statement, has, error))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
has_segment (MqDb *db, const char *name, gboolean *has, GError **error)
{
  sqlite3_stmt *statement;

  if (!has_table (db, has, error))
    return FALSE;
  if (!*has)
    return TRUE;
  statement = mq_db_prepare (db, "SELECT 1 FROM segment WHERE name = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (!mq_db_step (db, statement, has, error))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
check_free (MqDb *db, const char *name, GError **error)
{
  gboolean taken;

  if (!has_segment (db, name, &taken, error))
    return FALSE;
  if (taken)
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS, _ ("The project has a segment “%s” already. Choose another name."), name);
  return !taken;
}

static gboolean
make_table (MqDb *db, GError **error)
{
  gboolean has;

  return has_table (db, &has, error) && (has || mq_db_exec (db, error, mq_db_own_sql ("table " MQ_SEGMENT_TABLE)));
}

static gboolean
insert (MqDb *db, const char *name, const MqSavedSegment *segment, GError **error)
{
  g_autoptr (GBytes) blob = mq_strings_encode (segment->keys, error);
  sqlite3_stmt *statement = blob == NULL ? NULL : mq_db_prepare (db, "INSERT INTO segment (name, time, source, customers, keys) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, segment->time);
  sqlite3_bind_text (statement, 3, segment->source, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 4, mq_strings_length (segment->keys));
  sqlite3_bind_blob64 (statement, 5, g_bytes_get_data (blob, NULL), g_bytes_get_size (blob), SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

static gboolean
update_name (MqDb *db, const char *name, const char *to, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "UPDATE segment SET name = ?2 WHERE name = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, to, -1, SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

static gboolean delete (MqDb *db, const char *name, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "DELETE FROM segment WHERE name = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

/* A segment is not data: the revision stays. */
static gboolean
end_write (MqProject *self, gboolean good, GError **error)
{
  if (good && mq_db_commit (self->db, error))
    return TRUE;
  mq_db_rollback (self->db);
  return FALSE;
}

static MqSavedSegment *
read_segment (MqDb *db, const char *name, GError **error)
{
  g_autoptr (MqStrings) keys = NULL;
  sqlite3_stmt   *statement;
  MqSavedSegment *segment = NULL;
  gboolean        row;

  if (!has_table (db, &row, error))
    return NULL;
  if (!row)
    {
      fail_missing (name, error);
      return NULL;
    }
  statement = mq_db_prepare (db, "SELECT source, time, keys FROM segment WHERE name = ?", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (!mq_db_step (db, statement, &row, error))
    return NULL;
  if (!row)
    {
      fail_missing (name, error);
      return NULL;
    }
  keys = mq_strings_decode (sqlite3_column_blob (statement, 2), (gsize) sqlite3_column_bytes (statement, 2), NULL);
  if (keys != NULL)
    segment = mq_saved_segment_new (name, mq_db_text (statement, 0), sqlite3_column_int64 (statement, 1), keys);
  else
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_DAMAGED, _ ("The project file is damaged: the customers of the segment “%s” cannot be read. Use a backup copy, or delete the segment."), name);
  sqlite3_reset (statement);
  return segment;
}

static MqTableBuilder *
make_builder (MqProject *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", NULL, self->zone);

  mq_table_builder_add_column (builder, "segment", N_ ("Segment"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "saved", N_ ("Saved"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "source", N_ ("Saved From"), MQ_COLUMN_TEXT);
  return builder;
}

MqSavedSegment *
mq_saved_segment_new (const char *name, const char *source, gint64 time, MqStrings *keys)
{
  MqSavedSegment *self = g_new0 (MqSavedSegment, 1);

  self->name = g_strdup (name);
  self->source = g_strdup (source != NULL ? source : "");
  self->time = time;
  self->keys = mq_strings_ref (keys);
  return self;
}

MqSavedSegment *
mq_saved_segment_copy (const MqSavedSegment *self)
{
  return mq_saved_segment_new (self->name, self->source, self->time, self->keys);
}

void
mq_saved_segment_free (MqSavedSegment *self)
{
  g_free (self->name);
  g_free (self->source);
  mq_strings_unref (self->keys);
  g_free (self);
}

gboolean
mq_project_save_segment (MqProject *self, const MqSavedSegment *segment, GError **error)
{
  g_autofree char *name = clean_name (segment->name, error);

  if (name == NULL || !mq_project_begin_write (self, FALSE, error))
    return FALSE;
  return end_write (self, check_free (self->db, name, error) && make_table (self->db, error) && insert (self->db, name, segment, error), error);
}

gboolean
mq_project_rename_segment (MqProject *self, const char *name, const char *to, GError **error)
{
  g_autofree char *clean = clean_name (to, error);
  gboolean         good, has = FALSE;

  if (clean == NULL || !mq_project_begin_write (self, FALSE, error))
    return FALSE;
  good = has_segment (self->db, name, &has, error) && (has || fail_missing (name, error));
  good = good && (g_str_equal (name, clean) || (check_free (self->db, clean, error) && update_name (self->db, name, clean, error)));
  return end_write (self, good, error);
}

MqSavedSegment *
mq_project_delete_segment (MqProject *self, const char *name, GError **error)
{
  g_autoptr (MqSavedSegment) segment = NULL;

  if (!mq_project_begin_write (self, FALSE, error))
    return NULL;
  segment = read_segment (self->db, name, error);
  return end_write (self, segment != NULL && delete (self->db, name, error), error) ? g_steal_pointer (&segment) : NULL;
}

MqTable *
mq_project_list_segments (MqProject *self, GError **error)
{
  g_autoptr (MqTableBuilder) builder = make_builder (self);
  sqlite3_stmt *statement;
  gboolean      row;

  if (!has_table (self->db, &row, error))
    return NULL;
  if (!row)
    return mq_table_builder_finish (g_steal_pointer (&builder));
  statement = mq_db_prepare (self->db, "SELECT name, customers, time, source FROM segment ORDER BY name", error);
  while (statement != NULL && mq_db_step (self->db, statement, &row, error))
    {
      if (!row)
        return mq_table_builder_finish (g_steal_pointer (&builder));
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_db_text (statement, 0));
      mq_table_builder_set_integer (builder, 1, sqlite3_column_int64 (statement, 1));
      mq_table_builder_set_integer (builder, 2, sqlite3_column_int64 (statement, 2));
      mq_table_builder_set_text (builder, 3, mq_db_text (statement, 3));
    }
  return NULL;
}

MqStrings *
mq_segment_read_keys (MqDb *db, const char *name, GError **error)
{
  g_autoptr (MqSavedSegment) segment = read_segment (db, name, error);

  return segment != NULL ? mq_strings_ref (segment->keys) : NULL;
}
