/* test-mood-labels.c: labels kept as text, near copies against brute force, the layer's optimum. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-labels.h"
#include "sentiment/mood-layer.h"
#include "sentiment/mood-private.h"
#include "sentiment/near-copies.h"

static guint64
key_of (const char *text)
{
  return mq_mood_label_key (text, strlen (text));
}

static void
test_keys (void)
{
  g_assert_cmpuint (key_of ("這家店，很好！！"), ==, key_of (" 这家店 很好"));
  g_assert_cmpuint (key_of ("Not GOOD, at all."), ==, key_of ("not good at all"));
  g_assert_cmpuint (key_of ("not good"), !=, key_of ("good"));
  g_assert_cmpuint (key_of (":-)"), !=, key_of (":-(")); /* no letters: the signs themselves */
  g_assert_cmpuint (key_of ("\xff\xfe"), !=, key_of (""));
}

static void
test_round_trip (void)
{
  g_autoptr (GArray) labels = mq_mood_labels_parse (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree char *text = NULL, *again = NULL, *spoilt = NULL;
  g_autoptr (GArray) read = NULL;
  MqMoodLabel first;

  for (guint i = 0; i < 500; i++)
    {
      MqMoodLabel label = { (guint64) g_rand_int (random) << 32 | g_rand_int (random), g_rand_int_range (random, 0, MQ_N_POLARITIES), g_rand_int_range (random, -1, MQ_N_EMOTIONS) };

      mq_mood_labels_set (labels, &label);
      mq_mood_labels_set (labels, &label);
    }
  g_assert_cmpuint (labels->len, ==, 500);
  text = mq_mood_labels_print (labels);
  spoilt = g_strconcat ("no label\n0123456789abcdef good -\n", text, "0123456789ABCDEF neutral -\n", NULL);
  read = mq_mood_labels_parse (spoilt);
  again = mq_mood_labels_print (read);
  g_assert_cmpstr (again, ==, text);
  first = g_array_index (read, MqMoodLabel, 0);
  g_assert_true (mq_mood_labels_remove (read, first.text));
  g_assert_false (mq_mood_labels_remove (read, first.text));
  g_assert_null (mq_mood_labels_find (read, first.text));
  g_assert_cmpuint (read->len, ==, 499);
}

static char *
make_text (GRand *random, guint letters)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < letters; i++)
    g_string_append_c (out, 'a' + g_rand_int_range (random, 0, 4));
  return g_string_free (out, FALSE);
}

/* The definition: triples of letters as sets. */
static double
measure_likeness (const char *a, const char *b)
{
  g_autoptr (GHashTable) x = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) y = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint          shared = 0;
  GHashTableIter iter;
  gpointer       key;

  for (gsize i = 0; i + 3 <= strlen (a); i++)
    g_hash_table_add (x, g_strndup (a + i, 3));
  for (gsize i = 0; i + 3 <= strlen (b); i++)
    g_hash_table_add (y, g_strndup (b + i, 3));
  g_hash_table_iter_init (&iter, x);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    shared += g_hash_table_contains (y, key);
  if (g_hash_table_size (x) < 6 || g_hash_table_size (y) < 6)
    return 0;
  return (double) shared / (g_hash_table_size (x) + g_hash_table_size (y) - shared);
}

static void
test_near_copies (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MqNearCopies) copies = NULL;
  g_autoptr (MqNearSearch) search = NULL;
  guint n_found = 0;

  for (guint i = 0; i < 60; i++)
    g_ptr_array_add (texts, make_text (random, 4 + i));
  copies = mq_near_copies_new ((const char *const *) texts->pdata, texts->len);
  search = mq_near_search_new (copies);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup (texts->pdata[i % texts->len]);
      guint            expected = MQ_NEAR_COPY_NONE;
      double           best = 0.8;

      text[g_rand_int_range (random, 0, strlen (text))] = 'a' + i % 4;
      for (guint k = 0; k < texts->len; k++)
        {
          double likeness = measure_likeness (text, texts->pdata[k]);

          if (likeness > best || (likeness == best && k < expected))
            best = likeness, expected = k;
        }
      g_assert_cmpuint (mq_near_search_find (search, text), ==, expected);
      n_found += expected != MQ_NEAR_COPY_NONE;
    }
  g_assert_cmpuint (n_found, >, 50);
  g_assert_cmpuint (mq_near_search_find (search, ""), ==, MQ_NEAR_COPY_NONE);
}

/* What the labels cost under scale and biases, with the priors of mood-layer.c; read off the layer by unit logits. */
static double
measure_cost (const MqMoodExample *examples, guint n, double scale, const double *bias)
{
  double cost = 25 * (scale - 1) * (scale - 1);

  for (guint k = 0; k < MQ_N_POLARITIES; k++)
    cost += 2 * bias[k] * bias[k];
  for (guint i = 0; i < n; i++)
    {
      double sum = 0;

      for (guint k = 0; k < MQ_N_POLARITIES; k++)
        sum += exp (scale * examples[i].logits[k] + bias[k]);
      cost += log (sum) - scale * examples[i].logits[examples[i].label] - bias[examples[i].label];
    }
  return cost;
}

static void
test_layer_optimum (void)
{
  const MqMoodHead head = { .temperature = { { 1, 1 }, { 1, 1 } } };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  MqMoodExample examples[100] = { 0 };
  g_autoptr (MqMoodLayer) layer = NULL;
  double zero[MQ_MOOD_N_CLASSES] = { 0 }, one[MQ_MOOD_N_CLASSES] = { 1 }, bias[MQ_N_POLARITIES], scale, cost;

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      examples[i].label = g_rand_int_range (random, 0, 10) < 7 ? 0 : 2;
      for (guint k = 0; k < MQ_N_POLARITIES; k++)
        examples[i].logits[k] = g_rand_double_range (random, -1, 1) + (k == (guint) examples[i].label);
    }
  g_assert_null (mq_mood_layer_learn (&head, MQ_MOOD_TASK_POLARITY, examples, MQ_MOOD_LAYER_LEAST - 1, 0, 0));
  layer = mq_mood_layer_learn (&head, MQ_MOOD_TASK_POLARITY, examples, G_N_ELEMENTS (examples), 0, 0);
  mq_mood_layer_apply (layer, &head, TRUE, NULL, 0, zero);
  mq_mood_layer_apply (layer, &head, TRUE, NULL, 0, one);
  scale = one[0] - zero[0];
  memcpy (bias, zero, sizeof bias);
  cost = measure_cost (examples, G_N_ELEMENTS (examples), scale, bias);
  g_assert_cmpfloat (bias[0], >, bias[1]);
  for (guint i = 0; i < 2000; i++)
    {
      double other[MQ_N_POLARITIES];

      for (guint k = 0; k < MQ_N_POLARITIES; k++)
        other[k] = bias[k] + g_rand_double_range (random, -0.2, 0.2);
      g_assert_cmpfloat (measure_cost (examples, G_N_ELEMENTS (examples), scale + g_rand_double_range (random, -0.2, 0.2), other), >=, cost - 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mood-labels/keys", test_keys);
  g_test_add_func ("/mood-labels/round-trip", test_round_trip);
  g_test_add_func ("/mood-labels/near-copies", test_near_copies);
  g_test_add_func ("/mood-labels/layer-optimum", test_layer_optimum);
  return g_test_run ();
}
