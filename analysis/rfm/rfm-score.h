/* rfm-score.h: from values to scores (METHODS.md, section RFM). Pure functions over one value a customer, in integers:
 * equal values get equal scores whatever their order.
 *
 * A value's "goodness" is the value itself for frequency and monetary and the negative of the days for recency, so that
 * more is better everywhere. Scores 1 … k are k - 1 ascending limits: score = 1 + the number of limits <= goodness. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MQ_SCORES_MAX 10
#define MQ_SCORE_NEVER G_MAXINT64 /* a limit that nobody reaches: an empty score class */

typedef struct
{
  guint  k;                         /* scores 1 … k, 2 to MQ_SCORES_MAX */
  gint64 limits[MQ_SCORES_MAX - 1]; /* limits[i]: the least goodness of score i + 2 */
} MqScores;

/* With p(v) = share of customers whose value is worse than v, score = min(k, 1 + floor(k * p)). n > 0.
 * counts: of the n_values values 0, 1, 2 …; `descending`: small is good (recency), and goodness is the negative. */
void mq_scores_from_counts (MqScores *self, guint k, const guint32 *counts, gsize n_values, gboolean descending);
/* The same over any values; reads them, keeps a few. FALSE if memory is short (G_IO_ERROR_FAILED). */
gboolean mq_scores_from_values (MqScores *self, guint k, const gint64 *values, gsize n, GError **error);

/* Own cut points: inclusive upper bounds, ascending. Ascending values: score = 1 + the bounds below the value; recency
 * (`descending`): up to the first bound is the best score. */
void mq_scores_from_cuts (MqScores *self, const gint64 *bounds, guint n_bounds, gboolean descending);

/* The default of frequency: 1 | 2 | 3 | 4-5 | 6 and more when more than 40 % have the lowest value. */
gboolean mq_scores_most_have_lowest (const guint32 *counts, gsize n_values);
void     mq_scores_frequency_default (MqScores *self);

static inline guint
mq_score (const MqScores *self, gint64 goodness)
{
  guint score = 1;

  for (guint i = 0; i + 1 < self->k; i++)
    score += self->limits[i] <= goodness;
  return score;
}

G_END_DECLS
