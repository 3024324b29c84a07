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
#include "sentiment/trainer/mood-figures.h"
#include "sentiment/trainer/mood-phrases.h"
#include "stats/random.h"

#define LANES 12 /* classes, padded */
#define EPOCHS 9
#define RUNS 2     /* from nothing, with other random numbers; the weights are their mean */
#define AVERAGED 3 /* from this epoch on: the weights are the mean of what each epoch ended with */
#define RATE 0.2f
#define RATE_DECAY 0.9f
#define POLARITY_POWER 0.25
#define EMOTION_POWER 0.45
#define DROPPED 0.3 /* share of the rows of a text that one step does not see */
#define PHRASE_WEIGHT 0.7f

typedef struct
{
  float weight[LANES];
  float squares[LANES];
  float sum[LANES]; /* of the epochs' weights */
} Row;

typedef struct
{
  Row        *rows; /* MQ_MOOD_N_ROWS */
  Row         dense[MQ_MOOD_N_DENSE];
  Row         bias[2];
  float       class_weight[2][MQ_MOOD_N_CLASSES];
  MqMoodItems items;
  MqRandom    random;
  float       rate;
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

static void
learn (Trainer *self, const MqMoodItem *item, const guint32 *rows)
{
  guint language = item->chinese ? 0 : 1, n = 0;
  float logits[LANES] = { 0 }, gradient[LANES] = { 0 }, x;
  Row  *kept[65536];

  for (guint i = 0; i < item->n && n < G_N_ELEMENTS (kept); i++)
    if (mq_random_next (&self->random) >> 32 >= (guint64) (DROPPED * 4294967296.0))
      kept[n++] = self->rows + rows[i];
  x = 1 / sqrtf (MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      __builtin_prefetch (kept[MIN (i + 10, n - 1)]);
      for (guint k = 0; k < LANES; k++)
        logits[k] += kept[i]->weight[k];
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
    step_row (kept[i], gradient, x, self->rate);
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
  forget (self->rows, MQ_MOOD_N_ROWS);
  forget (self->dense, MQ_MOOD_N_DENSE);
  forget (self->bias, 2);
  self->rate = RATE;
  for (guint epoch = 0; epoch < EPOCHS; epoch++)
    {
      shuffle (self, order);
      for (guint i = 0; i < self->items.n; i++)
        {
          const MqMoodItem *item = &self->items.items[order[i]];

          learn (self, item, self->items.rows + item->first);
        }
      self->rate *= RATE_DECAY;
      if (epoch >= AVERAGED)
        {
          add_to_mean (self->rows, MQ_MOOD_N_ROWS);
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
  take_mean (self->rows, MQ_MOOD_N_ROWS);
  take_mean (self->dense, MQ_MOOD_N_DENSE);
  take_mean (self->bias, 2);
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* Whole numbers of 8 bits; the largest 1 of 20,000 weights are cut. */
static gint8 *
quantise (Trainer *self, MqMoodHead *head)
{
  gint8            *table = g_new0 (gint8, (gsize) MQ_MOOD_N_ROWS * MQ_MOOD_N_CLASSES);
  g_autofree float *sizes = g_new (float, MQ_MOOD_N_ROWS);

  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
        sizes[row] = fabsf (self->rows[row].weight[k]);
      qsort (sizes, MQ_MOOD_N_ROWS, sizeof *sizes, compare_floats);
      head->scale[k] = sizes[MQ_MOOD_N_ROWS - 1 - MQ_MOOD_N_ROWS / 20000] / 127;
      for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
        table[row * MQ_MOOD_N_CLASSES + k] = CLAMP (rintf (self->rows[row].weight[k] / head->scale[k]), -127, 127);
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
  self.rows = g_new0 (Row, MQ_MOOD_N_ROWS);
  if (!mq_mood_items_read (&self.items, argv[1], without, NULL))
    return 1;
  mq_mood_phrases_add (&self.items, PHRASE_WEIGHT);
  train (&self);
  table = quantise (&self, &head);
  if (!mq_mood_calibrate (&head, table, argv[2]))
    return 1;
  file = mq_mood_model_write (&head, table);
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
  g_free (self.rows);
  return 0;
}
