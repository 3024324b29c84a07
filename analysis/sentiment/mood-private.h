/* mood-private.h: the inside of a model, for what scores and what explains. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

struct _MqMoodModel
{
  MqMoodHead head;
  guint8    *marks; /* (owned) MQ_MOOD_N_SLOTS; 0: nothing is here, and the row is zeros */
  gint8     *table; /* (owned) MQ_MOOD_N_SLOTS rows of MQ_MOOD_COLUMNS */
};

/* Adds the rows of those of n grams that the model knows to sums[MQ_MOOD_COLUMNS]. n < 2^24. */
void mq_mood_sum_grams (const MqMoodModel *self, const guint32 *grams, gsize n, gint32 *sums);

/* A row of zeros for a gram that the model does not know. */
static inline const gint8 *
mq_mood_model_row (const MqMoodModel *self, guint32 gram)
{
  static const gint8 unknown[MQ_MOOD_COLUMNS];
  guint32            slot = mq_mood_slot (gram);

  return self->marks[slot] == mq_mood_mark (gram) ? self->table + (gsize) slot * MQ_MOOD_COLUMNS : unknown;
}

G_END_DECLS
