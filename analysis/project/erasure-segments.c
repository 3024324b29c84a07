/* erasure-segments.c: a person out of the static segments. */

#include "config.h"

#include "project/erasure-subject.h"
#include "project/saved-segments.h"

/* The list without their keys; NULL if it holds none. */
static MqStrings *
leave_out (const MqSubject *subject, const MqStrings *keys)
{
  g_autoptr (MqStringsBuilder) builder = mq_strings_builder_new ();
  guint kept = 0;

  for (guint i = 0; i < mq_strings_length (keys); i++)
    if (!mq_subject_has (subject, mq_strings_get (keys, i), mq_strings_get_length (keys, i)))
      {
        mq_strings_builder_add (builder, mq_strings_get (keys, i), mq_strings_get_length (keys, i));
        kept++;
      }
  return kept < mq_strings_length (keys) ? mq_strings_builder_finish (g_steal_pointer (&builder)) : NULL;
}

static gboolean
update (MqDb *db, const char *name, const MqStrings *keys, GError **error)
{
  g_autoptr (GBytes) blob = mq_strings_encode (keys, error);
  sqlite3_stmt *statement = blob == NULL ? NULL : mq_db_prepare (db, "UPDATE segment SET customers = ?2, keys = ?3 WHERE name = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, mq_strings_length (keys));
  sqlite3_bind_blob64 (statement, 3, g_bytes_get_data (blob, NULL), g_bytes_get_size (blob), SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

gboolean
mq_subject_leave_segments (const MqSubject *self, MqProject *project, MqDb *db, gboolean dry_run, gint64 *n, GError **error)
{
  g_autoptr (MqTable) segments = mq_project_list_segments (project, error);

  *n = 0;
  for (gsize row = 0; segments != NULL && row < mq_table_n_rows (segments); row++)
    {
      const char *name = mq_table_text (segments, row, 0);
      g_autoptr (MqStrings) keys = mq_segment_read_keys (db, name, error);
      g_autoptr (MqStrings) rest = keys != NULL ? leave_out (self, keys) : NULL;

      if (keys == NULL)
        return FALSE;
      *n += rest != NULL;
      if (rest != NULL && !dry_run && !update (db, name, rest, error))
        return FALSE;
    }
  return segments != NULL;
}
