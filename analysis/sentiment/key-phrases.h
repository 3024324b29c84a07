/* key-phrases.h: phrases that stand for a topic, found without a segmenter: runs of 2 to 5 Chinese characters or 1 to 3 words
 * that occur together more than by chance and among varied neighbours (association of the weakest split, entropy of both
 * sides), ranked by how many comments have them; which of them rise, and which go with a low rating or an order. */

#pragma once

#include "sentiment/feedback-source.h"

G_BEGIN_DECLS

typedef struct
{
  char   *text;     /* (owned) as it first stands */
  GArray *comments; /* (owned) (element-type guint32) ascending */
  double  score;
  double  rising; /* signed log-likelihood ratio: comments of the last third of the time against those before; NaN: no time */
} MqPhrase;

/* (element-type MqPhrase) at most `most`, best first. NULL with error. */
GPtrArray *mq_key_phrases (const MqFeedback *feedback, guint most, const MqRun *run, GError **error);

/* topics (phrase, n, share, negative, low, high, rising): negative is the share of the comments with it that are. */
MqTable *mq_topics_table (const MqFeedback *feedback, const GPtrArray *phrases);
/* wording (phrase, goes_with, n, odds_ratio, low, high, p, q): p of a test, q with all tests of the table in mind. */
MqTable *mq_wording_table (const MqFeedback *feedback, const GPtrArray *phrases, const MqRun *run, GError **error);

G_END_DECLS
