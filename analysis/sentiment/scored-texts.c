/* scored-texts.c: the model first, then what the labels taught it, then the labels themselves. */

#include "config.h"

#include "sentiment/scored-texts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sentiment/mood-private.h"
#include "sentiment/near-copies.h"
#include "sentiment/stock-phrases.h"
#include "sentiment/text-moods.h"

#define FOLDS 5
#define GRAIN 1024
#define APPLY_GRAIN 16384 /* each has to learn its words anew */
#define NOT_LABELLED G_MAXUINT

/* The scoring of one dataset. */
typedef struct
{
  const MqMoodModel *model;
  MqScoredTexts     *scored; /* (owned) */
  const char       **texts;  /* (owned) borrowed texts, by code */
  guint              n;
  GArray            *labels;   /* (owned) */
  guint             *label_of; /* (owned) by code: place of its label; NOT_LABELLED */
  guint             *text_of;  /* (owned) by label: the code of its first text; NOT_LABELLED: it is not here */
  MqMoodExample     *examples; /* (owned) by label, those with a text first to last */
  guint              n_examples;
  MqMoodLayer       *layers[MQ_MOOD_N_TASKS]; /* (owned) (nullable) */
} Work;

static void
free_scored (gpointer data)
{
  MqScoredTexts *scored = data;

  g_free (scored->own_moods);
  g_free (scored->origins);
  g_free (scored->stock);
  g_free (scored);
}

static void
clear_work (Work *work)
{
  for (guint i = 0; i < work->n_examples; i++)
    mq_mood_example_clear (&work->examples[i]);
  for (guint task = 0; task < MQ_MOOD_N_TASKS; task++)
    g_clear_pointer (&work->layers[task], mq_mood_layer_free);
  g_clear_pointer (&work->scored, free_scored);
  g_clear_pointer (&work->labels, g_array_unref);
  g_free (work->examples);
  g_free (work->text_of);
  g_free (work->label_of);
  g_free (work->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

const char *
mq_mood_origin_name (MqMoodOrigin origin)
{
  static const char *const names[] = { N_ ("model"), N_ ("model and labels"), N_ ("nearly the same as one corrected"), N_ ("by hand") };

  return names[origin];
}

static void
read_texts (Work *work, const MqStrings *strings, GHashTable *phrases)
{
  g_autofree guint8 *beginnings = mq_stock_phrases_beginnings (phrases);

  work->texts = g_new0 (const char *, MAX (work->n, 1));
  work->scored = g_new0 (MqScoredTexts, 1);
  work->scored->origins = g_new0 (guint8, MAX (work->n, 1));
  work->scored->stock = g_new0 (guint8, MAX (work->n, 1));
  for (guint i = 0; i < work->n; i++)
    {
      work->texts[i] = mq_strings_get (strings, i);
      work->scored->stock[i] = mq_stock_phrases_may_contain (beginnings, work->texts[i]) && mq_stock_phrases_contain (phrases, work->texts[i]);
    }
}

/* Of the texts with the same label the one that sorts first stands for it. */
static void
find_labelled (Work *work)
{
  work->label_of = g_new (guint, MAX (work->n, 1));
  work->text_of = g_new (guint, MAX (work->labels->len, 1));
  for (guint i = 0; i < work->labels->len; i++)
    work->text_of[i] = NOT_LABELLED;
  for (guint i = 0; i < work->n; i++)
    {
      const MqMoodLabel *label = mq_mood_labels_find (work->labels, mq_mood_label_key (work->texts[i], strlen (work->texts[i])));
      guint              place = label != NULL ? label - (const MqMoodLabel *) (gpointer) work->labels->data : NOT_LABELLED;

      work->label_of[i] = place;
      if (place != NOT_LABELLED && (work->text_of[place] == NOT_LABELLED || strcmp (work->texts[i], work->texts[work->text_of[place]]) < 0))
        work->text_of[place] = i;
    }
}

static void
make_examples (Work *work)
{
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (work->model);
  g_auto (MqMoodFeatures) features = { 0 };

  work->examples = g_new0 (MqMoodExample, MAX (work->labels->len, 1));
  for (guint i = 0; i < work->labels->len; i++)
    if (work->text_of[i] != NOT_LABELLED)
      {
        const char    *text = work->texts[work->text_of[i]];
        MqMoodExample *example = &work->examples[work->n_examples++];

        mq_mood_logits (scorer, text, strlen (text), example->logits);
        mq_mood_features_read (&features, text, strlen (text));
        example->chinese = features.chinese;
        example->n_grams = features.n;
        example->grams = g_memdup2 (features.grams, MAX (features.n, 1) * sizeof *features.grams);
      }
}

static void
set_task (Work *work, MqMoodTask task)
{
  guint n = 0;

  for (guint i = 0; i < work->labels->len; i++)
    if (work->text_of[i] != NOT_LABELLED)
      {
        const MqMoodLabel *label = &g_array_index (work->labels, MqMoodLabel, i);

        work->examples[n++].label = task == MQ_MOOD_TASK_POLARITY ? label->polarity : label->emotion;
      }
}

static gboolean
is_right (const Work *work, const MqMoodExample *example, MqMoodTask task, const MqMoodLayer *layer)
{
  const MqMoodHead *head = &work->model->head;
  MqMood            mood;
  double            logits[MQ_MOOD_N_CLASSES];

  memcpy (logits, example->logits, sizeof logits);
  if (layer != NULL)
    mq_mood_layer_apply (layer, head, example->chinese, example->grams, example->n_grams, logits);
  mq_mood_decide (head, example->chinese, logits, &mood);
  return (task == MQ_MOOD_TASK_POLARITY ? (gint) mood.polarity : (gint) mood.emotion) == example->label;
}

static void
measure_fold (Work *work, MqMoodTask task, guint fold)
{
  MqMoodFit *fit = &work->scored->fits[task];
  g_autoptr (MqMoodLayer) layer = mq_mood_layer_learn (&work->model->head, task, work->examples, work->n_examples, FOLDS, fold);
  guint place = 0;

  for (guint i = 0; i < work->n_examples; i++)
    if (work->examples[i].label != MQ_MOOD_NO_LABEL && place++ % FOLDS == fold)
      {
        fit->n++;
        fit->shipped += is_right (work, &work->examples[i], task, NULL);
        fit->taught += is_right (work, &work->examples[i], task, layer);
      }
}

static gboolean
learn (Work *work, const MqRun *run, GError **error)
{
  for (MqMoodTask task = 0; task < MQ_MOOD_N_TASKS; task++)
    {
      MqMoodFit *fit = &work->scored->fits[task];

      set_task (work, task);
      for (guint fold = 0; fold < FOLDS; fold++)
        {
          measure_fold (work, task, fold);
          if (!mq_run_check (run, error))
            return FALSE;
        }
      if (fit->taught >= fit->shipped)
        work->layers[task] = mq_mood_layer_learn (&work->model->head, task, work->examples, work->n_examples, 0, 0);
      fit->used = work->layers[task] != NULL;
    }
  return TRUE;
}

static gboolean
apply_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Work *work = data;
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (work->model);
  g_auto (MqMoodFeatures) features = { 0 };

  for (gsize i = first; i < last; i++)
    {
      double logits[MQ_MOOD_N_CLASSES];

      if (i % GRAIN == 0 && !mq_run_check (run, error))
        return FALSE;
      mq_mood_logits (scorer, work->texts[i], strlen (work->texts[i]), logits);
      mq_mood_features_read (&features, work->texts[i], strlen (work->texts[i]));
      for (guint task = 0; task < MQ_MOOD_N_TASKS; task++)
        if (work->layers[task] != NULL)
          mq_mood_layer_apply (work->layers[task], &work->model->head, features.chinese, features.grams, features.n, logits);
      mq_mood_decide (&work->model->head, features.chinese, logits, &work->scored->own_moods[i]);
      work->scored->origins[i] = MQ_MOOD_BY_LABELS;
    }
  return mq_run_check (run, error);
}

/* A label's word is certain; an emotion that it does not name is the most probable one that fits. */
static void
obey (MqMood *mood, const MqMoodLabel *label)
{
  gint emotion = label->emotion;

  for (guint k = 0; emotion == MQ_MOOD_NO_LABEL && k < MQ_N_EMOTIONS; k++)
    if (mq_emotion_fits (k, label->polarity))
      emotion = k;
  for (guint k = 0; label->emotion == MQ_MOOD_NO_LABEL && k < MQ_N_EMOTIONS; k++)
    if (mq_emotion_fits (k, label->polarity) && mood->probability[MQ_N_POLARITIES + k] > mood->probability[MQ_N_POLARITIES + emotion])
      emotion = k;
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    mood->probability[k] = k < MQ_N_POLARITIES ? k == (guint) label->polarity : k - MQ_N_POLARITIES == (guint) emotion;
  mood->polarity = label->polarity;
  mood->emotion = emotion;
  mood->uncertain = FALSE;
}

typedef struct
{
  Work               *work;
  const MqNearCopies *copies;
  const guint        *label_of; /* by text of the copies */
  const guint8       *shipped;  /* by code: the polarity that the shipped model gives */
} Copying;

/* "fast" and "not fast" may be nearly the same text: the model has to find the same mood in both. */
static gboolean
copy_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Copying *copying = data;
  Work    *work = copying->work;
  g_autoptr (MqNearSearch) search = mq_near_search_new (copying->copies);

  for (gsize i = first; i < last; i++)
    {
      guint label = work->label_of[i], copy;

      if (label == NOT_LABELLED && (copy = mq_near_search_find (search, work->texts[i])) != MQ_NEAR_COPY_NONE &&
          copying->shipped[work->text_of[copying->label_of[copy]]] == copying->shipped[i])
        {
          obey (&work->scored->own_moods[i], &g_array_index (work->labels, MqMoodLabel, copying->label_of[copy]));
          work->scored->origins[i] = MQ_MOOD_BY_COPY;
        }
      else if (label != NOT_LABELLED)
        {
          obey (&work->scored->own_moods[i], &g_array_index (work->labels, MqMoodLabel, label));
          work->scored->origins[i] = MQ_MOOD_BY_HAND;
        }
    }
  return mq_run_check (run, error);
}

static gboolean
apply_labels (Work *work, const guint8 *shipped, const MqRun *run, GError **error)
{
  g_autofree const char **texts = g_new0 (const char *, MAX (work->labels->len, 1));
  g_autofree guint       *label_of = g_new0 (guint, MAX (work->labels->len, 1));
  g_autoptr (MqNearCopies) copies = NULL;
  Copying copying;
  guint   n = 0;

  for (guint i = 0; i < work->labels->len; i++)
    if (work->text_of[i] != NOT_LABELLED)
      {
        texts[n] = work->texts[work->text_of[i]];
        label_of[n++] = i;
      }
  copies = mq_near_copies_new (texts, n);
  copying = (Copying){ work, copies, label_of, shipped };
  return mq_run_parallel (run, work->n, GRAIN, copy_slice_cb, &copying, error);
}

static gboolean
heed_labels (Work *work, const MqRun *run, GError **error)
{
  g_autofree guint8 *shipped = g_new0 (guint8, MAX (work->n, 1));

  for (guint i = 0; i < work->n; i++)
    shipped[i] = work->scored->moods[i].polarity;
  find_labelled (work);
  make_examples (work);
  if (!learn (work, run, error))
    return FALSE;
  if ((work->layers[0] != NULL || work->layers[1] != NULL) && !mq_run_parallel (run, work->n, APPLY_GRAIN, apply_slice_cb, work, error))
    return FALSE;
  return apply_labels (work, shipped, run, error);
}

/* (nullable) NULL without error: there are no texts. */
static const MqStrings *
get_texts (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqColumn *text = mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "text", run, error);

  return text != NULL && text->type == MQ_VALUE_TEXT ? text->strings : NULL;
}

/* As the shipped model reads them: this hangs on the texts alone, so that it is not done again when a label or a stock phrase is
 * edited. */
static gpointer
read_moods_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqStrings        *strings = get_texts (dataset, run, error);
  guint                   n = strings != NULL ? mq_strings_length (strings) : 0;
  g_autofree const char **texts = g_new0 (const char *, MAX (n, 1));
  g_autofree MqMood      *moods = g_new0 (MqMood, MAX (n, 1));

  if (strings == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    texts[i] = mq_strings_get (strings, i);
  mq_run_stage (run, N_ ("Reading moods"), 0);
  return mq_moods_score (texts, n, moods, run, error) ? g_steal_pointer (&moods) : NULL;
}

static gpointer
score_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqStrings *strings = get_texts (dataset, run, error);
  const MqMood    *moods = strings != NULL ? mq_dataset_derive (dataset, "moods", read_moods_cb, g_free, run, error) : NULL;
  g_auto (Work) work = { 0 };
  g_autoptr (GHashTable) stock = NULL;

  if (moods == NULL || (work.model = mq_mood_model_get (error)) == NULL)
    return NULL;
  work.n = mq_strings_length (strings);
  work.labels = mq_mood_labels_parse (mq_dataset_value (dataset, MQ_MOOD_LABELS_VALUE));
  stock = mq_stock_phrases_parse (mq_dataset_value (dataset, MQ_STOCK_VALUE));
  read_texts (&work, strings, stock);
  work.scored->moods = moods;
  if (work.labels->len > 0)
    work.scored->moods = work.scored->own_moods = g_memdup2 (moods, MAX (work.n, 1) * sizeof *moods);
  if (work.labels->len > 0 && !heed_labels (&work, run, error))
    return NULL;
  return g_steal_pointer (&work.scored);
}

const MqScoredTexts *
mq_scored_texts_get (MqDataset *dataset, const MqRun *run, GError **error)
{
  return mq_dataset_derive_by_values (dataset, "moods", score_cb, free_scored, run, error);
}
