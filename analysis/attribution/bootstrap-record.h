/* bootstrap-record.h: what each customer adds to the credits and to the transitions, written down once, so that the rounds of the
 * bootstrap only add it up again with other weights. */

#pragma once

#include "attribution/markov.h"
#include "attribution/touch-source.h"

G_BEGIN_DECLS

/* What a customer adds: a range of the slice's credits and of its steps. */
typedef struct
{
  guint32 person;
  guint32 n_credits;
  guint32 n_steps;
  guint32 n_touched;
} MqBootstrapCustomer;

/* What a customer adds to a cell: mostly one conversion or a part of it. */
typedef struct
{
  guint32 cell;
  float   credit;
} MqBootstrapCredit;

/* Flat lists of a slice of customers, in their order. */
typedef struct
{
  GArray *customers; /* (element-type MqBootstrapCustomer) */
  GArray *credits;   /* (element-type MqBootstrapCredit) above 0 */
  GArray *steps;     /* (element-type guint32) places in the list of transitions */
} MqBootstrapRecord;

typedef struct
{
  const MqTouchSource        *source;  /* (borrowed) */
  const MqAttributionOptions *options; /* (borrowed) */
  MqTransitions              *index;   /* (owned) (nullable) of the list of transitions */
  guint                       n_channels;
  gsize                       n_cells; /* models times channels */
  MqBootstrapRecord          *list;    /* (owned) by slice of customers */
  gsize                       n;
} MqBootstrapRecords;

/* list, n: the transitions, NULL without Markov. FALSE with error; what was made is cleared by the caller all the same. */
gboolean mq_bootstrap_records_init (MqBootstrapRecords *self, const MqTouchSource *source, const MqAttributionOptions *options, const MqTransition *list, gsize n, const MqRun *run, GError **error);
void     mq_bootstrap_records_clear (MqBootstrapRecords *self);
gboolean mq_bootstrap_fail_memory (GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqBootstrapRecords, mq_bootstrap_records_clear)

G_END_DECLS
