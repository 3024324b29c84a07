/* compared-moods.h: two mixes side by side - of two queries or two periods -, and ratings beside moods. */

#pragma once

#include "sentiment/feedback-tables.h"

G_BEGIN_DECLS

/* sides (side, label, n, share, low, high); comparison (label, share, voices, share_other, voices_other, difference, low, high):
 * share minus share_other with Newcombe's interval (1998, method 10: of two Wilson intervals). */
void mq_compared_moods_add (const MqMix *mix, const MqMix *other, MqResult *result);

/* ratings (label, n, mean, disagree): comments with a rating, by their mood; how many say by their words what their rating
 * denies: at most 2 of 5 stars and positive, at least 4 and negative (of a scale to 10 or 100: in proportion). NULL without
 * error: there are no ratings. */
MqTable *mq_rated_moods_table (const MqFeedback *feedback, const MqRun *run, GError **error);
/* Sets those to 0 that have no rating, or one that their words do not deny. */
gboolean mq_rated_moods_keep (const MqFeedback *feedback, guint8 *keep, const MqRun *run, GError **error);

G_END_DECLS
