/* date-format.c: one cell as an instant, in the format of its column. The form that most exports have
 * (YYYY-MM-DD HH:MM:SS) has a way of its own; no allocation, no locale anywhere. */

#include "base/date-format.h"

#include "base/decimal.h"

#include <string.h>

#define TWO_DIGIT_PIVOT 69 /* 00-68 is 2000-2068 */
#define EXCEL_LAST 2958465 /* 9999-12-31 */
#define NO_OFFSET G_MAXINT
#define COMMON_LENGTH 19 /* YYYY-MM-DD HH:MM:SS */

typedef struct
{
  const char *at;
  const char *end;
} Span;

typedef struct
{
  int         year, month, day;
  gint64      of_day; /* microseconds */
  int         offset; /* seconds east of UTC, or NO_OFFSET */
  MqPrecision precision;
} Parts;

static const char *const order_names[] = {
  [MQ_DATE_NONE] = "", [MQ_DATE_YMD] = "ymd", [MQ_DATE_DMY] = "dmy", [MQ_DATE_MDY] = "mdy", [MQ_DATE_YM] = "ym", [MQ_DATE_EPOCH_S] = "epoch-s", [MQ_DATE_EPOCH_MS] = "epoch-ms", [MQ_DATE_EPOCH_US] = "epoch-us", [MQ_DATE_EXCEL] = "excel"
};

static inline gboolean
is_digit (char c)
{
  return (guint8) (c - '0') <= 9;
}

static void
skip_blanks (Span *span)
{
  while (span->at < span->end && (*span->at == ' ' || *span->at == '\t'))
    span->at++;
}

static void
strip_blanks (Span *span)
{
  skip_blanks (span);
  while (span->at < span->end && (span->end[-1] == ' ' || span->end[-1] == '\t'))
    span->end--;
}

static gboolean
take_text (Span *span, const char *text)
{
  gsize length = strlen (text);

  if ((gsize) (span->end - span->at) < length || memcmp (span->at, text, length) != 0)
    return FALSE;
  span->at += length;
  return TRUE;
}

static gboolean
take_word (Span *span, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (span->end - span->at) < length || g_ascii_strncasecmp (span->at, word, length) != 0)
    return FALSE;
  span->at += length;
  return TRUE;
}

/* Takes from `least` to `most` digits; returns how many there were, 0 if they do not fit. */
static int
take_digits (Span *span, int least, int most, int *value)
{
  int n = 0;
  int number = 0;

  while (n < most && span->at + n < span->end && is_digit (span->at[n]))
    number = number * 10 + (span->at[n++] - '0');
  if (n < least)
    return 0;
  span->at += n;
  *value = number;
  return n;
}

static gboolean
take_fraction (Span *span, gint64 *usec)
{
  int unit = 100000;

  *usec = 0;
  if (span->at == span->end || !is_digit (*span->at))
    return FALSE;
  for (; span->at < span->end && is_digit (*span->at); span->at++, unit /= 10)
    *usec += (*span->at - '0') * unit;
  return TRUE;
}

static gboolean
take_colon (Span *span)
{
  return take_text (span, ":") || take_text (span, "：");
}

/* 1 for the morning's word, 2 for the afternoon's, 0 for neither. */
static int
take_half_day (Span *span)
{
  if (take_text (span, "上午") || take_word (span, "a.m.") || take_word (span, "am"))
    return 1;
  if (take_text (span, "下午") || take_word (span, "p.m.") || take_word (span, "pm"))
    return 2;
  return 0;
}

/* Z, UTC, +08:00, +0800, +08, a blank before it allowed; nothing is no offset. */
static gboolean
take_offset (Span *span, int *offset)
{
  int sign, hours, minutes = 0;

  skip_blanks (span);
  if (span->at == span->end)
    return TRUE;
  if (take_word (span, "Z") || take_word (span, "UTC"))
    {
      *offset = 0;
      return TRUE;
    }
  sign = take_text (span, "+") ? 1 : take_text (span, "-") || take_text (span, "\xe2\x88\x92") ? -1
                                                                                               : 0;
  if (sign == 0 || !take_digits (span, 2, 2, &hours))
    return FALSE;
  if (span->at < span->end)
    {
      take_text (span, ":");
      if (!take_digits (span, 2, 2, &minutes))
        return FALSE;
    }
  *offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 18 && minutes < 60;
}

static gboolean
finish_time (Parts *parts, int half_day, int hour, int minute, int second, gint64 usec)
{
  if (half_day != 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (half_day == 2 ? 12 : 0);
    }
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  parts->of_day = (hour * 3600 + minute * 60 + second) * MQ_SECOND + usec;
  return TRUE;
}

/* Behind "9时": "05分", "05分30秒". */
static gboolean
take_chinese_clock (Span *span, Parts *parts, int half_day, int hour)
{
  int minute = 0, second = 0;

  parts->precision = MQ_PRECISION_MINUTE;
  if (take_digits (span, 1, 2, &minute) && !take_text (span, "分") && span->at < span->end)
    return FALSE;
  if (take_digits (span, 1, 2, &second))
    {
      parts->precision = MQ_PRECISION_SECOND;
      take_text (span, "秒");
    }
  return finish_time (parts, half_day, hour, minute, second, 0);
}

static gboolean
take_time (Span *span, Parts *parts)
{
  int    half_day = take_half_day (span);
  int    hour, minute, second = 0;
  gint64 usec = 0;

  skip_blanks (span);
  if (!take_digits (span, 1, 2, &hour))
    return FALSE;
  if (take_text (span, "时") || take_text (span, "點") || take_text (span, "点"))
    return take_chinese_clock (span, parts, half_day, hour);
  if (!take_colon (span) || !take_digits (span, 2, 2, &minute))
    return FALSE;
  parts->precision = MQ_PRECISION_MINUTE;
  if (take_colon (span))
    {
      if (!take_digits (span, 2, 2, &second))
        return FALSE;
      parts->precision = MQ_PRECISION_SECOND;
      if ((take_text (span, ".") || take_text (span, ",")) && !take_fraction (span, &usec))
        return FALSE;
    }
  if (half_day == 0)
    {
      skip_blanks (span);
      half_day = take_half_day (span);
    }
  return finish_time (parts, half_day, hour, minute, second, usec) && take_offset (span, &parts->offset);
}

/* What may follow a date: nothing, or a blank or T (or nothing after a Chinese date) and a time of day. */
static gboolean
take_rest (Span *span, Parts *parts, gboolean is_chinese)
{
  const char *before = span->at;

  if (span->at == span->end)
    return TRUE;
  if (!take_word (span, "T"))
    skip_blanks (span);
  if (span->at == before && !is_chinese)
    return FALSE;
  return take_time (span, parts) && span->at == span->end;
}

/* YYYYMMDD, YYYYMMDDHHMM, YYYYMMDDHHMMSS. */
static gboolean
parse_compact (Span *span, Parts *parts)
{
  gsize length = span->end - span->at;
  int   hour = 0, minute = 0, second = 0;

  if (length != 8 && length != 12 && length != 14)
    return FALSE;
  if (!take_digits (span, 4, 4, &parts->year) || !take_digits (span, 2, 2, &parts->month) || !take_digits (span, 2, 2, &parts->day))
    return FALSE;
  if (length == 8)
    return TRUE;
  parts->precision = length == 12 ? MQ_PRECISION_MINUTE : MQ_PRECISION_SECOND;
  if (!take_digits (span, 2, 2, &hour) || !take_digits (span, 2, 2, &minute))
    return FALSE;
  if (length == 14 && !take_digits (span, 2, 2, &second))
    return FALSE;
  return finish_time (parts, 0, hour, minute, second, 0);
}

static gboolean
take_separator (Span *span, char *separator)
{
  if (span->at == span->end || (*span->at != '-' && *span->at != '/' && *span->at != '.'))
    return FALSE;
  if (*separator != 0 && *span->at != *separator)
    return FALSE;
  *separator = *span->at++;
  return TRUE;
}

/* Behind "2024-": "W09" is its Monday, "W09-4" that day of it. */
static gboolean
take_week (Span *span, Parts *parts)
{
  int    week, of_week = 1, year, found;
  gint32 day = mq_day_from_civil (parts->year, 1, 4);

  if (!take_digits (span, 2, 2, &week) || (take_text (span, "-") && !take_digits (span, 1, 1, &of_week)) || span->at != span->end)
    return FALSE;
  day += 1 - mq_day_of_week (day) + 7 * (week - 1) + of_week - 1;
  mq_day_iso_week (day, &year, &found);
  if (year != parts->year || found != week || of_week < 1 || of_week > 7)
    return FALSE;
  mq_day_to_civil (day, &parts->year, &parts->month, &parts->day);
  return TRUE;
}

/* The digits of a year: 4, or 2 of which 00-68 is 2000-2068. */
static int
take_year (Span *span, Parts *parts)
{
  int n = take_digits (span, 2, 4, &parts->year);

  if (n == 2)
    parts->year += parts->year < TWO_DIGIT_PIVOT ? 2000 : 1900;
  return n == 2 || n == 4 ? n : 0;
}

static gboolean
parse_ymd (Span *span, Parts *parts)
{
  gsize    length = span->end - span->at;
  char     separator = 0;
  gboolean is_chinese;
  int      n;

  if (length >= 8 && is_digit (span->at[4]) && is_digit (span->at[2]))
    return parse_compact (span, parts);
  n = take_year (span, parts);
  if (n == 0)
    return FALSE;
  is_chinese = take_text (span, "年");
  if (!is_chinese && !take_separator (span, &separator))
    return FALSE;
  if (separator == '-' && n == 4 && parts->year > 0 && take_text (span, "W"))
    return take_week (span, parts);
  if (!take_digits (span, 1, 2, &parts->month) || !(is_chinese ? take_text (span, "月") : take_separator (span, &separator)))
    return FALSE;
  if (!take_digits (span, 1, 2, &parts->day))
    return FALSE;
  if (is_chinese && !take_text (span, "日"))
    take_text (span, "号");
  return take_rest (span, parts, is_chinese);
}

/* A month by its English name, whole or its first three letters (a point behind them allowed). */
static gboolean
take_month (Span *span, int *month)
{
  static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };
  gsize                    left = span->end - span->at;

  if (left < 3 || !g_ascii_isalpha (*span->at))
    return FALSE;
  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (span->at, names[i], 3) == 0)
      {
        gsize n = 0;

        while (n < left && g_ascii_isalpha (span->at[n]))
          n++;
        if (n > 3 && (n != strlen (names[i]) || g_ascii_strncasecmp (span->at, names[i], n) != 0) && !(i == 8 && n == 4))
          return FALSE;
        span->at += n;
        take_text (span, ".");
        *month = i + 1;
        return TRUE;
      }
  return FALSE;
}

/* What parts the words of such a date: blanks, commas, - or /. */
static void
skip_parting (Span *span)
{
  while (span->at < span->end && strchr (" ,-/", *span->at) != NULL && *span->at != '\0')
    span->at++;
}

/* "29-Feb-24", "29 February 2024", "Feb 29, 2024 10:30". */
static gboolean
parse_named_month (Span *span, Parts *parts)
{
  gboolean name_first = take_month (span, &parts->month);

  skip_parting (span);
  if (!take_digits (span, 1, 2, &parts->day))
    return FALSE;
  skip_parting (span);
  if (!name_first && !take_month (span, &parts->month))
    return FALSE;
  skip_parting (span);
  if (take_year (span, parts) == 0)
    return FALSE;
  return take_rest (span, parts, FALSE);
}

static gboolean
has_letters (const Span *span)
{
  for (const char *p = span->at; p < MIN (span->at + 8, span->end); p++)
    if (g_ascii_isalpha (*p) && *p != 'T')
      return TRUE;
  return FALSE;
}

static gboolean
parse_dmy (Span *span, Parts *parts, gboolean month_first)
{
  char separator = 0;
  int  first, second;

  if (has_letters (span))
    return parse_named_month (span, parts);
  if (!take_digits (span, 1, 2, &first) || !take_separator (span, &separator) ||
      !take_digits (span, 1, 2, &second) || !take_separator (span, &separator))
    return FALSE;
  if (take_year (span, parts) == 0)
    return FALSE;
  parts->month = month_first ? first : second;
  parts->day = month_first ? second : first;
  return take_rest (span, parts, FALSE);
}

static gboolean
parse_ym (Span *span, Parts *parts)
{
  char     separator = 0;
  gboolean is_chinese, is_compact;

  if (!take_digits (span, 4, 4, &parts->year))
    return FALSE;
  is_chinese = take_text (span, "年");
  is_compact = !is_chinese && !take_separator (span, &separator);
  if (!take_digits (span, is_compact ? 2 : 1, 2, &parts->month))
    return FALSE;
  if (is_chinese)
    take_text (span, "月");
  parts->day = 1;
  return span->at == span->end;
}

/* The token of a pattern at `pattern`: how long it is and where its value goes; NULL for a literal. */
static int *
find_token (const char *pattern, Parts *parts, int *hour, int *minute, int *second, int *length)
{
  *length = 2;
  if (g_str_has_prefix (pattern, "YYYY"))
    return *length = 4, &parts->year;
  if (g_str_has_prefix (pattern, "YY"))
    return &parts->year;
  if (g_str_has_prefix (pattern, "MM"))
    return &parts->month;
  if (g_str_has_prefix (pattern, "DD"))
    return &parts->day;
  if (g_str_has_prefix (pattern, "hh"))
    return hour;
  if (g_str_has_prefix (pattern, "mm"))
    return minute;
  return g_str_has_prefix (pattern, "ss") ? second : NULL;
}

static gboolean
parse_pattern (const char *pattern, Span *span, Parts *parts)
{
  int hour = -1, minute = -1, second = -1;
  int length;

  parts->day = 1;
  for (; *pattern != '\0'; pattern += length)
    {
      int *value = find_token (pattern, parts, &hour, &minute, &second, &length);

      if (value == NULL)
        {
          length = 1;
          if (span->at == span->end || *span->at++ != *pattern)
            return FALSE;
          continue;
        }
      if (!take_digits (span, length, length, value))
        return FALSE;
      if (value == &parts->year && length == 2)
        parts->year += parts->year < TWO_DIGIT_PIVOT ? 2000 : 1900;
    }
  if (span->at != span->end)
    return FALSE;
  if (hour >= 0)
    parts->precision = second >= 0 ? MQ_PRECISION_SECOND : MQ_PRECISION_MINUTE;
  return finish_time (parts, 0, MAX (hour, 0), MAX (minute, 0), MAX (second, 0), 0);
}

static gboolean
is_pattern (const char *text)
{
  Parts parts = { 0 };
  int   hour = 0, minute = 0, second = 0;
  int   length;

  for (; *text != '\0'; text += length)
    {
      int *value = find_token (text, &parts, &hour, &minute, &second, &length);

      if (value == NULL)
        {
          length = 1;
          if (g_ascii_isalnum (*text) && *text != 'T' && *text != 'Z')
            return FALSE;
        }
      else if ((*value)++ != 0)
        return FALSE;
    }
  return parts.year && parts.month && minute <= hour && second <= minute && parts.day >= hour;
}

static gboolean
parse_parts (const MqDateFormat *format, Span *span, Parts *parts)
{
  switch (format->order)
    {
    case MQ_DATE_YMD:
      return parse_ymd (span, parts);
    case MQ_DATE_DMY:
      return parse_dmy (span, parts, FALSE);
    case MQ_DATE_MDY:
      return parse_dmy (span, parts, TRUE);
    case MQ_DATE_YM:
      return parse_ym (span, parts);
    case MQ_DATE_PATTERN:
      return parse_pattern (format->pattern, span, parts);
    default:
      return FALSE;
    }
}

static gboolean
parse_epoch (Span span, int scale, gint64 *instant, MqPrecision *precision)
{
  static const int digits[] = { [MQ_DATE_EPOCH_S] = 6, [MQ_DATE_EPOCH_MS] = 3, [MQ_DATE_EPOCH_US] = 0 };
  MqDecimal        value;
  gint64           usec;
  gint32           last = mq_day_from_civil (9999, 12, 31);

  if (!mq_decimal_parse_plain (span.at, span.end - span.at, &value))
    return FALSE;
  /* Finer than a microsecond: cut off. */
  for (; value.scale > digits[scale]; value.scale--)
    value.mantissa /= 10;
  if (!mq_decimal_rescale (value, digits[scale], &usec))
    return FALSE;
  *precision = MQ_PRECISION_SECOND;
  *instant = usec;
  return usec >= mq_day_from_civil (1, 1, 1) * MQ_DAY_MICROSECONDS && usec < (last + 1) * MQ_DAY_MICROSECONDS;
}

/* Day 1 is 1900-01-01; day 60 is 1900-02-29, which never was. The part of a day is exact to about a second only. */
static gboolean
parse_excel (Span span, const MqZone *zone, gint64 *instant, MqPrecision *precision)
{
  MqDecimal value;
  gint64    unit = 1;
  gint64    serial, seconds;
  gint32    day;

  if (!mq_decimal_parse_plain (span.at, span.end - span.at, &value))
    return FALSE;
  for (int i = 0; i < value.scale; i++)
    unit *= 10;
  serial = value.mantissa / unit;
  if (serial < 1 || serial == 60 || serial > EXCEL_LAST)
    return FALSE;
  seconds = ((__int128) (value.mantissa % unit) * 86400 + unit / 2) / unit;
  day = serial - 25569 + (serial < 60) + seconds / 86400;
  *precision = value.scale == 0 ? MQ_PRECISION_DAY : MQ_PRECISION_SECOND;
  *instant = value.scale == 0 ? mq_zone_day_start (zone, day) : mq_zone_instant (zone, day, seconds % 86400 * MQ_SECOND);
  return TRUE;
}

/* "YYYY-MM-DD HH:MM:SS" (also / and T): FALSE means "try the long way". */
static inline gboolean
parse_common (const char *text, Parts *parts)
{
#define DIGIT(i) ((guint) (guint8) (text[i] - '0'))
#define PAIR(i) (DIGIT (i) * 10 + DIGIT (i + 1))
  guint worst = 0;
  guint hour, minute, second;

  if ((text[4] != '-' && text[4] != '/') || text[7] != text[4] || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':')
    return FALSE;
  for (guint i = 0; i < COMMON_LENGTH; i += i == 3 || i == 6 || i == 9 || i == 12 || i == 15 ? 2 : 1)
    worst |= DIGIT (i) + 118;
  if (worst > 127)
    return FALSE;
  hour = PAIR (11);
  minute = PAIR (14);
  second = PAIR (17);
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  parts->year = PAIR (0) * 100 + PAIR (2);
  parts->month = PAIR (5);
  parts->day = PAIR (8);
  parts->of_day = (hour * 3600 + minute * 60 + second) * MQ_SECOND;
  parts->precision = MQ_PRECISION_SECOND;
  return TRUE;
#undef PAIR
#undef DIGIT
}

gboolean
mq_date_format_from_name (const char *name, MqDateFormat *format)
{
  *format = (MqDateFormat){ MQ_DATE_NONE, "" };
  for (guint i = MQ_DATE_YMD; i < G_N_ELEMENTS (order_names); i++)
    if (g_str_equal (name, order_names[i]))
      {
        format->order = i;
        return TRUE;
      }
  if (strlen (name) >= sizeof format->pattern || !is_pattern (name))
    return FALSE;
  format->order = MQ_DATE_PATTERN;
  g_strlcpy (format->pattern, name, sizeof format->pattern);
  return TRUE;
}

const char *
mq_date_format_name (const MqDateFormat *format)
{
  return format->order == MQ_DATE_PATTERN ? format->pattern : order_names[format->order];
}

gboolean
mq_date_is_common (const char *text, gsize length)
{
  Parts parts;

  return length == COMMON_LENGTH && parse_common (text, &parts) && mq_civil_is_valid_date (parts.year, parts.month, parts.day);
}

gboolean
mq_date_format_parse (const MqDateFormat *format, const char *text, gsize length, const MqZone *zone, gint64 *instant, MqPrecision *precision)
{
  Span  span = { text, text + length };
  Parts parts = { .offset = NO_OFFSET, .precision = MQ_PRECISION_DAY };

  if (format->order != MQ_DATE_YMD || length != COMMON_LENGTH || !parse_common (text, &parts))
    {
      strip_blanks (&span);
      if (format->order >= MQ_DATE_EPOCH_S && format->order <= MQ_DATE_EPOCH_US)
        return parse_epoch (span, format->order, instant, precision);
      if (format->order == MQ_DATE_EXCEL)
        return parse_excel (span, zone, instant, precision);
      if (!parse_parts (format, &span, &parts))
        return FALSE;
    }
  if (!mq_civil_is_valid_date (parts.year, parts.month, parts.day))
    return FALSE;
  *precision = parts.precision;
  if (parts.offset != NO_OFFSET)
    *instant = mq_day_from_civil (parts.year, parts.month, parts.day) * MQ_DAY_MICROSECONDS + parts.of_day - parts.offset * MQ_SECOND;
  else if (parts.precision == MQ_PRECISION_DAY)
    *instant = mq_zone_day_start (zone, mq_day_from_civil (parts.year, parts.month, parts.day));
  else
    *instant = mq_zone_instant (zone, mq_day_from_civil (parts.year, parts.month, parts.day), parts.of_day);
  return TRUE;
}
