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

/* The touches of one conversion, oldest first. (borrowed) */
typedef struct
{
  const guint32 *channels; /* 0 … n_channels - 1 */
  const gint64  *times;    /* µs, ascending */
  const guint8  *directs;  /* the touch is direct traffic */
  guint          n;
} MqTouchPath;

/* Touches of two channels at one instant stand next to each other in the path. */
gboolean mq_touch_path_has_tie (const MqTouchPath *path);

typedef struct
{
  double own[3];    /* weights of the first touch, of all between together, of the last; at least one above 0 */
  gint64 half_life; /* µs, > 0 */
} MqCreditOptions;

/* Which channels a path has had: room that is handed on from call to call. */
typedef struct
{
  guint32 *stamps; /* (owned) by channel */
  guint    n_channels;
  guint32  stamp;
} MqSeenChannels;

void mq_seen_channels_init (MqSeenChannels *self, guint n_channels);
void mq_seen_channels_clear (MqSeenChannels *self);

/* The weight of each touch of a path (n > 0). Their sum is 1, but for participation, where it is the number of distinct
 * channels. Any thread, each with its own `seen`. */
void mq_credit_weights (MqCreditModel model, const MqCreditOptions *options, const MqTouchPath *path, MqSeenChannels *seen, double *weights);

/* Whether the model gives all credit to one touch of a path (n > 0): then *index is it, and no weights are needed. */
gboolean mq_credit_single (MqCreditModel model, const MqTouchPath *path, guint *index);

/* 2^-x for x >= 0, within 2 units in the last place, the same on every machine (libm's may differ). */
double mq_exp2_negative (double x);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqSeenChannels, mq_seen_channels_clear)

G_END_DECLS
