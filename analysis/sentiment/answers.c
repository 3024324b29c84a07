/* answers.c: a line an answer. */

#include "config.h"

#include "sentiment/answers.h"

#include <string.h>

#include "sentiment/mood-labels.h"

#define KEY_DIGITS 16

GHashTable *
mq_answers_parse (const char *value)
{
  GHashTable *answers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strspn (lines[i], "0123456789abcdef") == KEY_DIGITS && lines[i][KEY_DIGITS] == ' ')
      {
        guint64 key = g_ascii_strtoull (lines[i], NULL, 16);

        g_hash_table_insert (answers, g_memdup2 (&key, sizeof key), g_strcompress (lines[i] + KEY_DIGITS + 1));
      }
  return answers;
}

static int
compare_lines_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
mq_answers_print (GHashTable *answers)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer       key, answer;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &answer))
    {
      guint64          number = *(guint64 *) key;
      g_autofree char *escaped = g_strescape (answer, NULL);

      g_ptr_array_add (lines, g_strdup_printf ("%08x%08x %s\n", (guint) (number >> 32), (guint) number, escaped));
    }
  g_ptr_array_sort (lines, compare_lines_cb);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (NULL, (char **) lines->pdata);
}

const char *
mq_answers_find (GHashTable *answers, const char *question)
{
  guint64 key = mq_mood_label_key (question, strlen (question));

  return g_hash_table_lookup (answers, &key);
}

void
mq_answers_set (GHashTable *answers, const char *question, const char *answer)
{
  guint64 key = mq_mood_label_key (question, strlen (question));

  if (*answer == '\0')
    g_hash_table_remove (answers, &key);
  else
    g_hash_table_replace (answers, g_memdup2 (&key, sizeof key), g_strdup (answer));
}
