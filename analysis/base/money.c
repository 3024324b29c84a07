/* money.c: exact amounts in minor units, rounded half to even. */

#include "base/money.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  gint64 millionths;
  guint  index;
} Remainder;

/* ISO 4217 (2024): currencies whose minor unit is not a hundredth. */
static const char no_digits[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
static const char three_digits[] = "BHD IQD JOD KWD LYD OMR TND";
static const char four_digits[] = "CLF UYW";

/* ISO 4217 (2024), funds and precious metals left out; XXX is "no currency". */
static const char all_codes[] = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF XXX YER ZAR ZMW ZWG";

static __int128
power_of_ten (int exponent)
{
  __int128 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

static __int128
divide_half_even (__int128 value, __int128 divisor)
{
  __int128 quotient = value / divisor;
  __int128 rest = value % divisor;
  __int128 twice = 2 * (rest < 0 ? -rest : rest);

  if (twice > divisor || (twice == divisor && quotient % 2 != 0))
    quotient += value < 0 ? -1 : 1;
  return quotient;
}

static gboolean
scale_to_minor (__int128 value, int scale, int digits, gint64 *minor)
{
  if (scale >= digits)
    value = divide_half_even (value, power_of_ten (scale - digits));
  else if (__builtin_mul_overflow (value, power_of_ten (digits - scale), &value))
    return FALSE;
  if (value > G_MAXINT64 || value <= G_MININT64)
    return FALSE;
  *minor = value;
  return TRUE;
}

gboolean
mq_currency_is_known (const char *code)
{
  const char *found = mq_currency_digits (code) >= 0 ? strstr (all_codes, code) : NULL;

  return found != NULL && (found - all_codes) % 4 == 0;
}

int
mq_currency_digits (const char *code)
{
  if (code == NULL || strlen (code) != 3 || !g_ascii_isupper (code[0]) || !g_ascii_isupper (code[1]) || !g_ascii_isupper (code[2]))
    return -1;
  if (strstr (no_digits, code) != NULL)
    return 0;
  if (strstr (three_digits, code) != NULL)
    return 3;
  return strstr (four_digits, code) != NULL ? 4 : 2;
}

gboolean
mq_money_from_decimal (MqDecimal value, int digits, gint64 *minor)
{
  return scale_to_minor (value.mantissa, value.scale, digits, minor);
}

gboolean
mq_money_multiply (MqDecimal a, MqDecimal b, int digits, gint64 *minor)
{
  return scale_to_minor ((__int128) a.mantissa * b.mantissa, a.scale + b.scale, digits, minor);
}

gboolean
mq_money_is_exact (const MqDecimal *factors, guint n, int digits)
{
  __int128 value = factors[0].mantissa;
  int      scale = factors[0].scale;
  __int128 unit, rest;

  if (n == 2)
    {
      value *= factors[1].mantissa;
      scale += factors[1].scale;
    }
  if (scale <= digits)
    return TRUE;
  unit = power_of_ten (scale - digits);
  rest = value % unit;
  rest = rest < 0 ? -rest : rest;
  return MIN (rest, unit - rest) <= unit / 1000000;
}

gint64
mq_money_divide (gint64 minor, gint64 denominator)
{
  g_return_val_if_fail (denominator > 0, MQ_MONEY_MISSING);
  return divide_half_even (minor, denominator);
}

static int
compare_remainders_cb (gconstpointer a, gconstpointer b)
{
  const Remainder *x = a, *y = b;

  if (x->millionths != y->millionths)
    return x->millionths > y->millionths ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

void
mq_money_apportion (const double *shares, guint n, gint64 total, gint64 *parts)
{
  g_autofree Remainder *remainders = g_new (Remainder, MAX (n, 1));
  gint64                left = total;

  for (guint i = 0; i < n; i++)
    {
      double whole = floor (shares[i] + 5e-7);

      parts[i] = (gint64) whole;
      remainders[i] = (Remainder){ llround ((shares[i] - whole) * 1e6), i };
      left -= parts[i];
    }
  qsort (remainders, n, sizeof *remainders, compare_remainders_cb);
  for (guint i = 0; left != 0 && n > 0; i = (i + 1) % n)
    {
      gint64 step = left > 0 ? 1 : -1;

      parts[remainders[left > 0 ? i : n - 1 - i].index] += step;
      left -= step;
    }
}

gsize
mq_money_write (gint64 minor, int digits, char *buffer)
{
  return mq_decimal_write (minor, digits, buffer);
}
