/* money.h: exact amounts. An amount is a gint64 of minor units (cents) of one ISO 4217 currency; MQ_MONEY_MISSING is
 * "no value". Sums and products are checked: what does not fit is an error, never a wrapped figure. */

#pragma once

#include "base/decimal.h"

G_BEGIN_DECLS

#define MQ_MONEY_MISSING G_MININT64

/* Whether ISO 4217 has this code; XXX ("no currency") counts. */
gboolean mq_currency_is_known (const char *code);
/* Digits after the point of a currency code (2 for one that is not in ISO 4217's list of exceptions); -1 if the text
 * is not three capital letters. XXX is "no currency", with 2 digits. */
int mq_currency_digits (const char *code);

/* Rounds a decimal (or the product of two) half to even to minor units. FALSE if it does not fit. */
gboolean mq_money_from_decimal (MqDecimal value, int digits, gint64 *minor);
gboolean mq_money_multiply (MqDecimal a, MqDecimal b, int digits, gint64 *minor);
/* Whether a decimal (n 1) or the product of two (n 2) has no more digits than the currency: nothing is rounded away but the
 * noise of a binary fraction, a millionth of the smallest unit (19.990000000000002). */
gboolean mq_money_is_exact (const MqDecimal *factors, guint n, int digits);

/* minor * numerator / denominator (denominator > 0), rounded half to even: means and shares of money. */
gint64 mq_money_divide (gint64 minor, gint64 denominator);

/* Rounds exact shares (in minor units, their sum is `total` but for the rounding of doubles) to whole ones whose sum is
 * `total`: each is rounded down, what is left goes a unit each to those with the largest remainders, of remainders that
 * are equal to a millionth to the first. */
void mq_money_apportion (const double *shares, guint n, gint64 total, gint64 *parts);

/* Machine form: "-1234.50", as many digits as the currency has. Writes at most 32 bytes with NUL; returns the length. */
gsize mq_money_write (gint64 minor, int digits, char *buffer);

G_END_DECLS
