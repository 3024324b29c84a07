/* format.c: figures for people. Two ways of writing them, western and Chinese; which one, the translation says. */

#include "config.h"

#include "base/format.h"

#include "base/money.h"
#include "base/terms.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define MISSING "\xe2\x80\x94"
#define BLANK "\xc2\xa0"

typedef struct
{
  double      size;
  const char *suffix;
} Unit;

static const Unit western_units[] = { { 1, "" }, { 1e3, BLANK "k" }, { 1e6, BLANK "M" }, { 1e9, BLANK "bn" }, { 1e12, BLANK "tn" } };
static const Unit chinese_units[] = { { 1, "" }, { 1e4, "万" }, { 1e8, "亿" }, { 1e12, "万亿" } };
static const Unit byte_units[] = { { 1, BLANK "B" }, { 1e3, BLANK "kB" }, { 1e6, BLANK "MB" }, { 1e9, BLANK "GB" }, { 1e12, BLANK "TB" } };

static const struct
{
  const char *code, *sign;
} currency_signs[] = {
  { "AUD", "A$" }, { "CAD", "CA$" }, { "CNY", "¥" }, { "EUR", "€" }, { "GBP", "£" }, { "HKD", "HK$" }, { "INR", "₹" }, { "JPY", "¥" }, { "KRW", "₩" }, { "NZD", "NZ$" }, { "TWD", "NT$" }, { "USD", "$" }, { "VND", "₫" }, { "XXX", "" }
};

static MqNumbers chosen; /* atomic */

static gboolean
is_chinese (void)
{
  MqNumbers numbers = __atomic_load_n (&chosen, __ATOMIC_RELAXED);

  if (numbers != MQ_NUMBERS_AUTO)
    return numbers == MQ_NUMBERS_CHINESE;
  /* Translators: write “chinese” to have 1.2万 and 2011年12月31日, else leave “western” as it is. */
  return g_str_equal (C_ ("number system", "western"), "chinese");
}

/* Plain C digits "1234.50" (a sign before them allowed) with commas, and a true minus. */
static void
append_grouped (GString *out, const char *digits)
{
  gsize whole;

  if (*digits == '-')
    {
      /* No minus before a figure that was rounded to zero. */
      if (digits[strspn (digits, "-0.")] != '\0')
        g_string_append (out, MINUS);
      digits++;
    }
  whole = strcspn (digits, ".");
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (i > 0 && i < whole && (whole - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
}

static void
append_number (GString *out, double value, int decimals)
{
  char format[] = "%.0f";
  char buffer[400];

  format[2] = '0' + CLAMP (decimals, 0, 9);
  append_grouped (out, g_ascii_formatd (buffer, sizeof buffer, format, value));
}

static double
round_to_tenth (double value)
{
  return round (value * 10) / 10;
}

/* Nothing was rounded away, but for what a tick's arithmetic leaves. */
static gboolean
is_whole (double scaled)
{
  return fabs (scaled - round (scaled)) <= 1e-9 * fabs (scaled);
}

/* The largest unit of which there is one at least, with one decimal: 8,007,000 is "8.0 M", and "12 k" is 12,000 to the last. */
static void
append_scaled (GString *out, double value, const Unit *units, guint n)
{
  guint  i = n - 1;
  double shown;

  while (i > 0 && fabs (value) < units[i].size)
    i--;
  shown = round_to_tenth (value / units[i].size);
  if (i + 1 < n && fabs (shown) * units[i].size >= units[i + 1].size)
    shown = round_to_tenth (value / units[++i].size);
  append_number (out, shown, is_whole (value / units[i].size) ? 0 : 1);
  g_string_append (out, units[i].suffix);
}

static void
append_compact (GString *out, double value)
{
  if (is_chinese ())
    append_scaled (out, value, chinese_units, G_N_ELEMENTS (chinese_units));
  else
    append_scaled (out, value, western_units, G_N_ELEMENTS (western_units));
}

static void
append_currency (GString *out, const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (currency_signs); i++)
    if (g_strcmp0 (currency, currency_signs[i].code) == 0)
      {
        g_string_append (out, currency_signs[i].sign);
        return;
      }
  if (currency != NULL)
    g_string_append_printf (out, "%s" BLANK, currency);
}

static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static void
append_day (GString *out, gint32 day)
{
  int year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  if (is_chinese ())
    g_string_append_printf (out, "%d年%d月%d日", year, month, mday);
  else
    g_string_append_printf (out, "%d" BLANK "%s" BLANK "%d", mday, months[month - 1], year);
}

static char *
format_time (const MqTable *table, gint64 instant)
{
  GString      *out = g_string_new (NULL);
  const MqZone *zone = mq_zone_get (mq_table_zone (table) != NULL ? mq_table_zone (table) : "UTC", NULL);
  gint64        of_day;
  int           minutes;

  append_day (out, mq_zone_day (zone, instant, &of_day));
  minutes = of_day / (60 * MQ_SECOND);
  g_string_append_printf (out, is_chinese () ? " %02d:%02d" : ", %02d:%02d", minutes / 60, minutes % 60);
  return g_string_free (out, FALSE);
}

void
mq_format_set_numbers (MqNumbers numbers)
{
  __atomic_store_n (&chosen, numbers, __ATOMIC_RELAXED);
}

char *
mq_format_integer (gint64 value)
{
  GString *out = g_string_new (NULL);
  char     buffer[32];

  if (value == G_MININT64)
    g_string_append (out, MISSING);
  else
    {
      mq_decimal_write (value, 0, buffer);
      append_grouped (out, buffer);
    }
  return g_string_free (out, FALSE);
}

char *
mq_format_compact (double value)
{
  GString *out = g_string_new (NULL);

  if (isfinite (value))
    append_compact (out, value);
  else
    g_string_append (out, MISSING);
  return g_string_free (out, FALSE);
}

char *
mq_format_share (double share, int decimals)
{
  GString *out = g_string_new (NULL);

  if (isfinite (share))
    {
      append_number (out, share * 100, decimals);
      g_string_append (out, is_chinese () ? "%" : BLANK "%");
    }
  else
    g_string_append (out, MISSING);
  return g_string_free (out, FALSE);
}

char *
mq_format_number (double value, int decimals)
{
  GString *out = g_string_new (NULL);

  if (isfinite (value))
    append_number (out, value, decimals);
  else
    g_string_append (out, MISSING);
  return g_string_free (out, FALSE);
}

char *
mq_format_money (gint64 minor, const char *currency)
{
  GString *out = g_string_new (NULL);
  char     buffer[32];

  if (minor == MQ_MONEY_MISSING)
    {
      g_string_append (out, MISSING);
      return g_string_free (out, FALSE);
    }
  mq_money_write (minor, currency != NULL ? MAX (mq_currency_digits (currency), 0) : 2, buffer);
  if (minor < 0)
    g_string_append (out, MINUS);
  append_currency (out, currency);
  append_grouped (out, buffer + (minor < 0));
  return g_string_free (out, FALSE);
}

char *
mq_format_money_compact (gint64 minor, const char *currency)
{
  GString *out = g_string_new (NULL);
  int      digits = currency != NULL ? MAX (mq_currency_digits (currency), 0) : 2;

  if (minor == MQ_MONEY_MISSING)
    {
      g_string_append (out, MISSING);
      return g_string_free (out, FALSE);
    }
  if (minor < 0)
    g_string_append (out, MINUS);
  append_currency (out, currency);
  append_compact (out, fabs ((double) minor) / pow (10, digits));
  return g_string_free (out, FALSE);
}

char *
mq_format_day (gint32 day)
{
  GString *out = g_string_new (NULL);

  if (day == MQ_DAY_MISSING)
    g_string_append (out, MISSING);
  else
    append_day (out, day);
  return g_string_free (out, FALSE);
}

char *
mq_format_days (gint32 from, gint32 to)
{
  g_autofree char *last = mq_format_day (to);
  g_autofree char *first = from != MQ_DAY_MISSING ? mq_format_day (from) : NULL;

  return first != NULL ? g_strdup_printf (_ ("%s to %s"), first, last) : g_strdup_printf (_ ("all to %s"), last);
}

char *
mq_format_day_part (gint32 day, MqDayPart part)
{
  gboolean chinese = is_chinese ();
  int      year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  switch (part)
    {
    case MQ_DAY_PART_YEAR:
      return g_strdup_printf (chinese ? "%d年" : "%d", year);
    case MQ_DAY_PART_MONTH:
      return chinese ? g_strdup_printf ("%d月", month) : g_strdup (months[month - 1]);
    case MQ_DAY_PART_YEAR_MONTH:
      return chinese ? g_strdup_printf ("%d年%d月", year, month) : g_strdup_printf ("%s" BLANK "%d", months[month - 1], year);
    case MQ_DAY_PART_MONTH_DAY:
    default:
      return chinese ? g_strdup_printf ("%d月%d日", month, mday) : g_strdup_printf ("%d" BLANK "%s", mday, months[month - 1]);
    }
}

char *
mq_format_bytes (gint64 bytes)
{
  GString *out = g_string_new (NULL);

  append_scaled (out, bytes, byte_units, G_N_ELEMENTS (byte_units));
  return g_string_free (out, FALSE);
}

char *
mq_format_duration (double seconds)
{
  static const struct
  {
    gint64      size;
    const char *one, *many, *chinese;
  } units[] = { { 86400, BLANK "day", BLANK "days", "天" }, { 3600, BLANK "h", BLANK "h", "小时" }, { 60, BLANK "min", BLANK "min", "分" }, { 1, BLANK "s", BLANK "s", "秒" } };
  GString *out = g_string_new (NULL);
  gint64   rest;
  guint    shown = 0;

  if (!isfinite (seconds))
    g_string_append (out, MISSING);
  else if (fabs (seconds) < 10)
    {
      append_number (out, round_to_tenth (seconds), round_to_tenth (seconds) == round (seconds) ? 0 : 1);
      g_string_append (out, is_chinese () ? "秒" : BLANK "s");
    }
  if (!isfinite (seconds) || fabs (seconds) < 10)
    return g_string_free (out, FALSE);
  if (seconds < 0)
    g_string_append (out, MINUS);
  rest = llround (MIN (fabs (seconds), 1e15));
  for (guint i = 0; i < G_N_ELEMENTS (units) && shown < 2; rest %= units[i++].size)
    {
      gint64           n = rest / units[i].size;
      g_autofree char *text = mq_format_integer (n);

      /* The second unit is the one right below the first, or none. */
      if (shown > 0 || n > 0)
        shown++;
      if (n == 0)
        continue;
      if (shown > 1)
        g_string_append (out, is_chinese () ? "" : " ");
      g_string_append (out, text);
      g_string_append (out, is_chinese () ? units[i].chinese : n == 1 ? units[i].one
                                                                      : units[i].many);
    }
  return g_string_free (out, FALSE);
}

char *
mq_format_text (const MqTable *table, gsize row, guint column)
{
  const char  *text = mq_table_text (table, row, column);
  MqTableWords words = mq_table_column_words (table, column);

  if (words != NULL)
    return words (text);
  return g_strdup (mq_table_is_word (table, row, column) ? mq_term_text (text) : text);
}

char *
mq_format_cell (const MqTable *table, gsize row, guint column)
{
  if (mq_table_is_missing (table, row, column))
    return g_strdup (MISSING);
  switch (mq_table_column_type (table, column))
    {
    case MQ_COLUMN_INTEGER:
      return mq_format_integer (mq_table_integer (table, row, column));
    case MQ_COLUMN_DOUBLE:
      return mq_format_number (mq_table_number (table, row, column), 2);
    case MQ_COLUMN_SHARE:
      return mq_format_share (mq_table_number (table, row, column), 1);
    case MQ_COLUMN_MONEY:
      return mq_format_money (mq_table_integer (table, row, column), mq_table_currency (table));
    case MQ_COLUMN_DAY:
      return mq_format_day (mq_table_integer (table, row, column));
    case MQ_COLUMN_TIME:
      return format_time (table, mq_table_integer (table, row, column));
    case MQ_COLUMN_DURATION:
      return mq_format_duration (mq_table_number (table, row, column));
    case MQ_COLUMN_BOOLEAN:
      return g_strdup (mq_table_integer (table, row, column) != 0 ? _ ("Yes") : _ ("No"));
    case MQ_COLUMN_TEXT:
    case MQ_COLUMN_TERM:
    default:
      return mq_format_text (table, row, column);
    }
}
