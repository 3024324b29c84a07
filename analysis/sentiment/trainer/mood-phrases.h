/* mood-phrases.h: made-up phrases with negators, from the word list. */

#pragma once

#include "sentiment/trainer/mood-figures.h"

G_BEGIN_DECLS

void mq_mood_phrases_add (MqMoodItems *items, float weight);

G_END_DECLS
