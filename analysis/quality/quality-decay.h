/* quality-decay.h: how fast what is known about customers goes out of date, measured where an import states again what an
 * earlier one had stated. If a value changes with the same chance p in every month, it is found unchanged after d months
 * with the chance (1 - p)^d; p is the maximum likelihood estimate over all such pairs, its interval the profile
 * likelihood's (95 %). With all pairs one month apart p is the share found changed. */

#pragma once

#include "base/run.h"
#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_DAYS_A_MONTH 30.436875 /* of the Gregorian calendar */

/* Pairs that are equally far apart. */
typedef struct
{
  gint32 days; /* 1 or more */
  gint64 changed, unchanged;
} MqDecaySpan;

typedef struct
{
  gint64 pairs, changed;
  double months;             /* sum over the pairs */
  double monthly, low, high; /* share that changes in a month; NaN without pairs */
} MqDecay;

/* spans: each distance once, ascending. */
MqDecay mq_decay_estimate (const MqDecaySpan *spans, guint n);

/* (element-type MqDecaySpan) of a field of customers: each statement with the one before it of the same person, if an
 * import of another day made it. NULL with error. */
GArray *mq_decay_spans (MqDataset *dataset, const char *field, const MqRun *run, GError **error);

double mq_decay_yearly (double monthly); /* 1 - (1 - p)^12 */

G_END_DECLS
