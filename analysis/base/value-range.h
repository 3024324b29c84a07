/* value-range.h: least, greatest and missing values of a column, and how often a value differs from the one before. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 least; /* G_MAXINT64 where all are missing */
  gint64 greatest;
  gsize  n_missing;
  gsize  n_changes;
} MqValueRange;

/* Missing is G_MININT64. */
MqValueRange mq_value_range (const gint64 *values, gsize n);
/* Missing ones not told apart; n_missing and n_changes are 0. */
MqValueRange mq_value_range_differences (const guint64 *values, gsize n);

G_END_DECLS
