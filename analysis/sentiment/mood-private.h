/* mood-private.h: the inside of a model, for what scores and what explains. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

#define MQ_MOOD_ROW 16 /* bytes of a row in memory: MQ_MOOD_N_CLASSES and zeros */

struct _MqMoodModel
{
  MqMoodHead head;
  gint8     *table; /* (owned) MQ_MOOD_N_ROWS * MQ_MOOD_ROW */
};

/* Adds n rows of a table to sums[MQ_MOOD_ROW]. n < 2^24. */
void mq_mood_sum_rows (const gint8 *table, const guint32 *rows, gsize n, gint32 *sums);

static inline const gint8 *
mq_mood_model_row (const MqMoodModel *self, guint32 row)
{
  return self->table + (gsize) row * MQ_MOOD_ROW;
}

G_END_DECLS
