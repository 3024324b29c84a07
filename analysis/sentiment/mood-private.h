/* mood-private.h: the inside of a model, for what scores and what explains. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

struct _MqMoodModel
{
  MqMoodHead head;
  guint8    *marks; /* (owned) MQ_MOOD_N_SLOTS; 0: nothing is here, and the row is zeros */
  gint8     *table; /* (owned) MQ_MOOD_N_ROWS of MQ_MOOD_COLUMNS */
};

/* The rows of those of n grams that the model knows, to rows[n]. Returns how many. */
gsize mq_mood_find_known (const MqMoodModel *self, const guint32 *grams, gsize n, guint32 *rows);
/* Adds n rows to sums[MQ_MOOD_COLUMNS]. n < 2^24. */
void mq_mood_sum_rows (const MqMoodModel *self, const guint32 *rows, gsize n, gint32 *sums);

/* A row of zeros for a gram that the model does not know. */
static inline const gint8 *
mq_mood_model_row (const MqMoodModel *self, guint32 gram)
{
  static const gint8 unknown[MQ_MOOD_COLUMNS];
  guint32            slot = mq_mood_slot (gram);

  return self->marks[slot] == mq_mood_mark (gram) ? self->table + (gsize) slot * MQ_MOOD_COLUMNS : unknown;
}

G_END_DECLS
