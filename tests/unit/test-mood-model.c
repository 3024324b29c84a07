/* test-mood-model.c: the model's file, its words, exactness of marks and of the word cache. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-private.h"
#include "sentiment/mood-words.h"
#include "sentiment/text-moods.h"

#define PROBES_CHINESE 51
#define PROBES_ENGLISH 51

static const char *const texts[] = {
  "",
  "一",
  "不得不说真香，物流也很快！！！！",
  "這家店的服務態度太差了，再也不會來",
  "这家店的服务态度太差了，再也不会来",
  "Not bad at all, I would order again.",
  "The battery isn't good, but the screen is gorgeous :) \xf0\x9f\x98\x80\xf0\x9f\x98\x80",
  "see https://example.org/a?b=c @somebody [哈哈] 12345",
  "\xff\xfe broken \xe4\xb8 bytes",
};

#define N_MIXED 1500

/* Runs of every length with words of the list in every place, mixed with signs and words. */
static char *
mix_text (guint number)
{
  static const char *const pieces[] = { "的", "手机", "好", "不错", "难吃", "不", "没有", "不是", "但是", "可是", "不但", "非常", "快递员", "一个月以后", "，", "。", "！！", "abc", "not good", " ", "[哈哈]", "[]", "12" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (number);
  guint    n = g_rand_int_range (rand, 1, number % 2 == 0 ? 12 : 80), kinds = number % 3 == 0 ? G_N_ELEMENTS (pieces) : 14;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, kinds)]);
  return g_string_free (text, FALSE);
}

/* Two of three slots are marked, so that the grams of a text hit them, miss them and find nothing. */
static void
mark_grams (guint8 *marks, const char *text)
{
  g_auto (MqMoodFeatures) features = { 0 };

  mq_mood_features_read (&features, text, strlen (text));
  for (gsize j = 0; j < features.n; j++)
    marks[mq_mood_slot (features.grams[j])] = j % 3 == 0 ? 0 : j % 3 == 1 ? mq_mood_mark (features.grams[j])
                                                                          : mq_mood_mark (features.grams[j]) + 1;
}

static MqMoodModel *
make_model (void)
{
  MqMoodHead         head = { .temperature = { { 1, 1 }, { 1, 1 } } };
  g_autofree guint8 *marks = g_new0 (guint8, MQ_MOOD_N_SLOTS);
  g_autofree gint8  *table = g_new0 (gint8, (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS);
  g_autoptr (GByteArray) file = NULL;
  MqMoodModel *model;

  for (guint i = 0; i < N_MIXED; i++)
    {
      g_autofree char *text = mix_text (i);

      mark_grams (marks, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mark_grams (marks, texts[i]);
  for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
    head.scale[c] = 0.01f * (c + 1);
  for (gsize i = 0; i < (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS; i++)
    if (marks[i / MQ_MOOD_COLUMNS] != 0)
      table[i] = (int) (i * 40503u >> 8 & 0xff) % 128 * (i % 2 == 0 ? 1 : -1);
  file = mq_mood_model_write (&head, marks, table);
  model = mq_mood_model_new (file->data, file->len, NULL);
  g_assert_nonnull (model);
  g_assert_cmpmem (model->marks, MQ_MOOD_N_SLOTS, marks, MQ_MOOD_N_SLOTS);
  g_assert_cmpmem (model->table, (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS, table, (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS);
  return model;
}

/* As the definition has it: a gram counts if its slot is marked as its own. */
static double
sum_plainly (const MqMoodModel *model, const MqMoodFeatures *features, guint column)
{
  gint64 sum = 0;

  for (gsize j = 0; j < features->n; j++)
    {
      guint32 slot = features->grams[j] >> (31 - MQ_MOOD_SLOT_BITS), mark = features->grams[j] >> (31 - MQ_MOOD_SLOT_BITS - 8) & 255;

      if (model->marks[slot] == mark)
        sum += model->table[(gsize) slot * MQ_MOOD_COLUMNS + column];
    }
  return (double) model->head.scale[column] * sum / sqrt (MAX (features->n, 1));
}

/* Every n-gram's row, none from a cache. */
static void
test_logits (void)
{
  g_autoptr (MqMoodModel) model = make_model ();
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (model);
  guint moved = 0;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        g_auto (MqMoodFeatures) features = { 0 };
        double logits[MQ_MOOD_N_CLASSES];

        mq_mood_logits (scorer, texts[i], strlen (texts[i]), logits);
        mq_mood_features_read (&features, texts[i], strlen (texts[i]));
        for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
          g_assert_cmpfloat_with_epsilon (logits[mq_mood_class_of_column[c]], sum_plainly (model, &features, c), 1e-9);
        g_assert_cmpfloat (logits[MQ_POLARITY_NEUTRAL], ==, 0);
        g_assert_cmpfloat (logits[MQ_N_POLARITIES + MQ_EMOTION_NEUTRAL], ==, 0);
        moved += logits[0] != 0;
      }
  g_assert_cmpuint (moved, >=, 10);
}

/* Scoring looks at many characters at once and drops what it does not know: it finds what reading one by one finds. */
static void
test_mixed (void)
{
  g_autoptr (MqMoodModel) model = make_model ();
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (model);
  g_auto (MqMoodFeatures) features = { 0 };

  for (guint i = 0; i < N_MIXED; i++)
    {
      g_autofree char *text = mix_text (i);
      double           logits[MQ_MOOD_N_CLASSES];

      mq_mood_logits (scorer, text, strlen (text), logits);
      mq_mood_features_read (&features, text, strlen (text));
      for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
        g_assert_cmpfloat_with_epsilon (logits[mq_mood_class_of_column[c]], sum_plainly (model, &features, c), 1e-9);
    }
}

/* So many words that some take the place of others: what is remembered is what is read. */
static void
test_many_words (void)
{
  g_autoptr (MqMoodModel) model = make_model ();
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (model);
  g_auto (MqMoodFeatures) features = { 0 };

  for (guint i = 0; i < 60000; i++)
    {
      guint            number = i * 7919u % 40000u;
      g_autofree char *text = g_strdup_printf ("%c%c%c%c not good", 'a' + number % 20, 'a' + number / 20 % 20, 'a' + number / 400 % 20, 'a' + number / 8000 % 20);
      double           logits[MQ_MOOD_N_CLASSES];

      mq_mood_logits (scorer, text, strlen (text), logits);
      mq_mood_features_read (&features, text, strlen (text));
      g_assert_cmpfloat_with_epsilon (logits[0], sum_plainly (model, &features, 0), 1e-9);
    }
}

/* All marks together are the label's lead over the mean of the others. */
static void
test_marks (void)
{
  g_autoptr (MqMoodModel) model = make_model ();
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (model);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (MqPolarity label = 0; label < MQ_N_POLARITIES; label++)
      {
        double  logits[MQ_MOOD_N_CLASSES], total, others = 0;
        gsize   length = strlen (texts[i]);
        guint32 end = 0;
        g_autoptr (GArray) marks = mq_mood_explain (model, texts[i], length, label, &total);

        mq_mood_logits (scorer, texts[i], length, logits);
        for (guint k = 0; k < MQ_N_POLARITIES; k++)
          others += k != label ? logits[k] / 2 : 0;
        g_assert_cmpfloat_with_epsilon (total, logits[label] - others, 1e-6);
        for (guint m = 0; m < marks->len; m++)
          {
            const MqMoodMark *mark = &g_array_index (marks, MqMoodMark, m);

            g_assert_cmpuint (mark->first, >=, end);
            g_assert_cmpuint (mark->end, >, mark->first);
            g_assert_cmpuint (mark->end, <=, length);
            end = mark->end;
          }
      }
}

/* Any changed byte is seen. */
static void
test_damage (void)
{
  MqMoodHead         head = { .temperature = { { 1, 1 }, { 1, 1 } } };
  g_autofree guint8 *marks = g_new0 (guint8, MQ_MOOD_N_SLOTS);
  g_autofree gint8  *table = g_new0 (gint8, (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS);
  g_autoptr (GByteArray) file = mq_mood_model_write (&head, marks, table);
  guint step = MAX (file->len / 50, 1);

  for (guint i = 0; i < file->len; i += step)
    {
      g_autoptr (GError) error = NULL;

      file->data[i] ^= 0x10;
      g_assert_null (mq_mood_model_new (file->data, file->len, &error));
      g_assert_error (error, MQ_MOOD_ERROR, MQ_MOOD_ERROR_DAMAGED);
      file->data[i] ^= 0x10;
      g_assert_null (mq_mood_model_new (file->data, i, NULL));
    }
}

static MqMood
score (const char *text)
{
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (mq_mood_model_get (NULL));
  MqMood mood;

  mq_mood_score (scorer, text, strlen (text), &mood);
  return mood;
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  MqMood a, b;

  g_assert_nonnull (mq_mood_model_get (&error));
  g_assert_no_error (error);
  g_assert_cmpint (score ("质量很好，非常满意").polarity, ==, MQ_POLARITY_POSITIVE);
  g_assert_cmpint (score ("垃圾，用了一天就坏了").polarity, ==, MQ_POLARITY_NEGATIVE);
  g_assert_cmpint (score ("I love it, excellent quality").polarity, ==, MQ_POLARITY_POSITIVE);
  g_assert_cmpint (score ("Terrible, broke after a day").polarity, ==, MQ_POLARITY_NEGATIVE);
  a = score (texts[3]);
  b = score (texts[4]);
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    g_assert_cmpfloat (a.probability[k], ==, b.probability[k]);
}

/* The probes of tests/mood: negations, written before the model was tuned. */
static void
test_probes (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "mood", "negation-probes.tsv", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n[2] = { 0 }, right[2] = { 0 };

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      guint    language = g_str_equal (fields[1], "zh") ? 0 : 1;
      MqMood   mood = score (fields[2]);
      gboolean good = mood.probability[MQ_POLARITY_POSITIVE] > mood.probability[MQ_POLARITY_NEGATIVE];

      n[language]++;
      right[language] += good == g_str_equal (fields[0], "positive");
    }
  g_test_message ("Chinese %u of %u, English %u of %u", right[0], n[0], right[1], n[1]);
  g_assert_cmpuint (n[0], ==, 60);
  g_assert_cmpuint (n[1], ==, 60);
  g_assert_cmpuint (right[0], >=, PROBES_CHINESE);
  g_assert_cmpuint (right[1], >=, PROBES_ENGLISH);
}

/* The grams of a text are what the shipped model was trained on: where this fails, it is to be trained again. */
static void
test_grams (void)
{
  guint64 sum = 0;
  gsize   n = 0;

  for (guint i = 0; i < N_MIXED; i++)
    {
      g_auto (MqMoodFeatures) features = { 0 };
      g_autofree char *text = mix_text (i);

      mq_mood_features_read (&features, text, strlen (text));
      for (gsize j = 0; j < features.n; j++) /* in any order */
        sum += (features.grams[j] + G_GUINT64_CONSTANT (1)) * (features.grams[j] + G_GUINT64_CONSTANT (1));
      n += features.n;
    }
  g_assert_cmpuint (n, ==, 275376);
  g_assert_cmphex (sum, ==, G_GUINT64_CONSTANT (0x85fb7af15fe0f317));
}

/* Four units at a time, as the words of the model were hashed. */
static guint64
hash_plainly (const guint16 *word, gsize n)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i == 0 || i < n; i += 4)
    {
      guint64 four = 0;

      for (gsize k = i; k < MIN (i + 4, n); k++)
        four |= (guint64) word[k] << 16 * (k - i);
      hash = (hash ^ four) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
      hash ^= hash >> 32;
    }
  return hash;
}

static void
test_hash (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint16 word[48];

  for (gsize n = 0; n <= 40; n++)
    for (guint i = 0; i < 20; i++)
      {
        for (guint k = 0; k < G_N_ELEMENTS (word); k++)
          word[k] = (guint16) g_rand_int (rand);
        g_assert_cmphex (mq_mood_hash_word (word, n), ==, hash_plainly (word, n));
      }
}

/* A word of the list is found wherever it stands in a long run, and no word inside it counts. */
static void
test_places (void)
{
  static const char *const words[] = { "好", "不错", "爱不释手", "无可挑剔", "气死" };
  const guint              longest = 200, none = 7, middle = 3; /* rows of the small table: no word, a balance of 0 */
  g_auto (MqMoodFeatures) features = { 0 };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    for (guint at = 0; at < longest; at++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint i = 0; i < longest; i++)
          g_string_append (text, i % 2 == 0 ? "一" : "二");
        mq_mood_features_read (&features, text->str, text->len);
        g_assert_cmpuint (features.dense[0], ==, none);
        g_string_insert (text, (gssize) (at * strlen ("一")), words[w]);
        g_string_append (text, words[w]);
        mq_mood_features_read (&features, text->str, text->len);
        g_assert_cmpuint (features.dense[0], ==, g_str_equal (words[w], "气死") ? middle - 2 : middle + 2);
      }
}

static void
test_words (void)
{
  static const guint16 good[3 + MQ_MOOD_BEHIND] = { 0x4e0d, 0x9519, 0x7684 }; /* 不错的 */
  guint                length;

  mq_mood_words_prepare ();
  g_assert_cmpint (mq_mood_word_chinese (good, 3, &length), ==, MQ_WORD_POSITIVE);
  g_assert_cmpuint (length, ==, 2);
  g_assert_cmpint (mq_mood_word_chinese (good, 1, &length), ==, MQ_WORD_NOT);
  g_assert_cmpint (mq_mood_word_chinese (good + 2, 1, &length), ==, MQ_WORD_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mood-model/logits", test_logits);
  g_test_add_func ("/mood-model/mixed", test_mixed);
  g_test_add_func ("/mood-model/many-words", test_many_words);
  g_test_add_func ("/mood-model/marks", test_marks);
  g_test_add_func ("/mood-model/damage", test_damage);
  g_test_add_func ("/mood-model/grams", test_grams);
  g_test_add_func ("/mood-model/hash", test_hash);
  g_test_add_func ("/mood-model/places", test_places);
  g_test_add_func ("/mood-model/words", test_words);
  g_test_add_func ("/mood-model/shipped", test_shipped);
  g_test_add_func ("/mood-model/probes", test_probes);
  return g_test_run ();
}
