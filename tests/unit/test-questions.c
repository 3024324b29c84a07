/* test-questions.c: which sentences ask and what is asked together, against a slow reading of the same rules. */

#include "config.h"

#include <string.h>

#include "sentiment/question-groups.h"

static const char *const marks[] = { "?", "吗", "么样", "怎么", "为什么", "什么时候", "多少", "哪里", "能不能", "可不可以", "有没有", "是不是", "会不会", "几天", "多久", "如何", "请问", NULL };
static const char *const openers[] = { "what ", "how ", "when ", "where ", "why ", "which ", "who ", "can i ", "can you ", "do you ", "does it ", "does this ", "is there ", "is it ", "are there ", "will it ", "will you ", NULL };
static const char *const outcries[] = { "what a ", "what an ", "how dare ", NULL };
static const char *const fillers[] = { "请问", "麻烦", "这个", "这款", "大概", "能", "你好", "您好", "亲", "一下", "呢", "啊", "呀", "please", "hello", "hi ", NULL };

/* What comments are made of: marks whole, cut and in other signs, openers, fillers, ends, what folding leaves out or alters. */
static const char *const parts[] = { "?", "？", "！", "!", ".", "。", "；", ";", "\n", " ", " ", "　", "\t", "​", "﻿", "️", "🙏", "吗", "嗎", "么", "麼", "样", "樣", "怎", "为", "為", "什", "时候", "多", "少", "久", "哪", "里", "裡", "能", "不", "可", "以", "有", "没", "沒", "是", "会", "會", "几", "幾", "天", "如", "何", "请", "問", "問", "问", "麻烦", "这个", "你好", "一下", "呢", "please", "hello ", "hi ", "what ", "What ", "WHAT a ", "how ", "ｈow ", "how dare ", "is it ", "Is there ", "do you ", "does ", "it ", "will ", "can i ", "why", "size", "尺码", "发货", "快", "好", "é", "Ж", "12", "７" };

typedef struct
{
  guint       comment;
  char       *text;
  GHashTable *signs; /* of guint64 */
  guint       group;
} Slow;

static gboolean
begins_with_any (const char *text, const char *const *list)
{
  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_has_prefix (text, list[i]))
      return TRUE;
  return FALSE;
}

static gboolean
asks (const char *folded)
{
  for (guint i = 0; marks[i] != NULL; i++)
    if (strstr (folded, marks[i]) != NULL)
      return TRUE;
  return !begins_with_any (folded, outcries) && begins_with_any (folded, openers);
}

static GHashTable *
read_signs (const char *folded)
{
  GHashTable *signs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64     before = 0;

  while (*folded != '\0')
    {
      guint64 c = g_utf8_get_char (folded), pair = before << 32 | c;
      gsize   skip = 0;

      for (guint i = 0; fillers[i] != NULL && skip == 0; i++)
        skip = g_str_has_prefix (folded, fillers[i]) ? strlen (fillers[i]) : 0;
      folded = skip > 0 ? folded + skip : g_utf8_next_char (folded);
      if (skip > 0 || !g_unichar_isalnum (c))
        continue;
      g_hash_table_add (signs, g_memdup2 (&c, sizeof c));
      g_hash_table_add (signs, g_memdup2 (&pair, sizeof pair));
      before = c;
    }
  return signs;
}

static void
clear_slow_cb (gpointer data)
{
  Slow *slow = data;

  g_free (slow->text);
  g_hash_table_unref (slow->signs);
}

static void
add_slow (GArray *list, const char *begin, gsize length, guint comment)
{
  g_autofree char *text = g_strstrip (g_strndup (begin, length));
  g_autofree char *folded = mq_feedback_fold (text);
  Slow             slow = { comment, NULL, NULL, 0 };

  if (*text == '\0' || strlen (text) > 240 || !asks (folded))
    return;
  slow.signs = read_signs (folded);
  slow.text = g_steal_pointer (&text);
  if (g_hash_table_size (slow.signs) >= 2)
    g_array_append_val (list, slow);
  else
    clear_slow_cb (&slow);
}

static GArray *
read_slowly (const MqFeedback *feedback)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Slow));

  g_array_set_clear_func (list, clear_slow_cb);
  for (guint i = 0; i < feedback->n; i++)
    {
      const char *begin = feedback->comments[i].text;

      for (const char *at = begin; *at != '\0';)
        {
          gunichar c = g_utf8_get_char (at);

          at = g_utf8_next_char (at);
          if (c < 0x80 ? strchr ("?!.\n;", c) != NULL : c == 0x3002 || c == 0xff1f || c == 0xff01 || c == 0xff1b)
            {
              add_slow (list, begin, at - begin, i);
              begin = at;
            }
        }
      add_slow (list, begin, strlen (begin), i);
    }
  return list;
}

static double
measure_likeness (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer       key;
  double         shared = 0;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    shared += g_hash_table_contains (b, key);
  return shared / (g_hash_table_size (a) + g_hash_table_size (b) - shared);
}

/* Against every leader. */
static guint
group_slowly (GArray *list)
{
  g_autoptr (GArray) leaders = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < list->len; i++)
    {
      Slow  *slow = &g_array_index (list, Slow, i);
      double best = 0;

      for (guint group = 0; group < leaders->len; group++)
        {
          double likeness = measure_likeness (slow->signs, g_array_index (list, Slow, g_array_index (leaders, guint, group)).signs);

          if (likeness >= 0.5 && likeness > best)
            best = likeness, slow->group = group;
        }
      if (best > 0)
        continue;
      slow->group = leaders->len;
      g_array_append_val (leaders, i);
    }
  return leaders->len;
}

static char *
make_comment (GRand *random)
{
  GString *text = g_string_new (NULL);
  guint    n = g_rand_int_range (random, 0, g_rand_int_range (random, 0, 12) == 0 ? 120 : 14);

  for (guint i = 0; i < n; i++)
    g_string_append (text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

static void
compare (const MqFeedback *feedback, guint n_threads)
{
  const MqRun run = { .n_threads = n_threads };
  g_auto (MqAskedSentences) asked = { NULL };
  g_autoptr (GArray) slow = read_slowly (feedback);
  guint             n_groups = group_slowly (slow);
  g_autofree guint *of = NULL;
  g_autoptr (GArray) groups = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mq_asked_sentences_init (&asked, feedback, &run, &error));
  g_assert_cmpuint (asked.sentences->len, ==, slow->len);
  of = g_new (guint, MAX (slow->len, 1));
  groups = mq_question_groups (&asked, of);
  g_assert_cmpuint (groups->len, ==, n_groups);
  for (guint i = 0; i < slow->len; i++)
    {
      const MqAskedSentence *sentence = &g_array_index (asked.sentences, MqAskedSentence, i);
      const Slow            *other = &g_array_index (slow, Slow, i);

      g_assert_cmpstr (sentence->text, ==, other->text);
      g_assert_cmpuint (sentence->comment, ==, other->comment);
      g_assert_cmpint (sentence->time, ==, feedback->comments[other->comment].time);
      g_assert_cmpuint (of[i], ==, other->group);
    }
}

/* MQ_QUESTION_ROUNDS=200 for more. */
static void
test_random (void)
{
  const char *rounds = g_getenv ("MQ_QUESTION_ROUNDS");

  for (guint round = 0; round < (rounds != NULL ? (guint) atoi (rounds) : 3); round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 1);
      const guint n_empty = 3900, n = n_empty + 600; /* two slices */
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autofree MqComment *comments = g_new0 (MqComment, n);

      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (texts, i < n_empty ? g_strdup ("") : i > n_empty && g_rand_int_range (random, 0, 3) == 0 ? g_strconcat (texts->pdata[g_rand_int_range (random, n_empty, i)], parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))], NULL)
                                                                                                                    : make_comment (random));
          comments[i] = (MqComment){ .row = i, .time = i * 1000, .text = texts->pdata[i] };
        }
      compare (&(MqFeedback){ .comments = comments, .n = n }, round % 3);
    }
}

static void
test_none (void)
{
  MqComment comments[] = { { .text = "" }, { .text = "很好。" }, { .text = "What a day" }, { .text = "?!?" } };

  compare (&(MqFeedback){ .comments = comments, .n = 0 }, 1);
  compare (&(MqFeedback){ .comments = comments, .n = G_N_ELEMENTS (comments) }, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questions/random", test_random);
  g_test_add_func ("/questions/none", test_none);
  return g_test_run ();
}
