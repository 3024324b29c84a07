/* mood-choice.h: which n-grams the model gets to know: of those that share a slot the one that tells most. All others are nothing to
 * it, so that a text is read by what was learnt and never by what happens to share a slot. */

#pragma once

#include "sentiment/trainer/mood-figures.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 *marks; /* (owned) MQ_MOOD_N_SLOTS, as in the model */
  float  *scale; /* (owned) by slot: how strongly training takes the gram: about 1, more where it stands with one polarity */
} MqMoodChoice;

void mq_mood_choice_init (MqMoodChoice *self, const MqMoodItems *items);
void mq_mood_choice_clear (MqMoodChoice *self);

static inline gboolean
mq_mood_choice_knows (const MqMoodChoice *self, guint32 gram)
{
  return mq_mood_mark (gram) != 0 && self->marks[mq_mood_slot (gram)] == mq_mood_mark (gram);
}

G_END_DECLS
