/* decimal.h: numbers as they stand in files, exactly: mantissa / 10^scale. No floating point, no locale. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 mantissa;
  int    scale; /* digits after the point, 0 to 18 */
} MqDecimal;

/* How a column writes its numbers. */
typedef struct
{
  char decimal;  /* '.' or ',' */
  char grouping; /* ',', '.', ' ' (also U+00A0, U+202F), '\'' or 0 for none */
} MqNumberStyle;

typedef enum
{
  MQ_NUMBER_OK,
  MQ_NUMBER_NOT,      /* not a number: text, NaN, Inf, hexadecimal, two points … */
  MQ_NUMBER_TOO_FINE, /* more than 18 places after the point (4.44e-16 of a spreadsheet's arithmetic): the value is cut to
                       * 18 so that rounding it to fewer is still right; good enough for money, not an exact number */
  MQ_NUMBER_TOO_LONG, /* more digits than 18 significant ones, or an exponent out of range */
} MqNumberStatus;

/* Reads the whole text (blanks around it allowed): sign (also U+2212), digits with grouping at proper places, decimal
 * sign, exponent e±n as long as the value stays exact; (123) and 123- are negative; a currency sign or code before or
 * after, full-width digits, and 万 and 亿 behind the number are accepted; % is not. "+5" is 5; "" is NOT. */
MqNumberStatus mq_decimal_parse (const char *text, gsize length, MqNumberStyle style, MqDecimal *value);

/* The fast path of plain [-]digits[.digits], at most 18 digits, no blanks: FALSE means "try the long way". */
gboolean mq_decimal_parse_plain (const char *text, gsize length, MqDecimal *value);

int mq_decimal_compare (MqDecimal a, MqDecimal b);
/* The same value at another scale; FALSE if digits would be lost or it does not fit. */
gboolean mq_decimal_rescale (MqDecimal value, int scale, gint64 *mantissa);
gsize    mq_decimal_write (gint64 mantissa, int scale, char *buffer); /* at most 32 bytes; returns the length */

G_END_DECLS
