/* mood-model.h: MqMoodModel, the classifier of polarity and emotion: a linear model in whole numbers of 8 bits, shipped in the
 * program, verified by its checksum when it is loaded. Immutable; shared between threads; a scorer is one thread's.
 *
 * The file: "MQMOOD2\n", an MqMoodHead (little-endian), one zstd frame - the mark of every slot, then column after column of
 * the slots whose mark is not 0, a byte each -, XXH3 (64 bits) of everything before. */

#pragma once

#include "sentiment/mood-features.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_POLARITY_NEGATIVE,
  MQ_POLARITY_NEUTRAL,
  MQ_POLARITY_POSITIVE,
  MQ_N_POLARITIES,
} MqPolarity;

typedef enum
{
  MQ_EMOTION_NEUTRAL,
  MQ_EMOTION_JOY,
  MQ_EMOTION_ANGER,
  MQ_EMOTION_SADNESS,
  MQ_EMOTION_FEAR,
  MQ_EMOTION_SURPRISE,
  MQ_EMOTION_DISGUST,
  MQ_N_EMOTIONS,
} MqEmotion;

/* Polarities, then emotions. */
#define MQ_MOOD_N_CLASSES (MQ_N_POLARITIES + MQ_N_EMOTIONS)

/* A row of the table says how far each class is from its neutral one. */
#define MQ_MOOD_COLUMNS 8
static const guint8 mq_mood_class_of_column[MQ_MOOD_COLUMNS] = { 0, 2, 4, 5, 6, 7, 8, 9 };

/* What a model has beside its table; [0] Chinese, [1] other languages. */
typedef struct
{
  float scale[MQ_MOOD_COLUMNS]; /* of a unit of the table */
  float bias[2][MQ_MOOD_N_CLASSES];
  float temperature[2][2]; /* by language: polarity, emotion */
  float doubt[2][2];       /* likewise: share that is spread evenly, as labels are wrong at times and no answer is surer than they are */
  float threshold[2];      /* by language: a polarity less probable is uncertain */
  float dense[MQ_MOOD_N_DENSE][MQ_MOOD_N_CLASSES];
} MqMoodHead;

typedef struct _MqMoodModel MqMoodModel;

typedef enum
{
  MQ_MOOD_ERROR_DAMAGED,
} MqMoodError;

#define MQ_MOOD_ERROR (mq_mood_error_quark ())
GQuark mq_mood_error_quark (void);

/* The shipped model: loaded on first use, lives as long as the program. NULL with error: it is damaged. Any thread. */
const MqMoodModel *mq_mood_model_get (GError **error);
/* Checks every byte. (transfer full) */
MqMoodModel *mq_mood_model_new (gconstpointer data, gsize length, GError **error);
void         mq_mood_model_free (MqMoodModel *self);
/* A model's file. marks: MQ_MOOD_N_SLOTS; table: as many rows of MQ_MOOD_COLUMNS. (transfer full) */
GByteArray *mq_mood_model_write (const MqMoodHead *head, const guint8 *marks, const gint8 *table);

typedef struct
{
  double     probability[MQ_MOOD_N_CLASSES]; /* of polarities, 1 together; of emotions, 1 together */
  MqPolarity polarity;                       /* the most probable one */
  MqEmotion  emotion;
  gboolean   uncertain; /* the polarity's probability is below the threshold: it is not to be believed */
} MqMood;

/* One thread's working memory. */
typedef struct _MqMoodScorer MqMoodScorer;

MqMoodScorer *mq_mood_scorer_new (const MqMoodModel *model); /* the model is borrowed */
void          mq_mood_scorer_free (MqMoodScorer *self);
/* Any bytes, less than 2^31. */
void mq_mood_score (MqMoodScorer *self, const char *text, gsize length, MqMood *mood);
/* Logits before the temperature; for the trainer and for corrections. */
void     mq_mood_logits (MqMoodScorer *self, const char *text, gsize length, double *logits);
gboolean mq_mood_scorer_was_chinese (const MqMoodScorer *self);
/* From logits to probabilities. */
void mq_mood_decide (const MqMoodHead *head, gboolean chinese, const double *logits, MqMood *mood);

/* Which words decided: bytes [first, end) of the text and by how much they moved the logit of `label` against the mean of
 * the other polarities. */
typedef struct
{
  guint32 first, end;
  double  weight;
} MqMoodMark;

/* Marks in order of the text, none overlapping, of both signs; `weight`s of all n-grams are in them, shared among their
 * characters. g_array_unref. */
GArray *mq_mood_explain (const MqMoodModel *model, const char *text, gsize length, MqPolarity label, double *total /* (nullable) of all characters, marked or not */);

const char *mq_polarity_name (MqPolarity polarity); /* "negative": a TERM */
const char *mq_emotion_name (MqEmotion emotion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqMoodModel, mq_mood_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqMoodScorer, mq_mood_scorer_free)

G_END_DECLS
