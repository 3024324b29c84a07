/* mood-model.c: the model's file, and the sums over its table. */

#include "config.h"

#include "sentiment/mood-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <zstd.h>

#include "base/checksum.h"
#include "sentiment/mood-private.h"

#define MAGIC "MQMOOD1\n"
#define MAGIC_SIZE 8
#define ROW MQ_MOOD_ROW
#define CACHE_BITS 14

/* A word that was met before: the sums of its rows. */
typedef struct
{
  guint64 hash;
  gint32  n; /* 0: empty */
  gint16  sums[MQ_MOOD_N_CLASSES];
} Cached;

struct _MqMoodScorer
{
  const MqMoodModel *model;
  MqMoodFeatures     features;
  gint32             sums[ROW];
  gsize              n;
  Cached            *cache; /* (owned) */
};

G_DEFINE_QUARK (mq - mood - error - quark, mq_mood_error)

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, MQ_MOOD_ERROR, MQ_MOOD_ERROR_DAMAGED, _ ("The model that reads moods is damaged. Install the program again."));
  return FALSE;
}

static gboolean
read_table (MqMoodModel *self, const guint8 *data, gsize length, GError **error)
{
  gsize             size = (gsize) MQ_MOOD_N_ROWS * MQ_MOOD_N_CLASSES;
  g_autofree gint8 *plain = g_try_malloc (size);

  self->table = g_try_malloc0 ((gsize) MQ_MOOD_N_ROWS * ROW);
  if (plain == NULL || self->table == NULL || ZSTD_decompress (plain, size, data, length) != size)
    return fail_damaged (error);
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
      self->table[row * ROW + k] = plain[k * (gsize) MQ_MOOD_N_ROWS + row];
  return TRUE;
}

MqMoodModel *
mq_mood_model_new (gconstpointer data, gsize length, GError **error)
{
  const guint8 *bytes = data;
  g_autoptr (MqMoodModel) self = g_new0 (MqMoodModel, 1);
  guint64 checksum;

  if (length < MAGIC_SIZE + sizeof self->head + sizeof checksum || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    {
      fail_damaged (error);
      return NULL;
    }
  length -= sizeof checksum;
  memcpy (&checksum, bytes + length, sizeof checksum);
  if (GUINT64_FROM_LE (checksum) != mq_checksum64 (bytes, length))
    {
      fail_damaged (error);
      return NULL;
    }
  memcpy (&self->head, bytes + MAGIC_SIZE, sizeof self->head);
  if (!read_table (self, bytes + MAGIC_SIZE + sizeof self->head, length - MAGIC_SIZE - sizeof self->head, error))
    return NULL;
  return g_steal_pointer (&self);
}

GByteArray *
mq_mood_model_write (const MqMoodHead *head, const gint8 *table)
{
  gsize              size = (gsize) MQ_MOOD_N_ROWS * MQ_MOOD_N_CLASSES, bound = ZSTD_compressBound (size), packed;
  GByteArray        *out = g_byte_array_new ();
  g_autofree gint8  *planes = g_malloc (size);
  g_autofree guint8 *frame = g_malloc (bound);
  guint64            checksum;

  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
      planes[k * (gsize) MQ_MOOD_N_ROWS + row] = table[row * MQ_MOOD_N_CLASSES + k];
  packed = ZSTD_compress (frame, bound, planes, size, 19);
  g_assert (!ZSTD_isError (packed));
  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_SIZE);
  g_byte_array_append (out, (const guint8 *) head, sizeof *head);
  g_byte_array_append (out, frame, packed);
  checksum = GUINT64_TO_LE (mq_checksum64 (out->data, out->len));
  g_byte_array_append (out, (const guint8 *) &checksum, sizeof checksum);
  return out;
}

void
mq_mood_model_free (MqMoodModel *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_free (self);
}

/* 32 bits hold 2^24 rows of 127; a longer text has its sums in parts. */
static void
add_rows (MqMoodScorer *self, const guint32 *rows, gsize n, gint32 *sums)
{
  const gint8 *table = self->model->table;

  for (gsize i = 0; i < n;)
    {
      gsize  end = MIN (i + 256, n);
      gint16 part[ROW] = { 0 };

      for (; i < end; i++)
        {
          const gint8 *row = table + (gsize) rows[i] * ROW;

          for (guint k = 0; k < ROW; k++)
            part[k] += row[k];
        }
      for (guint k = 0; k < ROW; k++)
        sums[k] += part[k];
    }
}

static void
add_cached_word (MqMoodFeatures *features, const guint16 *word, gsize n)
{
  MqMoodScorer *self = features->word_data;
  guint64       hash = n;
  Cached       *cached;

  for (gsize i = 0; i < n; i++)
    hash = (hash ^ word[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), hash ^= hash >> 31;
  cached = &self->cache[hash >> (64 - CACHE_BITS)];
  if (cached->n == 0 || cached->hash != hash)
    {
      guint32 rows[MQ_MOOD_WORD_ROWS];
      gint32  sums[ROW] = { 0 };

      *cached = (Cached){ .hash = hash, .n = mq_mood_word_rows (word, n, rows, NULL) };
      add_rows (self, rows, cached->n, sums);
      for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
        cached->sums[k] = sums[k];
    }
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    self->sums[k] += cached->sums[k];
  self->n += cached->n;
}

MqMoodScorer *
mq_mood_scorer_new (const MqMoodModel *model)
{
  MqMoodScorer *self = g_new0 (MqMoodScorer, 1);

  self->model = model;
  self->cache = g_new0 (Cached, 1 << CACHE_BITS);
  self->features.word_func = add_cached_word;
  self->features.word_data = self;
  self->features.table = model->table;
  return self;
}

void
mq_mood_scorer_free (MqMoodScorer *self)
{
  mq_mood_features_clear (&self->features);
  g_free (self->cache);
  g_free (self);
}

void
mq_mood_logits (MqMoodScorer *self, const char *text, gsize length, double *logits)
{
  const MqMoodHead *head = &self->model->head;
  guint             language;
  double            norm;

  memset (self->sums, 0, sizeof self->sums);
  self->n = 0;
  mq_mood_features_read (&self->features, text, length);
  add_rows (self, self->features.rows, self->features.n, self->sums);
  language = self->features.chinese ? 0 : 1;
  norm = 1 / sqrt (MAX (self->n + self->features.n, 1));
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    {
      logits[k] = (double) head->scale[k] * self->sums[k] * norm + head->bias[language][k];
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

const char *
mq_polarity_name (MqPolarity polarity)
{
  static const char *const names[] = { N_ ("negative"), N_ ("neutral"), N_ ("positive") };

  return names[polarity];
}

const char *
mq_emotion_name (MqEmotion emotion)
{
  static const char *const names[] = { N_ ("neutral"), N_ ("joy"), N_ ("anger"), N_ ("sadness"), N_ ("fear"), N_ ("surprise"), N_ ("disgust") };

  return names[emotion];
}
