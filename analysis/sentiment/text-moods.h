/* text-moods.h: the moods of many texts as a table, and of a list of texts outside any project as a result. */

#pragma once

#include "base/result.h"
#include "base/run.h"
#include "sentiment/mood-model.h"

G_BEGIN_DECLS

/* moods[i] of texts[i], on all threads; a NULL text is neutral and uncertain. FALSE with error. */
gboolean mq_moods_score (const char *const *texts, gsize n, MqMood *moods, const MqRun *run, GError **error);

/* A table "texts" (id - from 1 -, text, polarity, emotion, probability, uncertain, words). */
MqResult *mq_text_moods_result (const char *const *texts, gsize n, const MqRun *run, GError **error);

/* The words that decided as one text, strongest first, at most `most`, "; " between them. (transfer full) */
char *mq_mood_words_text (const MqMoodModel *model, const char *text, MqPolarity label, guint most);

G_END_DECLS
