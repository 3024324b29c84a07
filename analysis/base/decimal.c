/* decimal.c: numbers as they stand in files. Two ways: a fast one for plain digits, and a long one that first folds a
 * cell to ASCII (full-width digits, signs, blanks), then takes brackets, currency and sign off, then reads digits. */

#include "base/decimal.h"

#include <string.h>

#define MAX_DIGITS 18
#define LONGEST_CELL 128

/* Both as they are folded: upper-case codes, and signs as UTF-8. Longer before shorter where one begins the other. */
#define WORD(text)        \
  {                       \
    text, sizeof text - 1 \
  }

static const struct
{
  const char *text;
  gsize       length;
} currency_words[] = {
  WORD ("CNY"), WORD ("RMB"), WORD ("USD"), WORD ("EUR"), WORD ("GBP"), WORD ("JPY"), WORD ("HKD"), WORD ("TWD"), WORD ("KRW"), WORD ("INR"), WORD ("AUD"), WORD ("CAD"), WORD ("CHF"), WORD ("SGD"), WORD ("MYR"), WORD ("THB"), WORD ("VND"), WORD ("IDR"), WORD ("PHP"), WORD ("NZD"), WORD ("SEK"), WORD ("NOK"), WORD ("DKK"), WORD ("PLN"), WORD ("CZK"), WORD ("RUB"), WORD ("BRL"), WORD ("MXN"), WORD ("ZAR"), WORD ("TRY"), WORD ("AED"), WORD ("US$"), WORD ("HK$"), WORD ("NT$"), WORD ("R$"), WORD ("$"), WORD ("£"), WORD ("€"), WORD ("¥"), WORD ("元"), WORD ("₩"), WORD ("₹"), WORD ("₽"), WORD ("฿"), WORD ("₫"), WORD ("₺"), WORD ("৳"), WORD ("zł"), WORD ("kr")
};

/* What is left to read of a folded cell. */
typedef struct
{
  const char *at;
  const char *end;
} Span;

typedef struct
{
  guint64  mantissa;
  int      digits; /* significant ones, leading zeros not counted */
  int      scale;
  gboolean any;
} Digits;

static const gint64 powers[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, G_GINT64_CONSTANT (10000000000), G_GINT64_CONSTANT (100000000000), G_GINT64_CONSTANT (1000000000000), G_GINT64_CONSTANT (10000000000000), G_GINT64_CONSTANT (100000000000000), G_GINT64_CONSTANT (1000000000000000), G_GINT64_CONSTANT (10000000000000000), G_GINT64_CONSTANT (100000000000000000), G_GINT64_CONSTANT (1000000000000000000)
};

/* One character of a cell as ASCII where it has an equal there: full-width forms, U+2212, U+00A0, U+202F, U+3000. */
static gsize
fold_character (const char *text, gsize length, char *folded)
{
  const guint8 *c = (const guint8 *) text;

  if (length >= 2 && c[0] == 0xc2 && c[1] == 0xa0)
    return *folded = ' ', 2;
  if (length < 3)
    return 0;
  if (c[0] == 0xef && c[1] == 0xbc && c[2] >= 0x81)
    return *folded = c[2] - 0x81 + '!', 3; /* U+FF01 … U+FF3F */
  if (c[0] == 0xef && c[1] == 0xbd && c[2] <= 0x9e)
    return *folded = c[2] - 0x80 + '`', 3; /* U+FF40 … U+FF5E */
  if (c[0] == 0xe2 && c[1] == 0x88 && c[2] == 0x92)
    return *folded = '-', 3;
  if (c[0] == 0xe2 && c[1] == 0x80 && (c[2] == 0xaf || c[2] == 0x89 || c[2] == 0x87))
    return *folded = ' ', 3;
  if (c[0] == 0xe3 && c[1] == 0x80 && c[2] == 0x80)
    return *folded = ' ', 3;
  if (c[0] == 0xef && c[1] == 0xbf && c[2] == 0xa5)
    return *folded = '$', 3; /* the full-width yen: any currency sign does */
  if (c[0] == 0xe2 && c[1] == 0x80 && c[2] == 0x99)
    return *folded = '\'', 3;
  return 0;
}

/* Most cells that come the long way are words: they have no digit, not even a full-width one (EF BC 90 …). */
static gboolean
may_be_number (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8) (text[i] - '0') <= 9 || (guint8) text[i] == 0xef)
      return TRUE;
  return FALSE;
}

static gsize
fold_cell (const char *text, gsize length, char *buffer)
{
  gsize n = 0;

  for (gsize i = 0; i < length;)
    {
      gsize used = (guint8) text[i] < 0x80 ? 0 : fold_character (text + i, length - i, &buffer[n]);

      if (used == 0)
        {
          buffer[n] = text[i] == '\t' ? ' ' : text[i];
          used = 1;
        }
      n++;
      i += used;
    }
  return n;
}

static void
strip_blanks (Span *span)
{
  while (span->at < span->end && *span->at == ' ')
    span->at++;
  while (span->at < span->end && span->end[-1] == ' ')
    span->end--;
}

static gboolean
equals_word (const char *text, const char *word, gsize length)
{
  /* most words fall at their first byte; the bit is that between ASCII cases */
  if (((text[0] ^ word[0]) & ~0x20) != 0)
    return FALSE;
  return g_ascii_strncasecmp (text, word, length) == 0;
}

/* Takes one currency sign or code off the front or the back. */
static gboolean
strip_currency (Span *span)
{
  if (span->at == span->end || (g_ascii_isdigit (span->at[0]) && g_ascii_isdigit (span->end[-1])))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (currency_words); i++)
    {
      gsize length = currency_words[i].length;

      if ((gsize) (span->end - span->at) <= length)
        continue;
      if (equals_word (span->at, currency_words[i].text, length))
        span->at += length;
      else if (equals_word (span->end - length, currency_words[i].text, length))
        span->end -= length;
      else
        continue;
      strip_blanks (span);
      return TRUE;
    }
  return FALSE;
}

/* Takes a sign off: (123), -123, +123, 123-; FALSE if there is none. */
static gboolean
strip_sign (Span *span, gboolean *negative)
{
  gsize length = span->end - span->at;

  if (length >= 2 && *span->at == '(' && span->end[-1] == ')')
    {
      *negative = TRUE;
      span->at++;
      span->end--;
    }
  else if (length >= 1 && (*span->at == '-' || *span->at == '+'))
    *negative = *span->at++ == '-';
  else if (length >= 2 && span->end[-1] == '-')
    {
      *negative = TRUE;
      span->end--;
    }
  else
    return FALSE;
  strip_blanks (span);
  return TRUE;
}

static void
add_digit (Digits *digits, char c)
{
  digits->any = TRUE;
  if (digits->mantissa == 0 && c == '0')
    return;
  digits->digits++;
  if (digits->digits <= MAX_DIGITS)
    digits->mantissa = digits->mantissa * 10 + (c - '0');
}

/* The part before the decimal sign. Groups, once begun, have three digits each, the first one to three (Indian lakh
 * groups of two are taken as well: 12,34,567); the last always three. */
static gboolean
read_whole (Span *span, MqNumberStyle style, Digits *digits)
{
  int      group = 0;
  gboolean grouped = FALSE;

  for (; span->at < span->end; span->at++)
    {
      char c = *span->at;

      if (g_ascii_isdigit (c))
        {
          add_digit (digits, c);
          group++;
        }
      else if (style.grouping != 0 && c == style.grouping && c != style.decimal)
        {
          if (group < 1 || group > 3 || (grouped && group < 2))
            return FALSE;
          grouped = TRUE;
          group = 0;
        }
      else
        break;
    }
  return !grouped || group == 3;
}

static void
read_fraction (Span *span, Digits *digits)
{
  int zeros = 0; /* at the end: they need no place of their own, 1.50000000000000000000 is 1.5 */

  for (; span->at < span->end && g_ascii_isdigit (*span->at); span->at++)
    {
      if (*span->at == '0' && digits->scale + zeros >= 6)
        {
          zeros++;
          digits->any = TRUE;
          continue;
        }
      for (; zeros > 0; zeros--)
        {
          add_digit (digits, '0');
          digits->scale++;
        }
      add_digit (digits, *span->at);
      digits->scale++;
    }
}

static gboolean
read_exponent (Span *span, int *exponent)
{
  gboolean negative = FALSE;
  int      n = 0;

  *exponent = 0;
  if (span->at == span->end || g_ascii_toupper (*span->at) != 'E')
    return TRUE;
  span->at++;
  if (span->at < span->end && (*span->at == '-' || *span->at == '+'))
    negative = *span->at++ == '-';
  for (; span->at < span->end && g_ascii_isdigit (*span->at); span->at++, n++)
    if (*exponent < 10000)
      *exponent = *exponent * 10 + (*span->at - '0');
  if (negative)
    *exponent = -*exponent;
  return n > 0;
}

/* 1.2万 is 12,000; 3亿 is 300,000,000. */
static void
read_unit (Span *span, int *exponent)
{
  static const struct
  {
    const char *text;
    int         zeros;
  } units[] = { { "万", 4 }, { "萬", 4 }, { "亿", 8 }, { "億", 8 } };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize length = strlen (units[i].text);

      if ((gsize) (span->end - span->at) >= length && memcmp (span->at, units[i].text, length) == 0)
        {
          span->at += length;
          *exponent += units[i].zeros;
          return;
        }
    }
}

/* Drops the last n digits, which are not all zero, in such a way that rounding what is left to fewer places gives what
 * rounding the whole would: a last digit of 0 or 5 goes up by one, for only there could the dropped digits decide. */
static gint64
cut_places (gint64 mantissa, int n)
{
  for (; n > 0 && mantissa > 0; n--)
    mantissa /= 10;
  return mantissa % 5 == 0 ? mantissa + 1 : mantissa;
}

static MqNumberStatus
finish (const Digits *digits, int exponent, gboolean negative, MqDecimal *value)
{
  gint64 mantissa = digits->mantissa;
  int    scale = digits->scale - exponent;

  if (digits->digits > MAX_DIGITS)
    return MQ_NUMBER_TOO_LONG;
  if (mantissa == 0)
    scale = CLAMP (scale, 0, MAX_DIGITS);
  for (; scale > MAX_DIGITS && mantissa % 10 == 0; scale--)
    mantissa /= 10;
  if (scale > MAX_DIGITS)
    {
      mantissa = cut_places (mantissa, scale - MAX_DIGITS);
      *value = (MqDecimal){ negative ? -mantissa : mantissa, MAX_DIGITS };
      return MQ_NUMBER_TOO_FINE;
    }
  if (digits->digits - scale > MAX_DIGITS)
    return MQ_NUMBER_TOO_LONG;
  for (; scale < 0; scale++)
    mantissa *= 10;
  *value = (MqDecimal){ negative ? -mantissa : mantissa, scale };
  return MQ_NUMBER_OK;
}

static MqNumberStatus
parse_folded (Span span, MqNumberStyle style, MqDecimal *value)
{
  Digits   digits = { 0 };
  gboolean negative = FALSE;
  gboolean has_sign, has_currency;
  int      exponent;

  strip_blanks (&span);
  has_sign = strip_sign (&span, &negative);
  has_currency = strip_currency (&span);
  if (!has_sign && has_currency)
    strip_sign (&span, &negative);
  if (!read_whole (&span, style, &digits))
    return MQ_NUMBER_NOT;
  if (span.at < span.end && *span.at == style.decimal)
    {
      span.at++;
      read_fraction (&span, &digits);
    }
  if (!digits.any || !read_exponent (&span, &exponent))
    return MQ_NUMBER_NOT;
  read_unit (&span, &exponent);
  if (span.at != span.end)
    return MQ_NUMBER_NOT;
  return finish (&digits, exponent, negative, value);
}

gboolean
mq_decimal_parse_plain (const char *text, gsize length, MqDecimal *value)
{
  gsize    i = 0;
  guint64  mantissa = 0;
  gboolean negative = length > 0 && text[0] == '-';
  gsize    first, whole_end;

  i = first = negative;
  if (length - first > MAX_DIGITS + 1 || length == first)
    return FALSE;
  for (; i < length && (guint8) (text[i] - '0') <= 9; i++)
    mantissa = mantissa * 10 + (guint8) (text[i] - '0');
  whole_end = i;
  if (i < length)
    {
      if (text[i] != '.' || i == first || i + 1 == length)
        return FALSE;
      for (i++; i < length && (guint8) (text[i] - '0') <= 9; i++)
        mantissa = mantissa * 10 + (guint8) (text[i] - '0');
      if (i < length)
        return FALSE;
      value->scale = length - whole_end - 1;
    }
  else if (length - first > MAX_DIGITS)
    return FALSE;
  else
    value->scale = 0;
  value->mantissa = negative ? -(gint64) mantissa : (gint64) mantissa;
  return TRUE;
}

MqNumberStatus
mq_decimal_parse (const char *text, gsize length, MqNumberStyle style, MqDecimal *value)
{
  char buffer[LONGEST_CELL];
  Span span = { buffer, NULL };

  if (mq_decimal_parse_plain (text, length, value) && (style.decimal == '.' || value->scale == 0))
    return MQ_NUMBER_OK;
  if (length > sizeof buffer || !may_be_number (text, length))
    return MQ_NUMBER_NOT;
  span.end = buffer + fold_cell (text, length, buffer);
  return parse_folded (span, style, value);
}

int
mq_decimal_compare (MqDecimal a, MqDecimal b)
{
  __int128 x = (__int128) a.mantissa * powers[MAX (b.scale - a.scale, 0)];
  __int128 y = (__int128) b.mantissa * powers[MAX (a.scale - b.scale, 0)];

  return x < y ? -1 : x > y;
}

gboolean
mq_decimal_rescale (MqDecimal value, int scale, gint64 *mantissa)
{
  g_return_val_if_fail (scale >= 0 && scale <= MAX_DIGITS, FALSE);

  if (scale >= value.scale)
    return !__builtin_mul_overflow (value.mantissa, powers[scale - value.scale], mantissa);
  *mantissa = value.mantissa / powers[value.scale - scale];
  return *mantissa * powers[value.scale - scale] == value.mantissa;
}

gsize
mq_decimal_write (gint64 mantissa, int scale, char *buffer)
{
  char    digits[24];
  guint64 rest = mantissa < 0 ? -(guint64) mantissa : (guint64) mantissa;
  int     n = 0;
  gsize   length = 0;

  do
    digits[n++] = '0' + rest % 10;
  while ((rest /= 10) > 0);
  while (n <= scale)
    digits[n++] = '0';
  if (mantissa < 0)
    buffer[length++] = '-';
  while (n > 0)
    {
      if (n == scale)
        buffer[length++] = '.';
      buffer[length++] = digits[--n];
    }
  buffer[length] = '\0';
  return length;
}
