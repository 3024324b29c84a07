/* mood-mean.h: the mood of several texts together: the mean of their probabilities; uncertain where most of them are. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

typedef struct
{
  double sums[MQ_MOOD_N_CLASSES];
  guint  n, uncertain;
} MqMoodMean;

static inline void
mq_mood_mean_add (MqMoodMean *self, const MqMood *mood)
{
  self->n++;
  self->uncertain += mood->uncertain;
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    self->sums[k] += mood->probability[k];
}

static inline guint
mq_mood_mean_greatest (const MqMoodMean *self, guint first, guint n)
{
  guint best = 0;

  for (guint k = 1; k < n; k++)
    if (self->sums[first + k] > self->sums[first + best])
      best = k;
  return best;
}

/* An MqPolarity, or MQ_N_POLARITIES: uncertain. */
static inline guint
mq_mood_mean_label (const MqMoodMean *self)
{
  return self->uncertain * 2 > self->n ? (guint) MQ_N_POLARITIES : mq_mood_mean_greatest (self, 0, MQ_N_POLARITIES);
}

static inline guint
mq_mood_mean_emotion (const MqMoodMean *self)
{
  return mq_mood_mean_greatest (self, MQ_N_POLARITIES, MQ_N_EMOTIONS);
}

G_END_DECLS
