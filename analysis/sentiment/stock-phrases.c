/* stock-phrases.c: a line a difference from the program's own list. */

#include "config.h"

#include "sentiment/stock-phrases.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/sorted-keys.h"
#include "sentiment/feedback-query.h"
#include "sentiment/mood-text.h"

static const char *const built_in[] = {
  "此用户没有填写评价", "此用户没有填写评论", "此用户未填写评价内容", "该用户未填写评价内容", "该用户没有填写评价", "系统默认好评", "系统默认评价", "系统默认评论", "15天内买家未作出评价", "默认好评", "用户未及时做出评价,系统默认好评", "评价方未及时做出评价,系统默认好评", "买家未及时做出评价,系统默认好评", "no comment", "n/a", "this user left no comment", NULL
};

static gboolean
is_built_in (const char *key)
{
  return g_strv_contains (built_in, key);
}

char *
mq_stock_phrase_new (const char *text)
{
  char *key;
  gsize n;

  while (*text == ' ')
    text++;
  if (strnlen (text, MQ_STOCK_LONGEST + 1) > MQ_STOCK_LONGEST)
    return NULL;
  key = mq_feedback_fold (text);
  g_strstrip (key);
  for (n = strlen (key); n > 0 && strchr (".!~ \n", key[n - 1]) != NULL;)
    key[--n] = '\0';
  if (n == 0 || strchr (key, '\n') != NULL)
    g_clear_pointer (&key, g_free);
  return key;
}

GHashTable *
mq_stock_phrases_parse (const char *value)
{
  GHashTable *phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  for (guint i = 0; built_in[i] != NULL; i++)
    g_hash_table_add (phrases, g_strdup (built_in[i]));
  for (guint i = 0; lines[i] != NULL; i++)
    if ((*lines[i] == '+' || *lines[i] == '-') && g_utf8_validate (lines[i], -1, NULL))
      mq_stock_phrases_set (phrases, lines[i] + 1, *lines[i] == '+');
  return phrases;
}

char *
mq_stock_phrases_print (GHashTable *phrases)
{
  g_autoptr (GPtrArray) list = mq_sorted_keys (phrases);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    if (!is_built_in (list->pdata[i]))
      g_string_append_printf (out, "+%s\n", (const char *) list->pdata[i]);
  for (guint i = 0; built_in[i] != NULL; i++)
    if (!g_hash_table_contains (phrases, built_in[i]))
      g_string_append_printf (out, "-%s\n", built_in[i]);
  return g_string_free (out, FALSE);
}

/* Of the ways in which it may begin that make no difference, what is behind; 0: nothing. */
static gunichar
read_first (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = mq_mood_fold_character (g_utf8_get_char (text));

      if (c != 0 && (c >= 128 || !g_ascii_isspace (c)))
        return c;
    }
  return 0;
}

guint8 *
mq_stock_phrases_beginnings (GHashTable *phrases)
{
  guint8        *begins = g_new0 (guint8, MQ_STOCK_BEGINNINGS);
  GHashTableIter iter;
  gpointer       phrase;

  g_hash_table_iter_init (&iter, phrases);
  while (g_hash_table_iter_next (&iter, &phrase, NULL))
    begins[g_utf8_get_char (phrase) % MQ_STOCK_BEGINNINGS] = 1;
  return begins;
}

gboolean
mq_stock_phrases_may_contain (const guint8 *beginnings, const char *text)
{
  return beginnings[read_first (text) % MQ_STOCK_BEGINNINGS] != 0;
}

gboolean
mq_stock_phrases_contain (GHashTable *phrases, const char *text)
{
  g_autofree char *key = mq_stock_phrase_new (text);

  return key != NULL && g_hash_table_contains (phrases, key);
}

gboolean
mq_stock_phrases_set (GHashTable *phrases, const char *text, gboolean is_stock)
{
  g_autofree char *key = mq_stock_phrase_new (text);

  if (key == NULL)
    return FALSE;
  if (is_stock)
    g_hash_table_add (phrases, g_steal_pointer (&key));
  else
    g_hash_table_remove (phrases, key);
  return TRUE;
}

GHashTable *
mq_stock_counts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
mq_stock_counts_add (GHashTable *counts, const char *text, gint64 n)
{
  g_autofree char *key = mq_stock_phrase_new (text);
  const gint64    *before = g_hash_table_lookup (counts, key);
  gint64           sum = n + (before != NULL ? *before : 0);

  g_hash_table_replace (counts, g_steal_pointer (&key), g_memdup2 (&sum, sizeof sum));
}

MqTable *
mq_stock_phrases_table (GHashTable *phrases, GHashTable *counts)
{
  MqTableBuilder *builder = mq_table_builder_new ("stock", NULL, NULL);
  g_autoptr (GPtrArray) list = mq_sorted_keys (phrases);

  mq_table_builder_add_column (builder, "phrase", N_ ("Phrase"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "own", N_ ("Added in this project"), MQ_COLUMN_BOOLEAN);
  if (counts != NULL)
    mq_table_builder_add_column (builder, "comments", N_ ("Comments"), MQ_COLUMN_INTEGER);
  for (guint i = 0; i < list->len; i++)
    {
      const gint64 *n = counts != NULL ? g_hash_table_lookup (counts, list->pdata[i]) : NULL;

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, list->pdata[i]);
      mq_table_builder_set_integer (builder, 1, !is_built_in (list->pdata[i]));
      if (counts != NULL)
        mq_table_builder_set_integer (builder, 2, n != NULL ? *n : 0);
    }
  return mq_table_builder_finish (builder);
}
