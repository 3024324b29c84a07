/* test-dictionary.c: MqDictionary against a GHashTable, and the merge against sorting. */

#include "base/dictionary.h"
#include "base/number-texts.h"

#include <string.h>

/* Texts of all short lengths that differ in one place only, NUL and high bytes among them. */
static GBytes *
make_text (guint i)
{
  guint   length = i % 41;
  guint8 *bytes = g_malloc0 (length + 1);
  guint   value = i / 41;

  memset (bytes, 'x', length);
  for (guint at = 0; at < length && value > 0; at++, value >>= 2)
    bytes[(at * 7 + i % 3) % length] = "x\0\xffy"[value & 3];
  return g_bytes_new_take (bytes, length);
}

static void
test_against_hash_table (void)
{
  g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < 60000; i++)
    {
      g_autoptr (GBytes) text = make_text (i % 40000);
      gsize       length, got_length;
      const char *data = g_bytes_get_data (text, &length);
      gpointer    code;
      guint32     got;

      if (g_hash_table_lookup_extended (known, text, NULL, &code))
        g_assert_cmpint (mq_dictionary_find (dictionary, data, length), ==, GPOINTER_TO_UINT (code));
      else
        {
          g_assert_cmpint (mq_dictionary_find (dictionary, data, length), ==, -1);
          code = GUINT_TO_POINTER (g_hash_table_size (known));
          g_hash_table_insert (known, g_bytes_ref (text), code);
        }
      got = mq_dictionary_add (dictionary, data, length);
      g_assert_cmpuint (got, ==, GPOINTER_TO_UINT (code));
      g_assert_cmpmem (mq_dictionary_get (dictionary, got, &got_length), got_length, data, length);
    }
  g_assert_cmpuint (mq_dictionary_length (dictionary), ==, g_hash_table_size (known));
  g_assert_cmpuint (mq_dictionary_bytes (dictionary), >, 16 * g_hash_table_size (known));
}

static void
test_same_ends (void)
{
  g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();

  for (guint length = 0; length < 64; length++)
    {
      g_autofree char *text = g_strnfill (length, 'a');

      g_assert_cmpuint (mq_dictionary_add (dictionary, text, length), ==, length);
    }
  g_assert_cmpint (mq_dictionary_find (dictionary, "", 0), ==, 0);
  g_assert_cmpint (mq_dictionary_find (dictionary, "aaaaaaaaaaaab", 13), ==, -1);
}

/* Numbers with a fixed beginning or none, and what is nearly one: all at once and one by one give the same codes. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *begin;
    int         digits;
    const char *end;
  } forms[][4] = {
    { { "C", 8, "" }, { "C", 7, "" }, { "D", 8, "" }, { "C", 8, "x" } },
    { { "", 1, "" }, { "0", 1, "" }, { "", 1, " " }, { "-", 1, "" } },
    { { "product-", 4, "" }, { "product_", 4, "" }, { "product-", 1, "" }, { "Product-", 4, "" } },
    { { "", 12, "" }, { "", 1, "" }, { "", 11, "" }, { "1", 1, "" } },
    { { "138", 8, "" }, { "139", 8, "" }, { "", 1, "" }, { "13", 9, "" } },
    { { "", 2, "" }, { "", 1, ":" }, { "/", 1, "" }, { "00", 1, "" } },
  };

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    for (guint usual = 1; usual < 30; usual += 28)
      {
        g_autoptr (MqDictionary) all = mq_dictionary_new ();
        g_autoptr (MqDictionary) single = mq_dictionary_new ();
        g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
        g_autofree MqText  *texts = g_new (MqText, 1000);
        g_autofree guint32 *codes = g_new (guint32, 1000);
        guint               k = 1;

        for (guint round = 0; round < 20; round++)
          {
            for (guint i = 0; i < 1000; i++)
              {
                char *text;
                guint form;

                k = k * 1103515245u + 12345u;
                form = k / 65536 % 100 < usual ? k / 65536 % 4 : 0;
                text = g_strdup_printf ("%s%0*u%s", forms[f][form].begin, forms[f][form].digits, k / 7 % (round < 10 ? 5000 : 200000000), forms[f][form].end);
                g_ptr_array_add (owned, text);
                texts[i] = (MqText){ i % 50 == 0 ? NULL : text, strlen (text) };
              }
            mq_dictionary_add_all (all, texts, 1000, codes);
            for (guint i = 0; i < 1000; i++)
              g_assert_cmpuint (codes[i], ==, texts[i].text == NULL ? MQ_TEXT_NONE : mq_dictionary_add (single, texts[i].text, texts[i].length));
          }
        g_assert_cmpuint (mq_dictionary_length (all), ==, mq_dictionary_length (single));
      }
}

/* Every text of one to eight characters that are digits or their neighbours has the number it says, or none. */
static void
test_number_values (void)
{
  MqNumberTexts form = { 0 };

  mq_number_texts_learn (&form, "5", 1);
  for (guint i = 0; i < 200000; i++)
    {
      char     text[9] = "";
      guint    length = 1 + i % 8;
      guint    k = i * 2654435761u;
      gboolean digits = TRUE;
      guint32  expected;

      for (guint at = 0; at < length; at++, k = k * 69069u + 1)
        {
          text[at] = "0123456789012345678901234567890123456789/:"[k / 65536 % 42];
          digits &= g_ascii_isdigit (text[at]);
        }
      expected = digits && (text[0] != '0' || length == 1) ? g_ascii_strtoull (text, NULL, 10) : MQ_NUMBER_TEXT_NONE;
      g_assert_cmpuint (mq_number_texts_number (&form, text, length), ==, expected);
    }
}

static char *
make_name (guint i, guint j)
{
  guint k = (j * 7919 + i * 1500) % 4000;

  switch (j % 5)
    {
    case 0:
      return g_strdup_printf ("customer number %u", k);
    case 1:
      return g_strdup_printf ("a text of 15 by%c", 'a' + k % 26);
    case 2:
      return g_strdup_printf ("a text of 15 bya%.*s", (int) (k % 4), "bcd");
    default:
      return g_strdup_printf ("%u", k);
    }
}

static void
test_merge (void)
{
  MqDictionary *dictionaries[3];
  guint32      *remaps[3];
  g_autoptr (MqStrings) merged = NULL;

  for (guint i = 0; i < 3; i++)
    {
      dictionaries[i] = mq_dictionary_new ();
      for (guint j = 0; i < 2 && j < 3000; j++)
        {
          g_autofree char *text = make_name (i, j);

          mq_dictionary_add (dictionaries[i], text, strlen (text));
        }
    }
  merged = mq_dictionary_merge (dictionaries, 3, remaps);
  for (guint i = 1; i < mq_strings_length (merged); i++)
    g_assert_cmpint (strcmp (mq_strings_get (merged, i - 1), mq_strings_get (merged, i)), <, 0);
  for (guint i = 0; i < 3; i++)
    {
      for (guint code = 0; code < mq_dictionary_length (dictionaries[i]); code++)
        {
          gsize       length;
          const char *text = mq_dictionary_get (dictionaries[i], code, &length);
          guint       index = remaps[i][code];

          g_assert_cmpmem (mq_strings_get (merged, index), mq_strings_get_length (merged, index), text, length);
          g_assert_cmpint (mq_strings_find_sorted (merged, mq_strings_get (merged, index)), ==, index);
        }
      mq_dictionary_free (dictionaries[i]);
      g_free (remaps[i]);
    }
}

/* In order already, a single one, and none. */
static void
test_merge_sorted (void)
{
  for (guint n = 0; n < 1000; n += n < 3 ? 1 : 300)
    {
      g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();
      g_autoptr (MqStrings) merged = NULL;
      g_autofree guint32 *remap = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *text = g_strdup_printf ("%09u", i);

          mq_dictionary_add (dictionary, text, 9);
        }
      merged = mq_dictionary_merge (&dictionary, 1, &remap);
      g_assert_cmpuint (mq_strings_length (merged), ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (remap[i], ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dictionary/against-hash-table", test_against_hash_table);
  g_test_add_func ("/dictionary/same-ends", test_same_ends);
  g_test_add_func ("/dictionary/numbers", test_numbers);
  g_test_add_func ("/dictionary/number-values", test_number_values);
  g_test_add_func ("/dictionary/merge", test_merge);
  g_test_add_func ("/dictionary/merge-sorted", test_merge_sorted);
  return g_test_run ();
}
