/* feedback-source.h: MqFeedback, the comments of a period with their moods: what every table of the analysis sentiment is
 * made of. Texts are scored once a dataset. */

#pragma once

#include "analysis.h"
#include "scope.h"
#include "sentiment/feedback-query.h"
#include "sentiment/scored-texts.h"

G_BEGIN_DECLS

#define MQ_NOBODY G_MAXUINT32

typedef struct
{
  gsize       row;    /* of the feedback facts */
  guint32     person; /* MQ_NOBODY */
  guint32     voice;  /* the same number for comments that count as one voice in all */
  guint32     code;   /* of the text */
  gint64      time;
  const char *text;
} MqComment;

typedef struct
{
  MqDataset           *dataset;  /* (borrowed) */
  const MqScoredTexts *scored;   /* belongs to the dataset */
  const MqMood        *moods;    /* its, by code */
  const MqStrings     *texts;    /* by code */
  MqComment           *comments; /* (owned) in order of (time, text, person's label) */
  gsize                n;
  guint                n_voices;
  gint64               n_linked; /* comments of a known customer */
  GHashTable          *stock;    /* (owned) mq_stock_counts_new(): what was left out as a stock phrase */
} MqFeedback;

/* The comments of the scope that match the query; stock phrases and rows without text are counted as left out. by_text:
 * every comment is a voice. FALSE with error. */
gboolean mq_feedback_init (MqFeedback *self, MqDataset *dataset, const MqScope *scope, const MqFeedbackQuery *query, gboolean by_text, MqResult *result, const MqRun *run, GError **error);
void     mq_feedback_clear (MqFeedback *self);

static inline const MqMood *
mq_feedback_mood (const MqFeedback *self, gsize i)
{
  return &self->moods[self->comments[i].code];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqFeedback, mq_feedback_clear)

G_END_DECLS
