/* feedback-tables.h: the tables of moods: the mix, its course, the texts. */

#pragma once

#include "base/civil-unit.h"
#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

/* negative, neutral, positive, uncertain: the labels of a mix, in this order. */
#define MQ_N_LABELS (MQ_N_POLARITIES + 1)
const char *mq_mood_label_name (guint label);
guint       mq_mood_label (const MqMood *mood); /* uncertain counts as itself */

/* How voices feel: a voice's mood is the mean of its comments'. */
typedef struct
{
  gint64 n; /* voices */
  gint64 labels[MQ_N_LABELS];
  gint64 emotions[MQ_N_EMOTIONS];
} MqMix;

/* groups: of each comment, or NULL for one group. Adds to mixes[group]; a voice counts once in each group that it spoke in. */
void mq_feedback_mix (const MqFeedback *self, const guint16 *groups, guint n_groups, MqMix *mixes);

/* By comment: the label and the emotion of the voice that it belongs to, judged by all of its comments. */
void mq_feedback_voice_labels (const MqFeedback *self, guint8 *labels, guint8 *emotions);

/* The label of each person's comments together, and how many they are. labels, counts: n_persons, zeros. */
void mq_feedback_person_labels (const MqFeedback *self, guint n_persons, guint8 *labels, guint32 *counts);

/* The values of a field - of the feedback, else of its customers - as groups: the twelve largest, Other, then no value. */
typedef struct
{
  guint16   *of;    /* (owned) by comment */
  GPtrArray *names; /* (owned) (element-type char*) a NULL: no value; words by their address (query/value-groups.h) */
} MqFeedbackGroups;

gboolean mq_feedback_groups_init (MqFeedbackGroups *self, const MqFeedback *feedback, const char *field, const MqRun *run, GError **error);
void     mq_feedback_groups_clear (MqFeedbackGroups *self);

/* (group,) label, n, share, low, high. groups: nullable. */
MqTable *mq_feedback_mix_table (const MqMix *mixes, guint n, const MqFeedbackGroups *groups, gboolean emotions);
MqTable *mq_feedback_trend_table (const MqFeedback *self, const MqScope *scope, MqUnit unit);
/* A table of this name, a row a comment: id, text, polarity, emotion, probability, uncertain, words, time, customer, source,
 * rating, decided (by whom). words: what decided is read again of each text, which costs more than its mood. NULL with error. */
MqTable *mq_feedback_texts_table (const MqFeedback *self, const MqScope *scope, const char *name, gboolean words, const MqRun *run, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFeedbackGroups, mq_feedback_groups_clear)

G_END_DECLS
