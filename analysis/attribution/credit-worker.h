/* credit-worker.h: credits of some customers, added up one after the other: what one thread of the pass holds. */

#pragma once

#include "attribution/credit-sums.h"

G_BEGIN_DECLS

/* Conversions and value side by side: one addition for the machine. */
typedef struct
{
  double conversions;
  double value; /* minor units */
} MqCreditShare;

typedef struct
{
  const MqTouchSource        *source;  /* (borrowed) */
  const MqAttributionOptions *options; /* (borrowed) */
  MqCreditSums                sums;    /* without its cells */
  MqCreditShare              *shares;  /* (owned) [model * n_channels + channel] */
  MqCreditShare              *soles;   /* (owned) [channel] of paths of one touch: every model gives it all */
  MqSeenChannels              seen;
  MqJourney                   journey;
  MqTouchReader               reader;
  double                     *weights; /* (owned) */
  guint                       room;
} MqCreditWorker;

/* FALSE: no memory. */
gboolean mq_credit_worker_init (MqCreditWorker *self, const MqTouchSource *source, const MqAttributionOptions *options);
void     mq_credit_worker_clear (MqCreditWorker *self);

gboolean mq_credit_worker_add_person (MqCreditWorker *self, guint person, GError **error);
/* The same for the persons first … last - 1 at once, where mq_credit_worker_is_plain(). */
gboolean mq_credit_worker_add_plain (MqCreditWorker *self, guint first, guint last, GError **error);
gboolean mq_credit_worker_is_plain (const MqCreditWorker *self);

/* Shared by both ways: counts a conversion that counts, and gives its value to the touches of its path (n > 0). */
gboolean mq_credit_worker_count (MqCreditWorker *self, gint64 value, guint n_touches, GError **error);
void     mq_credit_worker_give (MqCreditWorker *self, const MqTouchPath *path, gint64 value);
void     mq_credit_worker_give_one (MqCreditWorker *self, guint32 channel, gint64 value);

/* Minor units; FALSE: too large to be a sum of amounts. */
gboolean mq_credit_add_value (gint64 *sum, gint64 value, GError **error);

/* What a cell has got in the end. */
MqCreditShare mq_credit_worker_share (const MqCreditWorker *self, guint model, guint channel);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCreditWorker, mq_credit_worker_clear)

G_END_DECLS
