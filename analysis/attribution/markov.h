/* markov.h: the Markov model of attribution (METHODS.md; after Anderl, Becker, von Wangenheim and Schumann 2016, solved
 * exactly instead of simulated). A state is the last `order` channels of a path, repeats kept; the path ends in CONVERSION
 * or NULL. The removal effect of a channel is the share of the probability of conversion that is lost when every state
 * that contains the channel leads to NULL. */

#pragma once

#include <gio/gio.h>

#include "base/run.h"

G_BEGIN_DECLS

#define MQ_MARKOV_MAX_ORDER 4
#define MQ_MARKOV_MAX_CHANNELS 65534

/* How often each state was followed by each channel or end. Not safe for two threads: each has its own, then they are
 * added up. */
typedef struct _MqTransitions MqTransitions;

/* Channels are 0 … n_channels - 1 (at most MQ_MARKOV_MAX_CHANNELS), order 1 to MQ_MARKOV_MAX_ORDER. */
MqTransitions *mq_transitions_new (guint n_channels, guint order);
void           mq_transitions_free (MqTransitions *self);
/* A step as it is listed, below, so many times. */
void mq_transitions_add (MqTransitions *self, guint64 state, guint32 to, guint64 times);
void mq_transitions_add_path (MqTransitions *self, const guint32 *channels, guint n, gboolean converted, guint64 times);
void mq_transitions_add_all (MqTransitions *self, const MqTransitions *other); /* of the same shape */

/* One observed step. A state is packed: 16 bits a channel plus 1, the latest in the lowest bits, 0 is START. `to` is a
 * channel, or n_channels for CONVERSION, n_channels + 1 for NULL. */
typedef struct
{
  guint64 state;
  guint32 to;
  guint64 count;
} MqTransition;

/* All of them by (state's channels from the oldest, to): an order that depends on the data alone. (transfer full), g_free */
MqTransition *mq_transitions_list (const MqTransitions *self, gsize *n);
/* The channels of a state, oldest first; returns how many (0 is START). */
guint mq_markov_state_channels (guint64 state, guint32 channels[MQ_MARKOV_MAX_ORDER]);

/* Where each of a list's transitions stands in it, to look up the steps of a path. Borrows nothing. */
MqTransitions *mq_transitions_new_index (const MqTransition *list, gsize n, guint n_channels, guint order);
/* Appends the places (guint32) of a path's steps; the path must be one of those that made the list. */
void mq_transitions_find_path (const MqTransitions *index, const guint32 *channels, guint n, gboolean converted, GArray *places);

/* The network of a list of transitions: solved once or, in a bootstrap, again with other counts of the same list. */
typedef struct _MqMarkov MqMarkov;

MqMarkov *mq_markov_new (const MqTransition *list, gsize n, guint n_channels);
void      mq_markov_free (MqMarkov *self);
/* *conversion: probability of CONVERSION from START; effects: n_channels removal effects, 0 to 1 (all 0 if nothing
 * converts). counts: (nullable) n counts in place of those of the list. FALSE when cancelled. */
gboolean mq_markov_solve (MqMarkov *self, const guint64 *counts, double *conversion, double *effects, const MqRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTransitions, mq_transitions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqMarkov, mq_markov_free)

G_END_DECLS
