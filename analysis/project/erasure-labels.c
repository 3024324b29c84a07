/* erasure-labels.c: labels of erased texts, and stock phrases that are such. */

#include "config.h"

#include "project/erasure-labels.h"

#include <string.h>

#include "sentiment/mood-labels.h"
#include "sentiment/stock-phrases.h"

static gboolean
has_texts (const MqLedgerPart *part)
{
  const GPtrArray *columns = part->source.info->columns;

  for (guint i = 0; i < columns->len; i++)
    {
      const MqRunColumn *column = columns->pdata[i];

      if (g_str_equal (column->name, "text") && column->type == MQ_VALUE_TEXT)
        return TRUE;
    }
  return FALSE;
}

gboolean
mq_erased_texts_add (GHashTable *texts, const MqLedgerPart *part, const MqRun *run, GError **error)
{
  g_autofree gint64 *codes = NULL;
  g_autoptr (MqStrings) strings = NULL;

  if (!has_texts (part))
    return TRUE;
  codes = mq_run_source_values (&part->source, "text", run, error);
  strings = codes != NULL ? mq_run_source_strings (&part->source, "text", error) : NULL;
  for (gsize row = 0; strings != NULL && row < part->source.n_rows; row++)
    if (part->states[row] == MQ_ROW_GONE && codes[row] != MQ_VALUE_MISSING)
      {
        guint64 key = mq_mood_label_key (mq_strings_get (strings, codes[row]), mq_strings_get_length (strings, codes[row]));

        g_hash_table_add (texts, g_memdup2 (&key, sizeof key));
      }
  return strings != NULL;
}

gboolean
mq_value_is_of_labels (const char *name)
{
  return g_str_equal (name, MQ_MOOD_LABELS_VALUE) || g_str_equal (name, MQ_MOOD_LABELS_BEFORE);
}

static gboolean
write_value (MqDb *db, const char *name, const char *value, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "UPDATE project SET value = ?2 WHERE name = 'value:' || ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, value, -1, SQLITE_TRANSIENT);
  return mq_db_run (db, statement, error);
}

gboolean
mq_labels_drop_erased (MqDb *db, GHashTable *texts, const char *name, const char *value, gboolean dry_run, gint64 *n, GError **error)
{
  g_autoptr (GArray) labels = mq_mood_labels_parse (value);
  g_autofree char *left = NULL;
  GHashTableIter   iter;
  gpointer         key;
  gboolean         any = FALSE;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    any = mq_mood_labels_remove (labels, *(const guint64 *) key) || any;
  *n += any;
  if (!any || dry_run)
    return TRUE;
  left = mq_mood_labels_print (labels);
  return write_value (db, name, left, error);
}

gboolean
mq_value_is_of_stock (const char *name)
{
  return g_str_equal (name, MQ_STOCK_VALUE);
}

static gboolean
is_erased (const char *phrase, GHashTable *texts, const MqSubject *subject)
{
  guint64 key = mq_mood_label_key (phrase, strlen (phrase));

  return g_hash_table_contains (texts, &key) || mq_subject_is_in (subject, phrase);
}

gboolean
mq_stock_drop_erased (MqDb *db, GHashTable *texts, const MqSubject *subject, const char *name, const char *value, gboolean dry_run, gint64 *n, GError **error)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (value);
  g_autoptr (GHashTable) shipped = mq_stock_phrases_parse (NULL);
  g_autofree char *left = NULL;
  GHashTableIter   iter;
  gpointer         phrase;
  gboolean         any = FALSE;

  g_hash_table_iter_init (&iter, phrases);
  while (g_hash_table_iter_next (&iter, &phrase, NULL))
    if (!g_hash_table_contains (shipped, phrase) && is_erased (phrase, texts, subject))
      {
        g_hash_table_iter_remove (&iter);
        any = TRUE;
      }
  *n += any;
  if (!any || dry_run)
    return TRUE;
  left = mq_stock_phrases_print (phrases);
  return write_value (db, name, left, error);
}
