/* mood-figures.h: labelled texts, how well a model tells them, and its calibration. */

#pragma once

#include "sentiment/mood-model.h"

G_BEGIN_DECLS

typedef struct
{
  gsize    first; /* of its grams */
  guint32  n;
  guint8   dense[4];
  guint8   n_dense;
  gint8    polarity; /* -1: not labelled */
  gint8    emotion;  /* -1 */
  gboolean chinese;
  gboolean has_neutral; /* of its source */
  float    weight;
  guint8   source; /* among those that were read */
} MqMoodItem;

typedef struct
{
  MqMoodItem *items; /* (owned) */
  guint       n, allocated;
  guint32    *grams; /* (owned) */
  gsize       n_grams, allocated_grams;
} MqMoodItems;

/* FALSE with a message on standard error. without: a source left out; only: no other source. */
gboolean mq_mood_items_read (MqMoodItems *self, const char *path, const char *without, const char *only);
void     mq_mood_items_add (MqMoodItems *self, MqMoodFeatures *features, const char *text, gsize length, MqMoodItem item);
void     mq_mood_items_clear (MqMoodItems *self);

/* Sets biases, temperatures, doubts and thresholds. */
gboolean mq_mood_calibrate (MqMoodHead *head, const guint8 *marks, const gint8 *table, const char *dev);
void     mq_mood_print_figures (GByteArray *model, const char *path, const char *only);

G_END_DECLS
