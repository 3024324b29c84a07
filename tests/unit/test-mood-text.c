/* test-mood-text.c: how a text is folded, and that reading many signs at once is reading them one by one. */

#include "config.h"

#include <string.h>

#include "sentiment/mood-text.h"

/* The units as UTF-8, an address as @. */
static char *
fold (const char *text, gssize length)
{
  g_auto (MqMoodText) read = { 0 };
  GString *out = g_string_new (NULL);

  mq_mood_text_read (&read, text, length < 0 ? strlen (text) : (gsize) length);
  for (gsize i = 0; i < read.n; i++)
    g_string_append_unichar (out, read.units[i] == 0xf8f0 ? '@' : read.units[i]);
  return g_string_free (out, FALSE);
}

static void
test_folds (void)
{
  static const char *const pairs[][2] = {
    { "", "" },
    { "A", "a" },
    { "Hello WORLD, this is plain.", "hello world, this is plain." },
    { "ＡＢＣ　１２３！", "abc 0!" },
    { "這家店的服務態度", "这家店的服务态度" },
    { "sooooooo goooood!!!!!!", "sooo goood!!!" },
    { "in 2019 and 20 20, 5 of 10", "in 0 and 0 0, 0 of 0" },
    { "see https://example.org/a?b=c now", "see @ now" },
    { "www.example.org", "@" },
    { "the highest, straight, www, http", "the highest, straight, www, http" },
    { "thanks @some_body-1 for @", "thanks  for " },
    { "!!!@bob!!!", "!!!" },
    { "it’s “fine”", "it's \"fine\"" },
    { "tab\tand\nline", "tab and\nline" },
    { "\xff\xfe broken \xe4\xb8", "   broken   " },
    { "好\xe2\x80\x8b好", "好好" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *folded = fold (pairs[i][0], -1);

      g_assert_cmpstr (folded, ==, pairs[i][1]);
    }
  {
    g_autofree char *folded = fold ("a\0b", 3);

    g_assert_cmpstr (folded, ==, "a b");
  }
}

static const char *const plain[] = { "a", "B", "Zz", "ht", "tt", "w", "th", " ", "  ", ".", "...", "!", "!!!!!!", "1", "23", "456", "(", ")", "~", "\"", "'", "`", "#", "[", "]", "{", "good", "HAPPY", "-", "_", "\n", "\t", "\x7f", "，", "好", "！", "é", "…", "１", "Ａ" };
static const char *const special[] = { "http://a.bc/d", "https://x", "www.y.z", "@bob_1", "@", "h", "ww", "htt", "http:/", "\xf0\x9f\x98\x80", "\xf0\x9f\x8f\xbd", "\xe2\x80\x8b", "\xff", "\xe4\xb8" };

static GString *
make_text (GRand *rand, gboolean with_special)
{
  GString *text = g_string_new (NULL);
  guint    n = g_rand_int_range (rand, 0, 60);

  for (guint i = 0; i < n; i++)
    g_string_append (text, with_special && g_rand_int_range (rand, 0, 6) == 0 ? special[g_rand_int_range (rand, 0, G_N_ELEMENTS (special))] : plain[g_rand_int_range (rand, 0, G_N_ELEMENTS (plain))]);
  return text;
}

/* From unit `first` of `a` on they are the same, places in the text but for `shift` too. */
static void
assert_same (const MqMoodText *a, gsize first, const MqMoodText *b, gsize shift)
{
  g_assert_cmpuint (a->n - first, ==, b->n);
  for (gsize i = 0; i < b->n; i++)
    {
      g_assert_cmpuint (a->units[first + i], ==, b->units[i]);
      g_assert_cmpuint (a->classes[first + i], ==, b->classes[i]);
      if (shift != G_MAXSIZE)
        g_assert_cmpuint (a->offsets[first + i], ==, b->offsets[i] + shift);
    }
}

/* With a sign between that is left out, all are read one by one. */
static void
test_one_by_one (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_auto (MqMoodText) together = { 0 };
  g_auto (MqMoodText) apart = { 0 };

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = make_text (rand, FALSE);
      g_autoptr (GString) spread = g_string_new (NULL);
      gsize cjk = 0, letters = 0;

      for (const char *at = text->str; *at != '\0'; at = g_utf8_next_char (at))
        {
          g_string_append_len (spread, at, g_utf8_next_char (at) - at);
          g_string_append (spread, "\xe2\x80\x8b");
        }
      mq_mood_text_read (&together, text->str, text->len);
      mq_mood_text_read (&apart, spread->str, spread->len);
      assert_same (&together, 0, &apart, G_MAXSIZE);
      for (gsize k = 0; k < together.n; k++)
        {
          cjk += together.classes[k] == MQ_SIGN_CJK;
          letters += together.classes[k] == MQ_SIGN_LETTER;
        }
      g_assert_cmpuint (together.n_cjk, ==, cjk);
      g_assert_cmpuint (together.n_letters, ==, letters);
    }
}

/* Wherever a text begins, it is read the same. */
static void
test_shifts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_auto (MqMoodText) alone = { 0 };
  g_auto (MqMoodText) shifted = { 0 };

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = make_text (rand, TRUE);
      g_autoptr (GString) later = g_string_new (NULL);
      gsize before = g_rand_int_range (rand, 1, 40);

      g_string_prepend (text, "ok");
      for (gsize k = 0; k < before; k++)
        g_string_append_c (later, k + 1 == before ? '-' : "xyz"[k % 3]);
      g_string_append_len (later, text->str, text->len);
      mq_mood_text_read (&alone, text->str, text->len);
      mq_mood_text_read (&shifted, later->str, later->len);
      assert_same (&shifted, before, &alone, before);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mood-text/folds", test_folds);
  g_test_add_func ("/mood-text/one-by-one", test_one_by_one);
  g_test_add_func ("/mood-text/shifts", test_shifts);
  return g_test_run ();
}
