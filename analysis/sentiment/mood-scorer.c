/* mood-scorer.c: the sums over the rows of a text, and what they say. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "base/vector.h"
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

typedef gint8  Row __attribute__ ((vector_size (MQ_MOOD_COLUMNS)));
typedef gint16 Sum __attribute__ ((vector_size (2 * MQ_MOOD_COLUMNS)));

/* Written whether they count or not: many grams are not known, and a jump that cannot be foreseen costs more than a store. */
gsize
mq_mood_find_known (const MqMoodModel *self, const guint32 *grams, gsize n, guint32 *rows)
{
  const guint8 *marks = self->marks;
  gsize         known = 0;

  for (gsize i = 0; i < n; i++)
    {
      rows[known] = mq_mood_slot (grams[i]);
      known += marks[rows[known]] == mq_mood_mark (grams[i]);
    }
  return known;
}

MQ_VECTOR void
mq_mood_sum_rows (const MqMoodModel *self, const guint32 *rows, gsize n, gint32 *sums)
{
  const gint8 *table = self->table;

  for (gsize first = 0; first < n; first += PART)
    {
      gsize last = MIN (n, first + PART);
      Sum   sum = { 0 };

      for (gsize i = first; i < last; i++)
        {
          Row row;

          memcpy (&row, table + (gsize) rows[i] * MQ_MOOD_COLUMNS, sizeof row);
          sum += __builtin_convertvector(row, Sum);
        }
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
  MqMoodFeatures   *features = &self->features;
  gsize             n;
  gint32            sums[MQ_MOOD_COLUMNS] = { 0 };
  guint             language;
  double            norm;

  memset (self->cache.sums, 0, sizeof self->cache.sums);
  self->cache.n = 0;
  mq_mood_features_read (features, text, length);
  n = features->n_rows + mq_mood_find_known (self->model, features->grams, features->n, features->rows + features->n_rows);
  mq_mood_sum_rows (self->model, features->rows, n, sums);
  language = features->chinese ? 0 : 1;
  norm = 1 / sqrt (MAX (self->cache.n + features->n_rows + features->n, 1));
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      logits[k] = head->bias[language][k];
      for (guint i = 0; i < features->n_dense; i++)
        logits[k] += head->dense[features->dense[i]][k];
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
