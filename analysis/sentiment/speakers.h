/* speakers.h: whom the comments speak for: who spoke against a base - buyers of the period, all customers, or turnover -,
 * the mix as it is and weighted to the base by raking, what the weights cost, and how much comes from the few loudest. */

#pragma once

#include "sentiment/feedback-tables.h"

G_BEGIN_DECLS

#define MQ_RAKE_CAP 5.0 /* times the median weight */
#define MQ_RAKE_LEAST 5 /* speakers of a class; smaller ones are put together */

/* Raking (iterative proportional fitting). classes[f * n + i]: class of speaker i in field f; target[f][c]: the base's share of
 * class c, 0 for classes without speakers. Weights of mean 1, capped at MQ_RAKE_CAP times their median. g_free. */
double *mq_rake (const guint16 *classes, gsize n, guint n_fields, const double *const *targets, const guint *n_classes, guint *rounds);

/* Adds the tables representation (field, value, base, base_share, speakers, speaker_share, ask), weighted (label, share,
 * weighted, low, high) and representativeness (measure, value) to the result. base: "buyers", "customers", "revenue".
 * fields: of customers. FALSE with error. */
gboolean mq_speakers_add (const MqFeedback *feedback, const MqScope *scope, const char *base, char **fields, MqResult *result, const MqRun *run, GError **error);

G_END_DECLS
