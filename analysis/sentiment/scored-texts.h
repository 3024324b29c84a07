/* scored-texts.h: MqScoredTexts, the moods of all texts of a dataset: by the model, by what the project's labels taught, by
 * hand. Made once a dataset and kept with it. */

#pragma once

#include "project/dataset.h"
#include "sentiment/mood-labels.h"
#include "sentiment/mood-layer.h"

G_BEGIN_DECLS

/* Who said what a text's mood is. */
typedef enum
{
  MQ_MOOD_BY_MODEL,
  MQ_MOOD_BY_LABELS, /* the model with the layer learnt from labels */
  MQ_MOOD_BY_COPY,   /* the label of a text that is nearly the same */
  MQ_MOOD_BY_HAND,
} MqMoodOrigin;

const char *mq_mood_origin_name (MqMoodOrigin origin); /* a TERM */

/* How the model does on the labels of a task: each is judged by a layer that was learnt from four fifths of the others. */
typedef struct
{
  guint    n;       /* labels whose text is in the project */
  guint    shipped; /* right by the shipped model */
  guint    taught;  /* right with the layer, out of fold */
  gboolean used;    /* the layer is not worse and is applied */
} MqMoodFit;

typedef struct
{
  const MqMood *moods;     /* by code of the text */
  MqMood       *own_moods; /* (owned) (nullable) the same, where the project has labels */
  guint8       *origins;   /* (owned) MqMoodOrigin, by code */
  guint8       *stock;     /* (owned) by code: says nothing */
  MqMoodFit     fits[MQ_MOOD_N_TASKS];
} MqScoredTexts;

/* NULL with error; NULL without: the feedback has no texts. */
const MqScoredTexts *mq_scored_texts_get (MqDataset *dataset, const MqRun *run, GError **error);

G_END_DECLS
