/* mood-labels.h: MqMoodLabels, corrections by hand: which mood a text has by the user's word. A text is kept as the checksum
 * of its letters alone, so that the project's small values hold no word of a customer; texts that differ in blanks,
 * signs, case or traditional characters have the same label. Labels whose text is not in the project rest. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

/* The project's small values of the labels, and of the labels before the last change. */
#define MQ_MOOD_LABELS_VALUE "moods.labels"
#define MQ_MOOD_LABELS_BEFORE "moods.labels.before"

#define MQ_MOOD_NO_LABEL -1

typedef struct
{
  guint64 text;     /* mq_mood_label_key() */
  gint    polarity; /* MqPolarity */
  gint    emotion;  /* MqEmotion, or MQ_MOOD_NO_LABEL: not said */
} MqMoodLabel;

/* (element-type MqMoodLabel) ascending by text; lines that are none are left out. g_array_unref. */
GArray *mq_mood_labels_parse (const char *value /* (nullable) */);
char   *mq_mood_labels_print (const GArray *labels); /* (transfer full) */

/* The text's letters and digits folded, or all of it if it has none. */
guint64 mq_mood_label_key (const char *text, gsize length);
/* (transfer none) (nullable) */
const MqMoodLabel *mq_mood_labels_find (const GArray *labels, guint64 text);
void               mq_mood_labels_set (GArray *labels, const MqMoodLabel *label);
gboolean           mq_mood_labels_remove (GArray *labels, guint64 text); /* FALSE: there was none */

/* By name, as the tables print it: FALSE if it is none. */
gboolean mq_polarity_from_name (const char *name, gint *polarity);
gboolean mq_emotion_from_name (const char *name, gint *emotion);
/* Whether the emotion can be of the polarity: joy is positive; anger, sadness, fear and disgust negative; surprise any. */
gboolean mq_emotion_fits (MqEmotion emotion, MqPolarity polarity);

G_END_DECLS
