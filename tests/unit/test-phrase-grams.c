/* test-phrase-grams.c: which runs of tokens enough comments have, against counting each of them by its own. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "sentiment/phrase-grams.h"

static const char *const parts[] = { "的", "好", "快", "慢", "物", "流", "發", "发", "。", "!", " ", " ", " good ", " bad ", " size ", " it's ", " Not ", "🙏", "x" };

typedef struct
{
  guint32 first, count, comments, last;
} Seen;

/* A run can be a gram: no break in it, all of it characters, or words up to three. */
static gboolean
is_run (const MqPhraseTokens *tokens, gsize first, guint length)
{
  for (guint k = 0; k < length; k++)
    if (first + k >= tokens->n || tokens->tokens[first + k] == MQ_TOKEN_BREAK || mq_token_is_word (tokens->tokens[first + k]) != mq_token_is_word (tokens->tokens[first]))
      return FALSE;
  return length <= 3 || !mq_token_is_word (tokens->tokens[first]);
}

static GBytes *
key_of (const MqPhraseTokens *tokens, gsize first, guint length)
{
  return g_bytes_new (tokens->tokens + first, length * sizeof *tokens->tokens);
}

static GHashTable *
count_slowly (const MqPhraseTokens *tokens)
{
  GHashTable *seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);

  for (gsize first = 0; first < tokens->n; first++)
    for (guint length = 1; length <= MQ_GRAM_LONGEST && is_run (tokens, first, length); length++)
      {
        g_autoptr (GBytes) key = key_of (tokens, first, length);
        Seen *one = g_hash_table_lookup (seen, key);

        if (one == NULL)
          {
            one = g_new0 (Seen, 1);
            one->first = first;
            g_hash_table_insert (seen, g_bytes_ref (key), one);
          }
        one->count++;
        one->comments += one->last != tokens->owner[first] + 1;
        one->last = tokens->owner[first] + 1;
      }
  return seen;
}

static void
compare_level (const MqPhraseGrams *grams, guint length, GHashTable *seen, guint least)
{
  const MqPhraseTokens *tokens = grams->tokens;
  const MqGramLevel    *level = &grams->levels[length];
  gsize                 place = 0;

  for (gsize first = 0; first < tokens->n; first++)
    {
      g_autoptr (GBytes) key = is_run (tokens, first, length) ? key_of (tokens, first, length) : NULL;
      const Seen   *one = key != NULL ? g_hash_table_lookup (seen, key) : NULL;
      const MqGram *gram;

      if (one == NULL || one->comments < least)
        continue;
      g_assert_cmpuint (place, <, level->n_places);
      g_assert_cmpuint (level->places[place].token, ==, first);
      gram = &g_array_index (level->grams, MqGram, level->places[place++].gram);
      g_assert_cmpuint (gram->first, ==, one->first);
      g_assert_cmpuint (gram->count, ==, one->count);
      g_assert_cmpuint (gram->comments, ==, one->comments);
      for (guint from = 0; from < length; from++)
        for (guint part = 1; from + part <= length; part++)
          {
            g_autoptr (GBytes) inside = key_of (tokens, first + from, part);

            g_assert_cmpuint (mq_phrase_grams_count (grams, gram, length, from, part), ==, ((Seen *) g_hash_table_lookup (seen, inside))->count);
          }
    }
  g_assert_cmpuint (place, ==, level->n_places);
}

static void
compare (const MqFeedback *feedback, guint least)
{
  g_auto (MqPhraseTokens) tokens = { NULL };
  g_auto (MqPhraseGrams) grams = { NULL };
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mq_phrase_tokens_init (&tokens, feedback, NULL, &error));
  g_assert_true (mq_phrase_grams_init (&grams, &tokens, least, NULL, &error));
  seen = count_slowly (&tokens);
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    compare_level (&grams, length, seen, least);
}

static char *
make_comment (GRand *random)
{
  GString *text = g_string_new (NULL);

  for (gint i = g_rand_int_range (random, 0, 20); i > 0; i--)
    g_string_append (text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

/* MQ_GRAM_ROUNDS=300 for more. */
static void
test_random (void)
{
  const char *rounds = g_getenv ("MQ_GRAM_ROUNDS");

  for (guint round = 0; round < (rounds != NULL ? (guint) atoi (rounds) : 6); round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 1);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autofree MqComment *comments = g_new0 (MqComment, 700);

      for (guint i = 0; i < 700; i++)
        {
          g_ptr_array_add (texts, make_comment (random));
          comments[i].text = texts->pdata[i];
        }
      compare (&(MqFeedback){ .comments = comments, .n = round == 0 ? 0 : 700 }, round == 5 ? 300 : round * 3 + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrase-grams/random", test_random);
  return g_test_run ();
}
