/* test-decimal.c: numbers as they stand in files, and money rounded half to even. */

#include "base/money.h"

#include <string.h>

static const MqNumberStyle english = { '.', ',' };
static const MqNumberStyle german = { ',', '.' };
static const MqNumberStyle french = { ',', ' ' };
static const MqNumberStyle swiss = { '.', '\'' };
static const MqNumberStyle plain = { '.', 0 };

static void
check_ok (const char *text, MqNumberStyle style, gint64 mantissa, int scale)
{
  MqDecimal      value = { 0, 0 };
  MqNumberStatus status = mq_decimal_parse (text, strlen (text), style, &value);

  g_assert_cmpint (status, ==, MQ_NUMBER_OK);
  g_assert_cmpint (mq_decimal_compare (value, (MqDecimal){ mantissa, scale }), ==, 0);
  g_assert_cmpint (value.scale, >=, 0);
  g_assert_cmpint (value.scale, <=, 18);
}

static void
check_status (const char *text, MqNumberStyle style, MqNumberStatus status)
{
  MqDecimal value;

  g_assert_cmpint (mq_decimal_parse (text, strlen (text), style, &value), ==, status);
}

static void
test_numbers (void)
{
  check_ok ("0", plain, 0, 0);
  check_ok ("-0", plain, 0, 0);
  check_ok ("007", plain, 7, 0);
  check_ok ("+5", plain, 5, 0);
  check_ok ("-12.50", plain, -125, 1);
  check_ok (".5", plain, 5, 1);
  check_ok ("5.", plain, 5, 0);
  check_ok ("  42\t", plain, 42, 0);
  check_ok ("999999999999999999", plain, G_GINT64_CONSTANT (999999999999999999), 0);
  check_ok ("-0.999999999999999999", plain, G_GINT64_CONSTANT (-999999999999999999), 18);
  check_ok ("0000000000000000000000012", plain, 12, 0);
  check_ok ("1.50000000000000000000000000", plain, 15, 1);
  check_ok ("\xe2\x88\x92"
            "3.5",
            plain,
            -35,
            1);
  check_ok ("(123.45)", english, -12345, 2);
  check_ok ("123-", english, -123, 0);
  check_ok ("- 5", plain, -5, 0);
  check_ok ("１２３．４５", plain, 12345, 2);
}

static void
test_grouping (void)
{
  check_ok ("1,234", english, 1234, 0);
  check_ok ("1,234,567.89", english, 123456789, 2);
  check_ok ("12,34,567", english, 1234567, 0);
  check_ok ("1.234,56", german, 123456, 2);
  check_ok ("1234,5", german, 12345, 1);
  check_ok ("1234", german, 1234, 0);
  check_ok ("1 234,50", french, 123450, 2);
  check_ok ("1\xc2\xa0"
            "234,50",
            french,
            123450,
            2);
  check_ok ("1\xe2\x80\xaf"
            "234,50",
            french,
            123450,
            2);
  check_ok ("1'234.50", swiss, 123450, 2);
  check_ok ("1’234.50", swiss, 123450, 2);
  check_status ("1,23", english, MQ_NUMBER_NOT);
  check_status ("1,2345", english, MQ_NUMBER_NOT);
  check_status ("1234,567", english, MQ_NUMBER_NOT);
  check_status (",123", english, MQ_NUMBER_NOT);
  check_status ("1,,234", english, MQ_NUMBER_NOT);
  check_status ("1,234", plain, MQ_NUMBER_NOT);
  check_status ("1.234.567", english, MQ_NUMBER_NOT);
  check_status ("1.5", german, MQ_NUMBER_NOT);
  check_status ("1,5.2", german, MQ_NUMBER_NOT);
}

static void
test_too_fine (void)
{
  const struct
  {
    const char *text;
    gint64      cents;
  } cases[] = { { "4.440892e-16", 0 }, { "-4.440892e-16", 0 }, { "0.00500000000000000001", 1 }, { "0.0149999999999999999", 1 }, { "0.0150000000000000001", 2 }, { "1e-30", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MqDecimal value;
      gint64    minor;

      g_assert_cmpint (mq_decimal_parse (cases[i].text, strlen (cases[i].text), plain, &value), ==, MQ_NUMBER_TOO_FINE);
      g_assert_true (mq_money_from_decimal (value, 2, &minor));
      g_assert_cmpint (minor, ==, cases[i].cents);
    }
}

static void
test_exponents (void)
{
  check_ok ("1e3", plain, 1000, 0);
  check_ok ("1.5E-3", plain, 15, 4);
  check_ok ("-2.5e+2", plain, -250, 0);
  check_ok ("0e99", plain, 0, 0);
  check_ok ("1e-18", plain, 1, 18);
  check_ok ("10e-19", plain, 1, 18);
  check_status ("1e-19", plain, MQ_NUMBER_TOO_FINE);
  check_status ("4.440892e-16", plain, MQ_NUMBER_TOO_FINE);
  check_status ("1e18", plain, MQ_NUMBER_TOO_LONG);
  check_status ("1e309", plain, MQ_NUMBER_TOO_LONG);
  check_status ("1e999999999999", plain, MQ_NUMBER_TOO_LONG);
  check_status ("1234567890123456789", plain, MQ_NUMBER_TOO_LONG);
  check_status ("0.1234567890123456789", plain, MQ_NUMBER_TOO_LONG);
  check_status ("0.00500000000000000001", plain, MQ_NUMBER_TOO_FINE);
  check_status ("1e", plain, MQ_NUMBER_NOT);
  check_status ("e5", plain, MQ_NUMBER_NOT);
  check_status ("1e5.5", plain, MQ_NUMBER_NOT);
}

static void
test_currency (void)
{
  check_ok ("£12.50", english, 1250, 2);
  check_ok ("-£12.50", english, -1250, 2);
  check_ok ("£-12.50", english, -1250, 2);
  check_ok ("(£1,250)", english, -1250, 0);
  check_ok ("¥1,234.50", english, 123450, 2);
  check_ok ("1.2万", english, 12000, 0);
  check_ok ("3亿", english, 300000000, 0);
  check_ok ("-1.23456万元", english, -123456, 1);
  check_ok ("¥0.5萬", english, 5000, 0);
  check_ok ("￥99", english, 99, 0);
  check_ok ("12,50 €", german, 1250, 2);
  check_ok ("USD 5", english, 5, 0);
  check_ok ("5 eur", english, 5, 0);
  check_ok ("0元", english, 0, 0);
  check_ok ("R$ 7", english, 7, 0);
  check_ok ("৳2,999", english, 2999, 0);
  check_status ("£", english, MQ_NUMBER_NOT);
  check_status ("-£-5", english, MQ_NUMBER_NOT);
  check_status ("5 apples", english, MQ_NUMBER_NOT);
  check_status ("12%", english, MQ_NUMBER_NOT);
}

static void
test_not_numbers (void)
{
  static const char *const texts[] = { "", " ", "-", "+", ".", "NaN", "nan", "Inf", "-Infinity", "0x1F", "1_000", "--5", "5--", "()", "(-5)", "1 2", "1-2", "2011-12-09", "1:30", "１２a", "\xef\xbc", "\xff", "null" };
  g_autofree char         *longest = g_strnfill (5000, '1');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_status (texts[i], english, MQ_NUMBER_NOT);
  check_status (longest, english, MQ_NUMBER_NOT);
}

/* Writing any decimal and reading it gives it back, both ways. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 50000; i++)
    {
      gint64    mantissa = ((gint64) g_rand_int (rand) << 31 ^ g_rand_int (rand)) % G_GINT64_CONSTANT (1000000000000000000) >> g_rand_int_range (rand, 0, 60);
      int       scale = g_rand_int_range (rand, 0, 18);
      MqDecimal fast, slow;
      char      buffer[40];
      gsize     length = mq_decimal_write (mantissa, scale, buffer + 1);

      g_assert_cmpuint (length, <, 32);
      buffer[0] = ' ';
      g_assert_cmpint (mq_decimal_parse (buffer, length + 1, plain, &slow), ==, MQ_NUMBER_OK);
      g_assert_cmpint (mq_decimal_compare (slow, (MqDecimal){ mantissa, scale }), ==, 0);
      if (mq_decimal_parse_plain (buffer + 1, length, &fast))
        {
          g_assert_cmpint (fast.mantissa, ==, mantissa);
          g_assert_cmpint (fast.scale, ==, scale);
        }
      else
        g_assert_cmpuint (length, >, 18);
    }
}

static void
test_rescale (void)
{
  gint64 mantissa;

  g_assert_true (mq_decimal_rescale ((MqDecimal){ 125, 1 }, 3, &mantissa));
  g_assert_cmpint (mantissa, ==, 12500);
  g_assert_true (mq_decimal_rescale ((MqDecimal){ -12500, 3 }, 1, &mantissa));
  g_assert_cmpint (mantissa, ==, -125);
  g_assert_false (mq_decimal_rescale ((MqDecimal){ 125, 2 }, 1, &mantissa));
  g_assert_false (mq_decimal_rescale ((MqDecimal){ G_GINT64_CONSTANT (100000000000), 0 }, 18, &mantissa));
  g_assert_cmpint (mq_decimal_compare ((MqDecimal){ G_MAXINT64, 0 }, (MqDecimal){ G_MAXINT64, 18 }), ==, 1);
  g_assert_cmpint (mq_decimal_compare ((MqDecimal){ -1, 0 }, (MqDecimal){ 1, 18 }), ==, -1);
}

static void
check_money (gint64 mantissa, int scale, int digits, gint64 expected)
{
  gint64 minor;

  g_assert_true (mq_money_from_decimal ((MqDecimal){ mantissa, scale }, digits, &minor));
  g_assert_cmpint (minor, ==, expected);
}

static void
check_exact (MqDecimal a, MqDecimal b, gboolean exact)
{
  const MqDecimal factors[] = { a, b };

  g_assert_true (mq_money_is_exact (factors, 2, 2) == exact);
  if (b.mantissa == 1 && b.scale == 0)
    g_assert_true (mq_money_is_exact (factors, 1, 2) == exact);
}

static void
test_money (void)
{
  gint64 minor;
  char   buffer[32];

  check_money (125, 3, 2, 12); /* 0.125: half to even */
  check_money (135, 3, 2, 14);
  check_money (-125, 3, 2, -12);
  check_money (-135, 3, 2, -14);
  check_money (12501, 5, 2, 13);
  check_money (5, 1, 0, 0);
  check_money (15, 1, 0, 2);
  check_money (5, 18, 2, 0);
  check_money (12, 0, 3, 12000);
  g_assert_false (mq_money_from_decimal ((MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 0 }, 2, &minor));
  g_assert_true (mq_money_multiply ((MqDecimal){ 3, 0 }, (MqDecimal){ 255, 2 }, 2, &minor));
  g_assert_cmpint (minor, ==, 765);
  g_assert_true (mq_money_multiply ((MqDecimal){ -15, 1 }, (MqDecimal){ 15, 2 }, 2, &minor));
  g_assert_cmpint (minor, ==, -22); /* -0.225 */
  g_assert_false (mq_money_multiply ((MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 0 }, (MqDecimal){ 99, 0 }, 2, &minor));
  g_assert_true (mq_money_multiply ((MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 18 }, (MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 18 }, 2, &minor));
  g_assert_cmpint (minor, ==, 100);
  check_exact ((MqDecimal){ 1005, 3 }, (MqDecimal){ 1, 0 }, FALSE);
  check_exact ((MqDecimal){ 1005, 3 }, (MqDecimal){ 2, 0 }, TRUE);
  check_exact ((MqDecimal){ -125, 3 }, (MqDecimal){ 7, 0 }, FALSE);
  check_exact ((MqDecimal){ G_GINT64_CONSTANT (199900000000000002), 16 }, (MqDecimal){ 1, 0 }, TRUE);
  check_exact ((MqDecimal){ G_GINT64_CONSTANT (-199899999999999998), 16 }, (MqDecimal){ 3, 0 }, TRUE);
  check_exact ((MqDecimal){ 19990002, 6 }, (MqDecimal){ 1, 0 }, FALSE);
  check_exact ((MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 18 }, (MqDecimal){ G_GINT64_CONSTANT (999999999999999999), 18 }, TRUE);
  g_assert_cmpint (mq_money_divide (5, 2), ==, 2);
  g_assert_cmpint (mq_money_divide (7, 2), ==, 4);
  g_assert_cmpint (mq_money_divide (-5, 2), ==, -2);
  g_assert_cmpint (mq_money_divide (G_MAXINT64, 1), ==, G_MAXINT64);
  mq_money_write (-5, 2, buffer);
  g_assert_cmpstr (buffer, ==, "-0.05");
  mq_money_write (123450, 2, buffer);
  g_assert_cmpstr (buffer, ==, "1234.50");
  mq_money_write (G_MININT64 + 1, 0, buffer);
  g_assert_cmpstr (buffer, ==, "-9223372036854775807");
}

static void
test_currency_digits (void)
{
  g_assert_cmpint (mq_currency_digits ("EUR"), ==, 2);
  g_assert_cmpint (mq_currency_digits ("JPY"), ==, 0);
  g_assert_cmpint (mq_currency_digits ("KWD"), ==, 3);
  g_assert_cmpint (mq_currency_digits ("CLF"), ==, 4);
  g_assert_cmpint (mq_currency_digits ("XXX"), ==, 2);
  g_assert_cmpint (mq_currency_digits ("eur"), ==, -1);
  g_assert_cmpint (mq_currency_digits ("EURO"), ==, -1);
  g_assert_cmpint (mq_currency_digits ("P C"), ==, -1);
  g_assert_cmpint (mq_currency_digits (""), ==, -1);
}

static void
assert_parts (guint n, const double *shares, gint64 total, const gint64 *expected)
{
  gint64 parts[8], sum = 0;

  mq_money_apportion (shares, n, total, parts);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (parts[i], ==, expected[i]);
      sum += parts[i];
    }
  g_assert_cmpint (sum, ==, total);
}

static void
test_apportion (void)
{
  assert_parts (3, (double[]){ 100 / 3., 100 / 3., 100 / 3. }, 100, (gint64[]){ 34, 33, 33 });
  assert_parts (3, (double[]){ 0.5, 1.25, 0.25 }, 2, (gint64[]){ 1, 1, 0 });
  assert_parts (2, (double[]){ 2.9999999996, 4.0000000004 }, 7, (gint64[]){ 3, 4 });
  assert_parts (2, (double[]){ -0.5, -0.5 }, -1, (gint64[]){ 0, -1 });
  assert_parts (4, (double[]){ 0.3, 0.3, 0.3, 0.1 }, 1, (gint64[]){ 1, 0, 0, 0 });
  assert_parts (1, (double[]){ 0 }, 0, (gint64[]){ 0 });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/numbers", test_numbers);
  g_test_add_func ("/decimal/grouping", test_grouping);
  g_test_add_func ("/decimal/exponents", test_exponents);
  g_test_add_func ("/decimal/currency", test_currency);
  g_test_add_func ("/decimal/not-numbers", test_not_numbers);
  g_test_add_func ("/decimal/round-trip", test_round_trip);
  g_test_add_func ("/decimal/rescale", test_rescale);
  g_test_add_func ("/decimal/too-fine", test_too_fine);
  g_test_add_func ("/money/rounding", test_money);
  g_test_add_func ("/money/currency-digits", test_currency_digits);
  g_test_add_func ("/decimal/apportion", test_apportion);
  return g_test_run ();
}
