/* mood-word-cache.c: finding a word, or making it. */

#include "config.h"

#include "sentiment/mood-word-cache.h"

#include <string.h>

#include "base/big-memory.h"
#include "sentiment/mood-private.h"

#define SIZE (sizeof (MqMoodWord) * (2 << MQ_MOOD_WORD_CACHE_BITS))

G_STATIC_ASSERT (MQ_MOOD_WORD_GRAMS <= G_MAXUINT8 && MQ_MOOD_WORD_GRAMS * 127 <= G_MAXINT16);

void
mq_mood_word_cache_init (MqMoodWordCache *self, const MqMoodModel *model)
{
  self->words = mq_big_try_alloc (SIZE);
  if (self->words == NULL)
    g_error ("no memory for %zu bytes", SIZE);
  memset (self->words, 0, SIZE);
  self->model = model;
}

void
mq_mood_word_cache_clear (MqMoodWordCache *self)
{
  mq_big_free (self->words, SIZE);
  self->words = NULL;
}

static void
make_word (MqMoodWordCache *self, MqMoodWord *made, const guint16 *word, gsize n, guint64 hash)
{
  guint32 grams[MQ_MOOD_WORD_GRAMS], rows[MQ_MOOD_WORD_GRAMS];
  gint32  sums[MQ_MOOD_COLUMNS] = { 0 };

  mq_mood_word_read (made, word, n, hash);
  made->n = mq_mood_word_grams (word, n, hash, grams, NULL);
  mq_mood_sum_rows (self->model, rows, mq_mood_find_known (self->model, grams, made->n, rows), sums);
  for (guint k = 0; k < MQ_MOOD_COLUMNS; k++)
    made->sums[k] = sums[k];
}

const MqMoodWord *
mq_mood_word_cache_find (MqMoodWordCache *self, const guint16 *word, gsize n, guint64 hash)
{
  MqMoodWord *pair = mq_mood_word_cache_pair (self, hash);

  if (pair[0].hash == hash && pair[0].n > 0)
    return &pair[0];
  if (pair[1].hash != hash || pair[1].n == 0)
    {
      if (pair[0].n == 0)
        {
          make_word (self, &pair[0], word, n, hash);
          return &pair[0];
        }
      make_word (self, &pair[1], word, n, hash);
      return &pair[1];
    }
  {
    MqMoodWord met = pair[1];

    pair[1] = pair[0];
    pair[0] = met;
  }
  return &pair[0];
}
