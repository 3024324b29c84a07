/* bootstrap.h: intervals of credits and removal effects by resampling customers (Efron 1979), as the Poisson bootstrap: in
 * each round every customer counts Poisson(1) times, which is what drawing n of n customers with replacement tends to.
 * Random numbers depend on the seed, the round and the customer alone, so the bytes do not depend on the threads. */

#pragma once

#include "attribution/attribution-tables.h"

G_BEGIN_DECLS

/* Percentiles 2.5 and 97.5 (type 7) of options->rounds rounds. list: the transitions of all customers (nullable). */
gboolean mq_attribution_bootstrap (const MqTouchSource *source, const MqAttributionOptions *options, const MqTransition *list, gsize n, MqCreditIntervals *intervals, const MqRun *run, GError **error);

G_END_DECLS
