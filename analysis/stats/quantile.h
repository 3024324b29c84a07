/* quantile.h: quantiles of type 7 (Hyndman and Fan 1996; the default of R and NumPy). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double mq_quantile_sorted (const double *sorted, gsize n, double p); /* NaN for n == 0 */
/* Reorders values (selection, not a full sort). */
double mq_quantile (double *values, gsize n, double p);
double mq_quantile_int64 (gint64 *values, gsize n, double p);
/* Of counts[v] cases of each value v = 0 … n_values - 1. NaN if there is no case. */
double mq_quantile_counts (const gint64 *counts, gsize n_values, double p);
/* Median of money: the mean of the middle two rounded half to even. Reorders values. MQ_MONEY_MISSING for n == 0. */
gint64 mq_median_money (gint64 *values, gsize n);

G_END_DECLS
