/* mood-phrases.h: made-up phrases with negators, from the word list. */

#pragma once

#include "sentiment/trainer/mood-figures.h"

G_BEGIN_DECLS

/* With these weights; a text of a usual source has about 1. */
void mq_mood_phrases_add (MqMoodItems *items, float in_chinese, float in_english);

G_END_DECLS
