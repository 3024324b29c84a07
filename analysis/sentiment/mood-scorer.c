/* mood-scorer.c: the sums over the rows of a text, and what they say. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-private.h"
#include "sentiment/mood-word-cache.h"

#define ROW MQ_MOOD_ROW

struct _MqMoodScorer
{
  const MqMoodModel *model; /* (borrowed) */
  MqMoodFeatures     features;
  MqMoodWordCache    cache;
};

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_X86 1
#else
#define HAVE_X86 0
#endif

typedef gint8  Bytes __attribute__ ((vector_size (16)));
typedef gint16 Halves __attribute__ ((vector_size (16)));

/* Bytes become 16 bits: doubled, then their copies shifted out with the sign kept. A part of 256 rows fits those. */
static void
sum_portably (const gint8 *table, const guint32 *rows, gsize n, gint32 *sums)
{
  for (gsize i = 0; i < n;)
    {
      gsize  end = MIN (i + 256, n);
      Halves low = { 0 }, high = { 0 };

      for (; i < end; i++)
        {
          Bytes row = *(const Bytes *) (gconstpointer) (table + (gsize) rows[i] * ROW);

          low += (Halves) __builtin_shufflevector (row, row, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7) >> 8;
          high += (Halves) __builtin_shufflevector (row, row, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15) >> 8;
        }
      for (guint k = 0; k < ROW; k++)
        sums[k] += k < 8 ? low[k] : high[k - 8];
    }
}

#if HAVE_X86
__attribute__ ((target ("avx2"))) static void
sum_avx2 (const gint8 *table, const guint32 *rows, gsize n, gint32 *sums)
{
  for (gsize i = 0; i < n;)
    {
      gsize   end = MIN (i + 256, n);
      __m256i sum = _mm256_setzero_si256 ();
      gint16  all[ROW];

      for (; i < end; i++)
        sum = _mm256_add_epi16 (sum, _mm256_cvtepi8_epi16 (_mm_load_si128 ((const __m128i *) (gconstpointer) (table + (gsize) rows[i] * ROW))));
      _mm256_storeu_si256 ((__m256i *) (gpointer) all, sum);
      for (guint k = 0; k < ROW; k++)
        sums[k] += all[k];
    }
}
#endif

void
mq_mood_sum_rows (const gint8 *table, const guint32 *rows, gsize n, gint32 *sums)
{
#if HAVE_X86
  if (__builtin_cpu_supports ("avx2"))
    {
      sum_avx2 (table, rows, n, sums);
      return;
    }
#endif
  sum_portably (table, rows, n, sums);
}

MqMoodScorer *
mq_mood_scorer_new (const MqMoodModel *model)
{
  MqMoodScorer *self = g_new0 (MqMoodScorer, 1);

  self->model = model;
  mq_mood_word_cache_init (&self->cache, model->table);
  self->features.cache = &self->cache;
  self->features.table = model->table;
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
  gint32            sums[ROW] = { 0 };
  guint             language;
  double            norm;

  memset (self->cache.sums, 0, sizeof self->cache.sums);
  self->cache.n = 0;
  mq_mood_features_read (&self->features, text, length);
  mq_mood_sum_rows (self->model->table, self->features.rows, self->features.n, sums);
  language = self->features.chinese ? 0 : 1;
  norm = 1 / sqrt (MAX (self->cache.n + self->features.n, 1));
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      logits[k] = (double) head->scale[k] * (sums[k] + self->cache.sums[k]) * norm + head->bias[language][k];
      for (guint i = 0; i < self->features.n_dense; i++)
        logits[k] += head->dense[self->features.dense[i]][k];
    }
}

gboolean
mq_mood_scorer_was_chinese (const MqMoodScorer *self)
{
  return self->features.chinese;
}

static guint
soften (const double *logits, guint n, double temperature, double *probability)
{
  guint  best = 0;
  double sum = 0;

  for (guint k = 1; k < n; k++)
    if (logits[k] > logits[best])
      best = k;
  for (guint k = 0; k < n; k++)
    sum += probability[k] = exp ((logits[k] - logits[best]) / temperature);
  for (guint k = 0; k < n; k++)
    probability[k] /= sum;
  return best;
}

void
mq_mood_decide (const MqMoodHead *head, gboolean chinese, const double *logits, MqMood *mood)
{
  const float *temperature = head->temperature[chinese ? 0 : 1];

  mood->polarity = soften (logits, MQ_N_POLARITIES, temperature[0], mood->probability);
  mood->emotion = soften (logits + MQ_N_POLARITIES, MQ_N_EMOTIONS, temperature[1], mood->probability + MQ_N_POLARITIES);
  mood->uncertain = mood->probability[mood->polarity] < head->threshold[chinese ? 0 : 1];
}

void
mq_mood_score (MqMoodScorer *self, const char *text, gsize length, MqMood *mood)
{
  double logits[MQ_MOOD_N_CLASSES];

  mq_mood_logits (self, text, length, logits);
  mq_mood_decide (&self->model->head, self->features.chinese, logits, mood);
}
