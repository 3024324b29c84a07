/* mood-layer.h: MqMoodLayer, what a project's labels add to the shipped model: below MQ_MOOD_LAYER_WEIGHTS labels one scale of
 * its logits and a bias a class, held close to 1 and 0; from there on weights of n-grams as well. Deterministic: the same
 * examples in the same order give the same numbers. Immutable; any thread. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

#define MQ_MOOD_LAYER_LEAST 20    /* labels: fewer teach nothing */
#define MQ_MOOD_LAYER_WEIGHTS 200 /* labels */

/* A labelled text as the layer sees it. */
typedef struct
{
  double   logits[MQ_MOOD_N_CLASSES]; /* of the shipped model */
  gboolean chinese;
  guint32 *grams; /* (owned) */
  guint    n_grams;
  gint     label; /* of the task: from 0; MQ_MOOD_NO_LABEL */
} MqMoodExample;

void mq_mood_example_clear (MqMoodExample *example);

/* A task is a range of classes: polarity, emotion. */
typedef enum
{
  MQ_MOOD_TASK_POLARITY,
  MQ_MOOD_TASK_EMOTION,
  MQ_MOOD_N_TASKS,
} MqMoodTask;

static inline guint
mq_mood_task_first (MqMoodTask task)
{
  return task == MQ_MOOD_TASK_POLARITY ? 0 : MQ_N_POLARITIES;
}

static inline guint
mq_mood_task_length (MqMoodTask task)
{
  return task == MQ_MOOD_TASK_POLARITY ? MQ_N_POLARITIES : MQ_N_EMOTIONS;
}

typedef struct _MqMoodLayer MqMoodLayer;

/* Learns from those of the examples whose place i has i % folds != leave_out; folds 0: from all. NULL: too few. */
MqMoodLayer *mq_mood_layer_learn (const MqMoodHead *head, MqMoodTask task, const MqMoodExample *examples, guint n, guint folds, guint leave_out);
void         mq_mood_layer_free (MqMoodLayer *self);
/* Changes the logits of the task. */
void mq_mood_layer_apply (const MqMoodLayer *self, const MqMoodHead *head, gboolean chinese, const guint32 *grams, guint n_grams, double *logits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqMoodLayer, mq_mood_layer_free)

G_END_DECLS
