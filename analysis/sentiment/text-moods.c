/* text-moods.c: scoring in slices, and the table of what came out. */

#include "config.h"

#include "sentiment/text-moods.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GRAIN 1024
#define MOST_WORDS 5

typedef struct
{
  const MqMoodModel *model;
  const char *const *texts;
  MqMood            *moods;
  GMutex             lock;
  GPtrArray         *idle; /* (owned) scorers that no slice uses; each knows the words of those before */
} Work;

static MqMoodScorer *
take_scorer (Work *work)
{
  MqMoodScorer *scorer = NULL;

  g_mutex_lock (&work->lock);
  if (work->idle->len > 0)
    scorer = g_ptr_array_steal_index (work->idle, work->idle->len - 1);
  g_mutex_unlock (&work->lock);
  return scorer != NULL ? scorer : mq_mood_scorer_new (work->model);
}

static void
return_scorer (Work *work, MqMoodScorer *scorer)
{
  g_mutex_lock (&work->lock);
  g_ptr_array_add (work->idle, scorer);
  g_mutex_unlock (&work->lock);
}

static gboolean
score_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Work         *work = data;
  MqMoodScorer *scorer = take_scorer (work);

  for (gsize i = first; i < last; i++)
    {
      const char *text = work->texts[i] != NULL ? work->texts[i] : "";

      mq_mood_score (scorer, text, strlen (text), &work->moods[i]);
      if (work->texts[i] == NULL)
        work->moods[i].uncertain = TRUE;
    }
  return_scorer (work, scorer);
  return mq_run_check (run, error);
}

gboolean
mq_moods_score (const char *const *texts, gsize n, MqMood *moods, const MqRun *run, GError **error)
{
  Work     work = { .model = mq_mood_model_get (error), .texts = texts, .moods = moods };
  gboolean done;

  if (work.model == NULL)
    return FALSE;
  work.idle = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_mood_scorer_free);
  g_mutex_init (&work.lock);
  done = mq_run_parallel (run, n, GRAIN, score_slice_cb, &work, error);
  g_mutex_clear (&work.lock);
  g_ptr_array_unref (work.idle);
  return done;
}

static int
compare_marks_cb (gconstpointer a, gconstpointer b)
{
  const MqMoodMark *x = a, *y = b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->first < y->first ? -1 : 1;
}

char *
mq_mood_words_text (const MqMoodModel *model, const char *text, MqPolarity label, guint most)
{
  g_autoptr (GArray) marks = mq_mood_explain (model, text, strlen (text), label, NULL);
  GString *out = g_string_new (NULL);

  g_array_sort (marks, compare_marks_cb);
  for (guint i = 0; i < marks->len && i < most; i++)
    {
      const MqMoodMark *mark = &g_array_index (marks, MqMoodMark, i);

      if (mark->weight <= 0)
        break;
      if (i > 0)
        g_string_append (out, "; ");
      g_string_append_len (out, text + mark->first, mark->end - mark->first);
    }
  return g_string_free (out, FALSE);
}

MqResult *
mq_text_moods_result (const char *const *texts, gsize n, const MqRun *run, GError **error)
{
  const MqMoodModel *model = mq_mood_model_get (error);
  g_autofree MqMood *moods = g_try_new0 (MqMood, MAX (n, 1));
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("texts", NULL, NULL);
  MqResult *result;

  if (model == NULL || moods == NULL || !mq_moods_score (texts, n, moods, run, error))
    return NULL;
  mq_table_builder_add_column (builder, "id", N_ ("Text no."), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "text", N_ ("Text"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "polarity", N_ ("Polarity"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "emotion", N_ ("Emotion"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "probability", N_ ("Probability"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "uncertain", N_ ("Uncertain"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "words", N_ ("Words that decided"), MQ_COLUMN_TEXT);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *words = mq_mood_words_text (model, texts[i], moods[i].polarity, MOST_WORDS);

      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, i + 1);
      mq_table_builder_set_text (builder, 1, texts[i]);
      mq_table_builder_set_text (builder, 2, mq_polarity_name (moods[i].polarity));
      mq_table_builder_set_text (builder, 3, mq_emotion_name (moods[i].emotion));
      mq_table_builder_set_double (builder, 4, moods[i].probability[moods[i].polarity]);
      mq_table_builder_set_integer (builder, 5, moods[i].uncertain);
      mq_table_builder_set_text (builder, 6, words);
    }
  result = mq_result_new ("sentiment", 1);
  mq_result_take_table (result, mq_table_builder_finish (g_steal_pointer (&builder)));
  return result;
}
