/* credit-models.h: how the credit for one conversion is shared among the touches of its path (METHODS.md, section
 * Attribution). Pure functions on arrays. Markov needs all paths at once: markov.h. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_CREDIT_FIRST,
  MQ_CREDIT_LAST,
  MQ_CREDIT_LAST_NON_DIRECT, /* direct only where nothing else is */
  MQ_CREDIT_LINEAR,
  MQ_CREDIT_PARTICIPATION, /* each distinct channel full credit: does not add up */
  MQ_CREDIT_U,             /* 40/20/40 */
  MQ_CREDIT_J,             /* 20/20/60 */
  MQ_CREDIT_INVERSE_J,     /* 60/20/20 */
  MQ_CREDIT_OWN,           /* own weights: first, all between, last */
  MQ_CREDIT_TIME_DECAY,    /* 2^(-age / half-life), ages from the newest touch */
  MQ_CREDIT_SHAPLEY,       /* exact: an equal share for each distinct channel of the path */
  MQ_CREDIT_MARKOV,        /* not of one path */
  MQ_N_CREDIT_MODELS
} MqCreditModel;

const char *mq_credit_model_name (MqCreditModel model); /* "time-decay" */
gboolean    mq_credit_model_find (const char *name, MqCreditModel *model);

typedef struct
{
  double        own[3];     /* weights of the first touch, of all between, of the last; at least one above 0 */
  gint64        half_life;  /* µs, > 0 */
  const guint8 *is_direct;  /* by channel */
  guint         n_channels; /* channels are 0 … n_channels - 1 */
} MqCreditOptions;

/* The weight of each of the n (> 0) touches of a path, oldest first, at `times` (µs, ascending). Their sum is 1, but for
 * participation, where it is the number of distinct channels. Any thread. `seen` is room for n_channels stamps, zeroed
 * once and then handed on from call to call with `stamp`. */
void mq_credit_weights (MqCreditModel model, const MqCreditOptions *options, const guint32 *channels, const gint64 *times, guint n, guint32 *seen, guint32 *stamp, double *weights);

/* 2^-x for x >= 0, within 2 units in the last place, the same on every machine (libm's may differ). */
double mq_exp2_negative (double x);

G_END_DECLS
