/* mood-train.c: makes the model from labelled texts (documented in MODEL.md): one command, seeded, the same bytes each time.
 *
 *     mood-train TRAIN.tsv.gz DEV.tsv.gz MODEL [--without SOURCE]
 *
 * Prints the figures per source of DEV; with --without, those of the source that was left out of the training as well. */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "sentiment/mood-model.h"
#include "sentiment/trainer/mood-choice.h"
#include "sentiment/trainer/mood-phrases.h"
#include "stats/random.h"

#define LANES 12 /* classes, padded */
#define EPOCHS 9
#define RUNS 4     /* from nothing, with other random numbers; the weights are their mean */
#define AVERAGED 3 /* from this epoch on: the weights are the mean of what each epoch ended with */
#define RATE 0.2f
#define RATE_DECAY 0.9f
#define POLARITY_POWER 0.25
#define EMOTION_POWER 0.3
#define DROPPED 0.3                 /* share of the grams of a text that one step does not see */
#define PHRASE_WEIGHT_CHINESE 0.7f  /* of made-up phrases; a text of a usual source has about 1 */
#define PHRASE_WEIGHT_ENGLISH 0.35f /* more of it costs the polarity of the rest */
#define MOST_SEEN 65536             /* grams of a text */

typedef struct
{
  float weight[LANES];
  float squares[LANES];
  float sum[LANES]; /* of the epochs' weights */
} Row;

typedef struct
{
  Row         *rows; /* MQ_MOOD_N_SLOTS */
  Row          dense[MQ_MOOD_N_DENSE];
  Row          bias[2];
  float        class_weight[2][MQ_MOOD_N_CLASSES];
  MqMoodItems  items;
  MqMoodChoice choice;
  MqRandom     random;
  float        rate;
} Trainer;

static void
step_row (Row *row, const float *gradient, float x, float rate)
{
  for (guint k = 0; k < LANES; k++)
    {
      float g = gradient[k] * x;

      row->squares[k] += g * g;
      row->weight[k] -= rate * g / sqrtf (row->squares[k] + 1e-8f);
    }
}

/* Softmax over [first, first + n) without what `masked` says; the gradient of the loss times `weight`. */
static void
differentiate (const float *logits, guint first, guint n, guint truth, int masked, float weight, float *gradient)
{
  float most = -1e30f, sum = 0, p[MQ_N_EMOTIONS];

  for (guint k = 0; k < n; k++)
    if ((int) k != masked && logits[first + k] > most)
      most = logits[first + k];
  for (guint k = 0; k < n; k++)
    sum += p[k] = (int) k == masked ? 0 : expf (logits[first + k] - most);
  for (guint k = 0; k < n; k++)
    gradient[first + k] = weight * (p[k] / sum - (k == truth ? 1 : 0));
}

/* The slots that a step sees, of the grams that the model knows. Returns how many; seen: of all grams. */
static guint
keep_some (Trainer *self, const guint32 *grams, guint n, guint32 *kept, guint *seen)
{
  guint n_kept = 0;

  *seen = 0;
  for (guint i = 0; i < n && *seen < MOST_SEEN; i++)
    if (mq_random_next (&self->random) >> 32 >= (guint64) (DROPPED * 4294967296.0))
      {
        ++*seen;
        if (mq_mood_choice_knows (&self->choice, grams[i]))
          kept[n_kept++] = mq_mood_slot (grams[i]);
      }
  return n_kept;
}

static void
learn (Trainer *self, const MqMoodItem *item, const guint32 *grams)
{
  static guint32 kept[MOST_SEEN];
  guint          language = item->chinese ? 0 : 1, seen, n = keep_some (self, grams, item->n, kept, &seen);
  float          logits[LANES] = { 0 }, gradient[LANES] = { 0 }, x = 1 / sqrtf (MAX (seen, 1));

  for (guint i = 0; i < n; i++)
    {
      const Row *row = self->rows + kept[i];
      float      scale = self->choice.scale[kept[i]];

      __builtin_prefetch (self->rows + kept[MIN (i + 10, n - 1)]);
      for (guint k = 0; k < LANES; k++)
        logits[k] += scale * row->weight[k];
    }
  for (guint k = 0; k < LANES; k++)
    {
      logits[k] = logits[k] * x + self->bias[language].weight[k];
      for (guint i = 0; i < item->n_dense; i++)
        logits[k] += self->dense[item->dense[i]].weight[k];
    }
  if (item->polarity >= 0)
    differentiate (logits, 0, MQ_N_POLARITIES, item->polarity, item->has_neutral ? -1 : MQ_POLARITY_NEUTRAL, item->weight * self->class_weight[language][item->polarity], gradient);
  if (item->emotion >= 0)
    differentiate (logits, MQ_N_POLARITIES, MQ_N_EMOTIONS, item->emotion, -1, item->weight * self->class_weight[language][MQ_N_POLARITIES + item->emotion], gradient);
  for (guint i = 0; i < n; i++)
    step_row (self->rows + kept[i], gradient, x * self->choice.scale[kept[i]], self->rate);
  for (guint i = 0; i < item->n_dense; i++)
    step_row (&self->dense[item->dense[i]], gradient, 0.3f, self->rate);
  step_row (&self->bias[language], gradient, 0.3f, self->rate);
}

/* A power of (n / n of the class), for polarities over all texts, for emotions by language. */
static void
weigh_classes (Trainer *self)
{
  double n[2][MQ_MOOD_N_CLASSES] = { { 0 } }, all[2][2] = { { 0 } };

  for (guint i = 0; i < self->items.n; i++)
    {
      const MqMoodItem *item = &self->items.items[i];
      guint             language = item->chinese ? 0 : 1;

      if (item->polarity >= 0)
        n[language][item->polarity]++, all[language][0]++;
      if (item->emotion >= 0)
        n[language][MQ_N_POLARITIES + item->emotion]++, all[language][1]++;
    }
  for (guint language = 0; language < 2; language++)
    for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
      self->class_weight[language][k] = n[language][k] > 0 ? pow (all[language][k < MQ_N_POLARITIES ? 0 : 1] / n[language][k] / (k < MQ_N_POLARITIES ? 3 : 7), k < MQ_N_POLARITIES ? POLARITY_POWER : EMOTION_POWER) : 1;
}

static void
add_to_mean (Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < LANES; k++)
      rows[i].sum[k] += rows[i].weight[k];
}

static void
take_mean (Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < LANES; k++)
      rows[i].weight[k] = rows[i].sum[k] / (RUNS * (EPOCHS - AVERAGED));
}

static void
shuffle (Trainer *self, guint32 *order)
{
  for (guint i = self->items.n; i > 1; i--)
    {
      guint   j = mq_random_below (&self->random, i);
      guint32 held = order[i - 1];

      order[i - 1] = order[j];
      order[j] = held;
    }
}

static void
forget (Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      memset (rows[i].weight, 0, sizeof rows[i].weight);
      memset (rows[i].squares, 0, sizeof rows[i].squares);
    }
}

static void
train_once (Trainer *self, guint32 *order, guint run)
{
  forget (self->rows, MQ_MOOD_N_SLOTS);
  forget (self->dense, MQ_MOOD_N_DENSE);
  forget (self->bias, 2);
  self->rate = RATE;
  for (guint epoch = 0; epoch < EPOCHS; epoch++)
    {
      shuffle (self, order);
      for (guint i = 0; i < self->items.n; i++)
        {
          const MqMoodItem *item = &self->items.items[order[i]];

          learn (self, item, self->items.grams + item->first);
        }
      self->rate *= RATE_DECAY;
      if (epoch >= AVERAGED)
        {
          add_to_mean (self->rows, MQ_MOOD_N_SLOTS);
          add_to_mean (self->dense, MQ_MOOD_N_DENSE);
          add_to_mean (self->bias, 2);
        }
      fprintf (stderr, "run %u of %u, epoch %u of %u\n", run + 1, RUNS, epoch + 1, EPOCHS);
    }
}

static void
train (Trainer *self)
{
  g_autofree guint32 *order = g_new (guint32, self->items.n);

  for (guint i = 0; i < self->items.n; i++)
    order[i] = i;
  weigh_classes (self);
  mq_random_init (&self->random, 20261122, 0);
  for (guint run = 0; run < RUNS; run++)
    train_once (self, order, run);
  take_mean (self->rows, MQ_MOOD_N_SLOTS);
  take_mean (self->dense, MQ_MOOD_N_DENSE);
  take_mean (self->bias, 2);
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* How far a slot's class is from its neutral one. */
static float
find_distance (const Trainer *self, gsize slot, guint column)
{
  const float *weight = self->rows[slot].weight;
  guint        k = mq_mood_class_of_column[column];

  return self->choice.scale[slot] * (weight[k] - weight[k < MQ_N_POLARITIES ? (guint) MQ_POLARITY_NEUTRAL : MQ_N_POLARITIES + (guint) MQ_EMOTION_NEUTRAL]);
}

/* Whole numbers of 8 bits; the largest 1 of 20,000 weights are cut. */
static gint8 *
quantise (const Trainer *self, MqMoodHead *head)
{
  gint8            *table = g_new0 (gint8, (gsize) MQ_MOOD_N_SLOTS * MQ_MOOD_COLUMNS);
  g_autofree float *sizes = g_new (float, MQ_MOOD_N_SLOTS);

  for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
    {
      gsize n = 0;

      for (gsize slot = 0; slot < MQ_MOOD_N_SLOTS; slot++)
        if (self->choice.marks[slot] != 0)
          sizes[n++] = fabsf (find_distance (self, slot, c));
      qsort (sizes, n, sizeof *sizes, compare_floats);
      head->scale[c] = sizes[n - 1 - n / 20000] / 127;
      for (gsize slot = 0; slot < MQ_MOOD_N_SLOTS; slot++)
        if (self->choice.marks[slot] != 0)
          table[slot * MQ_MOOD_COLUMNS + c] = CLAMP (rintf (find_distance (self, slot, c) / head->scale[c]), -127, 127);
    }
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      for (guint i = 0; i < MQ_MOOD_N_DENSE; i++)
        head->dense[i][k] = self->dense[i].weight[k];
      for (guint language = 0; language < 2; language++)
        head->bias[language][k] = self->bias[language].weight[k];
    }
  return table;
}

int
main (int argc, char **argv)
{
  const char       *without = argc == 6 && strcmp (argv[4], "--without") == 0 ? argv[5] : NULL;
  Trainer           self = { 0 };
  MqMoodHead        head = { .temperature = { { 1, 1 }, { 1, 1 } } };
  g_autofree gint8 *table = NULL;
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 4 && without == NULL)
    {
      fprintf (stderr, "mood-train TRAIN.tsv.gz DEV.tsv.gz MODEL [--without SOURCE]\n");
      return 2;
    }
  self.rows = g_new0 (Row, MQ_MOOD_N_SLOTS);
  if (!mq_mood_items_read (&self.items, argv[1], without, NULL))
    return 1;
  mq_mood_phrases_add (&self.items, PHRASE_WEIGHT_CHINESE, PHRASE_WEIGHT_ENGLISH);
  if (self.items.n == 0)
    {
      fprintf (stderr, "%s has no labelled texts.\n", argv[1]);
      return 1;
    }
  mq_mood_choice_init (&self.choice, &self.items);
  train (&self);
  table = quantise (&self, &head);
  if (!mq_mood_calibrate (&head, self.choice.marks, table, argv[2]))
    return 1;
  file = mq_mood_model_write (&head, self.choice.marks, table);
  if (!g_file_set_contents (argv[3], (const char *) file->data, file->len, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("model: %u bytes\n", file->len);
  if (without != NULL)
    mq_mood_print_figures (file, argv[1], without);
  mq_mood_print_figures (file, argv[2], NULL);
  mq_mood_items_clear (&self.items);
  mq_mood_choice_clear (&self.choice);
  g_free (self.rows);
  return 0;
}
