/* mood-scorer.c: the sums over the rows of a text, and what they say. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-private.h"
#include "sentiment/mood-word-cache.h"

#define PART 256 /* rows that fit sums of 16 bits */

G_STATIC_ASSERT (MQ_MOOD_COLUMNS == sizeof (gint64));

struct _MqMoodScorer
{
  const MqMoodModel *model; /* (borrowed) */
  MqMoodFeatures     features;
  MqMoodWordCache    cache;
};

typedef gint8  Bytes __attribute__ ((vector_size (16)));
typedef gint64 Wholes __attribute__ ((vector_size (16)));
typedef gint16 Halves __attribute__ ((vector_size (16)));

/* The slots of the grams that the model knows. Written whether they count or not: most are not known, and a jump that cannot be
 * foreseen costs more than a store. */
static inline guint
find_known (const MqMoodModel *model, const guint32 *grams, guint n, guint32 *slots)
{
  const guint8 *marks = model->marks;
  guint         known = 0;

  for (guint i = 0; i < n; i++)
    {
      slots[known] = mq_mood_slot (grams[i]);
      known += marks[slots[known]] == mq_mood_mark (grams[i]);
    }
  return known;
}

/* Bytes become 16 bits: doubled, then their copies shifted out with the sign kept. */
static inline Halves
sum_slots (const gint8 *table, const guint32 *slots, guint n)
{
  Halves sum = { 0 };

  for (guint i = 0; i < n; i++)
    {
      gint64 row;
      Bytes  bytes;

      memcpy (&row, table + (gsize) slots[i] * MQ_MOOD_COLUMNS, sizeof row);
      bytes = (Bytes) (Wholes){ row, row };
      sum += (Halves) __builtin_shufflevector (bytes, bytes, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7) >> 8;
    }
  return sum;
}

void
mq_mood_sum_grams (const MqMoodModel *self, const guint32 *grams, gsize n, gint32 *sums)
{
  guint32 slots[PART];

  for (gsize i = 0; i < n; i += PART)
    {
      Halves sum = sum_slots (self->table, slots, find_known (self, grams + i, MIN (n - i, PART), slots));

      for (guint k = 0; k < MQ_MOOD_COLUMNS; k++)
        sums[k] += sum[k];
    }
}

MqMoodScorer *
mq_mood_scorer_new (const MqMoodModel *model)
{
  MqMoodScorer *self = g_new0 (MqMoodScorer, 1);

  self->model = model;
  mq_mood_word_cache_init (&self->cache, model);
  self->features.cache = &self->cache;
  self->features.marks = model->marks;
  return self;
}

void
mq_mood_scorer_free (MqMoodScorer *self)
{
  mq_mood_features_clear (&self->features);
  mq_mood_word_cache_clear (&self->cache);
  g_free (self);
}

void
mq_mood_logits (MqMoodScorer *self, const char *text, gsize length, double *logits)
{
  const MqMoodHead *head = &self->model->head;
  gint32            sums[MQ_MOOD_COLUMNS] = { 0 };
  guint             language;
  double            norm;

  memset (self->cache.sums, 0, sizeof self->cache.sums);
  self->cache.n = 0;
  mq_mood_features_read (&self->features, text, length);
  mq_mood_sum_grams (self->model, self->features.grams, self->features.n, sums);
  language = self->features.chinese ? 0 : 1;
  norm = 1 / sqrt (MAX (self->cache.n + self->features.n, 1));
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      logits[k] = head->bias[language][k];
      for (guint i = 0; i < self->features.n_dense; i++)
        logits[k] += head->dense[self->features.dense[i]][k];
    }
  for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
    logits[mq_mood_class_of_column[c]] += (double) head->scale[c] * (sums[c] + self->cache.sums[c]) * norm;
}

gboolean
mq_mood_scorer_was_chinese (const MqMoodScorer *self)
{
  return self->features.chinese;
}

static guint
soften (const double *logits, guint n, double temperature, double doubt, double *probability)
{
  guint  best = 0;
  double sum = 0;

  for (guint k = 1; k < n; k++)
    if (logits[k] > logits[best])
      best = k;
  for (guint k = 0; k < n; k++)
    sum += probability[k] = exp ((logits[k] - logits[best]) / temperature);
  for (guint k = 0; k < n; k++)
    probability[k] = (1 - doubt) * probability[k] / sum + doubt / n;
  return best;
}

void
mq_mood_decide (const MqMoodHead *head, gboolean chinese, const double *logits, MqMood *mood)
{
  const float *temperature = head->temperature[chinese ? 0 : 1], *doubt = head->doubt[chinese ? 0 : 1];

  mood->polarity = soften (logits, MQ_N_POLARITIES, temperature[0], doubt[0], mood->probability);
  mood->emotion = soften (logits + MQ_N_POLARITIES, MQ_N_EMOTIONS, temperature[1], doubt[1], mood->probability + MQ_N_POLARITIES);
  mood->uncertain = mood->probability[mood->polarity] < head->threshold[chinese ? 0 : 1];
}

void
mq_mood_score (MqMoodScorer *self, const char *text, gsize length, MqMood *mood)
{
  double logits[MQ_MOOD_N_CLASSES];

  mq_mood_logits (self, text, length, logits);
  mq_mood_decide (&self->model->head, self->features.chinese, logits, mood);
}
